// Starting the bundle as it would be served, and sending it every golden row.
import {Button, Group, Progress, Stack, Text, Title} from '@mantine/core'
import {useRef, useState} from 'react'
import {AppError, type Fault, toFault} from '../../core/error.ts'
import type {ModelVersion} from '../../core/schema/registry.ts'
import type {Report} from '../../core/schema/report.ts'
import {says} from '../../core/words/says.ts'
import {ReportView} from '../runs/report.tsx'
import {store} from '../state/store.ts'
import {FaultAlert} from '../ui/fault.tsx'
import {useSaid, useT} from '../ui/i18n.ts'

export function Rehearsal({version}: {version: ModelVersion}) {
  const t = useT()
  const said = useSaid()
  const [report, setReport] = useState<Report>()
  const [fault, setFault] = useState<Fault>()
  const [told, setTold] = useState<{done?: number; message?: string}>()
  const stop = useRef<AbortController>(undefined)

  const rehearse = async () => {
    const own = new AbortController()
    stop.current = own
    setFault(undefined)
    setReport(undefined)
    setTold({})
    try {
      const folder = await bundleOf(version, own.signal)
      setReport(
        await store
          .getState()
          .call('bundle.rehearse', {folder}, {signal: own.signal, tell: setTold}),
      )
    } catch (error) {
      const found = toFault(error)
      if (found.code !== 'cancelled') setFault(found)
    } finally {
      setTold(undefined)
    }
  }
  return (
    <Stack gap="xs" component="section">
      <Title order={4}>{t('models.rehearsal.title')}</Title>
      <Text size="sm" c="dimmed">
        {t('models.rehearsal.about')}
      </Text>
      <Group gap="xs">
        <Button variant="default" disabled={told !== undefined} onClick={() => void rehearse()}>
          {t('models.rehearsal.start')}
        </Button>
        {told && (
          <Button variant="subtle" onClick={() => stop.current?.abort()}>
            {t('common.stop')}
          </Button>
        )}
      </Group>
      {told && (
        <>
          <Progress
            value={(told.done ?? 0) * 100}
            aria-label={t('models.rehearsal.title')}
            animated
          />
          <Text size="sm" role="status">
            {said.progress(told) ?? t('common.loading')}
          </Text>
        </>
      )}
      {fault && <FaultAlert fault={fault} />}
      {report && <ReportView report={report} />}
    </Stack>
  )
}

/** The folder of the version's bundle, below the project: where a package cell of its document made it. */
async function bundleOf(
  {model, version, document}: ModelVersion,
  signal: AbortSignal,
): Promise<string> {
  const {cells} = await store.getState().call('notebook.status', {document}, {signal})
  for (const status of cells) {
    if (status.state !== 'fresh' || status.result.value.type !== 'bundle') continue
    const {name, version: number, folder} = status.result.value
    if (name === model && number === version) return `.bancada/objects/${folder}`
  }
  throw new AppError(
    'missing-file',
    says`${model} version ${version} has no bundle in ${document}`,
    {
      hint: says`run a package cell after the register cell that made this version`,
    },
  )
}
