import fc from 'fast-check'
import {expect, test} from 'vitest'
import {accuracy} from '../../../core/evaluate/accuracy.ts'
import {balancedAccuracy} from '../../../core/evaluate/balanced-accuracy.ts'
import {confusion, predictedLabels, sums} from '../../../core/evaluate/confusion.ts'
import {kappa} from '../../../core/evaluate/kappa.ts'
import {mcc} from '../../../core/evaluate/mcc.ts'
import {macro, rates, weighted} from '../../../core/evaluate/precision-recall.ts'
import {f32, labelled, sumsOf} from './cases.ts'

// Four cats (0), three dogs (1), one owl (2): truth down, prediction across
//        cat dog owl
//   cat    3   1   0
//   dog    1   2   0
//   owl    0   1   0
const truth = [0, 0, 0, 0, 1, 1, 1, 2]
const predicted = [0, 0, 0, 1, 0, 1, 1, 1]
const s = sumsOf(truth, predicted, 3)
const r = rates(s)

test('the confusion matrix counts truth down and prediction across', () => {
  const {cells} = confusion(truth, predicted, 3)(new Float64Array(8).fill(1))
  expect(Array.from(cells)).toEqual([3, 1, 0, 1, 2, 0, 0, 1, 0])
})

test('metrics on labels agree with a matrix worked by hand', () => {
  expect(accuracy(s)).toBe(5 / 8)
  expect(balancedAccuracy(s)).toBeCloseTo((3 / 4 + 2 / 3 + 0) / 3, 12)
  expect(Array.from(r.precision)).toEqual([3 / 4, 2 / 4, 0])
  expect(Array.from(r.recall)).toEqual([3 / 4, 2 / 3, 0])
  expect(Array.from(r.f1)).toEqual([6 / 8, 4 / 7, 0])
  expect(macro(r.f1, s)).toBeCloseTo((3 / 4 + 4 / 7) / 3, 12)
  expect(weighted(r.f1, s)).toBeCloseTo((4 * (3 / 4) + 3 * (4 / 7)) / 8, 12)
  // c s − Σpt = 5·8 − (16 + 12 + 0) = 12; s² − Σp² = 64 − 32; s² − Σt² = 64 − 26
  expect(mcc(s)).toBeCloseTo(12 / Math.sqrt(32 * 38), 12)
  // (5/8 − 28/64) / (1 − 28/64)
  expect(kappa(s)).toBeCloseTo(12 / 36, 12)
})

test('a class that only the predictions have counts with 0; one that neither has does not count', () => {
  const onlyPredicted = sumsOf([0, 0, 1, 1], [0, 2, 1, 1], 4)
  // recalls 1/2, 1, 0 and none for class 3
  expect(macro(rates(onlyPredicted).recall, onlyPredicted)).toBe(1.5 / 3)
  // Balanced accuracy averages over the classes of the truth alone.
  expect(balancedAccuracy(onlyPredicted)).toBe(1.5 / 2)
})

test('with one class in truth and predictions, mcc is 0 and kappa undefined', () => {
  const one = sumsOf([1, 1, 1], [1, 1, 1], 2)
  expect(accuracy(one)).toBe(1)
  expect(mcc(one)).toBe(0)
  expect(kappa(one)).toBeNaN()
})

test('without rows, metrics on labels are undefined rather than perfect', () => {
  const none = sumsOf([], [], 2)
  for (const value of [accuracy(none), balancedAccuracy(none), macro(rates(none).f1, none)])
    expect(value).toBeNaN()
})

test('of equal probabilities the first class is predicted', () => {
  const labels = predictedLabels(f32(0.4, 0.4, 0.2, 0.1, 0.3, 0.6), 3)
  expect(Array.from(labels)).toEqual([0, 2])
})

test('weighing a row twice is having it twice', () => {
  const twice = [1, 2, 1, 1, 3, 1, 1, 1]
  const repeat = (list: number[]) => list.flatMap((v, i) => Array(twice[i]).fill(v) as number[])
  const heavy = sums(confusion(truth, predicted, 3)(Float64Array.from(twice)))
  const long = sumsOf(repeat(truth), repeat(predicted), 3)
  expect(heavy).toEqual(long)
})

test('property: micro-averaged F1 is accuracy, whatever the classes', () => {
  fc.assert(
    fc.property(labelled(4), ({truth: t, predicted: p}) => {
      const all = sumsOf(t, p, 4)
      const hits = all.right.reduce((a, b) => a + b, 0)
      const given = all.predicted.reduce((a, b) => a + b, 0)
      expect((2 * hits) / (given + all.total)).toBe(accuracy(all))
      expect(weighted(rates(all).recall, all)).toBeCloseTo(accuracy(all), 12)
    }),
  )
})

test('property: renaming the classes changes no average, and mcc stays within −1 and 1', () => {
  fc.assert(
    fc.property(labelled(3), ({truth: t, predicted: p}) => {
      const renamed = (list: number[]) => list.map(k => [2, 0, 1][k]!)
      const a = sumsOf(t, p, 3)
      const b = sumsOf(renamed(t), renamed(p), 3)
      expect(macro(rates(a).f1, a)).toBeCloseTo(macro(rates(b).f1, b), 12)
      expect(mcc(a)).toBeCloseTo(mcc(b), 12)
      expect(Math.abs(mcc(a))).toBeLessThanOrEqual(1 + 1e-12)
    }),
  )
})

test('property: for two classes mcc² is the product of both classes’ informedness and markedness', () => {
  fc.assert(
    fc.property(labelled(2), ({truth: t, predicted: p}) => {
      const all = sumsOf(t, p, 2)
      const {precision, recall} = rates(all)
      fc.pre(all.truth.every(n => n > 0) && all.predicted.every(n => n > 0))
      const informed = recall[0]! + recall[1]! - 1
      const marked = precision[0]! + precision[1]! - 1
      expect(mcc(all) ** 2).toBeCloseTo(informed * marked, 10)
    }),
  )
})
