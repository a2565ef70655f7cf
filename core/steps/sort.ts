import {z} from 'zod'
import {id, join, sql} from '../data/sql.ts'
import {AppError, didYouMean} from '../error.ts'
import {defineTransform} from '../plugin.ts'
import {columns as someColumns} from '../schema/params.ts'
import {says} from '../words/says.ts'
import {namedColumns} from './lib/columns.ts'
import {unusedName} from './lib/layout.ts'

const params = z.strictObject({
  columns: namedColumns().describe('The columns to sort by, the most important first.'),
  descending: someColumns()
    .default([])
    .describe('Those of them that go from the greatest to the least.'),
  missing: z.enum(['first', 'last']).default('last').describe('Where missing values go.'),
})
type Params = z.output<typeof params>

export const sort = defineTransform<Params>({
  kind: 'sort',
  version: 1,
  title: 'Sort rows',
  doc: `Puts the rows in order. Rows that are equal in the columns named keep their order. Text is compared by
its characters' code points, so capitals come before small letters.`,
  group: 'rows',
  params,
  serves: 'training-only',
  rows: 'rewrite',
  async check({columns, descending}) {
    const other = descending.find(name => !columns.includes(name))
    if (other !== undefined)
      throw new AppError(
        'bad-params',
        says`descending: "${other}" is not one of the columns to sort by`,
        {
          hint: didYouMean(other, columns) ?? says`add it to \`columns\``,
        },
      )
  },
  plan({columns, descending, missing}, rows) {
    const row = id(unusedName('row', rows))
    const order = columns.map(name => {
      const way = descending.includes(name) ? sql`desc` : sql`asc`
      return sql`${id(name)} ${way} ${missing === 'last' ? sql`nulls last` : sql`nulls first`}`
    })
    return sql`select * exclude (${row})
      from (select *, row_number() over () as ${row} from ${rows})
      order by ${join([...order, row])}`
  },
  examples: [
    {
      params: {columns: ['age', 'name'], descending: ['age']},
      rows: [
        {name: 'Bob', age: 30},
        {name: 'Ada', age: 36},
        {name: 'Cyd', age: null},
        {name: 'Ann', age: 30},
      ],
      gives: [
        {name: 'Ada', age: 36},
        {name: 'Ann', age: 30},
        {name: 'Bob', age: 30},
        {name: 'Cyd', age: null},
      ],
    },
  ],
})
