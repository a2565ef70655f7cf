// What the parameters of runs have to do with a metric.
import {Box, Group, Select, Stack, Text, Title} from '@mantine/core'
import {useMemo, useState} from 'react'
import {importanceBars} from '../../core/charts/importance.ts'
import {parallel} from '../../core/charts/parallel.ts'
import {scatter} from '../../core/charts/scatter.ts'
import type {Compared, Comparison} from '../../core/schema/history.ts'
import {Chart} from '../charts/chart.tsx'
import {useT} from '../ui/i18n.ts'
import type {Shown} from './compare.tsx'
import {importances, leastRuns} from './importance.ts'
import css from './runs.module.css'

type Column = {name: string; values: Compared['values']}

/** Parallel coordinates, a scatter of any two, and importance, all for one metric. */
export function Relations({comparison, labels}: Shown) {
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
