import type {ChartSpec} from './spec.ts'

/** `counts[truth][predicted]`; shaded by the share of the true class. */
export function confusion(
  {classes, counts}: {classes: readonly string[]; counts: readonly (readonly number[])[]},
  words: {truth: string; predicted: string; count: string; share: string},
): ChartSpec {
  const values = classes.flatMap((truth, i) => {
    const total = counts[i]!.reduce((sum, n) => sum + n, 0)
    return classes.map((predicted, j) => ({
      truth,
      predicted,
      count: counts[i]![j]!,
      share: total > 0 ? counts[i]![j]! / total : 0,
    }))
  })
  return {
    data: {values},
    usermeta: {columns: {truth: words.truth, predicted: words.predicted, count: words.count}},
    mark: {type: 'rect', tooltip: true},
    encoding: {
      x: {field: 'predicted', type: 'nominal', title: words.predicted, sort: null},
      y: {field: 'truth', type: 'nominal', title: words.truth, sort: null},
      color: {
        field: 'share',
        type: 'quantitative',
        title: words.share,
        scale: {domain: [0, 1], range: 'heatmap'},
        legend: {format: '.0%'},
      },
    },
  }
}
