// R²: the share of the target's variance that the predictions explain.
import {type Measure, meanOf} from './battery.ts'

/**
 * 1 − Σ (y − ŷ)² / Σ (y − ȳ)². Of a constant target: 1 where every prediction is right, else 0, as
 * scikit-learn. NaN for fewer than two rows.
 */
export function r2(y: ArrayLike<number>, predicted: ArrayLike<number>): Measure {
  const values = Float64Array.from(y)
  const mean = meanOf(values)
  return weights => {
    if (values.length < 2) return Number.NaN
    const center = mean(weights)
    let unexplained = 0
    let spread = 0
    let low = Number.POSITIVE_INFINITY
    let high = Number.NEGATIVE_INFINITY
    for (let i = 0; i < values.length; i++) {
      const weight = weights[i]!
      const value = values[i]!
      unexplained += weight * (value - predicted[i]!) ** 2
      spread += weight * (value - center) ** 2
      if (weight > 0 && value < low) low = value
      if (weight > 0 && value > high) high = value
    }
    // Not by the spread: the mean of equal values may miss them by a rounding.
    if (low < high) return 1 - unexplained / spread
    return unexplained === 0 ? 1 : 0
  }
}
