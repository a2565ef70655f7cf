// Charts as pure functions of plain data: drawn here without a browser, as reports do.
import {parse, type Spec as VegaSpec, View} from 'vega'
import {expressionInterpreter} from 'vega-interpreter'
import {compile, type TopLevelSpec} from 'vega-lite'
import {expect, test} from 'vitest'
import {drawn} from '../../core/charts/buckets.ts'
import {chartConfig} from '../../core/charts/config.ts'
import {confusion} from '../../core/charts/confusion.ts'
import {dependence} from '../../core/charts/dependence.ts'
import {folds} from '../../core/charts/folds.ts'
import {histogram} from '../../core/charts/histogram.ts'
import {importanceBars} from '../../core/charts/importance.ts'
import {learningCurve} from '../../core/charts/learning-curve.ts'
import {parallel} from '../../core/charts/parallel.ts'
import {curveNames, reportCurve} from '../../core/charts/report-curve.ts'
import {residuals} from '../../core/charts/residuals.ts'
import {scatter} from '../../core/charts/scatter.ts'
import {slices} from '../../core/charts/slices.ts'
import type {ChartSpec} from '../../core/charts/spec.ts'

/** The SVG of a chart; a warning of Vega or Vega-Lite fails the test. */
async function svgOf(spec: ChartSpec) {
  const said: string[] = []
  const say = (...words: unknown[]) => said.push(words.join(' '))
  const logger = {level: () => 0, error: say, warn: say, info: () => {}, debug: () => {}}
  const {spec: vega} = compile(spec as unknown as TopLevelSpec, {
    config: chartConfig('light'),
    logger: logger as never,
  })
  const view = new View(parse(vega as VegaSpec, undefined, {ast: true}), {
    expr: expressionInterpreter,
    logger: logger as never,
    renderer: 'none',
  })
  const svg = await view.toSVG()
  view.finalize()
  expect(said).toEqual([])
  return svg
}

const marks = (svg: string, role: string) => svg.split(`role-mark ${role}`).length - 1
const paths = (svg: string) => svg.match(/aria-roledescription="[^"]+"/g)?.length ?? 0
const metric = (value: number) => ({
  name: 'f1',
  value,
  low: value - 0.1,
  high: value,
  better: 'high' as const,
})

const charts: Record<string, ChartSpec> = {
  learningCurve: learningCurve([{label: 'a.b [c]', epochs: [1, 2, 3], values: [3, 2, 1]}], {
    epoch: 'epoch',
    value: 'loss',
  }),
  confusion: confusion(
    {
      classes: ['a', 'b'],
      counts: [
        [3, 1],
        [0, 4],
      ],
    },
    {truth: 'truth', predicted: 'predicted', count: 'count', share: 'share'},
  ),
  residuals: residuals({predicted: [1, 2], residual: [0.1, -0.1]}, {predicted: 'p', residual: 'r'}),
  histogram: histogram(
    {edges: [0, 1, 2], counts: [5, 3]},
    {value: 'v', from: 'from', to: 'to', count: 'count'},
  ),
  slices: slices(
    [
      {value: 'Biscoe', rows: 3, metrics: [metric(0.9)]},
      {value: 'Dream', rows: 1, metrics: [{name: 'f1', value: 0.8, better: 'high'}]},
    ],
    'f1',
    {column: 'Island', rows: 'rows', low: 'low', high: 'high'},
  ),
  folds: folds({name: 'f1', better: 'high', mean: 0.5, values: [0.4, null, 0.6]}, {fold: 'fold'}),
  parallel: parallel(
    ['params.lr', 'kind', 'metrics.f1'],
    [
      {label: 'one', values: {'params.lr': 0.1, kind: 'mlp', 'metrics.f1': 0.5}},
      {label: 'two', values: {'params.lr': 0.2, kind: null, 'metrics.f1': 0.7}},
    ],
    {run: 'run', axis: 'axis', value: 'value'},
  ),
  scatter: scatter([{label: 'one', x: 1, y: 'high'}], {label: 'run', x: 'params.lr', y: 'kind'}),
  importance: importanceBars([{name: 'params.lr', value: 0.7}], {name: 'name', value: 'value'}),
  'importance with a spread': importanceBars(
    [
      {name: 'age', value: 0.7, spread: 0.1},
      {name: 'town', value: -0.01, spread: 0.02},
    ],
    {name: 'name', value: 'value', spread: 'spread'},
  ),
  ...Object.fromEntries(
    (
      [
        ['numbers', [1, 2, 3], false],
        ['dates', [0, 86_400_000, 172_800_000], true],
        ['texts', ['a', 'b', 'c'], false],
      ] as const
    ).flatMap(([name, at, dates]) =>
      [['one'], ['one', 'two']].map(labels => [
        `dependence on ${name}, ${labels.length}`,
        dependence(
          {
            at,
            dates,
            ticks: dates ? [] : [1.5],
            lines: labels.map(label => ({
              label,
              mean: [0.2, 0.5, 0.4],
              low: [0.1, 0.4, 0.3],
              high: [0.3, 0.6, 0.5],
            })),
          },
          {column: 'c', answer: 'a', low: 'low', high: 'high', write: String},
        ),
      ]),
    ),
  ),
  ...Object.fromEntries(
    curveNames.map(name => [
      name,
      reportCurve(name, [{label: 'Adelie', x: [0, 0.5, 1], y: [0, 0.9, 1], area: 0.7}], {
        x: 'x',
        y: 'y',
        area: String,
      }),
    ]),
  ),
}

test.each(Object.entries(charts))(
  '%s draws without a browser and without a warning',
  async (_, spec) => {
    const svg = await svgOf(spec)
    expect(svg).toContain('<svg')
    expect(marks(svg, '') + paths(svg)).toBeGreaterThan(0)
    expect(svg).not.toContain('NaN')
  },
)

test('a confusion matrix shades each cell by the share of its true class', () => {
  expect(charts.confusion!.data.values.map(({share}) => share)).toEqual([0.75, 0.25, 0, 1])
})

test('thinning a line keeps the spike of one point in a million', () => {
  const x = Array.from({length: 1_000_000}, (_, i) => i)
  const y = x.map(i => (i === 654_321 ? 100 : Math.sin(i / 1000)))
  const kept = drawn(x, y, 500)
  expect(kept.length).toBeLessThanOrEqual(2000)
  expect(kept).toContain(654_321)
  expect(kept).toContain(0)
  expect(kept.at(-1)).toBe(999_999)
  expect(kept).toEqual([...kept].sort((a, b) => a - b))
})

test('a line leaves out what is no number and keeps short lines whole', () => {
  expect(drawn([1, 2, 3, 4], [1, Number.NaN, Number.POSITIVE_INFINITY, 2], 100)).toEqual([0, 3])
})
