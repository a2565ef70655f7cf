// Columns as arrays of doubles: many figures are quicker to work out here than to ask DuckDB for.
import type {Column} from '../../schema/table.ts'
import type {Session} from '../session.ts'
import {id, join, type Relation, type Sql, sql} from '../sql.ts'

/** SQL: a number, or a moment in µs since 1970 (a time of day: since midnight), as DOUBLE; NaN where missing. */
export function measure({name, kind, type}: Pick<Column, 'name' | 'kind' | 'type'>): Sql {
  const x = id(name)
  if (kind === 'number') return sql`coalesce(${x}::double, 'nan'::double)`
  // A DATE or TIMESTAMP may be infinite, which has no microseconds.
  if (/^TIME( |$|_NS)/.test(type)) return sql`coalesce(epoch_us(${x}::time)::double, 'nan'::double)`
  return sql`case when ${x} is null then 'nan'::double when isfinite(${x}::timestamp) then epoch_us(${x}::timestamp)::double when ${x}::timestamp > timestamp '1970-01-01' then 'inf'::double else '-inf'::double end`
}

/**
 * SQL: a number of 53 bits that stands for a value of any type, NaN where missing. Two different values among
 * a million have the same with a chance of one in 20,000.
 */
export const mark = (name: string): Sql =>
  sql`case when ${id(name)} is null then 'nan'::double else (hash(${id(name)}::varchar) >> 11)::double end`

/** SQL: the values of a column as numbers that differ where they differ. */
export const asNumber = (column: Pick<Column, 'name' | 'kind' | 'type'>): Sql =>
  column.kind === 'number' || column.kind === 'date' ? measure(column) : mark(column.name)

export type Draw = {
  /** Rows of the table. */
  count: number
  /** Of a longer table, about so many rows are drawn, the same ones each time. */
  most?: number
}

/** Reads DOUBLE expressions over a table, each into an array; the same rows in the same order in all. */
export async function readValues(
  session: Session,
  rows: Relation,
  values: readonly Sql[],
  {count, most = count}: Draw,
  signal: AbortSignal,
): Promise<Float64Array[]> {
  const named = join(values.map((value, i) => sql`${value} as ${id(`c${i}`)}`))
  const drawn = sql`select * exclude (n) from (select ${named}, row_number() over () as n from ${rows}) where hash(hash(n, 1)) % ${parts} < ${Math.floor((most / count) * parts)}`
  const query = count > most ? drawn : sql`select ${named} from ${rows}`
  // A little more than is expected of a draw; what is not, makes the arrays grow.
  let room = Math.ceil(count > most ? most * 1.01 + 1000 : count)
  let read = values.map(() => new Float64Array(room))
  let n = 0
  for await (const chunk of session.chunks(query, {signal})) {
    if (n + chunk.rowCount > room) {
      room = 2 * (n + chunk.rowCount)
      read = read.map(array => {
        const larger = new Float64Array(room)
        larger.set(array)
        return larger
      })
    }
    for (const [i, array] of read.entries()) array.set(doubles(chunk.getColumnVector(i)), n)
    n += chunk.rowCount
  }
  return read.map(array => array.subarray(0, n))
}
const parts = 2 ** 30

/** The typed array of a DOUBLE vector. The client keeps it to itself in its types only. */
const doubles = (vector: unknown) => (vector as {items: Float64Array}).items

// Plain loops from here on: a callback for each of a million values takes longer than the work itself.

/** The values in order, without NaN. */
export function ascending(values: Float64Array): Float64Array {
  const sorted = values.slice().sort()
  // Typed arrays sort NaN to the end.
  let end = sorted.length
  while (end > 0 && Number.isNaN(sorted[end - 1])) end--
  return sorted.subarray(0, end)
}

/** The different values, in order; NaN is none. */
export function levels(values: Float64Array): Float64Array {
  const sorted = ascending(values)
  let n = 0
  for (let i = 0; i < sorted.length; i++)
    if (n === 0 || sorted[i] !== sorted[n - 1]) sorted[n++] = sorted[i]!
  return sorted.subarray(0, n)
}

/** For each value, how many of the ascending `at` it reaches (all, for infinity); 0 for NaN, too, and below all. */
export function places(values: Float64Array, at: Float64Array): Uint32Array {
  const found = new Uint32Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const x = values[i]!
    let low = 0
    let high = at.length
    while (low < high) {
      const middle = (low + high) >> 1
      // Also false for NaN, which ends at 0.
      if (x >= at[middle]!) low = middle + 1
      else high = middle
    }
    found[i] = low
  }
  return found
}
