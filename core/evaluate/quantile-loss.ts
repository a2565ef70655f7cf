// Quantile (pinball) loss: what errors cost when too low and too high are not equally bad.
import {type Measure, meanOf} from './battery.ts'

/** Mean max(q (y − ŷ), (q − 1)(y − ŷ)), Koenker and Bassett 1978; half of MAE at q = 0.5. */
export const quantileLoss = (
  y: ArrayLike<number>,
  predicted: ArrayLike<number>,
  q: number,
): Measure =>
  meanOf(
    Float64Array.from(y, (value, i) => {
      const error = value - predicted[i]!
      return error >= 0 ? q * error : (q - 1) * error
    }),
  )
