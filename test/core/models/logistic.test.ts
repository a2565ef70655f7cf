import {expect, test} from 'vitest'
import {english} from '../../../core/words/says.ts'
import {blobs, data, files, learn, matrix, normals} from './support.ts'

/** The slope of C·Σ w·log loss by each raw weight and intercept, at the model's own coefficients. */
function slopes(
  {x, y, w}: {x: number[][]; y: number[]; w?: number[]},
  {centre, weights, intercepts}: {centre: number[]; weights: number[][]; intercepts: number[]},
) {
  const classes = intercepts.length
  const rows = x.map(row => row.map((v, j) => Math.fround(v) - centre[j]!))
  const off = rows.map((row, i) => {
    const z = intercepts.map((b, k) => row.reduce((s, v, j) => s + v * weights[j]![k]!, b))
    const most = Math.max(...z)
    const total = z.reduce((s, v) => s + Math.exp(v - most), 0)
    return z.map((v, k) => (w?.[i] ?? 1) * (Math.exp(v - most) / total - (y[i] === k ? 1 : 0)))
  })
  const by = (k: number) => ({
    weights: centre.map((c, j) => rows.reduce((s, row, i) => s + off[i]![k]! * (row[j]! + c), 0)),
    intercept: off.reduce((s, o) => s + o[k]!, 0),
  })
  return Array.from({length: classes}, (_, k) => by(k))
}

const overlapping = (classes: number) => {
  const {x, y} = blobs({rows: 120, classes, apart: 1, seed: 3})
  // Features of very different scale and place: the optimum must not care.
  return {x: x.map(([a, b, c]) => [a!, 1000 + 200 * b!, 0.01 * c!]), y}
}

for (const classes of [2, 3, 4])
  test(`l2 with ${classes} classes ends where scikit-learn's objective is flat`, async () => {
    const {x, y} = overlapping(classes)
    const w = y.map((_, i) => 1 + (i % 3))
    const C = 0.7
    const fitted = await learn(
      'logistic',
      {C, tolerance: 1e-10},
      data('classification', matrix(x, y, w), classes),
    )
    const coefficients = files(fitted, 'coefficients.json')
    const flat = slopes({x, y, w}, coefficients)
    // Two classes have one weight vector, that of the second class.
    for (let k = classes === 2 ? 1 : 0; k < classes; k++) {
      const {weights, intercept} = flat[k]!
      expect(intercept).toBeCloseTo(0, 5)
      weights.forEach((slope, j) => {
        const own = coefficients.weights[j][k]
        const scale = j === 1 ? 200 : 1
        expect((C * slope + own) / scale).toBeCloseTo(0, 5)
      })
    }
    expect(fitted.warnings).toEqual([])
  })

test('l1 leaves weights at exactly zero, and only those that the slope cannot move', async () => {
  const normal = normals(5)
  const x = Array.from({length: 200}, () => Array.from({length: 6}, normal))
  const y = x.map(row => (row[0]! - row[1]! + 0.5 * normal() > 0 ? 1 : 0))
  const C = 0.05
  const fitted = await learn(
    'logistic',
    {penalty: 'l1', C, tolerance: 1e-10},
    data('classification', matrix(x, y), 2),
  )
  const coefficients = files(fitted, 'coefficients.json')
  const [, {weights}] = slopes({x, y}, coefficients) as [unknown, {weights: number[]}]
  const own: number[] = coefficients.weights.map((row: number[]) => row[1])
  expect(own.filter(v => v === 0).length).toBeGreaterThan(1)
  own.forEach((v, j) => {
    if (v === 0) expect(Math.abs(C * weights[j]!)).toBeLessThanOrEqual(1 + 1e-6)
    else expect(C * weights[j]!).toBeCloseTo(-Math.sign(v), 5)
  })
})

test('elastic-net lies between l1 and l2', async () => {
  const {x, y} = overlapping(3)
  const given = data('classification', matrix(x, y), 3)
  const run = async (params: object) =>
    files(
      await learn('logistic', {...params, tolerance: 1e-9}, given),
      'coefficients.json',
    ).weights.flat()
  const same = async (a: object, b: object) => {
    const [u, v] = [await run(a), await run(b)]
    u.forEach((value: number, i: number) => {
      expect(value).toBeCloseTo(v[i], 5)
    })
  }
  await same({penalty: 'elastic-net', l1Ratio: 0}, {penalty: 'l2'})
  await same({penalty: 'elastic-net', l1Ratio: 1}, {penalty: 'l1'})
})

test('balanced classes count the same in total', async () => {
  const y = Array.from({length: 100}, (_, i) => (i < 90 ? 0 : 1))
  const given = data(
    'classification',
    matrix(
      y.map(() => [0]),
      y,
    ),
    2,
  )
  const plain = await learn('logistic', {}, given)
  expect((await plain.predict([[0]])).probabilities![1]).toBeCloseTo(0.1, 4)
  const balanced = await learn('logistic', {classWeights: 'balanced'}, given)
  expect((await balanced.predict([[0]])).probabilities![1]).toBeCloseTo(0.5, 4)
})

test('weights stand for repeated rows', async () => {
  const {x, y} = overlapping(2)
  const w = y.map((_, i) => 1 + (i % 2))
  const again = (rows: number[][]) => rows.flatMap((row, i) => (w[i] === 2 ? [row, row] : [row]))
  const weighted = await learn('logistic', {}, data('classification', matrix(x, y, w), 2))
  const repeated = await learn(
    'logistic',
    {},
    data('classification', matrix(again(x), again(y.map(k => [k])).flat()), 2),
  )
  const [a, b] = [await weighted.predict(x), await repeated.predict(x)]
  a.probabilities!.forEach((p, i) => {
    expect(p).toBeCloseTo(b.probabilities![i]!, 4)
  })
})

test('without a penalty, classes that can be told apart never converge, and it says so', async () => {
  const {x, y} = blobs({classes: 2, apart: 20})
  const fitted = await learn(
    'logistic',
    {penalty: 'none', maxIterations: 5},
    data('classification', matrix(x, y), 2),
  )
  expect(english(fitted.warnings![0]!)).toMatch(/did not converge in 5 iterations/)
})
