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
    let square = 0
    for (let i = 0; i < values.length; i++) {
      unexplained += weights[i]! * (values[i]! - predicted[i]!) ** 2
      spread += weights[i]! * (values[i]! - center) ** 2
      square += weights[i]! * values[i]! ** 2
    }
    // The mean of equal values may miss them by a rounding, so a spread that small is none.
    if (spread > 1e-28 * square) return 1 - unexplained / spread
    return unexplained === 0 ? 1 : 0
  }
}
