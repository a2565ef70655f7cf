// From batteries to figures: metrics with intervals and baselines, by slice and by fold.
import type {Task} from '../plugin.ts'
import type {Exhibit, FoldMetric, Metric} from '../schema/report.ts'
import {type Said, says} from '../words/says.ts'
import type {Battery} from './battery.ts'
import {ones} from './battery.ts'
import {type BootstrapSpec, bootstrap, type Interval} from './bootstrap.ts'
import {rowsOf} from './rows.ts'
import {type SliceColumn, slicesOf} from './slices.ts'
import type {Subject} from './subject.ts'

export type Measurements = {metrics: Metric[]; warnings: Said[]}

/** The subject's metrics, each with its interval and baseline, and what to know about them. */
export async function measure(
  {battery, baseline, order}: Subject,
  given: Float64Array,
  spec: BootstrapSpec,
  task: Task,
): Promise<Measurements> {
  const weights = order ? rowsOf(given, order) : given
  const values = battery.at(weights)
  const intervals = await bootstrap(battery, weights, spec, task)
  const beside = baseline?.battery.at(weights)
  return {
    metrics: metricsOf(battery, values, intervals, beside),
    warnings: [
      ...undefinedOnes(battery, values),
      ...withoutInterval(battery, values, intervals),
      ...(beside ? notBetter(battery, values, beside) : []),
    ],
  }
}

/** The same metrics for each value of a column; each slice resamples its own rows. */
export async function measureSlices(
  column: SliceColumn,
  subject: Subject,
  weights: Float64Array,
  spec: BootstrapSpec,
  task: Task,
): Promise<Exhibit> {
  const {slices, leftOut} = slicesOf(column)
  const measured = []
  for (const {value, rows} of slices) {
    const battery = subject.subset(rows)
    const own = rowsOf(weights, rows)
    const intervals = await bootstrap(battery, own, spec, task)
    measured.push({
      value,
      rows: rows.length,
      metrics: metricsOf(battery, battery.at(own), intervals),
    })
  }
  return {
    kind: 'slices',
    column: column.column,
    slices: measured,
    ...(leftOut > 0 ? {leftOut} : {}),
  }
}

/** The metrics of each fold of a cross-validation, with mean and standard deviation (of the folds less one). */
export function measureFolds(folds: readonly Battery[]): Exhibit {
  const values = folds.map(battery => battery.at(ones(battery.rows)))
  const metrics = folds[0]!.metrics.map(({name, better}, m): FoldMetric | undefined => {
    const own = values.map(fold => fold[m]!)
    const known = own.filter(v => !Number.isNaN(v))
    if (known.length === 0) return undefined
    const mean = known.reduce((a, b) => a + b, 0) / known.length
    const square = known.reduce((a, b) => a + (b - mean) ** 2, 0)
    return {
      name,
      better,
      mean,
      ...(known.length > 1 ? {sd: Math.sqrt(square / (known.length - 1))} : {}),
      values: own.map(v => (Number.isNaN(v) ? null : v)),
    }
  })
  return {
    kind: 'folds',
    rows: folds.map(battery => battery.rows),
    metrics: metrics.filter(m => m !== undefined),
  }
}

function metricsOf(
  {metrics}: Battery,
  values: number[],
  intervals: Interval[],
  baseline?: number[],
): Metric[] {
  return metrics.flatMap(({name, better}, m) => {
    const value = values[m]!
    if (Number.isNaN(value)) return []
    const interval = intervals[m]!
    const beside = baseline?.[m]
    return [
      {
        name,
        value,
        ...(interval.low === undefined ? {} : interval),
        better,
        ...(beside === undefined || Number.isNaN(beside) ? {} : {baseline: beside}),
      },
    ]
  })
}

const undefinedOnes = ({metrics}: Battery, values: number[]) =>
  metrics.flatMap(({name, why}, m) =>
    Number.isNaN(values[m])
      ? [(why ? says`${name} is undefined: ${why}` : says`${name} is undefined`).said]
      : [],
  )

function withoutInterval(
  {metrics, rows}: Battery,
  values: number[],
  intervals: Interval[],
): Said[] {
  const of = (reason: string) =>
    metrics
      .filter((_, m) => {
        const interval = intervals[m]!
        return interval.low === undefined && interval.none === reason && !Number.isNaN(values[m]!)
      })
      .map(({name}) => name)
  const constant = of('constant')
  const rare = of('undefined')
  const warnings: Said[] = []
  if (constant.length > 0)
    warnings.push(
      says`no interval for ${constant.join(', ')}: all resamples of the ${rows} rows give the same value`
        .said,
    )
  // Hanley and Lippman-Hand 1983: without an error in n rows, the error may be 3/n at 95%.
  if (metrics.some(({name}, m) => name === 'accuracy' && values[m] === 1))
    warnings.push(
      says`no error in ${rows} rows still allows an error rate of up to ${percent(Math.min(1, 3 / rows))}`
        .said,
    )
  if (rare.length > 0)
    warnings.push(
      says`no interval for ${rare.join(', ')}: undefined in more than 1 of 20 resamples; some class has too few rows`
        .said,
    )
  return warnings
}

/** What a model must beat to be worth anything; other metrics may rank a constant answer high. */
const headline = new Set(['accuracy', 'macro_f1', 'roc_auc', 'log_loss', 'rmse', 'r2'])

function notBetter({metrics}: Battery, values: number[], baseline: number[]): Said[] {
  const names = metrics
    .filter(({name, better}, m) => {
      const gain = better === 'high' ? values[m]! - baseline[m]! : baseline[m]! - values[m]!
      return headline.has(name) && gain <= 0
    })
    .map(({name}) => name)
  return names.length > 0 ? [says`no better than the baseline in ${names.join(', ')}`.said] : []
}

const percent = (x: number) => says`${Number((x * 100).toPrecision(2))}%`
