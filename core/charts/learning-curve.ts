import {drawn} from './buckets.ts'
import {bySeries, type ChartSpec} from './spec.ts'

/** One figure of one run (or of one part of the rows) over the epochs. */
export type Curve = {label: string; epochs: readonly number[]; values: readonly number[]}

/** Curves of one figure. `width` in pixels: each keeps its extremes in every column of pixels. */
export function learningCurve(
  curves: readonly Curve[],
  {epoch, value, width = 600}: {epoch: string; value: string; width?: number},
): ChartSpec {
  const values = curves.flatMap(({label, epochs, values: y}) =>
    drawn(epochs, y, width).map(i => ({series: label, epoch: epochs[i]!, value: y[i]!})),
  )
  return {
    data: {values},
    usermeta: {columns: {series: '', epoch, value}},
    mark: {type: 'line', interpolate: 'linear'},
    encoding: {
      x: {field: 'epoch', type: 'quantitative', title: epoch, axis: {tickMinStep: 1}},
      y: {field: 'value', type: 'quantitative', title: value, scale: {zero: false}},
      ...bySeries('series'),
    },
  }
}
