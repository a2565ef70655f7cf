// What evaluations found of a run: their whole reports, kept with it.
import {Box, Stack, Text, Title} from '@mantine/core'
import {useCallback} from 'react'
import type {Metric} from '../../core/schema/report.ts'
import type {Run} from '../../core/schema/run.ts'
import {store, useStore} from '../state/store.ts'
import {FaultAlert} from '../ui/fault.tsx'
import {useT} from '../ui/i18n.ts'
import {Loading} from '../ui/loading.tsx'
import {MetricsTable} from './metrics-table.tsx'
import {ReportView} from './report.tsx'
import {useCall} from './use-call.ts'

export function RunReports({run}: {run: Run}) {
  const t = useT()
  const present = usePresentReports(run)
  const evaluations = Object.entries(run.evaluations)
  return (
    <Stack gap="md" component="section">
      <Title order={3} size="h4">
        {t('runs.page.evaluations')}
      </Title>
      {evaluations.length === 0 && <Text size="sm">{t('runs.page.noEvaluation')}</Text>}
      {evaluations.map(([by, metrics]) => (
        <Box key={by}>
          <Text size="sm" c="dimmed">
            {t('runs.page.evaluatedBy', {cell: by})}
          </Text>
          {run.reports[by] === undefined ? (
            <FiguresOnly metrics={metrics} />
          ) : (
            <Kept run={run} by={by} kept={run.reports[by]} present={present.has(by)} />
          )}
        </Box>
      ))}
    </Stack>
  )
}

/** `kept` names the file: another one means that it was evaluated again. */
function Kept({run, by, kept, present}: {run: Run; by: string; kept: string; present: boolean}) {
  const t = useT()
  const {id, document} = run
  // biome-ignore lint/correctness/useExhaustiveDependencies: another file is another report
  const ask = useCallback(
    (signal: AbortSignal) => store.getState().call('runs.report', {id, by}, {signal}),
    [id, by, kept],
  )
  const {value: report, fault} = useCall(ask)
  if (fault) return <FaultAlert fault={fault} />
  if (!report) return <Loading />
  return (
    <>
      {!present && report.exhibits.some(({kind}) => kind === 'confusion') && (
        <Text size="xs" c="dimmed">
          {t('runs.page.past')}
        </Text>
      )}
      <ReportView report={report} {...(present && {document, cell: by})} />
    </>
  )
}

function FiguresOnly({metrics}: {metrics: Metric[]}) {
  const t = useT()
  return (
    <>
      <MetricsTable metrics={metrics} />
      <Text size="xs" c="dimmed">
        {t('runs.page.figuresOnly')}
      </Text>
    </>
  )
}

/** The cells whose result is, at present, an evaluation of this run: only their rows can be shown. */
function usePresentReports({id, document}: Run): Set<string> {
  const running = useStore(state => state.doc?.running ?? false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asks again when the document ran
  const ask = useCallback(
    async (signal: AbortSignal) => {
      const {cells} = await store.getState().call('notebook.status', {document}, {signal})
      const own = cells.filter(status => {
        if (status.state !== 'fresh') return false
        const {value} = status.result
        return value.type === 'report' && value.model?.run === id
      })
      return new Set(own.map(({cell}) => cell))
    },
    [id, document, running],
  )
  // A document that is gone has no present result; the run itself is shown all the same.
  return useCall(ask).value ?? new Set()
}
