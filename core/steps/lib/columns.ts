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
export const mapped = (
  rows: Relation,
  names: readonly string[],
  as: (column: Sql, name: string, at: number) => Sql,
): Sql =>
  names.length === 0
    ? sql`from ${rows}`
    : sql`select * replace (${join(names.map((name, i) => sql`${as(id(name), name, i)} as ${id(name)}`))}) from ${rows}`
