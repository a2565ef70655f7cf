// Partial dependence as a chart: lines with a band along numbers, points along categories.
import {bySeries, type ChartSpec} from './spec.ts'

/** The model's answer along a column's values; `low` and `high` are a band around the mean. */
export type DependenceLine = {
  label: string
  mean: readonly number[]
  low: readonly number[]
  high: readonly number[]
}

export type DependencePoints = {
  /** The column's values: numbers, or texts. */
  at: readonly number[] | readonly string[]
  /** The numbers are milliseconds since 1970. */
  dates?: boolean
  /** Where the column's rows lie, as ticks below the lines. */
  ticks?: readonly number[]
  lines: readonly DependenceLine[]
  /** Of the answers, so that charts of several columns can be compared; their own where left out. */
  domain?: readonly [number, number] | undefined
}

/** `write` says how a point of the column is written in the table of the numbers. */
type Words = {
  column: string
  answer: string
  low: string
  high: string
  write: (at: number) => string
}

/** Mean answers over a column's values, with their band where there is one line alone: bands of many hide each other. */
export function dependence(points: DependencePoints, words: Words): ChartSpec {
  const {lines, dates = false, ticks = [], domain} = points
  const alone = lines.length === 1
  const [first] = points.at
  const numbers = typeof first === 'number'
  const values = lines.flatMap(({label, mean, low, high}) =>
    points.at.map((at, i) => ({
      series: label,
      at,
      written: typeof at === 'number' ? words.write(at) : at,
      mean: mean[i]!,
      low: low[i]!,
      high: high[i]!,
    })),
  )
  const axis = {field: 'at', type: dates ? 'temporal' : numbers ? 'quantitative' : 'nominal'}
  const answer = {
    type: 'quantitative',
    title: words.answer,
    scale: {zero: false, ...(domain && {domain, nice: true})},
  }
  const usermeta = {
    columns: {
      ...(alone ? {} : {series: ''}),
      written: words.column,
      mean: words.answer,
      low: words.low,
      high: words.high,
    },
  }
  const series = bySeries('series')
  if (!numbers) {
    const y = {...axis, title: words.column, sort: null}
    return {
      data: {values},
      usermeta,
      layer: [
        ...(alone
          ? [
              {
                mark: {type: 'rule', strokeWidth: 2},
                encoding: {y, x: {...answer, field: 'low'}, x2: {field: 'high'}},
              },
            ]
          : []),
        {
          mark: {type: 'point', size: 60, opacity: 1},
          encoding: {
            y,
            x: {...answer, field: 'mean'},
            ...(alone ? {} : {color: series.color, shape: series.strokeDash}),
          },
        },
      ],
      height: 26 * Math.max(1, points.at.length),
    }
  }
  const x = {...axis, title: words.column, scale: {nice: false, ...(dates ? {} : {zero: false})}}
  return {
    data: {values},
    usermeta,
    layer: [
      ...(alone
        ? [
            {
              mark: {type: 'area', opacity: 0.18},
              encoding: {x, y: {...answer, field: 'low'}, y2: {field: 'high'}},
            },
          ]
        : []),
      {
        mark: {type: 'line', interpolate: 'linear', point: points.at.length <= 3},
        encoding: {x, y: {...answer, field: 'mean'}, ...(alone ? {} : series)},
      },
      ...(ticks.length > 0
        ? [
            {
              data: {values: ticks.map(at => ({at}))},
              mark: {
                type: 'tick',
                orient: 'vertical',
                size: 8,
                yOffset: -4,
                clip: true,
                color: '#8a949c',
              },
              encoding: {x, y: {value: 'height'}},
            },
          ]
        : []),
    ],
  }
}
