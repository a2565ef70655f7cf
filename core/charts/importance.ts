import type {ChartSpec} from './spec.ts'

type Bar = {
  name: string
  value: number
  /** How far figures of its kind lie around it. */
  spread?: number
}

/** Bars, in the order given; with `words.spread` each has a whisker of one spread to either side. */
export function importanceBars(
  bars: readonly Bar[],
  words: {name: string; value: string; spread?: string},
): ChartSpec {
  const whiskers = words.spread !== undefined
  const values = bars.map(({name, value, spread = 0}) => ({
    name,
    value,
    ...(whiskers ? {spread, low: value - spread, high: value + spread} : {}),
  }))
  const y = {field: 'name', type: 'nominal', title: null, sort: null}
  // A shuffled column may look better by chance; only then there is something to the left of 0.
  const scale = values.every(({value}) => value >= 0) ? {domainMin: 0} : {}
  const x = {type: 'quantitative', title: words.value, scale}
  return {
    data: {values},
    usermeta: {
      columns: {
        name: words.name,
        value: words.value,
        ...(words.spread === undefined ? {} : {spread: words.spread}),
      },
    },
    layer: whiskers
      ? [
          // Pale, so that whiskers are seen on them; the point is what counts.
          {mark: {type: 'bar', opacity: 0.35}, encoding: {y, x: {...x, field: 'value'}}},
          {
            mark: {type: 'rule', strokeWidth: 2, clip: true},
            encoding: {y, x: {...x, field: 'low'}, x2: {field: 'high'}},
          },
          {
            mark: {type: 'point', size: 60, opacity: 1},
            encoding: {y, x: {...x, field: 'value'}},
          },
        ]
      : [{mark: {type: 'bar'}, encoding: {y, x: {...x, field: 'value'}}}],
    height: 22 * Math.max(1, bars.length),
  }
}
