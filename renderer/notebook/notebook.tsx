// The notebook view: the document's blocks from top to bottom.
import {Stack, Text} from '@mantine/core'
import {memo, useEffect} from 'react'
import {useStore} from '../state/store.ts'
import {useT} from '../ui/i18n.ts'
import {CellView} from './cell.tsx'
import {Insert} from './insert.tsx'
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
        <Row key={id} id={id} />
      ))}
    </section>
  )
}

const Row = memo(function Row({id}: {id: string}) {
  const block = useStore(state => state.doc?.blocks[id])
  const selected = useStore(state => state.selection.includes(id))
  if (!block) return null
  return (
    <div className={css.row} data-block={id}>
      {block.type === 'text' ? (
        <TextView id={id} selected={selected} />
      ) : (
        <CellView cell={block} selected={selected} />
      )}
      <Insert where={{after: id}} />
    </div>
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
