// Slices: the rows where a column has one value, since a model may be good on the whole and bad on some.
import {quantile} from './quantile.ts'

/** A column of the evaluated rows, raw as the user knows it. */
export type SliceColumn = {column: string; values: readonly SliceValue[]}
export type SliceValue = string | number | boolean | null

export type SliceRows = {value: string; rows: Uint32Array}

/** More values than this are not listed; the largest slices are. */
const most = 50
/** Numbers with more different values than this are cut at their quartiles. */
const few = 10

/**
 * The rows of each value, the largest slice first; ranges in their order. Missing is a value of its own.
 * `leftOut` counts the values beyond the 50 largest.
 */
export function slicesOf({values}: SliceColumn): {slices: SliceRows[]; leftOut: number} {
  const name = quartiles(values) ?? (value => (value === null ? 'missing' : String(value)))
  const rows = new Map<string, number[]>()
  for (const [i, value] of values.entries()) {
    const key = name(value)
    const known = rows.get(key)
    if (known) known.push(i)
    else rows.set(key, [i])
  }
  const all = [...rows].map(([value, list]) => ({value, rows: Uint32Array.from(list)}))
  all.sort((a, b) => b.rows.length - a.rows.length || (a.value < b.value ? -1 : 1))
  return {slices: all.slice(0, most), leftOut: Math.max(0, all.length - most)}
}

function quartiles(values: readonly SliceValue[]): ((value: SliceValue) => string) | undefined {
  const numbers = values.filter(v => typeof v === 'number' && Number.isFinite(v)) as number[]
  if (numbers.length === 0 || new Set(numbers).size <= few) return undefined
  const sorted = Float64Array.from(numbers).sort()
  const cuts = [...new Set([0.25, 0.5, 0.75].map(q => quantile(sorted, q)))]
  const show = (x: number) => String(Number(x.toPrecision(4)))
  return value => {
    if (typeof value !== 'number' || Number.isNaN(value)) return 'missing'
    const above = cuts.findIndex(cut => value <= cut)
    if (above === 0) return `≤ ${show(cuts[0]!)}`
    if (above === -1) return `> ${show(cuts.at(-1)!)}`
    return `${show(cuts[above - 1]!)} – ${show(cuts[above]!)}`
  }
}
