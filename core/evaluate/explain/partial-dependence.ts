// Partial dependence: what a model answers when one column is set to a value in every row.
import {quantile} from '../quantile.ts'
import type {Feature, Predict} from './answers.ts'
import type {Grid} from './grid.ts'

/** One of the model's outputs along the grid: the mean over the rows, and where the middle of them lies. */
export type Line = {output: number; mean: number[]; low: number[]; high: number[]}

/** The share of the rows below and above the band. */
const tail = 0.1

export type DependenceSpec = {
  features: readonly Feature[]
  rows: number
  width: number
  predict: Predict
  /** Which of the model's outputs. */
  outputs: readonly number[]
}

/**
 * For each value of the grid the mean answer when all rows have it (Friedman 2001, Greedy Function
 * Approximation, section 8.2), and the band in which four of five rows' own curves lie (individual conditional
 * expectation: Goldstein, Kapelner, Bleich and Pitkin 2015). `told` is called before each value.
 */
export async function partialDependence(
  {features, rows, width, predict, outputs}: DependenceSpec,
  feature: Feature,
  grid: Grid,
  told: () => void,
): Promise<Line[]> {
  const at = features.indexOf(feature)
  const columns = features.map(({values}) => values)
  const lines = outputs.map((output): Line => ({output, mean: [], low: [], high: []}))
  for (const value of grid.at) {
    told()
    const same =
      typeof value === 'number'
        ? new Float64Array(rows).fill(value)
        : new Array<string>(rows).fill(value)
    const answers = await predict(columns.with(at, same), rows)
    for (const {output, mean, low, high} of lines) {
      const own = Float64Array.from({length: rows}, (_, row) => answers[row * width + output]!)
        .filter(answer => !Number.isNaN(answer))
        .sort()
      mean.push(own.reduce((sum, answer) => sum + answer, 0) / own.length)
      low.push(own.length > 0 ? quantile(own, tail) : Number.NaN)
      high.push(own.length > 0 ? quantile(own, 1 - tail) : Number.NaN)
    }
  }
  return lines
}
