import {TagsInput} from '@mantine/core'
import type {CellBlock} from '../../core/schema/live.ts'
import {cellsOf} from '../state/document.ts'
import {useStore} from '../state/store.ts'
import {useT} from '../ui/i18n.ts'

/** What a cell takes, by name; the canvas draws the same as edges. */
export function Inputs({cell}: {cell: CellBlock}) {
  const t = useT()
  const edit = useStore(state => state.edit)
  const doc = useStore(state => state.doc)
  const takes = useStore(state => state.kinds[cell.kind]?.ports.in.max ?? 1)
  if (!doc || takes === 0) return null
  const names = cellsOf(doc)
    .map(({name}) => name)
    .filter(name => name !== cell.name)
  return (
    <TagsInput
      label={t('form.inputs')}
      description={t('form.inputsHint')}
      data={[...new Set(names)]}
      value={cell.from}
      maxTags={takes}
      readOnly={doc.readOnly}
      onChange={from => void edit({do: 'from', cell: cell.id, from})}
    />
  )
}
