// Evaluating a regression.
import {says} from '../words/says.ts'
import {type Battery, battery} from './battery.ts'
import {mae} from './mae.ts'
import {mape} from './mape.ts'
import {quantileLoss} from './quantile-loss.ts'
import {r2} from './r2.ts'
import {residuals} from './residuals.ts'
import {rmse} from './rmse.ts'
import {rowsOf} from './rows.ts'
import type {Subject} from './subject.ts'

export type RegressionInput = {
  y: Float64Array
  prediction: Float32Array
  /** The targets of the training rows. */
  trainY: ArrayLike<number>
  seed: number
}

export function regression({y, prediction, trainY, seed}: RegressionInput): Subject {
  let sum = 0
  for (let i = 0; i < trainY.length; i++) sum += trainY[i]!
  const mean = sum / trainY.length
  return {
    battery: regressionBattery(y, prediction),
    baseline: {
      about: says`always ${Number(mean.toPrecision(6))}, the mean of the training rows`.said,
      battery: regressionBattery(y, new Float64Array(y.length).fill(mean)),
    },
    subset: rows => regressionBattery(rowsOf(y, rows), rowsOf(prediction, rows)),
    exhibits: () => residuals(y, prediction, seed),
    warnings: [],
    passes: 8,
  }
}

/** All metrics of a regression. */
export function regressionBattery(y: Float64Array, predicted: ArrayLike<number>): Battery {
  return battery(y.length, [
    {name: 'rmse', better: 'low', measure: rmse(y, predicted)},
    {name: 'mae', better: 'low', measure: mae(y, predicted)},
    {name: 'mape', better: 'low', measure: mape(y, predicted), why: says`some target is 0`},
    {name: 'r2', better: 'high', measure: r2(y, predicted), why: says`it takes at least two rows`},
    {name: 'quantile_loss_10', better: 'low', measure: quantileLoss(y, predicted, 0.1)},
    {name: 'quantile_loss_90', better: 'low', measure: quantileLoss(y, predicted, 0.9)},
  ])
}
