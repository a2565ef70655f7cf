// Rows as a plain table, for few of them: nothing to sort, filter or choose.
import {Table} from '@mantine/core'
import {useFormat} from '../ui/i18n.ts'
import css from './runs.module.css'

type Props = {
  columns: readonly {name: string}[]
  rows: readonly Readonly<Record<string, unknown>>[]
  /** Where it scrolls by itself. */
  stickyHeader?: boolean
}

export function PlainRows({columns, rows, stickyHeader = false}: Props) {
  const text = usePlainText()
  return (
    <Table className={css.figures} stickyHeader={stickyHeader} verticalSpacing={3}>
      <Table.Thead>
        <Table.Tr>
          {columns.map(({name}) => (
            <Table.Th key={name} scope="col">
              {name}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: such rows are known by their place
          <Table.Tr key={i}>
            {columns.map(({name}) => (
              <Table.Td key={name} className={css.read}>
                {text(row[name])}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

/** Any value as short text. */
export function usePlainText() {
  const {figure} = useFormat()
  return (value: unknown): string => {
    if (value === null || value === undefined) return '—'
    if (typeof value === 'number') return figure(value)
    if (value instanceof Date) return value.toISOString()
    return typeof value === 'object' ? JSON.stringify(value) : String(value)
  }
}
