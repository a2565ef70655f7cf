import {expect, test} from 'vitest'
import {ones} from '../../../core/evaluate/battery.ts'
import {brier} from '../../../core/evaluate/brier.ts'
import {calibration, calibrationError} from '../../../core/evaluate/calibration.ts'
import {logLoss} from '../../../core/evaluate/log-loss.ts'
import {topK} from '../../../core/evaluate/top-k.ts'
import {f32} from './cases.ts'

test('log loss is the mean surprise in nats', () => {
  const loss = logLoss(f32(0.25, 0.75, 0.5, 0.5), [1, 0], 2)(ones(2))
  expect(loss).toBeCloseTo(-(Math.log(0.75) + Math.log(0.5)) / 2, 12)
})

test('a probability of 0 for what happened costs much, but not infinitely', () => {
  const loss = logLoss(f32(1, 0), [1], 2)(ones(1))
  expect(loss).toBeCloseTo(23 * Math.LN2, 12)
})

test('the Brier score squares the error of the positive class, or of all classes when there are more', () => {
  expect(brier(f32(0.25, 0.75, 0.5, 0.5), [1, 0], 2)(ones(2))).toBe((0.0625 + 0.25) / 2)
  expect(brier(f32(0.5, 0.25, 0.25), [0], 3)(ones(1))).toBe(0.25 + 2 * 0.0625)
})

test('top-k asks whether the true class is among the k most probable; of equals the first ranks higher', () => {
  const p = f32(0.25, 0.25, 0.375, 0.125)
  expect([1, 2, 3, 4].map(k => topK(p, [0], 4, k)(ones(1)))).toEqual([0, 1, 1, 1])
  expect([1, 2, 3, 4].map(k => topK(p, [1], 4, k)(ones(1)))).toEqual([0, 0, 1, 1])
})

test('calibration sets the mean probability of a bin beside how often it happened', () => {
  const forecast = {
    probability: f32(0.75, 0.75, 0.75, 0.75, 0.125, 0.125),
    happened: Uint8Array.of(1, 1, 1, 0, 0, 1),
  }
  expect(calibration('rain', forecast, ones(6))).toEqual({
    label: 'rain',
    x: [0.125, 0.75],
    y: [0.5, 0.75],
    counts: [2, 4],
  })
  // 4 rows of 6 fit; 2 of 6 are 0.375 off
  expect(calibrationError(forecast)(ones(6))).toBeCloseTo((2 / 6) * 0.375, 12)
})

test('bins are open on the left, but 0 belongs to the first', () => {
  const forecast = {probability: f32(0, 0.5, 1), happened: Uint8Array.of(0, 0, 1)}
  expect(calibration('', forecast, ones(3)).x).toEqual([0, 0.5, 1])
  const edge = {probability: f32(0.5, 0.53125), happened: Uint8Array.of(0, 1)}
  expect(calibration('', edge, ones(2)).counts).toEqual([1, 1])
})
