// Rows as plain data → a DuckDB table, and back as the numbers and texts that a graph would hold.
import type {Session} from '../../core/data/session.ts'
import {id, join, type Relation, raw, type Sql, sql} from '../../core/data/sql.ts'
import {missingText} from '../../core/onnx/frame.ts'
import type {Row} from '../../core/plugin.ts'
import type {Column, ColumnKind} from '../../core/schema/table.ts'

let made = 0

/** A table of these rows. Types as DuckDB infers them from JSON, unless `types` names them. */
export async function tableOf(
  session: Session,
  rows: readonly Row[],
  types: Readonly<Record<string, string>> = typesOf(rows),
): Promise<Relation> {
  const all: Record<string, string> = {...typesOf(rows), ...types}
  const name = id(`t${made++}`)
  const names = Object.keys(all)
  await session.run(
    sql`create table ${name} (${join(names.map(n => sql`${id(n)} ${raw(all[n]!)}`))})`,
  )
  if (rows.length > 0)
    await session.run(
      sql`insert into ${name} values ${join(rows.map(row => sql`(${join(names.map(n => value(row[n] ?? null)))})`))}`,
    )
  return session.relation(sql`from ${name}`)
}

// Lists and structs go in by their JSON text.
const value = (v: unknown): Sql =>
  v !== null && typeof v === 'object' && !(v instanceof Date)
    ? sql`${JSON.stringify(v)}`
    : sql`${v as string}`

/** The DuckDB type of each column, in the order in which the columns first appear. */
export function typesOf(rows: readonly Row[]): Record<string, string> {
  const names = [...new Set(rows.flatMap(row => Object.keys(row)))]
  return Object.fromEntries(
    names.map(name => [name, typeOf(rows.map(row => row[name]).filter(v => v != null))]),
  )
}

function typeOf(values: unknown[]): string {
  const every = (test: (v: unknown) => boolean) => values.length > 0 && values.every(test)
  if (every(v => typeof v === 'boolean')) return 'BOOLEAN'
  if (every(v => Number.isSafeInteger(v) && !Object.is(v, -0))) return 'BIGINT'
  if (every(v => typeof v === 'number')) return 'DOUBLE'
  if (every(v => typeof v === 'string' && /^\d{4}-\d\d-\d\d$/.test(v))) return 'DATE'
  if (every(v => typeof v === 'string' && /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d/.test(v)))
    return 'TIMESTAMP'
  return 'VARCHAR'
}

/** What a graph can hold of a table: lists, structs and blobs stay outside. */
export const inGraph = (columns: readonly Column[]) => columns.filter(c => c.kind !== 'other')

/** A cell of a graph: NaN and `missingText` stand for missing. */
export type Cell = number | string

/** Rows as a graph would see them: numbers, booleans (0, 1) and dates (µs since 1970) or text. */
export async function cellsOf(session: Session, {query, columns}: Relation): Promise<Cell[][]> {
  const kept = inGraph(columns)
  const list = kept.map(({name, kind}, i) => sql`${seen[kind](id(name))} as ${id(`c${i}`)}`)
  const rows = await session.rows(sql`select ${join(list)} from (${query})`)
  return rows.map(row =>
    Object.values(row).map((v, i) => {
      if (Number.isNaN(v)) throw new Error(`NaN in "${kept[i]!.name}": a table holds null instead`)
      return (v ?? (kept[i]!.kind === 'category' ? missingText : Number.NaN)) as Cell
    }),
  )
}

const seen: Record<ColumnKind, (column: Sql) => Sql> = {
  number: c => sql`${c}::double`,
  boolean: c => sql`${c}::double`,
  date: c => sql`epoch_us(${c})::double`,
  category: c => sql`${c}::varchar`,
  image: c => c,
  other: c => c,
}
