import {type ChartSpec, type Datum, field} from './spec.ts'

/** A run, with a value (or none) for each axis. */
export type ParallelLine = {label: string; values: Record<string, string | number | null>}

/**
 * Parallel coordinates: one vertical axis a column, one line a row, coloured by the last axis. Numbers are
 * placed between the least and the greatest of their axis, texts in alphabetical order; a line leaves out an
 * axis where it has no value.
 */
export function parallel(
  axes: readonly string[],
  lines: readonly ParallelLine[],
  words: {run: string; axis: string; value: string},
): ChartSpec {
  const last = axes.at(-1)
  const places = new Map(axes.map(axis => [axis, placer(lines.map(line => line.values[axis]))]))
  const values: Datum[] = lines.flatMap((line, row) =>
    axes.flatMap(axis => {
      const value = line.values[axis] ?? null
      const at = places.get(axis)!(value)
      if (at === undefined) return []
      const by = last === undefined ? undefined : line.values[last]
      return [{run: line.label, row, axis, value, at, by: typeof by === 'number' ? by : null}]
    }),
  )
  const ends = axes.flatMap(axis => endsOf(axis, lines))
  const x = {
    field: 'axis',
    type: 'nominal',
    sort: [...axes],
    title: null,
    scale: {type: 'point', padding: 0.4},
    axis: {labelAngle: 0, grid: true, domain: false, ticks: false, labelPadding: 16},
  }
  const y = {field: 'at', type: 'quantitative', axis: null, scale: {domain: [0, 1]}}
  return {
    data: {values},
    usermeta: {columns: {run: words.run, axis: words.axis, value: words.value}},
    layer: [
      {
        mark: {type: 'line', opacity: 0.7, point: {size: 20}},
        encoding: {
          x,
          y,
          detail: {field: 'row', type: 'nominal'},
          color: {field: 'by', type: 'quantitative', title: last ?? null},
        },
      },
      {
        data: {values: ends},
        mark: {type: 'text', dx: 6, align: 'left', fontSize: 10},
        encoding: {x, y, text: {field: field('label'), type: 'nominal'}},
      },
    ],
  }
}

/** Where a value stands on its axis, 0 at the bottom to 1. */
function placer(column: readonly (string | number | null | undefined)[]) {
  const numbers = column.filter(v => typeof v === 'number' && Number.isFinite(v)) as number[]
  const [low, high] = rangeOf(numbers)
  const texts = [...new Set(column.filter(v => typeof v === 'string'))].sort()
  return (value: string | number | null): number | undefined => {
    if (typeof value === 'number' && Number.isFinite(value))
      return high > low ? (value - low) / (high - low) : 0.5
    if (typeof value === 'string')
      return texts.length > 1 ? texts.indexOf(value) / (texts.length - 1) : 0.5
    return undefined
  }
}

function endsOf(axis: string, lines: readonly ParallelLine[]) {
  const column = lines.map(line => line.values[axis])
  const numbers = column.filter(v => typeof v === 'number' && Number.isFinite(v)) as number[]
  if (numbers.length === 0) {
    const texts = [...new Set(column.filter(v => typeof v === 'string'))].sort()
    return texts.map((label, i) => ({
      axis,
      at: texts.length > 1 ? i / (texts.length - 1) : 0.5,
      label: label.slice(0, 18),
    }))
  }
  const [low, high] = rangeOf(numbers)
  const short = (n: number) => String(Number(n.toPrecision(3)))
  if (low === high) return [{axis, at: 0.5, label: short(low)}]
  return [
    {axis, at: 0, label: short(low)},
    {axis, at: 1, label: short(high)},
  ]
}

const rangeOf = (numbers: readonly number[]): [number, number] =>
  numbers.reduce<[number, number]>(
    ([low, high], n) => [Math.min(low, n), Math.max(high, n)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  )
