// Runs side by side: curves over one another, what differs, and what the parameters have to do with a metric.
import {Box, Button, Group, Select, Stack, Switch, Table, Text, Title} from '@mantine/core'
import {useCallback, useMemo, useState} from 'react'
import {importanceBars} from '../../core/charts/importance.ts'
import {learningCurve} from '../../core/charts/learning-curve.ts'
import {parallel} from '../../core/charts/parallel.ts'
import {scatter} from '../../core/charts/scatter.ts'
import type {Compared, Comparison} from '../../core/schema/history.ts'
import {Chart} from '../charts/chart.tsx'
import {store} from '../state/store.ts'
import {FaultAlert} from '../ui/fault.tsx'
import {useFormat, useT} from '../ui/i18n.ts'
import {Loading} from '../ui/loading.tsx'
import {goCompare, goRun, goRuns} from './go.ts'
import {importances, leastRuns} from './importance.ts'
import {Back} from './run-page.tsx'
import css from './runs.module.css'
import {useCall} from './use-call.ts'

export function Compare({ids}: {ids: string[]}) {
  const t = useT()
  const key = ids.join(',')
  const ask = useCallback(
    (signal: AbortSignal) => store.getState().call('runs.compare', {ids: key.split(',')}, {signal}),
    [key],
  )
  const {value: comparison, fault, again} = useCall(ask)
  return (
    <Box className={css.page}>
      <Stack p="md" gap="lg">
        <Back />
        <Title order={2} size="h3">
          {t('runs.compare.title', {n: ids.length})}
        </Title>
        {fault && (
          <FaultAlert fault={fault}>
            <Button variant="default" onClick={again}>
              {t('common.tryAgain')}
            </Button>
            <Button variant="default" onClick={goRuns}>
              {t('runs.back')}
            </Button>
          </FaultAlert>
        )}
        {!comparison && !fault && <Loading />}
        {comparison && <Sides comparison={comparison} />}
      </Stack>
    </Box>
  )
}

function Sides({comparison}: {comparison: Comparison}) {
  const labels = useLabels(comparison)
  return (
    <>
      <Tables comparison={comparison} labels={labels} />
      <Curves comparison={comparison} labels={labels} />
      <Relations comparison={comparison} labels={labels} />
    </>
  )
}

/** What each run is called here: its cell, and a letter that tells runs of one cell apart. */
function useLabels({runs}: Comparison): string[] {
  return useMemo(() => runs.map(({cell, kind}, i) => `${nameOf(i)} · ${cell} (${kind})`), [runs])
}

/** A … Z, then A2 … */
const nameOf = (i: number) =>
  `${String.fromCharCode(65 + (i % 26))}${i < 26 ? '' : Math.floor(i / 26) + 1}`

type Shown = {comparison: Comparison; labels: string[]}

function Tables({comparison, labels}: Shown) {
  const t = useT()
  const [all, setAll] = useState(false)
  const {runs, facts, params, metrics} = comparison
  const of = (list: Compared[]) => (all ? list : list.filter(({differs}) => differs))
  const sections = [
    ['metrics', of(metrics)],
    ['params', of(params)],
    ['facts', of(facts)],
  ] as const
  const without = (id: string) => goCompare(runs.map(run => run.id).filter(other => other !== id))
  return (
    <Stack gap="xs" component="section">
      <Group justify="space-between">
        <Title order={3} size="h4">
          {t('runs.compare.sides')}
        </Title>
        <Switch
          label={t('runs.compare.same')}
          checked={all}
          onChange={event => setAll(event.currentTarget.checked)}
        />
      </Group>
      <Box className={css.sides} tabIndex={0} role="region" aria-label={t('runs.compare.sides')}>
        <Table className={css.figures} verticalSpacing={3} w="fit-content" miw={480}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">
                <span className={css.unseen}>{t('runs.compare.name')}</span>
              </Table.Th>
              {runs.map(({id}, i) => (
                <Table.Th key={id} scope="col">
                  <Group gap={4} wrap="nowrap">
                    <Button size="compact-xs" variant="subtle" onClick={() => goRun(id)}>
                      {labels[i]}
                    </Button>
                    {runs.length > 2 && (
                      <Button
                        size="compact-xs"
                        variant="subtle"
                        color="gray"
                        aria-label={t('runs.compare.without', {run: labels[i]!})}
                        onClick={() => without(id)}
                      >
                        ×
                      </Button>
                    )}
                  </Group>
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          {sections.map(([section, rows]) => (
            <Table.Tbody key={section}>
              <Table.Tr>
                <Table.Th colSpan={runs.length + 1} scope="colgroup">
                  {t(`runs.compare.${section}`)}
                </Table.Th>
              </Table.Tr>
              {rows.length === 0 && (
                <Table.Tr>
                  <Table.Td colSpan={runs.length + 1}>{t('runs.compare.nothing')}</Table.Td>
                </Table.Tr>
              )}
              {rows.map(row => (
                <Line key={row.name} row={row} marked={all} />
              ))}
            </Table.Tbody>
          ))}
        </Table>
      </Box>
    </Stack>
  )
}

function Line({row, marked}: {row: Compared; marked: boolean}) {
  const t = useT()
  const {figure} = useFormat()
  const {name, values, differs} = row
  return (
    <Table.Tr data-differs={(marked && differs) || undefined}>
      <Table.Th scope="row" fw={400}>
        {name}
        {marked && differs && (
          <Text span size="xs" className={css.differs}>
            {' '}
            ≠<span className={css.unseen}> {t('runs.compare.differs')}</span>
          </Text>
        )}
      </Table.Th>
      {values.map((value, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: one a run, in their order
        <Table.Td key={i} className={css.side} title={String(value ?? '')}>
          {value === null ? '—' : typeof value === 'number' ? figure(value) : String(value)}
        </Table.Td>
      ))}
    </Table.Tr>
  )
}

function Curves({comparison, labels}: Shown) {
  const t = useT()
  const {runs, curves} = comparison
  const specs = useMemo(
    () =>
      curves.map(({name, series}) => ({
        name,
        spec: learningCurve(
          series.map(({run, epochs, values}) => ({
            label: labels[runs.findIndex(({id}) => id === run)]!,
            epochs,
            values,
          })),
          {epoch: t('charts.epochAxis'), value: name},
        ),
      })),
    [curves, runs, labels, t],
  )
  if (specs.length === 0) return null
  return (
    <Stack gap="xs" component="section">
      <Title order={3} size="h4">
        {t('runs.page.curves')}
      </Title>
      <div className={css.charts}>
        {specs.map(({name, spec}) => (
          <Chart key={name} spec={spec} height={220} label={t('runs.page.curveOf', {name})} />
        ))}
      </div>
    </Stack>
  )
}

type Column = {name: string; values: Compared['values']}

/** Parallel coordinates, a scatter of any two, and importance, all for one metric. */
function Relations({comparison, labels}: Shown) {
  const t = useT()
  const {runs, params, metrics} = comparison
  const columns = useMemo<Column[]>(
    () => [
      {name: 'kind', values: runs.map(({kind}) => kind)},
      ...params.map(({name, values}) => ({name: `params.${name}`, values})),
      ...metrics.map(({name, values}) => ({name: `metrics.${name}`, values})),
    ],
    [runs, params, metrics],
  )
  const evaluated = runs.flatMap(run => Object.values(run.evaluations).flat())
  const first = evaluated[0]?.name ?? metrics[0]?.name
  const [metric, setMetric] = useState(first ?? null)
  const [x, setX] = useState<string | null>(
    columns.find((_, i) => i > 0 && params[i - 1]?.differs)?.name ?? columns[0]!.name,
  )
  if (metrics.length === 0 || metric === null) return null
  return (
    <Stack gap="md" component="section">
      <Group align="flex-end">
        <Title order={3} size="h4">
          {t('runs.compare.relations')}
        </Title>
        <Select
          label={t('runs.report.metric')}
          data={metrics.map(({name}) => name)}
          value={metric}
          onChange={name => name && setMetric(name)}
          allowDeselect={false}
          searchable
          w={220}
        />
        <Select
          label={t('runs.compare.x')}
          data={columns.map(({name}) => name)}
          value={x}
          onChange={name => name && setX(name)}
          allowDeselect={false}
          searchable
          w={220}
        />
      </Group>
      <Parallel comparison={comparison} labels={labels} columns={columns} metric={metric} />
      <div className={css.charts}>
        <Scatter labels={labels} columns={columns} x={x!} metric={metric} />
        <ImportanceOf comparison={comparison} metric={metric} />
      </div>
    </Stack>
  )
}

/** More axes cannot be told apart. */
const mostAxes = 8

function Parallel({
  comparison,
  labels,
  columns,
  metric,
}: Shown & {columns: Column[]; metric: string}) {
  const t = useT()
  const spec = useMemo(() => {
    const differing = comparison.params.filter(({differs}) => differs)
    const kinds = new Set(comparison.runs.map(({kind}) => kind))
    const axes = [
      ...(kinds.size > 1 ? ['kind'] : []),
      ...differing.map(({name}) => `params.${name}`),
    ].slice(0, mostAxes - 1)
    axes.push(`metrics.${metric}`)
    const lines = labels.map((label, i) => ({
      label,
      values: Object.fromEntries(
        columns.map(({name, values}) => {
          const value = values[i] ?? null
          return [name, typeof value === 'boolean' ? String(value) : value]
        }),
      ),
    }))
    return parallel(axes, lines, {
      run: t('runs.compare.run'),
      axis: t('runs.compare.name'),
      value: t('runs.report.value'),
    })
  }, [comparison, labels, columns, metric, t])
  return (
    <Box>
      <Title order={5}>{t('runs.compare.parallel')}</Title>
      <Chart spec={spec} height={220} label={t('runs.compare.parallel')} />
    </Box>
  )
}

function Scatter({
  labels,
  columns,
  x,
  metric,
}: {
  labels: string[]
  columns: Column[]
  x: string
  metric: string
}) {
  const t = useT()
  const spec = useMemo(() => {
    const at = (name: string) => columns.find(column => column.name === name)!.values
    const [xs, ys] = [at(x), at(`metrics.${metric}`)]
    const points = labels.flatMap((label, i) => {
      const [px, py] = [xs[i] ?? null, ys[i] ?? null]
      if (px === null || typeof py !== 'number' || !Number.isFinite(py)) return []
      return [{label, x: typeof px === 'boolean' ? String(px) : px, y: py}]
    })
    return scatter(points, {label: t('runs.compare.run'), x, y: metric})
  }, [labels, columns, x, metric, t])
  const title = t('runs.compare.scatter', {x, y: metric})
  return (
    <Box>
      <Title order={5}>{title}</Title>
      <Chart spec={spec} height={220} label={title} />
    </Box>
  )
}

function ImportanceOf({comparison, metric}: {comparison: Comparison; metric: string}) {
  const t = useT()
  const {runs, params} = comparison
  const found = useMemo(
    () =>
      importances(
        runs.map((run, i) => ({
          metric: run.metrics[metric],
          params: Object.fromEntries(params.map(({name, values}) => [name, values[i] ?? null])),
        })),
      ),
    [runs, params, metric],
  )
  const spec = useMemo(
    () =>
      importanceBars(found, {
        name: t('runs.compare.parameter'),
        value: t('runs.compare.strength'),
      }),
    [found, t],
  )
  const title = t('runs.compare.importance', {metric})
  return (
    <Box>
      <Title order={5}>{title}</Title>
      <Text size="xs" c="dimmed">
        {t('runs.compare.how')}
      </Text>
      {found.length > 0 ? (
        <Chart spec={spec} label={title} />
      ) : (
        <Text size="sm" mt="xs">
          {t(runs.length < leastRuns ? 'runs.compare.tooFew' : 'runs.compare.noneVaries', {
            n: leastRuns,
          })}
        </Text>
      )}
    </Box>
  )
}
