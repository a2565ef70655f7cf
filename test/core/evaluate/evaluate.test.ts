import {expect, test} from 'vitest'
import {type EvaluationInput, evaluate} from '../../../core/evaluate/index.ts'
import {random} from '../../../core/evaluate/random.ts'
import type {Exhibit, Report} from '../../../core/schema/report.ts'
import {english} from '../../../core/words/says.ts'
import {f32, quiet} from './cases.ts'

/** 60 rows of three classes; the model is right but for every sixth row. */
function threeClasses(): EvaluationInput {
  const y = Array.from({length: 60}, (_, i) => i % 3)
  const probabilities = f32(
    ...y.flatMap((own, i) => {
      const said = i % 6 === 5 ? (own + 1) % 3 : own
      return [0, 1, 2].map(k => (k === said ? 0.75 : 0.125))
    }),
  )
  return {
    task: 'classification',
    y,
    classes: ['Adelie', 'Chinstrap', 'Gentoo'],
    outputs: {probabilities},
    trainY: [0, 0, 1, 2],
    seed: 1,
  }
}

function values(): EvaluationInput {
  const draw = random(5)
  const y = Array.from({length: 200}, () => draw() / 2 ** 32)
  return {
    task: 'regression',
    y,
    outputs: {prediction: Float32Array.from(y, v => v + 0.1 * (draw() / 2 ** 32 - 0.5))},
    trainY: [0.25, 0.75],
    seed: 1,
  }
}

const metric = ({metrics}: Report, name: string) => metrics.find(m => m.name === name)
const exhibit = <K extends Exhibit['kind']>({exhibits}: Report, kind: K) =>
  exhibits.find(e => e.kind === kind) as Extract<Exhibit, {kind: K}>

test('a classifier’s report has metrics with interval and baseline, tables and curves', async () => {
  const report = await evaluate(threeClasses(), quiet())
  const accuracy = metric(report, 'accuracy')!
  expect(accuracy).toMatchObject({value: 50 / 60, better: 'high', baseline: 20 / 60})
  expect(accuracy.low!).toBeLessThan(50 / 60)
  expect(accuracy.high!).toBeGreaterThan(50 / 60)
  expect(report.metrics.map(m => m.name)).toEqual([
    'accuracy',
    'balanced_accuracy',
    'macro_precision',
    'macro_recall',
    'macro_f1',
    'micro_f1',
    'weighted_precision',
    'weighted_recall',
    'weighted_f1',
    'mcc',
    'kappa',
    'roc_auc',
    'pr_auc',
    'log_loss',
    'brier',
    'ece',
  ])
  expect(english(report.baseline!)).toContain('always "Adelie"')
  expect(report.intervals).toEqual({
    method: 'percentile bootstrap',
    level: 0.95,
    repeats: 1000,
    seed: 1,
  })
  expect(exhibit(report, 'confusion').counts).toEqual([
    [20, 0, 0],
    [0, 20, 0],
    [10, 0, 10],
  ])
  const curves = report.exhibits.filter(e => e.kind === 'curve')
  expect(curves.map(c => c.name)).toEqual(['roc', 'pr', 'calibration', 'gain', 'lift'])
  expect(curves[0]!.series.map(s => s.label)).toEqual(['Adelie', 'Chinstrap', 'Gentoo'])
})

test('a report survives JSON as it is', async () => {
  for (const input of [threeClasses(), values()]) {
    const report = await evaluate(input, quiet())
    expect(JSON.parse(JSON.stringify(report))).toEqual(report)
  }
})

test('the same seed gives the same report', async () => {
  expect(await evaluate(threeClasses(), quiet())).toEqual(await evaluate(threeClasses(), quiet()))
})

test('the log loss of the baseline is that of the training rows’ class shares', async () => {
  const report = await evaluate(threeClasses(), quiet())
  const expected = -(Math.log(0.5) + Math.log(0.25) + Math.log(0.25)) / 3
  expect(metric(report, 'log_loss')!.baseline).toBeCloseTo(expected, 12)
  expect(metric(report, 'roc_auc')!.baseline).toBe(0.5)
})

test('two classes add precision, recall and F1 of the second; many classes add top-k', async () => {
  const binary = await evaluate(
    {
      ...threeClasses(),
      y: [0, 1, 1, 0],
      classes: ['no', 'yes'],
      outputs: {probabilities: f32(0.9, 0.1, 0.2, 0.8, 0.6, 0.4, 0.7, 0.3)},
      trainY: [0, 1],
    },
    quiet(),
  )
  expect(metric(binary, 'precision')!.value).toBe(1)
  expect(metric(binary, 'recall')!.value).toBe(0.5)
  expect(metric(binary, 'f1')!.value).toBeCloseTo(2 / 3, 12)
  const classes = ['a', 'b', 'c', 'd', 'e', 'f']
  const many = await evaluate(
    {
      ...threeClasses(),
      y: [0, 5],
      classes,
      outputs: {probabilities: new Float32Array(12).fill(1 / 6)},
      trainY: [0, 1],
    },
    quiet(),
  )
  expect(metric(many, 'top_3_accuracy')!.value).toBe(0.5)
  expect(metric(many, 'top_5_accuracy')!.value).toBe(0.5)
})

test('a regression’s report has errors, R², residuals, and the training mean as baseline', async () => {
  const report = await evaluate(values(), quiet())
  expect(report.metrics.map(m => m.name)).toEqual([
    'rmse',
    'mae',
    'mape',
    'r2',
    'quantile_loss_10',
    'quantile_loss_90',
  ])
  expect(english(report.baseline!)).toContain('0.5')
  const rmse = metric(report, 'rmse')!
  expect(rmse.value).toBeLessThan(rmse.baseline! / 5)
  expect(rmse.low!).toBeLessThan(rmse.high!)
  expect(exhibit(report, 'residuals').rows).toBe(200)
})

test('a clustering’s report has silhouette and inertia beside one cluster for all', async () => {
  const report = await evaluate(
    {
      task: 'clustering',
      x: {values: f32(0, 1, 10, 11), features: 1},
      outputs: {
        cluster: Int32Array.of(0, 0, 1, 1),
        distances: f32(0.5, 10, 0.5, 9, 9.5, 0.5, 10.5, 0.5),
      },
      seed: 1,
    },
    quiet(),
  )
  expect(metric(report, 'inertia')).toMatchObject({value: 1, baseline: 101, better: 'low'})
  // (10.5 − 1) / 10.5 twice, (9.5 − 1) / 9.5 twice
  expect(metric(report, 'silhouette')!.value).toBeCloseTo((9.5 / 10.5 + 8.5 / 9.5) / 2, 12)
  expect(exhibit(report, 'table').rows.map(row => row.slice(0, 3))).toEqual([
    [0, 2, 0.5],
    [1, 2, 0.5],
  ])
})

test('slices show each value of a column apart, with its rows and its own interval', async () => {
  const input = threeClasses()
  const island = Array.from({length: 60}, (_, i) =>
    i % 6 === 5 ? 'Dream' : i < 10 ? null : 'Biscoe',
  )
  const report = await evaluate({...input, slices: [{column: 'Island', values: island}]}, quiet())
  const {slices, column} = exhibit(report, 'slices')
  expect(column).toBe('Island')
  expect(slices.map(s => [s.value, s.rows])).toEqual([
    ['Biscoe', 41],
    ['Dream', 10],
    ['missing', 9],
  ])
  expect(slices.map(s => s.metrics.find(m => m.name === 'accuracy')!.value)).toEqual([1, 0, 1])
})

test('numbers with many values are cut at their quartiles', async () => {
  const input = values()
  const mass = Array.from({length: 200}, (_, i) => i)
  const report = await evaluate({...input, slices: [{column: 'mass', values: mass}]}, quiet())
  const {slices} = exhibit(report, 'slices')
  expect(slices.map(s => s.rows)).toEqual([50, 50, 50, 50])
  expect(slices.map(s => s.value)).toContain('≤ 49.75')
})

test('folds give each metric’s values, mean and standard deviation', async () => {
  const input = values()
  const fold = (error: number) => ({y: [1, 2], outputs: {prediction: f32(1 + error, 2 + error)}})
  const report = await evaluate({...input, folds: [fold(0.5), fold(1), fold(1.5)]}, quiet())
  const {rows, metrics} = exhibit(report, 'folds')
  expect(rows).toEqual([2, 2, 2])
  expect(metrics.find(m => m.name === 'mae')).toEqual({
    name: 'mae',
    better: 'low',
    values: [0.5, 1, 1.5],
    mean: 1,
    sd: 0.5,
  })
})

test('weights make rows count as often as they say', async () => {
  const input = threeClasses()
  const wrong = Array.from({length: 60}, (_, i) => (i % 6 === 5 ? 0 : 1))
  const report = await evaluate({...input, weights: wrong}, quiet())
  expect(metric(report, 'accuracy')!.value).toBe(1)
})

test('an undefined metric is left out, and a warning says why', async () => {
  const report = await evaluate(
    {...threeClasses(), y: [0, 0], outputs: {probabilities: f32(1, 0, 0, 1, 0, 0)}},
    quiet(),
  )
  expect(metric(report, 'roc_auc')).toBeUndefined()
  expect(report.warnings.map(english)).toContain('roc_auc is undefined: all rows are of one class')
  expect(report.warnings.map(english).join()).toContain('no row is of class "Chinstrap"')
})

test('a test without an error still warns of the error it allows, and claims no interval', async () => {
  const input = threeClasses()
  const right = f32(
    ...(input.y as number[]).flatMap(own => [0, 1, 2].map(k => (k === own ? 1 : 0))),
  )
  const report = await evaluate({...input, outputs: {probabilities: right}}, quiet())
  expect(metric(report, 'accuracy')).toEqual({
    name: 'accuracy',
    value: 1,
    better: 'high',
    baseline: 20 / 60,
  })
  expect(report.warnings.map(english)).toContain(
    'no error in 60 rows still allows an error rate of up to 5%',
  )
})

test('a model no better than its baseline is told so', async () => {
  const report = await evaluate(
    {...values(), outputs: {prediction: new Float32Array(200)}},
    quiet(),
  )
  expect(report.warnings.map(english)).toContain('no better than the baseline in rmse, r2')
})

test('what cannot be evaluated is refused with the row', async () => {
  const input = threeClasses()
  const regression = values()
  const cases: [EvaluationInput, string][] = [
    [{...input, y: []}, 'there are no rows to evaluate (no target)'],
    [{...input, y: [0, Number.NaN]}, 'row 1 has the target NaN'],
    [{...input, y: [0, 3]}, 'row 1 has the target 3, not one of 0 to 2'],
    [{...input, y: [0]}, '180 probabilities were given where the rows need 3'],
    [{...input, classes: ['only']}, 'the training rows have one class only, "only"'],
    [{...input, trainY: undefined}, 'evaluating a classification takes training targets'],
    [{...input, outputs: {}}, 'evaluating a classification takes probabilities'],
    [
      {...input, y: [0], outputs: {probabilities: f32(2, -1, 0)}},
      'row 0 has the probability 2, outside 0 to 1',
    ],
    [
      {...input, y: [0], outputs: {probabilities: f32(0.5, 0.125, 0.125)}},
      'row 0 has probabilities that add up to 0.75, not 1',
    ],
    [
      {...regression, y: [1, 2], outputs: {prediction: f32(1, Number.POSITIVE_INFINITY)}},
      'row 1 has the prediction Infinity',
    ],
    [{...regression, weights: new Float64Array(200)}, 'all weights are 0'],
    [
      {...regression, slices: [{column: 'x', values: [1]}]},
      '1 values of "x" were given where the rows need 200',
    ],
    [{...regression, trainY: []}, 'there are no rows to evaluate (no training target)'],
  ]
  for (const [bad, message] of cases)
    await expect(evaluate(bad, quiet()), message).rejects.toMatchObject({
      code: 'bad-data',
      message: expect.stringContaining(message),
    })
})

test('a level outside 0 to 1 and too few resamples are refused', async () => {
  for (const bad of [{level: 95}, {level: Number.NaN}, {repeats: 1}, {repeats: 2.5}])
    await expect(evaluate({...values(), ...bad}, quiet())).rejects.toMatchObject({
      code: 'bad-params',
    })
})
