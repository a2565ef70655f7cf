// A table as data: its columns, and the query that gives its rows.
import {imageShape} from './image.ts'

/**
 * What a column holds, as far as a step or a model cares.
 * `number`: any integer, decimal or float. `boolean`. `category`: text and enums.
 * `date`: dates, times and timestamps. `image`: pixels, see `imageShape`. `other`: lists, structs, blobs.
 */
export const columnKinds = ['number', 'boolean', 'category', 'date', 'image', 'other'] as const
export type ColumnKind = (typeof columnKinds)[number]

export type Column = {
  name: string
  /** DuckDB's own type name, such as `DOUBLE` or `VARCHAR`. */
  type: string
  kind: ColumnKind
}

/**
 * A table that was computed: a query over stored objects. Row-wise steps only extend the query;
 * everything else is written to Parquet first, so that `sql` is a plain scan.
 */
export type Table = {
  /** A complete `select`, in terms of the views `objects."<name>"` and `numbered."<name>"`. */
  sql: string
  /** The stored Parquet objects that `sql` reads, as paths relative to the store's `objects/`. */
  objects: string[]
  columns: Column[]
  rows: number
}

const numeric =
  /^(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|UTINYINT|USMALLINT|UINTEGER|UBIGINT|UHUGEINT|BIGNUM|FLOAT|DOUBLE|DECIMAL\(.*\))$/
const temporal =
  /^(DATE|TIME|TIMESTAMP|TIMESTAMP_S|TIMESTAMP_MS|TIMESTAMP_NS|TIME_NS|TIMESTAMP WITH TIME ZONE|TIME WITH TIME ZONE)$/
const textual = /^(VARCHAR|ENUM\(.*\)|UUID)$/s

/** What a DuckDB type means to a step: `DECIMAL(10,2)` → `number`. */
export function kindOfType(type: string): ColumnKind {
  if (numeric.test(type)) return 'number'
  if (type === 'BOOLEAN') return 'boolean'
  if (textual.test(type)) return 'category'
  if (temporal.test(type)) return 'date'
  return imageShape(type) ? 'image' : 'other'
}
