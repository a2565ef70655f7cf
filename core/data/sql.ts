// SQL as data: the only way that a query is put together in Bancada.
import type {Column, Table} from '../schema/table.ts'

/** A piece of SQL text in which every identifier and value is already quoted. */
export class Sql {
  readonly text: string
  /** Only `sql`, `id` and `raw` make one. */
  constructor(text: string) {
    this.text = text
  }
}

/**
 * A query together with the columns it gives, and how many rows where that is known. In a template it stands
 * as a subquery.
 */
export type Relation = {
  readonly query: Sql
  readonly columns: readonly Column[]
  readonly count?: number
}

/** What a template may hold: values become literals, `Sql` and `Relation` stand as they are. */
export type SqlValue =
  | Sql
  | Relation
  | string
  | number
  | bigint
  | boolean
  | null
  | Date
  | readonly SqlValue[]

/** `` sql`select ${id(column)} from ${rows} where ${id(column)} > ${floor}` `` */
export function sql(strings: TemplateStringsArray, ...values: SqlValue[]): Sql {
  let text = strings[0]!
  for (const [i, value] of values.entries()) text += literal(value) + strings[i + 1]!
  return new Sql(text)
}

/** A quoted identifier: a column, a table, or a path of them (`id('parts', 'train')`). */
export const id = (...path: string[]) =>
  new Sql(path.map(name => `"${name.replaceAll('"', '""')}"`).join('.'))

/** Text that is already SQL: a user's own expression or query. Never for a name or a value. */
export const raw = (text: string) => new Sql(text)

/** Pieces with a separator between them: `join(columns.map(c => id(c)))`. */
export const join = (pieces: readonly Sql[], separator = ', ') =>
  new Sql(pieces.map(p => p.text).join(separator))

/** A relation of a query and its columns. */
export const relation = (query: Sql, columns: readonly Column[]): Relation => ({query, columns})

/** The rows of a table that was computed. */
export const relationOf = (table: Table): Relation => ({
  query: raw(table.sql),
  columns: table.columns,
  count: table.rows,
})

function literal(value: SqlValue): string {
  if (value === null) return 'null'
  if (value instanceof Sql) return value.text
  if (value instanceof Date)
    return `timestamp '${value.toISOString().slice(0, -1).replace('T', ' ')}'`
  switch (typeof value) {
    case 'string':
      return text(value)
    case 'number':
      return number(value)
    case 'bigint':
    case 'boolean':
      return String(value)
  }
  if ('query' in value) return `(${value.query.text})`
  return `[${value.map(literal).join(', ')}]`
}

// DuckDB reads 0.1 as a DECIMAL; an exponent makes it the DOUBLE that JavaScript means.
function number(x: number): string {
  if (Number.isSafeInteger(x) && !Object.is(x, -0)) return String(x)
  if (Number.isNaN(x)) return `'nan'::double`
  if (!Number.isFinite(x)) return x > 0 ? `'inf'::double` : `'-inf'::double`
  const digits = Object.is(x, -0) ? '-0' : String(x)
  return digits.includes('e') ? digits : `${digits}e0`
}

// A NUL byte cannot stand in SQL text.
const text = (s: string) =>
  s.includes('\0') ? `(${s.split('\0').map(quoted).join(' || chr(0) || ')})` : quoted(s)

const quoted = (s: string) => `'${s.replaceAll("'", "''")}'`
