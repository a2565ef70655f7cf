// Root mean squared error, in the target's unit.
import {type Measure, meanOf} from './battery.ts'

/** √ mean (y − ŷ)². */
export function rmse(y: ArrayLike<number>, predicted: ArrayLike<number>): Measure {
  const mean = meanOf(Float64Array.from(y, (value, i) => (value - predicted[i]!) ** 2))
  return weights => Math.sqrt(mean(weights))
}
