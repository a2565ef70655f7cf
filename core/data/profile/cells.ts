// Many columns as one: the way to profile ten thousand columns with a handful of queries.
import {id, join, type Relation, type Sql, sql} from '../sql.ts'

/** Columns that are profiled by one query. `as` gives the value that stands for a column's own. */
export type Block = {names: string[]; as: (column: Sql) => Sql}

/** Cells that a block of several columns has at most. */
const blockCells = 2_000_000
/** Columns that a block has at most: DuckDB plans longer lists slowly. */
const blockColumns = 500

/**
 * Splits columns that share an expression into blocks. In a long table each column is a block of its own,
 * which is quickest; in a wide one many go together.
 */
export function blocks(names: readonly string[], rows: number, as: Block['as']): Block[] {
  const size = Math.min(blockColumns, Math.max(1, Math.floor(blockCells / Math.max(1, rows))))
  const made: Block[] = []
  for (let at = 0; at < names.length; at += size) made.push({names: names.slice(at, at + size), as})
  return made
}

/** Rows `i` (the column's place in the block), `x` (its value), and `more`, for every cell of the block. */
export function cells(rows: Relation, {names, as}: Block, more: Sql = sql``): Sql {
  if (names.length === 1) return sql`select 0 as i, ${as(id(names[0]!))} as x${more} from ${rows}`
  const values = join(names.map(name => as(id(name))))
  return sql`select unnest(range(${names.length})) as i, unnest([${values}]) as x${more} from ${rows}`
}
