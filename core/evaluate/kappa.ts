// Cohen's kappa: agreement beyond what chance alone would give.
import type {Sums} from './confusion.ts'

/**
 * (observed − expected) / (1 − expected), Cohen 1960, unweighted classes. NaN where truth and
 * predictions both hold one and the same class: chance alone would agree always.
 */
export function kappa({truth, predicted, right, total}: Sums): number {
  let hits = 0
  let chance = 0
  for (const [k, t] of truth.entries()) {
    hits += right[k]!
    chance += t * predicted[k]!
  }
  const square = total * total
  return (hits * total - chance) / (square - chance)
}
