// Many columns as one: the way to profile ten thousand columns with a handful of queries.
import type {Column} from '../../schema/table.ts'
import {id, join, type Relation, type Sql, sql} from '../sql.ts'

/** Cells that a block of several columns has at most. */
const blockCells = 2_000_000
/** Columns that a block has at most: DuckDB plans longer lists slowly. */
const blockColumns = 500

/**
 * Splits columns into blocks that one query takes together. In a long table each column is a block of its own,
 * which is quickest; in a wide one many go together.
 */
export function blocks<T>(columns: readonly T[], rows: number): T[][] {
  const size = Math.min(blockColumns, Math.max(1, Math.floor(blockCells / Math.max(1, rows))))
  const made: T[][] = []
  for (let at = 0; at < columns.length; at += size) made.push(columns.slice(at, at + size))
  return made
}

/**
 * Rows `i` (the column's place among the columns) and `x` (its value as text, of an image a hash), for every cell
 * of the columns.
 */
export function cells(rows: Relation, columns: readonly Column[]): Sql {
  if (columns.length === 1) return sql`select 0 as i, ${asText(columns[0]!)} as x from ${rows}`
  const values = join(columns.map(asText))
  return sql`select unnest(range(${columns.length})) as i, unnest([${values}]) as x from ${rows}`
}

function asText({name, kind}: Column): Sql {
  const x = id(name)
  return kind === 'image'
    ? sql`case when ${x} is not null then hash(${x})::varchar end`
    : sql`${x}::varchar`
}
