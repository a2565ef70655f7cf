import {expect, test} from 'vitest'
import {english} from '../../../core/words/says.ts'
import {data, files, learn, matrix, normals, plane} from './support.ts'

const {x, y} = plane({noise: 1})
const raw = {
  x: x.map(([a, b], i) => [a!, 500 + 100 * b!, (i % 7) / 100]),
  y: y.map(v => 10 * v),
}
const coefficients = async (params: Record<string, unknown>, given = raw, w?: number[]) =>
  files(
    await learn('linear', params, data('regression', matrix(given.x, given.y, w))),
    'coefficients.json',
  ) as {centre: number[]; weights: number[]; intercept: number}

/** Σ w·x·(y − prediction) for each feature, the heart of every optimality condition. */
function pulls(
  {centre, weights, intercept}: Awaited<ReturnType<typeof coefficients>>,
  w?: number[],
) {
  const left = raw.x.map((row, i) => {
    const made = row.reduce((s, v, j) => s + (Math.fround(v) - centre[j]!) * weights[j]!, intercept)
    return (w?.[i] ?? 1) * (Math.fround(raw.y[i]!) - made)
  })
  expect(left.reduce((s, v) => s + v, 0)).toBeCloseTo(0, 6)
  return centre.map((c, j) => left.reduce((s, v, i) => s + v * (Math.fround(raw.x[i]![j]!) - c), 0))
}

test('ridge: Xᵀ(y − Xw) = αw', async () => {
  const w = raw.y.map((_, i) => 1 + (i % 2))
  const found = await coefficients({alpha: 3}, raw, w)
  pulls(found, w).forEach((pull, j) => {
    expect(pull).toBeCloseTo(3 * found.weights[j]!, 5)
  })
})

test('least squares: Xᵀ(y − Xw) = 0', async () => {
  for (const pull of pulls(await coefficients({penalty: 'none'}))) expect(pull).toBeCloseTo(0, 5)
})

test('lasso: a weight is zero exactly where Xᵀ(y − Xw)/n is below α', async () => {
  const found = await coefficients({penalty: 'l1', alpha: 2, tolerance: 1e-12})
  expect(found.weights.filter(v => v === 0).length).toBe(1)
  pulls(found).forEach((pull, j) => {
    const v = found.weights[j]!
    if (v === 0) expect(Math.abs(pull / raw.y.length)).toBeLessThan(2)
    else expect(pull / raw.y.length).toBeCloseTo(2 * Math.sign(v), 5)
  })
})

test('elastic net: both penalties at once', async () => {
  const found = await coefficients({
    penalty: 'elastic-net',
    alpha: 1,
    l1Ratio: 0.3,
    tolerance: 1e-12,
  })
  pulls(found).forEach((pull, j) => {
    const v = found.weights[j]!
    if (v !== 0) expect(pull / raw.y.length).toBeCloseTo(0.3 * Math.sign(v) + 0.7 * v, 5)
  })
})

test('a feature that others already say gets the weight zero, with a warning', async () => {
  const rows = raw.x.map(([a, b]) => [a!, b!, 0]).map(([a, b]) => [a!, b!, Math.fround(a!) * 2])
  const fitted = await learn('linear', {penalty: 'none'}, data('regression', matrix(rows, raw.y)))
  expect(fitted.warnings!.map(english)).toEqual([
    '"f2" is a combination of other features; its weight is set to zero',
  ])
  expect(files(fitted, 'coefficients.json').weights[2]).toBe(0)
})

test('a constant target is predicted as it is', async () => {
  for (const penalty of ['l2', 'l1', 'none']) {
    const fitted = await learn(
      'linear',
      {penalty},
      data(
        'regression',
        matrix(
          x,
          x.map(() => 4.5),
        ),
      ),
    )
    expect((await fitted.predict([[9, 9]])).prediction).toEqual([4.5])
  }
})

test('one row and fewer rows than features are enough', async () => {
  const one = await learn('linear', {}, data('regression', matrix([[1, 2]], [3])))
  expect((await one.predict([[7, 7]])).prediction).toEqual([3])
  const normal = normals(1)
  const wide = Array.from({length: 4}, () => Array.from({length: 10}, normal))
  const fitted = await learn(
    'linear',
    {penalty: 'none'},
    data('regression', matrix(wide, [1, 2, 3, 4])),
  )
  const {prediction} = await fitted.predict(wide)
  prediction!.forEach((v, i) => {
    expect(v).toBeCloseTo(i + 1, 4)
  })
})
