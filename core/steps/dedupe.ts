import {z} from 'zod'
import {id, join, sql} from '../data/sql.ts'
import {defineTransform} from '../plugin.ts'
import {columns as someColumns} from '../schema/params.ts'
import {unusedName} from './lib/layout.ts'

const params = z.strictObject({
  columns: someColumns()
    .default([])
    .describe('Rows are the same when these columns are; left out, when all are.'),
  keep: z.enum(['first', 'last']).default('first').describe('Which of the same rows stays.'),
})
type Params = z.output<typeof params>

export const dedupe = defineTransform<Params>({
  kind: 'dedupe',
  version: 1,
  title: 'Remove duplicates',
  doc: `Keeps one of each group of rows that are the same, in its place. Two missing values are the same; empty
text and missing are not. When serving, no row is left out.`,
  group: 'clean',
  params,
  serves: 'training-only',
  rows: 'rewrite',
  plan({columns, keep}, rows) {
    const row = id(unusedName('row', rows))
    const same = columns.length > 0 ? columns : rows.columns.map(c => c.name)
    const order = keep === 'first' ? sql`${row}` : sql`${row} desc`
    return sql`select * exclude (${row})
      from (select *, row_number() over () as ${row} from ${rows})
      qualify row_number() over (partition by ${join(same.map(name => id(name)))} order by ${order}) = 1
      order by ${row}`
  },
  examples: [
    {
      params: {},
      rows: [
        {id: 1, x: 'a'},
        {id: 2, x: null},
        {id: 1, x: 'a'},
        {id: 2, x: null},
        {id: 2, x: ''},
      ],
      gives: [
        {id: 1, x: 'a'},
        {id: 2, x: null},
        {id: 2, x: ''},
      ],
    },
    {
      title: 'the last of each id',
      params: {columns: ['id'], keep: 'last'},
      rows: [
        {id: 1, x: 'old'},
        {id: 2, x: 'only'},
        {id: 1, x: 'new'},
      ],
      gives: [
        {id: 2, x: 'only'},
        {id: 1, x: 'new'},
      ],
    },
  ],
})
