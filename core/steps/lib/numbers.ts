// Learning from number columns: few queries for all of them, and sums that come out the same on every run.
import {id, join, type Relation, type Sql, sql} from '../../data/sql.ts'
import type {Ask} from '../../plugin.ts'
import {askOfMany} from './long.ts'
import {largest, momentsOf, quantileOf, type Tally, tallies} from './tally.ts'

/** A number as DuckDB's DOUBLE, whole or not. */
export const double = (x: number): Sql => sql`${x}::double`

/**
 * A column as the DOUBLE to learn from, null where it teaches nothing: missing, infinite, or so large that
 * its square could not be summed.
 */
export const learnable = (column: Sql): Sql =>
  sql`case when abs(${column}::double) <= ${double(largest)} then ${column}::double end`

/** So many columns by one query: DuckDB plans a query in more than linear time over its expressions. */
const atOnce = 500

/** Aggregates over the learnable values of each column: `of` is called with each. */
export async function aggregate(
  rows: Relation,
  columns: readonly string[],
  ask: Ask,
  of: (x: Sql, at: number) => Sql,
): Promise<unknown[]> {
  const found: unknown[] = []
  for (let from = 0; from < columns.length; from += atOnce) {
    const some = columns.slice(from, from + atOnce)
    const values = some.map((name, i) => sql`${learnable(id(name))} as ${id(`x${i}`)}`)
    const wanted = some.map((_, i) => sql`${of(id(`x${i}`), from + i)} as ${id(`y${i}`)}`)
    // The count makes it an aggregate even where all that is wanted is constant.
    const list = join([...wanted, sql`count(*)`])
    const [row] = await ask(sql`select ${list} from (select ${join(values)} from ${rows})`)
    found.push(...some.map((_, i) => row![`y${i}`]))
  }
  return found
}

/** The same aggregate over the learnable values of each column. `none` is what it gives without any row. */
async function aggregateAlike(
  rows: Relation,
  columns: readonly string[],
  ask: Ask,
  of: (x: Sql) => Sql,
  none: unknown,
): Promise<unknown[]> {
  if (columns.length <= atOnce) return aggregate(rows, columns, ask, of)
  const values = columns.map(name => sql`${id(name)}::double`)
  const answers = await askOfMany(rows, values, ask, async from => {
    const learned = sql`select i, ${learnable(id('x'))} as x from ${from}`
    return (await ask(sql`select i, ${of(id('x'))} as y from (${learned}) group by i`)) as Answer[]
  })
  const found = columns.map(() => none)
  for (const {i, y} of answers) found[i] = y
  return found
}
type Answer = {i: number; y: unknown}

/** Smallest and largest learnable value of each column; null where there is none. */
export async function ranges(rows: Relation, columns: readonly string[], ask: Ask) {
  const found = await aggregateAlike(rows, columns, ask, x => sql`[min(${x}), max(${x})]`, [
    null,
    null,
  ])
  return (found as [number | null, number | null][]).map(([min, max]) =>
    min === null || max === null ? undefined : {min, max},
  )
}
export type Range = {min: number; max: number}

/**
 * The mean of values known to lie in a range, as an aggregate. They are added as whole numbers (fixed
 * point, 62 bits): threads may then add them in any order and still reach the same bits.
 */
export function exactMean(x: Sql, {min, max}: Range): Sql {
  const center = min / 2 + max / 2
  const half = max / 2 - min / 2
  if (half === 0) return sql`case when count(${x}) > 0 then ${double(min)} end`
  const share = sql`((${x} - ${double(center)}) / ${double(half)} * ${double(one)})::bigint`
  return sql`${double(center)} + ${double(half)} * (sum(${share})::double / count(${x}) / ${double(one)})`
}
const one = 2 ** 62

export type Moments = Range & {mean: number; sd: number}

/** Range, mean and standard deviation (of the population) of each column; undefined where there is no value. */
export const moments = (
  rows: Relation,
  columns: readonly string[],
  ask: Ask,
): Promise<(Moments | undefined)[]> =>
  tallied(rows, columns, ask, momentsOf, many => momentsOfMany(rows, many, ask))

/** What is learned of each column: from its tally where it has few different values, else by a query. */
async function tallied<T>(
  rows: Relation,
  columns: readonly string[],
  ask: Ask,
  few: (tally: Tally) => T,
  many: (columns: string[]) => Promise<T[]>,
): Promise<T[]> {
  const counted = await tallies(rows, columns, ask)
  const others = await many(columns.filter((_, i) => !counted[i]))
  return counted.map(tally => (tally ? few(tally) : others.shift()!))
}

async function momentsOfMany(
  rows: Relation,
  columns: readonly string[],
  ask: Ask,
): Promise<(Moments | undefined)[]> {
  const range = await ranges(rows, columns, ask)
  const means = await aggregate(rows, columns, ask, (x, i) =>
    range[i] ? exactMean(x, range[i]) : sql`null::double`,
  )
  const far = range.map((r, i) => r && Math.max(r.max - Number(means[i]), Number(means[i]) - r.min))
  const squares = await aggregate(rows, columns, ask, (x, i) => {
    if (!far[i]) return sql`0::double`
    const away = sql`((${x} - ${double(Number(means[i]))}) / ${double(far[i])})`
    return sql`sum((${away} * ${away} * ${double(one)})::bigint)::double / count(${x}) / ${double(one)}`
  })
  return range.map(
    (r, i) => r && {...r, mean: Number(means[i]), sd: far[i]! * Math.sqrt(Number(squares[i]))},
  )
}

/** Quantiles (linear between neighbours) of each column; undefined where there is no value. */
export const quantiles = (
  rows: Relation,
  columns: readonly string[],
  ask: Ask,
  at: readonly number[],
): Promise<(number[] | undefined)[]> =>
  tallied(
    rows,
    columns,
    ask,
    tally => (tally.total === 0 ? undefined : at.map(share => quantileOf(tally, share)!)),
    many => quantilesOfMany(rows, many, ask, at),
  )

async function quantilesOfMany(
  rows: Relation,
  columns: readonly string[],
  ask: Ask,
  at: readonly number[],
): Promise<(number[] | undefined)[]> {
  if (at.length > few) return ranked(rows, columns, ask, at)
  const points = sql`[${join(at.map(double))}]`
  const quantile = (x: Sql) => sql`quantile_cont(${x}, ${points})`
  const found = await aggregateAlike(rows, columns, ask, quantile, null)
  return (found as (number[] | null)[]).map(list => list ?? undefined)
}

// quantile_cont goes through the values once more for each point; from here on, sorting them once is quicker.
const few = 3

async function ranked(
  rows: Relation,
  columns: readonly string[],
  ask: Ask,
  at: readonly number[],
): Promise<(number[] | undefined)[]> {
  const counts = (await aggregateAlike(rows, columns, ask, x => sql`count(${x})`, 0)) as number[]
  const found: (number[] | undefined)[] = []
  for (const [i, name] of columns.entries()) {
    const places = at.map(share => share * (counts[i]! - 1))
    const ranks = [...new Set(places.flatMap(p => [Math.floor(p), Math.ceil(p)]))]
    const picked = await ask(sql`
      select x, rank from (
        select x, row_number() over (order by x) - 1 as rank
        from (select ${learnable(id(name))} as x from ${rows}) where x is not null)
      where rank in ${ranks}`)
    const values = new Map(picked.map(row => [row.rank, row.x as number]))
    const between = (place: number) => {
      const [low, high] = [values.get(Math.floor(place))!, values.get(Math.ceil(place))!]
      return low + (high - low) * (place - Math.floor(place))
    }
    found.push(counts[i] === 0 ? undefined : places.map(between))
  }
  return found
}
