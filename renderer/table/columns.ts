// Where each column of a grid stands: pinned ones first, then the others in their order.
import type {Column} from '../../core/schema/table.ts'
import type {Condition} from '../../core/schema/view.ts'

/** How a table is looked at; what is left out is as the table has it. */
export type Look = {
  sort: {by: string; order: 'asc' | 'desc'}[]
  filter: Condition[]
  search: string
  hidden: string[]
  pinned: string[]
  /** Names in the order that was chosen; columns that are not named come after. */
  order: string[]
  /** px by column. */
  widths: Record<string, number>
}

export const plainLook: Look = {
  sort: [],
  filter: [],
  search: '',
  hidden: [],
  pinned: [],
  order: [],
  widths: {},
}

/** A shown column: its place among the shown, and its px from the left edge of the sheet. */
export type Placed = {
  column: Column
  index: number
  left: number
  width: number
  pinned: boolean
}

export type Layout = {
  all: Placed[]
  /** How many of `all` are pinned. */
  pinned: number
  /** px that stay: the row numbers and the pinned columns. */
  fixed: number
  /** px of everything. */
  width: number
}

export const narrowest = 60
export const widest = 900

/** A first width by what a column holds and is called. */
export function usualWidth({name, kind}: Column): number {
  const byName = Math.min(name.length, 24) * 8 + 64
  return Math.max(byName, kind === 'category' || kind === 'other' ? 160 : 128)
}

/** The shown columns, in their order. */
export function shownColumns(columns: readonly Column[], look: Look): Column[] {
  const [hidden, pinned] = [new Set(look.hidden), new Set(look.pinned)]
  const place = new Map(look.order.map((name, i) => [name, i]))
  const after = look.order.length
  const shown = columns.filter(c => !hidden.has(c.name))
  if (after > 0) shown.sort((a, b) => (place.get(a.name) ?? after) - (place.get(b.name) ?? after))
  return [...shown.filter(c => pinned.has(c.name)), ...shown.filter(c => !pinned.has(c.name))]
}

export function layOut(columns: readonly Column[], look: Look, gutter: number): Layout {
  const pinned = new Set(look.pinned)
  let left = gutter
  let fixed = gutter
  const all = shownColumns(columns, look).map((column, index) => {
    const width = look.widths[column.name] ?? usualWidth(column)
    const placed = {column, index, left, width, pinned: pinned.has(column.name)}
    left += width
    if (placed.pinned) fixed = left
    return placed
  })
  return {all, pinned: all.filter(p => p.pinned).length, fixed, width: left}
}

/** Indices of the columns, but for the pinned ones, that lie between two px of the sheet: first, and after the last. */
export function seenColumns(layout: Layout, from: number, to: number): [number, number] {
  const {all, pinned} = layout
  let first = firstWhere(all, pinned, p => p.left + p.width > from + layout.fixed)
  const end = firstWhere(all, pinned, p => p.left >= to)
  first = Math.min(first, Math.max(pinned, all.length - 1))
  return [first, Math.max(first, end)]
}

/** By halving: `meets` is false up to some place and true from there. */
function firstWhere(all: readonly Placed[], from: number, meets: (p: Placed) => boolean): number {
  let [low, high] = [from, all.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (meets(all[middle]!)) high = middle
    else low = middle + 1
  }
  return low
}
