// Average precision: the area under the precision–recall curve, without interpolation.
import type {Measure} from './battery.ts'
import type {Ranking} from './ranking.ts'

/**
 * Σ (Rₙ − Rₙ₋₁) Pₙ over the thresholds, as in scikit-learn. Linear interpolation between points would be
 * too optimistic (Davis and Goadrich 2006). NaN without a positive row.
 */
export const averagePrecision =
  ({row, positive, last}: Ranking): Measure =>
  weights => {
    let positives = 0
    let seen = 0
    let sum = 0
    let tied = 0
    for (let i = 0; i < row.length; i++) {
      const w = weights[row[i]!]!
      seen += w
      tied += w * positive[i]!
      if (last[i] === 1 && tied > 0) {
        positives += tied
        sum += (tied * positives) / seen
        tied = 0
      }
    }
    return sum / positives
  }
