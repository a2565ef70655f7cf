// Mean absolute error, in the target's unit.
import {type Measure, meanOf} from './battery.ts'

/** Mean |y − ŷ|. */
export const mae = (y: ArrayLike<number>, predicted: ArrayLike<number>): Measure =>
  meanOf(Float64Array.from(y, (value, i) => Math.abs(value - predicted[i]!)))
