// Calibration: does what is said to happen 8 times in 10 happen 8 times in 10?
import type {Series} from '../schema/report.ts'
import type {Measure} from './battery.ts'

/** Probabilities and whether the thing happened (1) or not (0), by row. */
export type Forecast = {probability: Float32Array; happened: Uint8Array}

const bins = 10

/** The reliability diagram: by bin the mean probability and the share that happened; empty bins left out. */
export function calibration(label: string, forecast: Forecast, weights: Float64Array): Series {
  const {weight, expected, happened, rows} = binned(forecast)(weights)
  const filled = Array.from({length: bins}, (_, b) => b).filter(b => weight[b]! > 0)
  return {
    label,
    x: filled.map(b => expected[b]! / weight[b]!),
    y: filled.map(b => happened[b]! / weight[b]!),
    counts: filled.map(b => rows[b]!),
  }
}

/**
 * Expected calibration error (Naeini 2015, Guo 2017): Σ share of rows × |mean probability − share that
 * happened| over ten equal bins, each open on the left, the first closed.
 */
export function calibrationError(forecast: Forecast): Measure {
  const sums = binned(forecast)
  return weights => {
    const {weight, expected, happened} = sums(weights)
    let gap = 0
    let total = 0
    for (let b = 0; b < bins; b++) {
      gap += Math.abs(expected[b]! - happened[b]!)
      total += weight[b]!
    }
    return gap / total
  }
}

function binned({probability, happened}: Forecast) {
  const bin = Uint8Array.from(probability, p =>
    Math.min(bins - 1, Math.max(0, Math.ceil(p * bins) - 1)),
  )
  return (weights: Float64Array) => {
    const sums = {
      weight: new Float64Array(bins),
      expected: new Float64Array(bins),
      happened: new Float64Array(bins),
      rows: new Float64Array(bins),
    }
    for (let i = 0; i < bin.length; i++) {
      const b = bin[i]!
      const w = weights[i]!
      sums.weight[b]! += w
      sums.expected[b]! += w * probability[i]!
      if (happened[i] === 1) sums.happened[b]! += w
      sums.rows[b]!++
    }
    return sums
  }
}
