import type {FoldMetric} from '../schema/report.ts'
import type {ChartSpec} from './spec.ts'

/** One metric over the folds: a point a fold, a line at their mean. */
export function folds(metric: FoldMetric, words: {fold: string}): ChartSpec {
  const values = metric.values.map((value, i) => ({fold: i + 1, value}))
  return {
    data: {values},
    usermeta: {columns: {fold: words.fold, value: metric.name}},
    layer: [
      {
        mark: {type: 'rule', strokeDash: [2, 3]},
        encoding: {y: {datum: metric.mean}},
      },
      {
        mark: {type: 'point', size: 60, opacity: 1},
        encoding: {
          x: {field: 'fold', type: 'ordinal', title: words.fold, axis: {labelAngle: 0}},
          y: {field: 'value', type: 'quantitative', title: metric.name, scale: {zero: false}},
        },
      },
    ],
  }
}
