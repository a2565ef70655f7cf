// What an evaluation, a rehearsal or a drift check found: figures, then everything to see.
import {Alert, Group, Stack, Text, Title} from '@mantine/core'
import {IconAlertTriangle, IconInfoCircle} from '@tabler/icons-react'
import type {Report} from '../../core/schema/report.ts'
import {english} from '../../core/words/says.ts'
import {useFormat, useSaid, useT} from '../ui/i18n.ts'
import {ExhibitView} from './exhibits.tsx'
import {MetricsTable} from './metrics-table.tsx'

/**
 * `document` and `cell` name the cell whose present result this is: they let a confusion matrix open the rows
 * behind it. Leave them out for a report of the past.
 */
export function ReportView({
  report,
  document,
  cell,
}: {
  report: Report
  document?: string
  cell?: string
}) {
  const t = useT()
  const said = useSaid()
  const {percent} = useFormat()
  const {title, rows, metrics, intervals, baseline, exhibits, alarm, warnings} = report
  const source = document !== undefined && cell !== undefined ? {document, cell} : undefined
  return (
    <Stack gap="md">
      <Group gap="sm" align="baseline">
        <Title order={4}>{said.text(title)}</Title>
        {rows !== undefined && (
          <Text size="sm" c="dimmed">
            {t('common.rows', {n: rows})}
          </Text>
        )}
      </Group>
      {alarm && (
        <Alert
          variant="outline"
          color="red"
          p="xs"
          icon={<IconAlertTriangle size={18} aria-hidden />}
          title={t('runs.report.alarm')}
        />
      )}
      {metrics.length > 0 && <MetricsTable metrics={metrics} />}
      {(intervals || baseline) && (
        <Text size="xs" c="dimmed">
          {intervals &&
            t('runs.report.intervals', {
              level: percent(intervals.level),
              repeats: intervals.repeats,
              seed: intervals.seed,
            })}{' '}
          {baseline && t('runs.report.baseline', {baseline: said.text(baseline)})}
        </Text>
      )}
      {warnings.length > 0 && (
        <Alert
          variant="outline"
          color="gray"
          p="xs"
          icon={<IconInfoCircle size={18} aria-hidden />}
          title={t('runs.report.warnings', {n: warnings.length})}
        >
          {warnings.map(warning => (
            <Text size="sm" key={english(warning)}>
              {said.text(warning)}
            </Text>
          ))}
        </Alert>
      )}
      {exhibits.map((exhibit, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a report's exhibits never move
        <ExhibitView key={i} exhibit={exhibit} source={source} />
      ))}
    </Stack>
  )
}
