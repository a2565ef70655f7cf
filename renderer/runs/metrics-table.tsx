import {Table, Text} from '@mantine/core'
import type {Metric} from '../../core/schema/report.ts'
import {useFormat, useT} from '../ui/i18n.ts'
import css from './runs.module.css'

/** Figures with their intervals and what a model gets that knows nothing. */
export function MetricsTable({metrics}: {metrics: readonly Metric[]}) {
  const t = useT()
  const {figure} = useFormat()
  const [interval, baseline] = [
    metrics.some(({low}) => low !== undefined),
    metrics.some(metric => metric.baseline !== undefined),
  ]
  return (
    <Table className={css.figures} w="fit-content" verticalSpacing={3} horizontalSpacing="md">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('runs.report.metric')}</Table.Th>
          <Table.Th scope="col">{t('runs.report.value')}</Table.Th>
          {interval && <Table.Th scope="col">{t('runs.report.interval')}</Table.Th>}
          {baseline && <Table.Th scope="col">{t('runs.report.baselineColumn')}</Table.Th>}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {metrics.map(({name, value, low, high, better, baseline: base}) => (
          <Table.Tr key={name}>
            <Table.Th scope="row" fw={400}>
              {name}{' '}
              <Text span size="xs" c="dimmed">
                {better === 'high' ? '↑' : '↓'}
                <span className={css.unseen}>
                  {t(better === 'high' ? 'runs.report.higher' : 'runs.report.lower')}
                </span>
              </Text>
            </Table.Th>
            <Table.Td fw={600}>{figure(value)}</Table.Td>
            {interval && (
              <Table.Td>
                {low !== undefined && high !== undefined ? `${figure(low)} – ${figure(high)}` : '—'}
              </Table.Td>
            )}
            {baseline && <Table.Td>{base === undefined ? '—' : figure(base)}</Table.Td>}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
