// A missing number is null in every table, never NaN.
import type {Column} from '../schema/table.ts'
import {id, join, type Sql, sql} from './sql.ts'

const isFloating = ({type}: {type: string}) => type === 'DOUBLE' || type === 'FLOAT'

/** A column with null for NaN. */
export const nanToNull = ({name, type}: Pick<Column, 'name' | 'type'>): Sql =>
  // DuckDB looks for common subexpressions in quadratic time over NULLIFs, and a table may have 10,000 columns.
  isFloating({type}) ? sql`case when not isnan(${id(name)}) then ${id(name)} end` : id(name)

/** A query's rows with null for NaN; `columns` are all that it gives. */
export function withoutNaN(query: Sql, columns: readonly Column[]): Sql {
  if (!columns.some(isFloating)) return query
  // Not `* replace`: that takes quadratic time as well.
  const list = columns.map(c =>
    isFloating(c) ? sql`${nanToNull(c)} as ${id(c.name)}` : id(c.name),
  )
  return sql`select ${join(list)} from (${query})`
}
