import {z} from 'zod'
import {sql} from '../data/sql.ts'
import {defineTransform} from '../plugin.ts'

const params = z.strictObject({
  rows: z.int().min(0).describe('How many rows to keep.'),
  skip: z.int().min(0).default(0).describe('How many to leave out before them.'),
})
type Params = z.output<typeof params>

export const limit = defineTransform<Params>({
  kind: 'limit',
  version: 1,
  title: 'Limit rows',
  doc: 'Keeps so many rows from the start of the table, or after the first few. When serving, no row is left out.',
  group: 'rows',
  params,
  serves: 'training-only',
  rows: 'rewrite',
  plan: ({rows: count, skip}, rows) => sql`from ${rows} limit ${count} offset ${skip}`,
  examples: [
    {
      params: {rows: 2, skip: 1},
      rows: [{x: 'a'}, {x: 'b'}, {x: 'c'}, {x: 'd'}],
      gives: [{x: 'b'}, {x: 'c'}],
    },
  ],
})
