// The notebook view: the document's blocks from top to bottom.
import {Stack, Text} from '@mantine/core'
import {memo, useEffect, useRef} from 'react'
import {useStore} from '../state/store.ts'
import {useT} from '../ui/i18n.ts'
import {CellView} from './cell.tsx'
import {Insert} from './insert.tsx'
import {useNear} from './near.ts'
import css from './notebook.module.css'
import {onSelectedElsewhere} from './select-here.ts'
import {TextView} from './text.tsx'

export function Notebook() {
  const t = useT()
  const order = useStore(state => state.doc?.order)
  useScrollToSelection()
  if (!order) return null
  return (
    <section className={css.notebook} aria-label={t('notebook.title')}>
      {order.length === 0 && (
        <Stack gap={4} mb="md">
          <Text size="lg">{t('notebook.empty')}</Text>
          <Text c="dimmed">{t('notebook.emptyHint')}</Text>
        </Stack>
      )}
      <Insert
        where={order[0] === undefined ? 'end' : {before: order[0]}}
        open={order.length === 0}
      />
      {order.map(id => (
        <Row key={id} id={id} few={order.length <= few} />
      ))}
    </section>
  )
}

/** A document of more blocks draws those that come near the screen. */
const few = 60

const Row = memo(function Row({id, few}: {id: string; few: boolean}) {
  const place = useRef<HTMLDivElement>(null)
  const near = useNear(place, few)
  return (
    <div className={css.row} data-block={id} ref={place}>
      {near ? <Block id={id} /> : <div className={css.far} />}
    </div>
  )
})

const Block = memo(function Block({id}: {id: string}) {
  const block = useStore(state => state.doc?.blocks[id])
  const selected = useStore(state => state.selection.includes(id))
  if (!block) return null
  return (
    <>
      {block.type === 'text' ? (
        <TextView id={id} selected={selected} />
      ) : (
        <CellView cell={block} selected={selected} />
      )}
      <Insert where={{after: id}} />
    </>
  )
})

/** What was chosen elsewhere, on the canvas or in the palette, comes into view. */
function useScrollToSelection() {
  useEffect(
    () =>
      onSelectedElsewhere(id => {
        const row = document.querySelector(`[data-block="${CSS.escape(id)}"]`)
        if (row && !row.contains(document.activeElement))
          row.scrollIntoView({block: 'nearest', behavior: 'auto'})
      }),
    [],
  )
}
