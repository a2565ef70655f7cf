// The versions of a model, newest first; the arrow keys choose, as in any group of radio buttons.
import {Radio, Table} from '@mantine/core'
import type {ModelVersion, RegisteredModel} from '../../core/schema/registry.ts'
import {useFormat, useT} from '../ui/i18n.ts'
import css from './models.module.css'
import {StageMark} from './stage.tsx'

/** How many figures fit beside the rest. */
const mostMetrics = 4

export function VersionsTable({
  model,
  chosen,
  onChoose,
}: {
  model: RegisteredModel
  chosen: number
  onChoose: (version: number) => void
}) {
  const t = useT()
  const {date, figure} = useFormat()
  const versions = [...model.versions].reverse()
  const names = [...new Set(versions.flatMap(({metrics}) => metrics.map(({name}) => name)))].slice(
    0,
    mostMetrics,
  )
  return (
    <div className={css.versions}>
      <Table
        highlightOnHover
        stickyHeader
        verticalSpacing={4}
        aria-label={t('models.versionsLabel')}
      >
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('models.version')}</Table.Th>
            <Table.Th scope="col">{t('models.stage')}</Table.Th>
            <Table.Th scope="col">{t('models.registered')}</Table.Th>
            <Table.Th scope="col">{t('models.kind')}</Table.Th>
            <Table.Th scope="col">{t('models.approvals')}</Table.Th>
            {names.map(name => (
              <Table.Th key={name} scope="col">
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {versions.map(version => (
            <Table.Tr
              key={version.version}
              data-chosen={version.version === chosen || undefined}
              onClick={() => onChoose(version.version)}
            >
              <Table.Td>
                <Radio
                  size="xs"
                  name={`version of ${model.name}`}
                  label={t('models.versionTab', {version: version.version})}
                  checked={version.version === chosen}
                  onChange={() => onChoose(version.version)}
                />
              </Table.Td>
              <Table.Td>
                <StageMark stage={version.stage} />
              </Table.Td>
              <Table.Td>
                {date(version.registered.at)} · {version.registered.by.name}
              </Table.Td>
              <Table.Td>{version.kind}</Table.Td>
              <Table.Td>
                <Verdicts version={version} />
              </Table.Td>
              {names.map(name => {
                const metric = version.metrics.find(one => one.name === name)
                return <Table.Td key={name}>{metric ? figure(metric.value) : '—'}</Table.Td>
              })}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}

function Verdicts({version: {verdicts}}: {version: ModelVersion}) {
  const t = useT()
  const yes = verdicts.filter(({approved}) => approved).length
  const no = verdicts.length - yes
  const said = [
    ...(yes > 0 ? [t('models.approved', {n: yes})] : []),
    ...(no > 0 ? [t('models.rejected', {n: no})] : []),
  ]
  return <>{said.join(', ') || '—'}</>
}
