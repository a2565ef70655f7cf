// A `sql` cell: one SELECT over the tables of the document.
import {join} from 'node:path'
import {z} from 'zod'
import type {Session} from '../../data/session.ts'
import {id, raw, relation, sql} from '../../data/sql.ts'
import {withoutNaN} from '../../data/without-nan.ts'
import type {Table} from '../../schema/table.ts'
import type {Recipe, Value} from '../../schema/value.ts'
import {defineCell, objectName} from '../cell-kind.ts'

export const sqlCell = defineCell({
  kind: 'sql',
  version: 1,
  title: 'SQL',
  doc: 'One SELECT over the tables of the document. A split is seen as one table with a column `part`, and each part as `name.train`, `name.validation`, `name.test`.',
  params: z.strictObject({}),
  ports: {in: {min: 0, max: 1000, accepts: ['table', 'split']}, out: 'table'},
  async run({session, body, inputs, hash, folder, signal}) {
    for (const {name, value} of inputs) await bind(session, name, value)
    const query = raw(`${body.trim().replace(/;\s*$/, '')}\n`)
    // First by itself, so that an error names a place in the user's own text; then with the names that DuckDB
    // gives to columns that share one.
    await session.columns(query, {signal})
    const columns = await session.columns(sql`from (${query})`, {signal})
    const clean = withoutNaN(query, columns)
    const known = relation(clean, columns)
    const rows = await session.write(known, join(folder, 'table.parquet'), {signal})
    const table = await stored(session, folder, objectName(hash, 'table.parquet'), rows)
    return {value: {type: 'table', table, recipe: begin(table)}, rows}
  },
})

/** The recipe of rows that nothing was done to yet. */
export const begin = (table: Table): Recipe => ({raw: table.columns, rows: table, steps: []})

/** The table of a Parquet file that lies in `folder` and will be the object `name`. */
export async function stored(
  session: Session,
  folder: string,
  name: string,
  rows: number,
): Promise<Table> {
  const file = join(folder, name.slice(name.indexOf('/') + 1))
  const columns = await session.columns(await session.parquet(file))
  return {sql: `from objects.${id(name).text}`, objects: [name], columns, rows}
}

/** Makes a cell's table, or the parts of its split, visible to queries under its name. */
async function bind(session: Session, name: string, value: Value): Promise<void> {
  const [cell, part] = name.split('.') as [string, string | undefined]
  if (value.type === 'table') return view(session, part ? [cell, part] : [cell], value.table)
  if (value.type !== 'split') return
  const parts = Object.entries(value.parts)
  for (const [label, table] of parts) await view(session, [cell, label], table)
  const union = parts.map(
    ([label, {sql: text}]) => sql`select *, ${label} as part from (${raw(text)})`,
  )
  const all = union.map(u => u.text).join(' union all ')
  await session.define(raw(`create or replace view ${id(cell).text} as ${all}`))
}

async function view(session: Session, path: [string] | [string, string], table: Table) {
  await session.mount(table.objects)
  if (path.length === 2) await session.define(sql`create schema if not exists ${id(path[0])}`)
  await session.define(sql`create or replace view ${id(...path)} as ${raw(table.sql)}`)
}
