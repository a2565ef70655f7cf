// Every kind of thing that a report shows, as a chart or a table.
import {Box, Select, Stack, Table, Text, Title} from '@mantine/core'
import {type ComponentType, useMemo, useState} from 'react'
import {folds} from '../../core/charts/folds.ts'
import {histogram} from '../../core/charts/histogram.ts'
import {reportCurve} from '../../core/charts/report-curve.ts'
import {residuals} from '../../core/charts/residuals.ts'
import {slices} from '../../core/charts/slices.ts'
import type {Exhibit} from '../../core/schema/report.ts'
import {english} from '../../core/words/says.ts'
import {Chart} from '../charts/chart.tsx'
import {useFormat, useSaid, useT} from '../ui/i18n.ts'
import {ConfusionMatrix} from './confusion-matrix.tsx'
import css from './runs.module.css'

/** The cell whose present result a report is. */
export type Source = {document: string; cell: string}
type Kind = Exhibit['kind']
type Shown<K extends Kind> = {exhibit: Extract<Exhibit, {kind: K}>; source?: Source}

export function ExhibitView({exhibit, source}: {exhibit: Exhibit; source?: Source}) {
  const View = views[exhibit.kind] as ComponentType<{exhibit: Exhibit; source?: Source}>
  return <View exhibit={exhibit} source={source} />
}

function Confusion({exhibit, source}: Shown<'confusion'>) {
  const t = useT()
  return (
    <Section title={t('charts.confusion.title')}>
      <ConfusionMatrix {...exhibit} source={source} />
    </Section>
  )
}

function Curve({exhibit}: Shown<'curve'>) {
  const t = useT()
  const {figure} = useFormat()
  const {name, series} = exhibit
  const title = t(`charts.curve.${name}.title`)
  const spec = useMemo(
    () =>
      reportCurve(name, series, {
        x: t(`charts.curve.${name}.x`),
        y: t(`charts.curve.${name}.y`),
        area: figure,
      }),
    [name, series, t, figure],
  )
  return (
    <Section title={title}>
      <Chart spec={spec} label={`${title}: ${series.map(({label}) => label).join(', ')}`} />
    </Section>
  )
}

function Residuals({exhibit}: Shown<'residuals'>) {
  const t = useT()
  const {predicted, residual, rows} = exhibit
  const spec = useMemo(
    () =>
      residuals(
        {predicted, residual},
        {predicted: t('charts.residuals.predicted'), residual: t('charts.residuals.residual')},
      ),
    [predicted, residual, t],
  )
  const title = t('charts.residuals.title')
  return (
    <Section
      title={title}
      note={
        rows !== undefined && rows > predicted.length
          ? t('charts.residuals.sample', {n: predicted.length, all: rows})
          : undefined
      }
    >
      <Chart spec={spec} label={title} />
    </Section>
  )
}

function Histogram({exhibit}: Shown<'histogram'>) {
  const t = useT()
  const {text} = useSaid()
  const {edges, counts} = exhibit
  const name = text(exhibit.name)
  const spec = useMemo(
    () =>
      histogram(
        {edges, counts},
        {
          value: name,
          from: t('charts.histogram.from'),
          to: t('charts.histogram.to'),
          count: t('charts.count'),
        },
      ),
    [name, edges, counts, t],
  )
  const title = t('charts.histogram.title', {name})
  return (
    <Section title={title}>
      <Chart spec={spec} height={180} label={title} />
    </Section>
  )
}

function Slices({exhibit}: Shown<'slices'>) {
  const t = useT()
  const {column, slices: list, leftOut} = exhibit
  const names = [...new Set(list.flatMap(({metrics}) => metrics.map(({name}) => name)))]
  const [chosen, setChosen] = useState(names[0] ?? '')
  const spec = useMemo(
    () =>
      slices(list, chosen, {
        column,
        rows: t('charts.rows'),
        low: t('charts.low'),
        high: t('charts.high'),
      }),
    [list, chosen, column, t],
  )
  const title = t('charts.slices.title', {column})
  return (
    <Section title={title} note={leftOut ? t('charts.slices.leftOut', {n: leftOut}) : undefined}>
      <Select
        label={t('runs.report.metric')}
        data={names}
        value={chosen}
        onChange={name => name && setChosen(name)}
        w={220}
        allowDeselect={false}
      />
      <Chart spec={spec} label={`${title}, ${chosen}`} />
    </Section>
  )
}

function Folds({exhibit}: Shown<'folds'>) {
  const t = useT()
  const {figure} = useFormat()
  const {rows, metrics} = exhibit
  const [chosen, setChosen] = useState(metrics[0]?.name)
  const metric = metrics.find(({name}) => name === chosen)
  const spec = useMemo(
    () => (metric ? folds(metric, {fold: t('charts.folds.fold')}) : undefined),
    [metric, t],
  )
  const title = t('charts.folds.title')
  return (
    <Section title={title} note={t('charts.folds.note', {n: rows.length})}>
      <Select
        label={t('runs.report.metric')}
        data={metrics.map(({name}) => name)}
        value={chosen}
        onChange={name => name && setChosen(name)}
        w={220}
        allowDeselect={false}
      />
      {metric && (
        <Text size="sm">
          {t('charts.folds.mean', {mean: figure(metric.mean)})}
          {metric.sd !== undefined && ` ± ${figure(metric.sd)}`}
        </Text>
      )}
      {spec && <Chart spec={spec} height={160} label={`${title}, ${chosen}`} />}
    </Section>
  )
}

function Listing({exhibit}: Shown<'table'>) {
  const {figure} = useFormat()
  const {text} = useSaid()
  const {columns, rows} = exhibit
  const name = text(exhibit.name)
  return (
    <Section title={name}>
      <Box className={css.scroll} tabIndex={0} role="region" aria-label={name}>
        <Table className={css.figures} w="fit-content" verticalSpacing={3} horizontalSpacing="md">
          <Table.Thead>
            <Table.Tr>
              {columns.map(column => (
                <Table.Th key={english(column)} scope="col">
                  {text(column)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a report have no identity
              <Table.Tr key={i}>
                {row.map((value, j) => (
                  <Table.Td key={english(columns[j]!)}>
                    {typeof value === 'number' ? figure(value) : value === null ? '—' : text(value)}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Box>
    </Section>
  )
}

const views: {[K in Kind]: ComponentType<Shown<K>>} = {
  confusion: Confusion,
  curve: Curve,
  residuals: Residuals,
  histogram: Histogram,
  slices: Slices,
  folds: Folds,
  table: Listing,
}

function Section({
  title,
  note,
  children,
}: {
  title: string
  note?: string
  children: React.ReactNode
}) {
  return (
    <Stack gap="xs" component="section" maw={720}>
      <Title order={5}>{title}</Title>
      {note && (
        <Text size="xs" c="dimmed">
          {note}
        </Text>
      )}
      {children}
    </Stack>
  )
}
