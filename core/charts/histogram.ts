import type {ChartSpec} from './spec.ts'

/** `counts[i]` values lie in [edges[i], edges[i + 1]). */
export function histogram(
  {edges, counts}: {edges: readonly number[]; counts: readonly number[]},
  words: {value: string; from: string; to: string; count: string},
): ChartSpec {
  return {
    data: {
      values: counts.map((count, i) => ({from: edges[i]!, to: edges[i + 1]!, count})),
    },
    usermeta: {columns: {from: words.from, to: words.to, count: words.count}},
    mark: {type: 'bar', binSpacing: 1},
    encoding: {
      x: {
        field: 'from',
        type: 'quantitative',
        bin: {binned: true},
        title: words.value,
      },
      x2: {field: 'to'},
      y: {field: 'count', type: 'quantitative', title: words.count},
    },
  }
}
