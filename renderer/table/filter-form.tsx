// Which rows of a column are shown: a comparison, a choice of values, missing or present.
import {Button, Group, MultiSelect, Select, Stack, TextInput} from '@mantine/core'
import {type FormEvent, useState} from 'react'
import type {ColumnProfile} from '../../core/schema/profile.ts'
import type {Column, ColumnKind} from '../../core/schema/table.ts'
import type {Condition} from '../../core/schema/view.ts'
import {useLanguage, useT} from '../ui/i18n.ts'

type Is = Condition['is']

/** What can be asked of a column, the most usual first. */
const asked: Record<ColumnKind, readonly Is[]> = {
  category: ['contains', 'one-of', '=', '<>', 'missing', 'present'],
  number: ['=', '<>', '<', '<=', '>', '>=', 'one-of', 'missing', 'present'],
  date: ['>=', '<=', '>', '<', '=', '<>', 'contains', 'missing', 'present'],
  boolean: ['=', 'missing', 'present'],
  image: ['missing', 'present'],
  other: ['contains', 'missing', 'present'],
}

type FilterFormProps = {
  column: Column
  conditions: Condition[]
  profile?: ColumnProfile | undefined
  onApply: (conditions: Condition[]) => void
}

export function FilterForm({column, conditions, profile, onApply}: FilterFormProps) {
  const t = useT()
  const language = useLanguage()
  const {name, kind} = column
  const first = conditions[0]
  const [is, setIs] = useState<Is>(first?.is ?? asked[kind][0]!)
  const [value, setValue] = useState(
    first && 'value' in first ? String(first.value) : kind === 'boolean' ? 'true' : '',
  )
  const [values, setValues] = useState(first?.is === 'one-of' ? first.values.map(String) : [])
  const frequent = profile && 'values' in profile ? (profile.values?.top ?? []) : []
  const [typed, setTyped] = useState('')
  // 1.234,5 where that is how numbers are written; without a comma there is nothing to guess.
  const written = (text: string) =>
    kind === 'number' && language === 'pt-BR' && text.includes(',')
      ? text.replaceAll('.', '').replace(',', '.')
      : text

  const condition = (): Condition | undefined => {
    if (is === 'missing' || is === 'present') return {column: name, is}
    if (is === 'one-of') {
      const all = typed ? [...values, typed] : values
      return all.length > 0 ? {column: name, is, values: all.map(written)} : undefined
    }
    if (value === '' && kind !== 'category') return undefined
    return {column: name, is, value: is === 'contains' ? value : written(value)} as Condition
  }
  const apply = (event: FormEvent) => {
    event.preventDefault()
    const made = condition()
    onApply(made ? [made] : [])
  }
  return (
    <form onSubmit={apply}>
      <Stack gap="xs">
        <Select
          label={t('table.filter.label')}
          value={is}
          onChange={next => next && setIs(next as Is)}
          allowDeselect={false}
          comboboxProps={{withinPortal: false}}
          data={asked[kind].map(one => ({value: one, label: t(`table.filter.is.${one}`)}))}
        />
        {is === 'one-of' && (
          <MultiSelect
            aria-label={t('table.filter.values')}
            placeholder={t('table.filter.values')}
            searchable
            searchValue={typed}
            onSearchChange={setTyped}
            value={values}
            onChange={setValues}
            comboboxProps={{withinPortal: false}}
            data={[
              ...new Set([...values, ...frequent.map(v => v.value), ...(typed ? [typed] : [])]),
            ]}
          />
        )}
        {kind === 'boolean' && is === '=' && (
          <Select
            aria-label={t('table.filter.value')}
            value={value}
            onChange={next => next && setValue(next)}
            allowDeselect={false}
            comboboxProps={{withinPortal: false}}
            data={['true', 'false']}
          />
        )}
        {kind !== 'boolean' && 'one-of missing present'.includes(is) === false && (
          <TextInput
            aria-label={t('table.filter.value')}
            placeholder={t(kind === 'date' ? 'table.filter.dateExample' : 'table.filter.value')}
            value={value}
            onChange={event => setValue(event.currentTarget.value)}
            data-autofocus
          />
        )}
        <Group gap="xs">
          <Button type="submit">{t('table.filter.apply')}</Button>
          <Button variant="default" disabled={conditions.length === 0} onClick={() => onApply([])}>
            {t('table.filter.clear')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
