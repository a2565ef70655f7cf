import {expect, test} from 'vitest'
import type {Feature, Predict} from '../../../core/evaluate/explain/answers.ts'
import {type ExplainInput, explain} from '../../../core/evaluate/explain/explain.ts'
import {gridOf} from '../../../core/evaluate/explain/grid.ts'
import {quantile} from '../../../core/evaluate/quantile.ts'
import {below, random} from '../../../core/evaluate/random.ts'
import {missingText} from '../../../core/onnx/frame.ts'

const rows = 400
const draw = random(5)
const number = (name: string): Feature => ({
  name,
  kind: 'number',
  values: Float64Array.from({length: rows}, () => below(draw, 1000) / 100),
})
const [a, b, noise] = [number('a'), number('b'), number('noise')] as const
const at = (column: unknown, i: number) => (column as Float64Array)[i]!

/** 3a + b, whatever the third column says. */
const linear: Predict = async ([x, z], n) =>
  Float32Array.from({length: n}, (_, i) => 3 * at(x, i) + at(z, i))
const y = Float64Array.from({length: rows}, (_, i) => 3 * at(a.values, i) + at(b.values, i))

const task = () => ({signal: new AbortController().signal, tell: () => {}})
const given = (more: Partial<ExplainInput> = {}): ExplainInput => ({
  task: 'regression',
  features: [noise, b, a],
  y,
  predict: ([, z, x], n) => linear([x!, z!], n),
  repeats: 5,
  seed: 1,
  ...more,
})

test('a column matters by how much worse the metric is when it is shuffled; one that is not read not at all', async () => {
  const found = await explain(given(), task())
  expect(found.metric).toMatchObject({name: 'rmse', better: 'low'})
  expect(found.metric.value).toBeLessThan(1e-5)
  expect(found.importance.map(({name}) => name)).toEqual(['a', 'b', 'noise'])
  expect(found.importance[2]).toEqual({name: 'noise', values: [0, 0, 0, 0, 0], mean: 0, sd: 0})
  // Of a column and its shuffled self, the squared difference is twice the variance: 100² / 12 in hundredths.
  const expected = Math.sqrt((2 * 10 ** 2) / 12)
  const [ofA, ofB] = found.importance
  expect(ofA!.mean / (3 * expected)).toBeCloseTo(1, 1)
  expect(ofB!.mean / expected).toBeCloseTo(1, 1)
  const mean = ofA!.values.reduce((s, v) => s + v, 0) / 5
  const sd = Math.sqrt(ofA!.values.reduce((s, v) => s + (v - mean) ** 2, 0) / 4)
  expect([ofA!.mean, ofA!.sd]).toEqual([expect.closeTo(mean, 12), expect.closeTo(sd, 12)])
})

test('a seed repeats the same figures, another gives others, and the order of the columns changes none', async () => {
  const once = await explain(given(), task())
  expect(await explain(given(), task())).toEqual(once)
  expect((await explain(given({seed: 2}), task())).importance).not.toEqual(once.importance)
  const turned = given({features: [a, b, noise], predict: linear})
  expect((await explain(turned, task())).importance).toEqual(once.importance)
})

test('above 0 is worse, whether the metric should be high or low', async () => {
  for (const metric of ['mae', 'r2']) {
    const {importance} = await explain(given({metric}), task())
    for (const value of importance[0]!.values) expect(value).toBeGreaterThan(0)
  }
  const classes = ['no', 'yes']
  const predict: Predict = async ([x], n) =>
    Float32Array.from({length: 2 * n}, (_, i) => {
      const p = at(x, i >> 1) > 5 ? 0.875 : 0.125
      return i % 2 ? p : 1 - p
    })
  const labels = Float64Array.from({length: rows}, (_, i) => Number(at(a.values, i) > 5))
  const spec = {task: 'classification' as const, classes, features: [a, b], y: labels, predict}
  for (const metric of [undefined, 'accuracy', 'balanced_accuracy', 'macro_f1', 'roc_auc']) {
    const {importance, ...found} = await explain(given({...spec, metric}), task())
    expect(found.metric.name).toBe(metric ?? 'log_loss')
    expect(importance.map(({name}) => name)).toEqual(['a', 'b'])
    for (const value of importance[0]!.values) expect(value).toBeGreaterThan(0.1)
    expect(importance[1]!.mean).toBe(0)
  }
  await expect(explain(given({...spec, metric: 'acuracy'}), task())).rejects.toMatchObject({
    code: 'unknown-name',
    hint: 'did you mean "accuracy"?',
  })
})

test('partial dependence is the mean answer with a column set to a value, beside a band of the rows', async () => {
  const product: Predict = async ([x, z], n) =>
    Float32Array.from({length: n}, (_, i) => at(x, i) * at(z, i))
  const {dependence} = await explain(given({features: [a, b], predict: product}), task())
  const ofA = dependence.find(({name}) => name === 'a')!
  const sorted = Float64Array.from(b.values as Float64Array).sort()
  const mean = sorted.reduce((s, v) => s + v, 0) / rows
  expect(ofA).toMatchObject({kind: 'number', rows, deciles: expect.arrayContaining([])})
  expect(ofA.lines).toHaveLength(1)
  expect(ofA.lines[0]!.class).toBeUndefined()
  for (const [i, value] of (ofA.at as number[]).entries()) {
    const line = ofA.lines[0]!
    expect(line.mean[i]! / (value * mean)).toBeCloseTo(1, 5)
    expect(line.low[i]! / (value * quantile(sorted, 0.1))).toBeCloseTo(1, 5)
    expect(line.high[i]! / (value * quantile(sorted, 0.9))).toBeCloseTo(1, 5)
  }
})

test('of two classes the positive one is drawn; of many the most frequent, and the others are counted', async () => {
  const uniform =
    (k: number): Predict =>
    async (_, n) =>
      new Float32Array(n * k).fill(1 / k)
  const of = async (k: number) => {
    const classes = Array.from({length: k}, (_, i) => `c${i}`)
    // The first class is the rarest: none but one of its rows.
    const labels = Float64Array.from({length: rows}, (_, i) => (i === 0 ? 0 : 1 + (i % (k - 1))))
    const {dependence} = await explain(
      given({task: 'classification', classes, y: labels, features: [a], predict: uniform(k)}),
      task(),
    )
    return dependence[0]!
  }
  expect((await of(2)).lines.map(line => line.class)).toEqual(['c1'])
  const many = await of(8)
  expect(many.lines.map(line => line.class)).not.toContain('c0')
  expect(many.lines).toHaveLength(6)
  expect(many.classesLeftOut).toBe(2)
})

test('a grid has the values themselves where they are few, and no point where next to no rows are', () => {
  const few = Float64Array.of(3, 1, 2, 2, Number.NaN, 3)
  expect(gridOf({values: few})!.at).toEqual([1, 2, 3])
  const many = Float64Array.from({length: 1001}, (_, i) => i)
  const {at: points, deciles} = gridOf({values: many})!
  expect([points.length, points[0], points.at(-1)]).toEqual([20, 50, 950])
  expect(deciles).toEqual([100, 200, 300, 400, 500, 600, 700, 800, 900])
  const spiked = Float64Array.from({length: 1000}, (_, i) => (i < 30 ? i - 40 : 7))
  expect(gridOf({values: spiked})!.at).toEqual([-40, 7])
  expect(gridOf({values: new Float64Array(9).fill(4)})).toBeUndefined()
  expect(gridOf({values: new Float64Array(9).fill(Number.NaN)})).toBeUndefined()

  expect(gridOf({values: ['b', 'a', 'b', missingText]})).toEqual({at: ['b', 'a'], rows: [2, 1]})
  const towns = Array.from({length: 100}, (_, i) => `town ${i % 20}`)
  expect(gridOf({values: towns})).toMatchObject({leftOut: 8, rows: new Array(12).fill(5)})
  expect(gridOf({values: towns.map((t, i) => `${t} ${i}`)})).toBeUndefined()
})

test('rows that the model cannot answer are left out and counted', async () => {
  const gaps = {...a, values: (a.values as Float64Array).map((v, i) => (i % 4 ? v : Number.NaN))}
  const {
    rows: used,
    unanswered,
    importance,
  } = await explain(given({features: [gaps, b], predict: linear}), task())
  expect([used, unanswered]).toEqual([300, 100])
  for (const {values} of importance) for (const value of values) expect(value).toBeGreaterThan(0)
  const none = given({predict: async (_, n) => new Float32Array(n).fill(Number.NaN)})
  await expect(explain(none, task())).rejects.toMatchObject({code: 'bad-data'})
})

test('it says what it does and how far it is, and stops when it is told to', async () => {
  const said: string[] = []
  let done = 0
  const stop = new AbortController()
  const tell = (progress: {message?: string; done?: number}) => {
    said.push(progress.message!)
    expect(progress.done).toBeGreaterThanOrEqual(done)
    done = progress.done!
  }
  await explain(given(), {...task(), tell})
  expect(new Set(said)).toEqual(
    new Set(['noise', 'b', 'a'].flatMap(n => [`shuffling "${n}"`, `varying "${n}"`])),
  )
  expect(done).toBeGreaterThan(0.9)
  let asked = 0
  const stopped = explain(
    given({
      predict: async ([, z, x], n) => {
        if (++asked === 4) stop.abort()
        return linear([x!, z!], n)
      },
    }),
    {...task(), signal: stop.signal},
  )
  await expect(stopped).rejects.toMatchObject({name: 'AbortError'})
  expect(asked).toBe(4)
})
