import fc from 'fast-check'
import {expect, test} from 'vitest'
import {ones} from '../../../core/evaluate/battery.ts'
import {histogram} from '../../../core/evaluate/histogram.ts'
import {mae} from '../../../core/evaluate/mae.ts'
import {mape} from '../../../core/evaluate/mape.ts'
import {quantileLoss} from '../../../core/evaluate/quantile-loss.ts'
import {r2} from '../../../core/evaluate/r2.ts'
import {residuals} from '../../../core/evaluate/residuals.ts'
import {rmse} from '../../../core/evaluate/rmse.ts'

const y = [1, 2, 4, 5]
const predicted = [2, 2, 2, 6]

test('metrics on values agree with errors of −1, 0, 2, −1 worked by hand', () => {
  const w = ones(4)
  expect(rmse(y, predicted)(w)).toBeCloseTo(Math.sqrt(6 / 4), 12)
  expect(mae(y, predicted)(w)).toBe(1)
  expect(mape(y, predicted)(w)).toBeCloseTo((1 + 0 + 0.5 + 0.2) / 4, 12)
  // Σ (y − 3)² = 10
  expect(r2(y, predicted)(w)).toBeCloseTo(1 - 6 / 10, 12)
  expect(quantileLoss(y, predicted, 0.9)(w)).toBeCloseTo((0.1 + 0 + 1.8 + 0.1) / 4, 12)
})

test('a target of 0 makes mape undefined', () => {
  expect(mape([0, 1], [1, 1])(ones(2))).toBeNaN()
})

test('R² of a constant target is 1 when every prediction is right, else 0, and takes two rows', () => {
  const constant = [0.1, 0.1, 0.1]
  expect(r2(constant, constant)(ones(3))).toBe(1)
  expect(r2(constant, [0.1, 0.1, 0.2])(ones(3))).toBe(0)
  expect(r2([1], [1])(ones(1))).toBeNaN()
})

test('property: predicting the mean explains nothing, predicting the truth everything', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({min: -1000, max: 1000}), {minLength: 2}), values => {
      fc.pre(new Set(values).size > 1)
      const mean = values.reduce((a, b) => a + b, 0) / values.length
      expect(
        r2(
          values,
          values.map(() => mean),
        )(ones(values.length)),
      ).toBeCloseTo(0, 9)
      expect(r2(values, values)(ones(values.length))).toBe(1)
    }),
  )
})

test('property: the quantile loss at one half is half the mean absolute error', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer(), fc.integer()), {minLength: 1}), pairs => {
      const [a, b] = [pairs.map(p => p[0]), pairs.map(p => p[1])]
      const w = ones(a.length)
      expect(quantileLoss(a, b, 0.5)(w)).toBeCloseTo(mae(a, b)(w) / 2, 6)
    }),
  )
})

test('a histogram holds every value, the largest in its last bin', () => {
  expect(histogram(Float64Array.of(0, 1, 2, 4))).toEqual({edges: [0, 2, 4], counts: [2, 2]})
  expect(histogram(Float64Array.of(3, 3))).toEqual({edges: [3, 3], counts: [2]})
})

test('residuals beyond 5,000 rows are a sample that says of how many, beside a histogram of all', () => {
  const n = 6_000
  const [scatter, bars] = residuals(new Float64Array(n), new Float64Array(n).fill(1), 1)
  if (scatter?.kind !== 'residuals' || bars?.kind !== 'histogram') throw new Error('wrong exhibits')
  expect([scatter.residual.length, scatter.rows]).toEqual([5_000, n])
  expect(new Set(scatter.residual)).toEqual(new Set([-1]))
  expect(bars.counts).toEqual([n])
})
