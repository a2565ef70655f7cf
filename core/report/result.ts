// What came of a cell, by the type of its value.
import type {Curve} from '../charts/learning-curve.ts'
import {learningCurve} from '../charts/learning-curve.ts'
import {pngUrl} from '../image/encode.ts'
import {imageShape} from '../schema/image.ts'
import type {Metric, Report} from '../schema/report.ts'
import type {Point, Run} from '../schema/run.ts'
import type {Column, Table} from '../schema/table.ts'
import type {Value} from '../schema/value.ts'
import type {Told} from '../words/says.ts'
import {chart} from './chart.ts'
import {exhibitHtml} from './exhibits.ts'
import {facts, type Html, html, table} from './html.ts'
import type {Speak} from './speak.ts'

/** The first rows of a table, and the columns that they show. */
export type FirstRows = {columns: Column[]; rows: Record<string, unknown>[]}

/** What a result rests on beside its value. */
export type Behind = {
  firstRows: (table: Table) => Promise<FirstRows>
  run: (id: string) => Promise<{run: Run; points: Point[]}>
}

export function resultHtml(value: Value, behind: Behind, speak: Speak): Promise<Html> {
  const shown = views[value.type] as (value: Value, behind: Behind, speak: Speak) => Promise<Html>
  return shown(value, behind, speak)
}

type Type = Value['type']
const views: {
  [T in Type]: (value: Extract<Value, {type: T}>, behind: Behind, speak: Speak) => Promise<Html>
} = {
  table: async ({table: own, rejects}, behind, speak) =>
    html`${await tableHtml(own, behind, speak)}${
      rejects && html`<p>${speak.t('notebook.rejects', {n: rejects.count})}</p>`
    }`,

  split: async ({parts, folds}, behind, speak) => {
    const {t, whole} = speak
    const named = (['train', 'validation', 'test'] as const).flatMap((part): [string, string][] => {
      const own = parts[part]
      return own ? [[t(`report.part.${part}`), whole(own.rows)]] : []
    })
    const all: [string, string][] =
      folds.length > 0 ? [...named, ['', t('notebook.folds', {n: folds.length})]] : named
    return html`${facts(all)}${await tableHtml(parts.train, behind, speak)}`
  },

  model: async ({kind, target, features, classes, run: id}, behind, speak) => {
    const {t} = speak
    const {run, points} = await behind.run(id)
    return html`<p>${target === undefined ? t('report.noTarget') : t('report.modelOf', {target})}</p>
${facts([
  [t('report.kind'), kind],
  [t('report.features'), features.join(', ')],
  [t('report.classes'), classes?.join(', ')],
  [t('report.run'), id],
  [t('report.engine'), run.engine],
  [t('report.because'), run.because?.map(speak.said).join('; ')],
  [t('report.seed'), run.seed],
])}${await curvesHtml(points, speak)}`
  },

  report: ({report}, _, speak) => reportHtml(report, speak),

  version: async ({name, version, stage}, _, {t}) =>
    html`<p>${t('notebook.version', {name, version, stage})}</p>`,

  bundle: async ({name, version, golden: {real, ...golden}}, _, {t}) =>
    html`<p>${t('notebook.bundle', {name, version, ...golden})} ${real > 0 ? t('notebook.bundleReal', {n: real}) : t('notebook.bundleBare')}</p>`,
}

/** More columns than this do not fit on a page. */
const mostColumns = 10

async function tableHtml(own: Table, {firstRows}: Behind, speak: Speak): Promise<Html> {
  const {t, whole} = speak
  const {columns, rows} = await firstRows(own)
  const shown = columns.slice(0, mostColumns)
  const left = columns.length - shown.length
  return html`<p>${t('report.size', {rows: whole(own.rows), columns: columns.length})}${
    left > 0 && html`; ${t('report.columnsLeft', {n: left})}`
  }</p>
${
  rows.length > 0 &&
  table(
    t('report.first', {n: rows.length}),
    shown.map(({name}) => name),
    rows.map(row => shown.map(column => cell(row[column.name], column, speak))),
  )
}`
}

/** A value as text, an image as itself. */
function cell(given: unknown, {type}: Column, {t, value}: Speak): Html | string {
  const shape = imageShape(type)
  if (!shape || !(given instanceof Uint8Array)) return value(given)
  const {width, height} = shape
  return html`<img src="${pngUrl(given, shape)}" width="${width}" height="${height}" alt="${t('table.value.image', {width, height})}">`
}

/** The losses over the epochs, where there are epochs. */
async function curvesHtml(points: readonly Point[], speak: Speak): Promise<Html> {
  const {t} = speak
  const names = [...new Set(points.flatMap(({metrics}) => Object.keys(metrics)))]
  const curves = names
    .filter(name => /loss/i.test(name))
    .map((label): Curve => {
      const own = points.filter(({metrics}) => metrics[label] !== undefined)
      return {
        label,
        epochs: own.map(({epoch}) => epoch),
        values: own.map(({metrics}) => metrics[label]!),
      }
    })
  if (!curves.some(({epochs}) => epochs.length > 1)) return html``
  const spec = learningCurve(curves, {epoch: t('charts.epochAxis'), value: 'loss'})
  return chart(spec, curves.map(({label}) => label).join(', '), speak)
}

async function reportHtml(report: Report, speak: Speak): Promise<Html> {
  const {t, percent, said} = speak
  const {title, rows, metrics, intervals, baseline, exhibits, alarm, warnings} = report
  const shown: Html[] = []
  for (const exhibit of exhibits) shown.push(await exhibitHtml(exhibit, speak))
  return html`<p><strong>${said(title)}</strong>${
    rows !== undefined && html` (${t('common.rows', {n: rows})})`
  }</p>
${alarm && html`<p class="alarm"><strong>${t('report.alarm')}</strong></p>`}
${metrics.length > 0 && metricsHtml(metrics, speak)}
${
  intervals &&
  html`<p><small>${t('runs.report.intervals', {
    level: percent(intervals.level),
    repeats: intervals.repeats,
    seed: intervals.seed,
  })}</small></p>`
}
${baseline && html`<p><small>${t('runs.report.baseline', {baseline: said(baseline)})}</small></p>`}
${warningsHtml(warnings, speak)}
${shown}`
}

function metricsHtml(metrics: readonly Metric[], {t, figure}: Speak): Html {
  const rows = metrics.map(({name, value, low, high, better, baseline}) => [
    `${name} ${better === 'high' ? '↑' : '↓'}`,
    figure(value),
    low === undefined || high === undefined ? '—' : `${figure(low)} – ${figure(high)}`,
    baseline === undefined ? '—' : figure(baseline),
  ])
  const head = [t('report.metric'), t('report.value'), t('report.interval'), t('report.baseline')]
  return table(t('report.metrics'), head, rows)
}

export const warningsHtml = (warnings: readonly Told[], {t, said}: Speak): Html =>
  warnings.length === 0
    ? html``
    : html`<p><strong>${t('report.warnings')}</strong></p><ul>${warnings.map(
        warning => html`<li>${said(warning)}</li>`,
      )}</ul>`
