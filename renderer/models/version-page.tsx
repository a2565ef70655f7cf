// A version: its figures beside those of the version in production, who judged it, and where it comes from.
import {Anchor, Button, Group, Stack, Table, Text, Title} from '@mantine/core'
import {IconCheck, IconDownload, IconX} from '@tabler/icons-react'
import {useState} from 'react'
import type {ModelVersion, RegisteredModel} from '../../core/schema/registry.ts'
import type {Stage} from '../../core/schema/value.ts'
import {Facts} from '../runs/facts.tsx'
import {goDocument, goRun} from '../runs/go.ts'
import {useFormat, useT} from '../ui/i18n.ts'
import type {Action} from './action-dialog.tsx'
import {DownloadDialog} from './download-dialog.tsx'
import css from './models.module.css'

export function VersionPage({
  model,
  version,
  onAct,
}: {
  model: RegisteredModel
  version: ModelVersion
  onAct: (action: Action) => void
}) {
  const t = useT()
  const {bytes} = useFormat()
  const [downloading, setDownloading] = useState(false)
  const stages: Stage[] = ['staging', 'production', 'archived']
  return (
    <Stack gap="lg">
      <Group gap="xs">
        <Button onClick={() => onAct({do: 'judge', approved: true})}>
          {t('models.actions.approve')}
        </Button>
        <Button variant="default" onClick={() => onAct({do: 'judge', approved: false})}>
          {t('models.actions.reject')}
        </Button>
        {stages
          .filter(stage => stage !== version.stage)
          .map(stage => (
            <Button key={stage} variant="default" onClick={() => onAct({do: 'stage', stage})}>
              {t(`models.actions.${stage as 'staging' | 'production' | 'archived'}`)}
            </Button>
          ))}
        <Button
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          onClick={() => setDownloading(true)}
        >
          {t('models.actions.download')}
        </Button>
      </Group>
      {downloading && <DownloadDialog version={version} onClose={() => setDownloading(false)} />}
      <div className={css.halves}>
        <Figures model={model} version={version} />
        <Stack gap="lg">
          <Approvals version={version} />
          <Stack gap={4} component="section">
            <Title order={4}>{t('models.lineage')}</Title>
            <Group gap="md">
              <Anchor component="button" size="sm" onClick={() => goRun(version.run)}>
                {t('models.openRun', {run: version.run})}
              </Anchor>
              <Anchor component="button" size="sm" onClick={() => goDocument(version.document)}>
                {version.document}
              </Anchor>
            </Group>
          </Stack>
          <Facts
            title={t('models.data')}
            facts={[
              {name: t('runs.page.dataVersion'), value: version.data, hash: true},
              ...Object.entries(version.lineage).map(([cell, hash]) => ({
                name: t('runs.page.lineageOf', {cell}),
                value: hash,
                hash: true,
              })),
            ]}
          />
          <Facts
            title={t('models.files')}
            facts={version.files.map(({name, bytes: size, sha256}) => ({
              name,
              value: `${bytes(size)} · ${sha256.slice(0, 12)}`,
            }))}
          />
        </Stack>
      </div>
    </Stack>
  )
}

function Figures({model, version}: {model: RegisteredModel; version: ModelVersion}) {
  const t = useT()
  const {figure} = useFormat()
  const production = model.versions.find(({version: v}) => v === model.production)
  const beside = production && production.version !== version.version ? production : undefined
  return (
    <Stack gap={4} component="section">
      <Title order={4}>{t('models.metrics')}</Title>
      {version.metrics.length === 0 && <Text size="sm">{t('models.noMetrics')}</Text>}
      <Table verticalSpacing={3} className={css.figures}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('runs.report.metric')}</Table.Th>
            <Table.Th scope="col">{t('models.thisVersion')}</Table.Th>
            {beside && (
              <>
                <Table.Th scope="col">
                  {t('models.inProduction', {version: beside.version})}
                </Table.Th>
                <Table.Th scope="col">{t('models.difference')}</Table.Th>
              </>
            )}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {version.metrics.map(({name, value, low, high, better}) => {
            const other = beside?.metrics.find(metric => metric.name === name)?.value
            const change = other === undefined ? undefined : value - other
            return (
              <Table.Tr key={name}>
                <Table.Th scope="row" fw={400}>
                  {name}
                </Table.Th>
                <Table.Td>
                  <b>{figure(value)}</b>
                  {low !== undefined && high !== undefined && (
                    <Text span size="xs" c="dimmed">
                      {' '}
                      {figure(low)} – {figure(high)}
                    </Text>
                  )}
                </Table.Td>
                {beside && (
                  <>
                    <Table.Td>{other === undefined ? '—' : figure(other)}</Table.Td>
                    <Table.Td>
                      {change === undefined || !Number.isFinite(change)
                        ? '—'
                        : change === 0
                          ? t('models.equal')
                          : `${change > 0 ? '+' : ''}${figure(change)} ${t(
                              change > 0 === (better === 'high') ? 'models.better' : 'models.worse',
                            )}`}
                    </Table.Td>
                  </>
                )}
              </Table.Tr>
            )
          })}
        </Table.Tbody>
      </Table>
    </Stack>
  )
}

function Approvals({version}: {version: ModelVersion}) {
  const t = useT()
  const {date} = useFormat()
  return (
    <Stack gap={4} component="section">
      <Title order={4}>{t('models.approvals')}</Title>
      {version.verdicts.length === 0 && <Text size="sm">{t('models.noVerdict')}</Text>}
      {version.verdicts.map(({approved, by, at, why}) => (
        <Group key={`${by.name} ${by.email}`} gap={6} wrap="nowrap" align="flex-start">
          {approved ? <IconCheck size={16} aria-hidden /> : <IconX size={16} aria-hidden />}
          <Text size="sm">
            <b>{t(approved ? 'models.verdict.approved' : 'models.verdict.rejected')}</b> {by.name}
            {by.email && ` <${by.email}>`}, {date(at)}
            {why && `: ${why}`}
          </Text>
        </Group>
      ))}
    </Stack>
  )
}
