// Mean and spread of each feature over weighted rows.
import type {Matrix, Rows} from '../../plugin.ts'
import {pieces, targets} from '../../train/rows.ts'

export type Moments = {
  /** Total weight. */
  total: number
  mean: Float64Array
  /** Population standard deviation; infinite for a constant feature, so that scaled it is 0, as is its weight. */
  deviation: Float64Array
}

/** Of the features. */
export const moments = (rows: Rows, width: number): Promise<Moments> =>
  momentsOf(() => pieces(rows), width)

/** Of the target. */
export const targetMoments = (rows: Rows): Promise<Moments> =>
  momentsOf(async function* () {
    for await (const {y, ...rest} of targets(rows)) yield {...rest, x: y!}
  }, 1)

/** In two passes, so that a large mean costs no digits. */
async function momentsOf(all: () => AsyncIterable<Matrix>, width: number): Promise<Moments> {
  const mean = new Float64Array(width)
  const deviation = new Float64Array(width)
  let total = 0
  for await (const {x, rows, weights} of all())
    for (let i = 0; i < rows; i++) {
      const weight = weights ? weights[i]! : 1
      total += weight
      for (let j = 0; j < width; j++) mean[j]! += weight * x[i * width + j]!
    }
  for (let j = 0; j < width; j++) mean[j]! /= total
  for await (const {x, rows, weights} of all())
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
