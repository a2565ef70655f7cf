import type {ChartSpec} from './spec.ts'

/** Residuals (truth less prediction) over predictions: a model without a flaw shows no shape here. */
export function residuals(
  {predicted, residual}: {predicted: readonly number[]; residual: readonly number[]},
  words: {predicted: string; residual: string},
): ChartSpec {
  return {
    data: {values: predicted.map((p, i) => ({predicted: p, residual: residual[i]!}))},
    usermeta: {columns: words},
    layer: [
      {mark: {type: 'rule', strokeDash: [2, 3]}, encoding: {y: {datum: 0}}},
      {
        mark: {type: 'point', opacity: 0.5},
        encoding: {
          x: {
            field: 'predicted',
            type: 'quantitative',
            title: words.predicted,
            scale: {zero: false},
          },
          y: {field: 'residual', type: 'quantitative', title: words.residual},
        },
      },
    ],
  }
}
