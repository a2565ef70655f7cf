import {z} from 'zod'
import {sql} from '../data/sql.ts'
import {AppError} from '../error.ts'
import {defineTransform} from '../plugin.ts'
import {expression} from '../schema/params.ts'
import {says} from '../words/says.ts'
import {checkExpression, expressionOf} from './lib/expression.ts'

const params = z.strictObject({
  where: expression().describe('A condition in SQL; rows for which it is true are kept.'),
})
type Params = z.output<typeof params>

export const filter = defineTransform<Params>({
  kind: 'filter',
  version: 1,
  title: 'Filter rows',
  doc: `Keeps the rows for which a condition is true, in their order. A row for which it is neither true nor
false, because a value is missing, goes too. When serving, no row is left out.`,
  group: 'rows',
  params,
  serves: 'training-only',
  rows: 'rewrite',
  async check({where}, rows, ask) {
    const type = await checkExpression(where, rows, ask, 'where')
    if (type !== 'BOOLEAN')
      throw new AppError(
        'wrong-type',
        says`where: the condition gives ${type}, not true or false`,
        {
          hint: says`compare it with something, as in \`age > 18\``,
        },
      )
  },
  plan: ({where}, rows) => sql`from ${rows} where ${expressionOf(where)}`,
  examples: [
    {
      params: {where: `mass > 3000 and species <> 'Gentoo' -- the small ones`},
      rows: [
        {species: 'Adelie', mass: 3750},
        {species: 'Gentoo', mass: 5000},
        {species: 'Adelie', mass: null},
        {species: 'Chinstrap', mass: 3500},
      ],
      gives: [
        {species: 'Adelie', mass: 3750},
        {species: 'Chinstrap', mass: 3500},
      ],
    },
  ],
})
