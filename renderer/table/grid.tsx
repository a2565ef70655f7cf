// A table of any length: the parts of its cell's result as tabs, and the grid of the one that is shown.
import {Button, Stack, Tabs, Text} from '@mantine/core'
import {useEffect, useMemo, useState} from 'react'
import {useStore} from '../state/store.ts'
import {FaultAlert} from '../ui/fault.tsx'
import {useT} from '../ui/i18n.ts'
import {Loading} from '../ui/loading.tsx'
import css from './grid.module.css'
import {infoOf, namedPart, type TableInfo} from './info.ts'
import {useCellNow} from './statuses.ts'
import {TableSheet} from './table-sheet.tsx'

/**
 * `table` as `table.page` names it: a cell's name, or a part of a split (`parts.train`). `height` in px or as
 * CSS; all there is when left out.
 */
export type TableGridProps = {document: string; table: string; height?: number | string}

export function TableGrid({document, table, height = '100%'}: TableGridProps) {
  const now = useCellNow(document, namedPart(table).cell)
  const [shown, setShown] = useState<string>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another table begins with its own part
  useEffect(() => setShown(undefined), [document, table])
  const info = useMemo(() => infoOf(now, shown ?? table), [now, shown, table])
  return (
    <div className={css.grid} style={{height}}>
      {info.state === 'ready' ? (
        <Parts document={document} shown={shown ?? table} info={info} onShow={setShown} />
      ) : (
        <NoTable document={document} info={info} />
      )}
    </div>
  )
}

type PartsProps = {
  document: string
  shown: string
  info: Extract<TableInfo, {state: 'ready'}>
  onShow: (table: string) => void
}

function Parts({document, shown, info, onShow}: PartsProps) {
  const t = useT()
  const {tabs} = info
  // A split's own name stands for its first part.
  const table = tabs.includes(shown) ? shown : tabs[0]!
  const words = (name: string) => {
    const {part} = namedPart(name)
    if (!part) return t('table.parts.rows')
    const known = ['train', 'validation', 'test', 'rejects'] as const
    const one = known.find(k => k === part)
    return one ? t(`table.parts.${one}`) : part
  }
  return (
    <>
      {tabs.length > 1 && (
        <Tabs value={table} onChange={next => next && onShow(next)} keepMounted={false}>
          <Tabs.List aria-label={t('table.parts.label')}>
            {tabs.map(name => (
              <Tabs.Tab key={name} value={name}>
                {words(name)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </Tabs>
      )}
      <TableSheet key={`${document}#${table}`} document={document} table={table} info={info} />
    </>
  )
}

/** Why there is no table to show, and what to do. */
export function NoTable({
  document,
  info,
}: {
  document: string
  info: Exclude<TableInfo, {state: 'ready'}>
}) {
  const t = useT()
  const openDocument = useStore(state => state.openDocument)
  const run = useStore(state => state.run)
  const running = useStore(state => state.doc?.path === document && state.doc.running)
  if (info.state === 'loading') return <Loading />
  if (info.state === 'failed') return <FaultAlert fault={info.fault} />
  return (
    <Stack p="md" align="flex-start" gap="xs">
      <Text size="sm">{t('table.none.text', {cell: info.cell})}</Text>
      <Button
        loading={running}
        onClick={() => {
          openDocument(document)
          void run([info.cell])
        }}
      >
        {t('table.none.run', {cell: info.cell})}
      </Button>
    </Stack>
  )
}
