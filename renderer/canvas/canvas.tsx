// The document as a graph. The drawing itself comes as a chunk of its own.
import {Button, Center, Stack, Text} from '@mantine/core'
import {lazy, Suspense, useState} from 'react'
import {cellsOf} from '../state/document.ts'
import {useStore} from '../state/store.ts'
import {FaultAlert} from '../ui/fault.tsx'
import {useT} from '../ui/i18n.ts'
import {Loading} from '../ui/loading.tsx'
import {AddStep} from './add-step.tsx'
import {emptyGraph} from './graph.ts'

const Board = lazy(() => import('./board.tsx').then(m => ({default: m.Board})))

/** Shows the open document of the store, alone or beside the notebook. */
export function Canvas() {
  const path = useStore(state => state.doc?.path)
  const fault = useStore(state => state.doc?.fault)
  const empty = useStore(({doc}) => doc !== undefined && !doc.loading && cellsOf(doc).length === 0)
  // Until the host has told what queries take, the graph would be drawn twice.
  const known = useStore(
    ({doc}) => doc && (Object.keys(doc.status).length > 0 || doc.problems.length > 0),
  )
  if (path === undefined) return null
  if (fault) return <FaultAlert fault={fault} />
  if (empty) return <Empty />
  if (!known) return <Loading />
  return (
    <Suspense fallback={<Loading />}>
      <Board key={path} path={path} />
    </Suspense>
  )
}

function Empty() {
  const t = useT()
  const readOnly = useStore(state => state.doc?.readOnly ?? false)
  const [adding, setAdding] = useState(false)
  return (
    <Center h="100%">
      <Stack align="center" maw={420}>
        <Text ta="center">{t(readOnly ? 'canvas.empty.readOnly' : 'canvas.empty.text')}</Text>
        {!readOnly && <Button onClick={() => setAdding(true)}>{t('canvas.empty.add')}</Button>}
      </Stack>
      <AddStep graph={emptyGraph} wanted={adding ? {} : undefined} close={() => setAdding(false)} />
    </Center>
  )
}
