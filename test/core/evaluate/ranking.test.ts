import fc from 'fast-check'
import {expect, test} from 'vitest'
import {averagePrecision} from '../../../core/evaluate/average-precision.ts'
import {ones} from '../../../core/evaluate/battery.ts'
import {lift} from '../../../core/evaluate/lift.ts'
import {oneVsRest, rankings} from '../../../core/evaluate/one-vs-rest.ts'
import {precisionRecallCurve} from '../../../core/evaluate/precision-recall-curve.ts'
import {ranking} from '../../../core/evaluate/ranking.ts'
import {roc} from '../../../core/evaluate/roc.ts'
import {rocAuc} from '../../../core/evaluate/roc-auc.ts'
import {f32, scored} from './cases.ts'

const auc = (scores: Float32Array, labels: number[]) =>
  rocAuc(ranking(scores, labels, 1))(ones(labels.length))

test('rows rank from the highest score to the lowest, with −0 and 0 as equals', () => {
  const scores = f32(-1.5, 3, 0, -0, Number.MIN_VALUE, -2e30, 7e30)
  const {score, last} = ranking(scores, [0, 0, 0, 0, 0, 0, 0], 1)
  expect(Array.from(score, x => x + 0)).toEqual(
    Array.from(scores, x => x + 0).sort((a, b) => b - a),
  )
  // MIN_VALUE is 0 as a float32, so three rows tie.
  expect(Array.from(last)).toEqual([1, 1, 0, 0, 1, 1, 1])
})

test('ROC AUC is the share of pairs in the right order, a tie counting half', () => {
  // positives 0.8, 0.4; negatives 0.4, 0.1: right, right, tie, right
  expect(auc(f32(0.8, 0.4, 0.4, 0.1), [1, 1, 0, 0])).toBe(3.5 / 4)
  expect(auc(f32(0.5, 0.5, 0.5, 0.5), [1, 0, 1, 0])).toBe(0.5)
})

test('with one class only, ROC AUC is undefined; without a positive row, average precision', () => {
  expect(auc(f32(0.1, 0.9), [1, 1])).toBeNaN()
  expect(averagePrecision(ranking(f32(0.1, 0.9), [0, 0], 1))(ones(2))).toBeNaN()
})

test('average precision sums precision over the steps of recall, ties taken together', () => {
  const measure = averagePrecision(ranking(f32(0.9, 0.8, 0.8, 0.3), [1, 0, 1, 1], 1))
  // recall 1/3 at precision 1; then 2/3 at 2/3; then 1 at 3/4
  expect(measure(ones(4))).toBeCloseTo((1 + 2 / 3 + 3 / 4) / 3, 12)
})

test('one-vs-rest leaves out a class that no row has', () => {
  const probabilities = f32(0.7, 0.2, 0.1, 0.3, 0.6, 0.1, 0.2, 0.5, 0.3)
  const ranked = rankings(probabilities, [0, 1, 1], 3).map(r => r.ranking)
  expect(ranked).toHaveLength(3)
  expect(oneVsRest(rocAuc, ranked)(ones(3))).toBe(1)
})

test('of two classes the second is the positive one', () => {
  const ranked = rankings(f32(0.1, 0.9, 0.8, 0.2), [1, 0], 2)
  expect(ranked.map(r => r.class)).toEqual([1])
})

test('the ROC curve keeps its corners and drops the points on a straight line', () => {
  const curve = roc('yes', ranking(f32(0.9, 0.8, 0.7, 0.6, 0.5), [1, 1, 0, 0, 1], 1), ones(5))!
  expect(curve.x).toEqual([0, 0, 1, 1])
  expect(curve.y).toEqual([0, 2 / 3, 2 / 3, 1])
  expect(curve.at?.map(t => (t === null ? null : Number(t.toFixed(6))))).toEqual([
    null,
    0.8,
    0.6,
    0.5,
  ])
  expect(curve.area).toBeCloseTo(2 / 3, 12)
})

test('the precision–recall curve starts where nothing is caught and ends at the share of positives', () => {
  const curve = precisionRecallCurve('yes', ranking(f32(3, 2, 1, 0), [1, 0, 1, 0], 1), ones(4))!
  expect([curve.x[0], curve.y[0], curve.at![0]]).toEqual([0, 1, null])
  expect([curve.x.at(-1), curve.y.at(-1)]).toEqual([1, 0.5])
})

test('gain tells the share of positives in the best-scored rows, lift how many times chance that is', () => {
  const {gain, lift: lifted} = lift('yes', ranking(f32(4, 3, 2, 1), [1, 0, 1, 0], 1), ones(4))!
  expect([gain.x, gain.y]).toEqual([
    [0, 0.25, 0.5, 0.75, 1],
    [0, 0.5, 0.5, 1, 1],
  ])
  expect(lifted.x).toEqual([0.25, 0.5, 0.75, 1])
  expect(lifted.y).toEqual([2, 1, 4 / 3, 1])
})

test('property: ROC AUC does not change under a monotone transform of the scores', () => {
  fc.assert(
    fc.property(scored, ({scores, labels}) => {
      expect(
        auc(
          scores.map(x => Math.exp(x)),
          labels,
        ),
      ).toBe(auc(scores, labels))
    }),
  )
})

test('property: ROC AUC is the count over all pairs', () => {
  fc.assert(
    fc.property(scored, ({scores, labels}) => {
      let right = 0
      let pairs = 0
      for (const [i, a] of labels.entries())
        for (const [j, b] of labels.entries())
          if (a === 1 && b === 0) {
            pairs++
            right += scores[i]! > scores[j]! ? 1 : scores[i] === scores[j] ? 0.5 : 0
          }
      expect(auc(scores, labels)).toBeCloseTo(right / pairs, 12)
    }),
  )
})

test('property: turning the scores round turns ROC AUC round', () => {
  fc.assert(
    fc.property(scored, ({scores, labels}) => {
      expect(
        auc(
          scores.map(x => -x),
          labels,
        ),
      ).toBeCloseTo(1 - auc(scores, labels), 12)
    }),
  )
})

test('property: the thinned ROC curve keeps the area, and both curves keep their ends', () => {
  fc.assert(
    fc.property(scored, ({scores, labels}) => {
      const r = ranking(scores, labels, 1)
      const {x, y, area} = roc('yes', r, ones(labels.length))!
      let trapezoids = 0
      for (let i = 1; i < x.length; i++)
        trapezoids += ((x[i]! - x[i - 1]!) * (y[i]! + y[i - 1]!)) / 2
      expect(trapezoids).toBeCloseTo(area!, 12)
      expect([x[0], y[0], x.at(-1), y.at(-1)]).toEqual([0, 0, 1, 1])
    }),
  )
})

test('property: weights of whole numbers are repeated rows', () => {
  fc.assert(
    fc.property(scored, fc.infiniteStream(fc.nat(3)), ({scores, labels}, stream) => {
      const counts = Float64Array.from(labels, () => stream.next().value as number)
      const index = labels.flatMap((_, i) => Array(counts[i]!).fill(i) as number[])
      const long = ranking(
        f32(...index.map(i => scores[i]!)),
        index.map(i => labels[i]!),
        1,
      )
      const short = ranking(scores, labels, 1)
      for (const metric of [rocAuc, averagePrecision]) {
        const heavy = metric(short)(counts)
        const repeated = metric(long)(ones(index.length))
        if (Number.isNaN(repeated)) expect(heavy).toBeNaN()
        else expect(heavy).toBeCloseTo(repeated, 12)
      }
    }),
  )
})
