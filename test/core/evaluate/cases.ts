// Labels and scores for metric tests: small ones by hand, generated ones by fast-check.
import fc from 'fast-check'
import {ones} from '../../../core/evaluate/battery.ts'
import {confusion, sums} from '../../../core/evaluate/confusion.ts'
import type {Task} from '../../../core/plugin.ts'

export const f32 = (...values: number[]) => Float32Array.from(values)

/** The sums of an unweighted confusion matrix. */
export const sumsOf = (truth: number[], predicted: number[], classes: number) =>
  sums(confusion(truth, predicted, classes)(ones(truth.length)))

/** Truth and prediction of 1 to 60 rows in `classes` classes. */
export const labelled = (classes: number) =>
  fc
    .array(fc.tuple(fc.nat(classes - 1), fc.nat(classes - 1)), {minLength: 1, maxLength: 60})
    .map(pairs => ({truth: pairs.map(p => p[0]), predicted: pairs.map(p => p[1])}))

/** Scores with many ties, and labels with at least one row of each of two classes. */
export const scored = fc
  .array(fc.tuple(fc.nat(1), fc.integer({min: -8, max: 8})), {minLength: 0, maxLength: 60})
  .map(pairs => {
    const all = [...pairs, [0, 1], [1, -1]]
    return {labels: all.map(p => p[0]!), scores: f32(...all.map(p => p[1]! / 4))}
  })

/** A task that is never stopped and tells nobody. */
export const quiet = (): Task => ({signal: new AbortController().signal, tell: () => {}})
