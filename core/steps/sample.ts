import {z} from 'zod'
import {id, sql} from '../data/sql.ts'
import {defineTransform} from '../plugin.ts'
import {rule} from '../words/rule.ts'
import {says} from '../words/says.ts'
import {unusedName} from './lib/layout.ts'

const params = z
  .strictObject({
    rows: z.int().min(0).optional().describe('How many rows to draw.'),
    share: z.number().min(0).max(1).optional().describe('Or which share of them, such as 0.1.'),
    seed: z.int().min(0).default(1).describe('Another seed draws other rows.'),
  })
  .refine(
    p => (p.rows === undefined) !== (p.share === undefined),
    rule(says`give either \`rows\` or \`share\``, 'rows'),
  )
type Params = z.output<typeof params>

export const sample = defineTransform<Params>({
  kind: 'sample',
  version: 1,
  title: 'Sample rows',
  doc: `Draws rows by chance, each at most once, and keeps them in their order. The same rows and seed give the
same sample. Of a split, only the training rows are sampled.`,
  group: 'rows',
  params,
  serves: 'training-only',
  rows: 'rewrite',
  touches: 'train',
  plan({rows: count, share, seed}, rows) {
    const row = id(unusedName('row', rows))
    const luck = id(unusedName('luck', rows))
    const most =
      count === undefined ? sql`round(${share!}::double * count(*) over ())` : sql`${count}`
    // By a hash of place and seed, as random() differs with the number of threads; hashed again, as the
    // hash of two values keeps one order for all seeds.
    return sql`select * exclude (${row}, ${luck}) from (
        select *, hash(hash(${row}, ${seed})) as ${luck}
        from (select *, row_number() over () as ${row} from ${rows})
        qualify row_number() over (order by ${luck}, ${row}) <= ${most})
      order by ${row}`
  },
  examples: [
    {
      params: {rows: 2, seed: 3},
      rows: [{x: 'a'}, {x: 'b'}, {x: 'c'}, {x: 'd'}, {x: 'e'}],
      gives: [{x: 'a'}, {x: 'd'}],
    },
    {
      title: 'a share',
      params: {share: 0.6},
      rows: [{x: 'a'}, {x: 'b'}, {x: 'c'}, {x: 'd'}, {x: 'e'}],
      gives: [{x: 'a'}, {x: 'b'}, {x: 'e'}],
    },
  ],
})
