import type {Slice} from '../schema/report.ts'
import type {ChartSpec} from './spec.ts'

/** One metric in each slice of the rows, with its interval where there is one. */
export function slices(
  list: readonly Slice[],
  metric: string,
  words: {column: string; rows: string; low: string; high: string},
): ChartSpec {
  const values = list.flatMap(({value, rows, metrics}) => {
    const found = metrics.find(({name}) => name === metric)
    if (!found) return []
    const {low = null, high = null} = found
    return [{slice: value, rows, value: found.value, low, high}]
  })
  const y = {field: 'slice', type: 'nominal', title: words.column, sort: null}
  return {
    data: {values},
    usermeta: {
      columns: {
        slice: words.column,
        rows: words.rows,
        value: metric,
        low: words.low,
        high: words.high,
      },
    },
    layer: [
      {
        transform: [{filter: {field: 'low', valid: true}}],
        mark: {type: 'rule', strokeWidth: 2},
        encoding: {y, x: {field: 'low', type: 'quantitative'}, x2: {field: 'high'}},
      },
      {
        mark: {type: 'point', size: 60, opacity: 1},
        encoding: {
          y,
          x: {field: 'value', type: 'quantitative', title: metric, scale: {zero: false}},
        },
      },
    ],
    height: 22 * Math.max(1, values.length),
  }
}
