// Parameters that name columns of what arrives at the cell.
import {MultiSelect, Select, TagsInput, TextInput} from '@mantine/core'
import {useT} from '../ui/i18n.ts'
import type {ControlProps} from './control.ts'
import {Pending} from './pending.tsx'
import {plain} from './texts.ts'

export function OneColumn({
  label,
  description,
  value,
  columns,
  schema,
  readOnly,
  onChange,
}: ControlProps) {
  const t = useT()
  const fitting = columns.filter(({kind}) => schema.accepts?.includes(kind) ?? true)
  const names = [...new Set([...fitting.map(({name}) => name), ...(value ? [String(value)] : [])])]
  if (columns.length === 0)
    return (
      <Pending
        value={plain(value)}
        onCommit={text => onChange(text === '' ? undefined : text)}
        render={(text, set, commit) => (
          <TextInput
            label={label}
            description={description}
            placeholder={t('form.columnsNone')}
            readOnly={readOnly}
            value={text}
            onChange={event => set(event.currentTarget.value)}
            onBlur={commit}
          />
        )}
      />
    )
  return (
    <Select
      label={label}
      description={description}
      searchable
      readOnly={readOnly}
      data={names}
      value={value === undefined ? null : String(value)}
      onChange={chosen => onChange(chosen ?? undefined)}
    />
  )
}

export function ManyColumns(props: ControlProps) {
  const {label, description, value, columns, schema, readOnly, onChange, required} = props
  const t = useT()
  const chosen = Array.isArray(value) ? value.map(String) : []
  const fitting = columns.filter(({kind}) => schema.accepts?.includes(kind) ?? true)
  const placeholder =
    chosen.length > 0 || required || Array.isArray(schema.default)
      ? undefined
      : columns.length === 0
        ? t('form.columnsNone')
        : t('form.columnsAll')
  const shared = {
    label,
    description,
    placeholder,
    readOnly,
    value: chosen,
    onChange: (names: string[]) => onChange(names.length === 0 ? undefined : names),
  }
  if (columns.length === 0) return <TagsInput {...shared} />
  const names = [...new Set([...fitting.map(({name}) => name), ...chosen])]
  return <MultiSelect {...shared} data={names} searchable hidePickedOptions />
}
