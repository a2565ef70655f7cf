// Matthews correlation coefficient: the correlation of truth and prediction, −1 to 1.
import type {Sums} from './confusion.ts'

/**
 * For any number of classes (Gorodkin 2004): (c s − Σ p t) / √((s² − Σ p²)(s² − Σ t²)), with c right of
 * s rows, and t and p the rows that have and are given each class. 0 where either holds one class only.
 */
export function mcc({truth, predicted, right, total}: Sums): number {
  let hits = 0
  let pt = 0
  let pp = 0
  let tt = 0
  for (const [k, t] of truth.entries()) {
    const p = predicted[k]!
    hits += right[k]!
    pt += p * t
    pp += p * p
    tt += t * t
  }
  const square = total * total
  const divisor = Math.sqrt(square - pp) * Math.sqrt(square - tt)
  return divisor > 0 ? (hits * total - pt) / divisor : 0
}
