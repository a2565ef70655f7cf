import {TagsInput} from '@mantine/core'
import {useShallow} from 'zustand/react/shallow'
import type {CellBlock} from '../../core/schema/live.ts'
import {cellsOf} from '../state/document.ts'
import {useStore} from '../state/store.ts'
import {useT} from '../ui/i18n.ts'

/** What a cell takes, by name; the canvas draws the same as edges. */
export function Inputs({cell}: {cell: CellBlock}) {
  const t = useT()
  const edit = useStore(state => state.edit)
  const readOnly = useStore(({doc}) => doc?.readOnly ?? true)
  const names = useStore(useShallow(({doc}) => (doc ? cellsOf(doc).map(({name}) => name) : [])))
  const takes = useStore(state => state.kinds[cell.kind]?.ports.in.max ?? 1)
  if (takes === 0) return null
  return (
    <TagsInput
      label={t('form.inputs')}
      description={t('form.inputsHint')}
      data={[...new Set(names.filter(name => name !== cell.name))]}
      value={cell.from}
      maxTags={takes}
      readOnly={readOnly}
      onChange={from => void edit({do: 'from', cell: cell.id, from})}
    />
  )
}
