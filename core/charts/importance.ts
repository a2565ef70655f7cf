import type {ChartSpec} from './spec.ts'

/** Bars, the greatest first. */
export function importanceBars(
  bars: readonly {name: string; value: number}[],
  words: {name: string; value: string},
): ChartSpec {
  return {
    data: {values: bars.map(({name, value}) => ({name, value}))},
    usermeta: {columns: {name: words.name, value: words.value}},
    mark: {type: 'bar'},
    encoding: {
      y: {field: 'name', type: 'nominal', title: null, sort: '-x'},
      x: {field: 'value', type: 'quantitative', title: words.value, scale: {domainMin: 0}},
    },
    height: 22 * Math.max(1, bars.length),
  }
}
