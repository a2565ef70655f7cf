// The rows of several tables, one after the other.
import {z} from 'zod'
import {id, join, raw, sql} from '../data/sql.ts'
import {AppError} from '../error.ts'
import {defineTransform} from '../plugin.ts'
import type {Column} from '../schema/table.ts'
import {says} from '../words/says.ts'
import {refuseTaken} from './lib/layout.ts'

const params = z.strictObject({
  columns: z
    .enum(['all', 'common', 'same'])
    .default('all')
    .describe(
      'Columns that only some tables have: keep them with missing values, leave them out, or refuse them.',
    ),
  source: z
    .string()
    .min(1)
    .optional()
    .describe('A name for one more column, which tells which table a row came from: 1, 2 …'),
})
type Params = z.output<typeof params>

export const union = defineTransform<Params>({
  kind: 'union',
  version: 1,
  title: 'Stack tables',
  doc: `Puts the rows of several tables below each other, in the order of the tables. Columns are
matched by name. A column that a table lacks is missing in its rows. Rows that are alike are all
kept; dedupe drops them.`,
  group: 'tables',
  params,
  tables: {min: 2, max: 100},
  serves: 'training-only',
  rows: 'rewrite',
  plan: ({columns, source}, first, _, {more}) => {
    const tables = [first, ...more]
    const names = [...new Set(tables.flatMap(t => t.columns.map(c => c.name)))].filter(name => {
      const having = tables.map(t => t.columns.find(c => c.name === name))
      refuseMixed(having.filter(c => c !== undefined))
      const lacks = having.indexOf(undefined)
      if (lacks >= 0 && columns === 'same')
        throw new AppError('no-column', says`table ${lacks + 1} has no column named "${name}"`, {
          hint: says`set columns to all or common to go on without it`,
        })
      return lacks < 0 || columns === 'all'
    })
    refuseTaken(source === undefined ? names : [...names, source])
    if (names.length === 0)
      throw new AppError('bad-data', says`the tables have no column in common`, {
        hint: says`set columns to all`,
        where: 'columns',
      })
    const parts = tables.map((table, i) => {
      const values = names.map(name =>
        table.columns.some(c => c.name === name) ? id(name) : sql`null as ${id(name)}`,
      )
      if (source !== undefined) values.push(sql`${i + 1} as ${id(source)}`)
      return sql`select ${join(values)} from ${table}`
    })
    return join(parts, raw(' union all ').text)
  },
  examples: [
    {
      title: 'by name, with what a table lacks missing',
      params: {columns: 'all', source: 'table'},
      rows: [{a: 1, b: 'x'}],
      more: [[{b: 'y', a: 2}], [{a: 3, c: true}]],
      gives: [
        {a: 1, b: 'x', c: null, table: 1},
        {a: 2, b: 'y', c: null, table: 2},
        {a: 3, b: null, c: true, table: 3},
      ],
    },
    {
      title: 'only the columns that all have',
      params: {columns: 'common'},
      rows: [
        {a: 1, b: 'x'},
        {a: 1, b: 'x'},
      ],
      more: [[{a: 2.5, c: 'y'}]],
      gives: [{a: 1}, {a: 1}, {a: 2.5}],
    },
  ],
})

// DuckDB would make text of both, and the numbers could not be computed with any more.
function refuseMixed(columns: readonly Column[]) {
  const other = columns.find(c => c.kind !== columns[0]!.kind)
  if (other)
    throw new AppError(
      'wrong-type',
      says`"${other.name}" is ${columns[0]!.type} in one table and ${other.type} in another`,
      {hint: says`bring them to one type with a cast step`},
    )
}
