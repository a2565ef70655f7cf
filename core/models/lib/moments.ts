// Mean and spread of each feature over weighted rows.
import type {Matrix} from '../../plugin.ts'

export type Moments = {
  /** Total weight. */
  total: number
  mean: Float64Array
  /** Population standard deviation; infinite for a constant feature, so that scaled it is 0, as is its weight. */
  deviation: Float64Array
}

/** In two passes, so that a large mean costs no digits. */
export function moments({x, rows, weights}: Matrix, width: number): Moments {
  const mean = new Float64Array(width)
  const deviation = new Float64Array(width)
  let total = 0
  for (let i = 0; i < rows; i++) {
    const weight = weights ? weights[i]! : 1
    total += weight
    for (let j = 0; j < width; j++) mean[j]! += weight * x[i * width + j]!
  }
  for (let j = 0; j < width; j++) mean[j]! /= total
  for (let i = 0; i < rows; i++) {
    const weight = weights ? weights[i]! : 1
    for (let j = 0; j < width; j++) deviation[j]! += weight * (x[i * width + j]! - mean[j]!) ** 2
  }
  for (let j = 0; j < width; j++) {
    const spread = Math.sqrt(deviation[j]! / total)
    // Rounding leaves a trace of spread in a constant column.
    deviation[j] = spread > 1e-9 * Math.abs(mean[j]!) ? spread : Number.POSITIVE_INFINITY
  }
  return {total, mean, deviation}
}
