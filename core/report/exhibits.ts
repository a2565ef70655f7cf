// Every kind of thing that an evaluation shows, on paper: a chart where it says more, a table where it is read.
import {folds as foldsSpec} from '../charts/folds.ts'
import {histogram} from '../charts/histogram.ts'
import {reportCurve} from '../charts/report-curve.ts'
import {residuals} from '../charts/residuals.ts'
import {slices as slicesSpec} from '../charts/slices.ts'
import type {Exhibit} from '../schema/report.ts'
import {chart} from './chart.ts'
import {type Html, html, table} from './html.ts'
import type {Speak} from './speak.ts'

type Kind = Exhibit['kind']
type Shown<K extends Kind> = (exhibit: Extract<Exhibit, {kind: K}>, speak: Speak) => Promise<Html>

export function exhibitHtml(exhibit: Exhibit, speak: Speak): Promise<Html> {
  const shown = views[exhibit.kind] as (exhibit: Exhibit, speak: Speak) => Promise<Html>
  return shown(exhibit, speak)
}

const views: {[K in Kind]: Shown<K>} = {
  confusion: async ({classes, counts}, speak) => {
    const {t, figure, percent} = speak
    const rows = classes.map((truth, i) => {
      const total = counts[i]!.reduce((sum, n) => sum + n, 0)
      const share = (n: number) => (total > 0 ? ` (${percent(n / total)})` : '')
      return [truth, ...counts[i]!.map(n => `${figure(n)}${share(n)}`)]
    })
    const corner = `${t('charts.confusion.truth')} ↓ ${t('charts.confusion.predicted')} →`
    return table(t('charts.confusion.title'), [corner, ...classes], rows)
  },

  curve: ({name, series}, speak) => {
    const {t, figure} = speak
    const spec = reportCurve(name, series, {
      x: t(`charts.curve.${name}.x`),
      y: t(`charts.curve.${name}.y`),
      area: figure,
    })
    return titled(t(`charts.curve.${name}.title`), chart(spec, labelled(t, name, series), speak))
  },

  residuals: ({predicted, residual, rows}, speak) => {
    const {t} = speak
    const words = {
      predicted: t('charts.residuals.predicted'),
      residual: t('charts.residuals.residual'),
    }
    const title = t('charts.residuals.title')
    const sampled = rows !== undefined && rows > predicted.length
    const note = sampled ? t('charts.residuals.sample', {n: predicted.length, all: rows}) : ''
    return titled(title, chart(residuals({predicted, residual}, words), title, speak), note)
  },

  histogram: ({name: told, edges, counts}, speak) => {
    const {t, said} = speak
    const name = said(told)
    const title = t('charts.histogram.title', {name})
    const words = {
      value: name,
      from: t('charts.histogram.from'),
      to: t('charts.histogram.to'),
      count: t('charts.count'),
    }
    return titled(title, chart(histogram({edges, counts}, words), title, speak))
  },

  slices: async ({column, slices, leftOut}, speak) => {
    const {t, figure} = speak
    const names = [...new Set(slices.flatMap(({metrics}) => metrics.map(({name}) => name)))]
    const [first] = names
    const title = t('charts.slices.title', {column})
    if (first === undefined) return html``
    const words = {
      column,
      rows: t('charts.rows'),
      low: t('charts.low'),
      high: t('charts.high'),
    }
    const drawn = await titled(
      title,
      chart(slicesSpec(slices, first, words), `${title}, ${first}`, speak),
      leftOut ? t('charts.slices.leftOut', {n: leftOut}) : '',
    )
    const listed = table(
      title,
      [t('report.metric'), ...slices.map(({value}) => value)],
      [
        [t('charts.rows'), ...slices.map(({rows}) => figure(rows))],
        ...names.map(name => [
          name,
          ...slices.map(({metrics}) => {
            const found = metrics.find(metric => metric.name === name)
            return found ? figure(found.value) : '—'
          }),
        ]),
      ],
    )
    return html`${drawn}${listed}`
  },

  folds: async ({rows, metrics}, speak) => {
    const {t, figure} = speak
    const [first] = metrics
    if (!first) return html``
    const title = t('charts.folds.title')
    const drawn = await titled(
      title,
      chart(foldsSpec(first, {fold: t('charts.folds.fold')}), `${title}, ${first.name}`, speak),
      t('charts.folds.note', {n: rows.length}),
    )
    const listed = metrics.map(({name, mean, sd}) => [
      name,
      `${figure(mean)}${sd === undefined ? '' : ` ± ${figure(sd)}`}`,
    ])
    return html`${drawn}${table(title, [t('report.metric'), t('report.value')], listed)}`
  },

  table: async ({name, columns, rows}, {said, value}) =>
    table(
      said(name),
      columns.map(said),
      rows.map(row => row.map(cell => value(Array.isArray(cell) ? said(cell) : cell))),
    ),
}

async function titled(title: string, drawing: Promise<Html>, note = ''): Promise<Html> {
  return html`<p class="caption">${title}${note && html` <small>${note}</small>`}</p>${await drawing}`
}

const labelled = (
  t: Speak['t'],
  name: Extract<Exhibit, {kind: 'curve'}>['name'],
  series: readonly {label: string}[],
) => `${t(`charts.curve.${name}.title`)}: ${series.map(({label}) => label).join(', ')}`
