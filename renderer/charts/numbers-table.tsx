import {Box, Table, Text} from '@mantine/core'
import type {ChartSpec} from '../../core/charts/spec.ts'
import {useFormat, useT} from '../ui/i18n.ts'
import css from './chart.module.css'

/** More are of no use to a reader, and slow. */
const most = 1000

/** The numbers that a chart draws. */
export function NumbersTable({spec, label}: {spec: ChartSpec; label: string}) {
  const t = useT()
  const {figure} = useFormat()
  const rows = spec.data.values
  const columns = Object.entries(
    spec.usermeta?.columns ??
      Object.fromEntries(Object.keys(rows[0] ?? {}).map(name => [name, name])),
  )
  return (
    <Box className={css.numbers} tabIndex={0} role="region" aria-label={label}>
      <Table stickyHeader aria-label={label} verticalSpacing={2}>
        <Table.Thead>
          <Table.Tr>
            {columns.map(([name, title]) => (
              <Table.Th key={name} scope="col">
                {title || t('charts.series')}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.slice(0, most).map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a chart have no identity
            <Table.Tr key={i}>
              {columns.map(([name]) => {
                const value = row[name]
                return (
                  <Table.Td key={name}>
                    {typeof value === 'number' ? figure(value) : String(value ?? '')}
                  </Table.Td>
                )
              })}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {rows.length > most && (
        <Text size="xs" c="dimmed">
          {t('charts.firstRows', {n: most, all: rows.length})}
        </Text>
      )}
    </Box>
  )
}
