// As many training rows of each class.
import {z} from 'zod'
import {id, join, sql} from '../data/sql.ts'
import {defineTransform} from '../plugin.ts'
import {column} from '../schema/params.ts'
import {unusedName} from './lib/layout.ts'
import {chance} from './lib/shuffle.ts'
import {numbered} from './lib/tables.ts'

const params = z.strictObject({
  column: column({accepts: ['category', 'boolean', 'number']}).describe(
    'The classes to balance: the target, as a rule.',
  ),
  to: z
    .union([z.enum(['largest', 'smallest']), z.int().min(1)])
    .default('largest')
    .describe(
      'Repeat rows up to the largest class, leave rows out down to the smallest, or do either up to a number of rows for each class.',
    ),
  seed: z.int().min(0).default(1).describe('Repeats the same choice of rows.'),
})
type Params = z.output<typeof params>

export const balance = defineTransform<Params>({
  kind: 'balance',
  version: 1,
  title: 'Balance classes',
  doc: `Makes all classes equally frequent in the training rows, and leaves validation, test and
served rows as they are. Over-sampling repeats every row of a class equally often, and a random
choice of them once more; under-sampling keeps a random choice. Rows keep their order, and copies
stand together. Empty text is a class like any other; rows whose class is missing are left out, as
no model can learn from them.`,
  group: 'rows',
  params,
  serves: 'training-only',
  rows: 'rewrite',
  touches: 'train',
  plan: ({column, to, seed}, rows) => {
    const {place, from} = numbered(rows)
    const size = id(unusedName('class_rows', rows))
    const turn = id(unusedName('class_turn', rows))
    const goal =
      typeof to === 'number' ? sql`${to}` : to === 'largest' ? sql`max(${size})` : sql`min(${size})`
    const wanted = id(unusedName('wanted', rows))
    const columns = rows.columns.map(c => id(c.name))
    // A row's turn is its place in the random order of its class, from 0.
    return sql`
      select ${join(columns)} from (
        select *, unnest(range((${wanted} // ${size} + (${turn} < ${wanted} % ${size})::bigint)::bigint))
        from (
          select *, (${typeof to === 'number' ? goal : sql`${goal} over ()`})::bigint as ${wanted} from (
            select *, count(*) over (partition by ${id(column)}) as ${size},
              row_number() over (
                partition by ${id(column)} order by ${chance(seed, id(place))}, ${id(place)}) - 1 as ${turn}
            from ${from} where ${id(column)} is not null
          )
        )
      ) order by ${id(place)}`
  },
  examples: [
    {
      title: 'repeat the rarer class',
      params: {column: 'spam', to: 'largest', seed: 1},
      rows: [
        {id: 1, spam: 'no'},
        {id: 2, spam: 'yes'},
        {id: 3, spam: 'no'},
        {id: 4, spam: null},
        {id: 5, spam: 'no'},
      ],
      gives: [
        {id: 1, spam: 'no'},
        {id: 2, spam: 'yes'},
        {id: 2, spam: 'yes'},
        {id: 2, spam: 'yes'},
        {id: 3, spam: 'no'},
        {id: 5, spam: 'no'},
      ],
    },
    {
      title: 'two rows of each class',
      params: {column: 'spam', to: 2, seed: 1},
      rows: [
        {id: 1, spam: false},
        {id: 2, spam: true},
        {id: 3, spam: false},
      ],
      gives: [
        {id: 1, spam: false},
        {id: 2, spam: true},
        {id: 2, spam: true},
        {id: 3, spam: false},
      ],
    },
  ],
})
