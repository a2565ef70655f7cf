// Mean absolute percentage error, as a fraction: 0.05 is 5%.
import {type Measure, meanOf} from './battery.ts'

/**
 * Mean |y − ŷ| / |y|. NaN where a target is 0: scikit-learn divides by 2⁻⁵² there, which gives a figure
 * of 10¹⁵ that means nothing.
 */
export const mape = (y: ArrayLike<number>, predicted: ArrayLike<number>): Measure => {
  const errors = Float64Array.from(y, (value, i) =>
    value === 0 ? Number.NaN : Math.abs((value - predicted[i]!) / value),
  )
  return meanOf(errors)
}
