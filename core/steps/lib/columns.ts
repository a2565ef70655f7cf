// What many steps need of SQL and parameters: columns changed in place, and lists of names.
import {z} from 'zod'
import {id, join, type Relation, type Sql, sql} from '../../data/sql.ts'
import type {ParamMeta} from '../../schema/params.ts'
import type {ColumnKind} from '../../schema/table.ts'

/** Columns that must be named: leaving them out cannot mean all of them. */
export const namedColumns = ({accepts}: {accepts?: readonly ColumnKind[]} = {}) =>
  z
    .array(z.string())
    .min(1)
    .meta({widget: 'columns', accepts} satisfies ParamMeta)

/** Every row, with some columns computed anew and each in its old place. */
export function mapped(
  rows: Relation,
  names: readonly string[],
  as: (column: Sql, name: string, at: number) => Sql,
): Sql {
  if (names.length === 0) return sql`from ${rows}`
  const at = new Map(names.map((name, i) => [name, i]))
  // Column by column: `* replace` takes DuckDB quadratic time, minutes with ten thousand columns.
  const list = rows.columns.map(({name}) => {
    const i = at.get(name)
    return i === undefined ? id(name) : sql`${as(id(name), name, i)} as ${id(name)}`
  })
  return sql`select ${join(list)} from ${rows}`
}
