// Precision, recall and F1, class by class and averaged.
import type {Sums} from './confusion.ts'

export type Rates = {precision: Float64Array; recall: Float64Array; f1: Float64Array}

/**
 * precision = right / predicted, recall = right / truth, F1 = 2 right / (truth + predicted).
 * A rate whose divisor is 0 is 0, as scikit-learn's `zero_division=0`.
 */
export function rates({truth, predicted, right}: Sums): Rates {
  const each = (divisor: (k: number) => number, times = 1) =>
    right.map((n, k) => (divisor(k) > 0 ? (times * n) / divisor(k) : 0))
  return {
    precision: each(k => predicted[k]!),
    recall: each(k => truth[k]!),
    f1: each(k => truth[k]! + predicted[k]!, 2),
  }
}

/**
 * The plain mean over classes. A class that neither the truth nor the predictions have does not count;
 * one that is only predicted counts with 0.
 */
export function macro(rate: Float64Array, {truth, predicted}: Sums): number {
  let sum = 0
  let present = 0
  for (const [k, value] of rate.entries())
    if (truth[k]! + predicted[k]! > 0) {
      sum += value
      present++
    }
  return sum / present
}

/** The mean over classes, each as heavy as it has rows. */
export function weighted(rate: Float64Array, {truth, total}: Sums): number {
  let sum = 0
  for (const [k, value] of rate.entries()) sum += value * truth[k]!
  return sum / total
}
