// The values at which a column's partial dependence is taken.
import {missingText} from '../../onnx/frame.ts'
import {quantile} from '../quantile.ts'
import type {Feature, Values} from './answers.ts'

/** As many points as scikit-learn would take at most is more than an eye needs. */
const points = 20
const mostTexts = 12

export type Grid = {
  /** Numbers in order (dates in microseconds since 1970), or texts, the most frequent first. */
  at: number[] | string[]
  /** How many rows have each text. */
  rows?: number[]
  /** Texts beyond the most frequent. */
  leftOut?: number
  /** The column's deciles, 10% to 90%: where its rows lie. */
  deciles?: number[]
}

/**
 * The values themselves where they are few; of numbers, else, evenly spaced points from the 5% to the 95%
 * quantile, as in scikit-learn: beyond those a curve would be drawn where next to no rows are. Undefined where
 * there are no two values to compare, or a text of its own in most rows.
 */
export function gridOf({values}: Pick<Feature, 'values'>): Grid | undefined {
  const grid = values instanceof Float64Array ? ofNumbers(values) : ofTexts(values)
  return grid && grid.at.length > 1 ? grid : undefined
}

function ofNumbers(values: Float64Array): Grid {
  const known = values.filter(Number.isFinite).sort()
  if (known.length === 0) return {at: []}
  const deciles = Array.from({length: 9}, (_, i) => quantile(known, (i + 1) / 10))
  const distinct = [...new Set(known)]
  if (distinct.length <= points) return {at: distinct, deciles}
  const [low, high] = [quantile(known, 0.05), quantile(known, 0.95)]
  // Nearly all rows have one value: what there is beside it lies in the tails.
  if (low === high) return {at: [...new Set([known[0]!, low, known.at(-1)!])], deciles}
  const at = Array.from({length: points}, (_, i) => low + ((high - low) * i) / (points - 1))
  return {at, deciles}
}

function ofTexts(values: Exclude<Values, Float64Array>): Grid | undefined {
  const counts = new Map<string, number>()
  for (const value of values)
    if (value !== missingText) counts.set(value, (counts.get(value) ?? 0) + 1)
  if (counts.size > mostTexts && counts.size > values.length / 2) return undefined
  const all = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
  const shown = all.slice(0, mostTexts)
  return {
    at: shown.map(([text]) => text),
    rows: shown.map(([, rows]) => rows),
    ...(all.length > shown.length ? {leftOut: all.length - shown.length} : {}),
  }
}
