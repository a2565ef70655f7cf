// Metrics made ready for one set of rows, so that each resample costs one pass and no sorting.
import type {Phrase} from '../words/says.ts'

/**
 * A metric over prepared rows: gives its value for any weights of those rows, NaN where it is undefined.
 * Weights of one give the plain metric, a sample's weights the weighted one, a resample's counts one
 * repeat of the bootstrap.
 */
export type Measure = (weights: Float64Array) => number

/** What is known of a metric beside its value. */
export type Spec = {
  name: string
  better: 'high' | 'low'
  /** Why it is undefined, when it is. */
  why?: Phrase
  /** False where percentile bootstrap does not give a fair interval. */
  interval?: false
}

export type Measured = Spec & {measure: Measure}

/** All metrics of a task on one set of rows; `at` gives their values in the order of `metrics`. */
export type Battery = {
  rows: number
  metrics: readonly Spec[]
  /** `resampled`: for an interval, so metrics that get none are not measured and stand as NaN. */
  at: (weights: Float64Array, options?: {resampled?: boolean}) => number[]
}

export const battery = (rows: number, measured: readonly Measured[]): Battery => ({
  rows,
  metrics: measured,
  at: (weights, {resampled = false} = {}) =>
    measured.map(({measure, interval}) =>
      resampled && interval === false ? Number.NaN : measure(weights),
    ),
})

/** Two batteries over the same rows as one. */
export const together = (a: Battery, b: Battery): Battery => ({
  rows: a.rows,
  metrics: [...a.metrics, ...b.metrics],
  at: (weights, options) => [...a.at(weights, options), ...b.at(weights, options)],
})

/** The weight of each row where none was given. */
export const ones = (rows: number) => new Float64Array(rows).fill(1)

/** The weighted mean of values known row by row: Σwv / Σw. NaN without weight. */
export const meanOf =
  (values: Float64Array): Measure =>
  weights => {
    let sum = 0
    let total = 0
    for (let i = 0; i < values.length; i++) {
      sum += weights[i]! * values[i]!
      total += weights[i]!
    }
    return sum / total
  }
