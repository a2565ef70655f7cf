// One number for each category.
import {z} from 'zod'
import {sql} from '../data/sql.ts'
import {defineTransform} from '../plugin.ts'
import {columns} from '../schema/params.ts'
import {rule} from '../words/rule.ts'
import {says} from '../words/says.ts'
import {codeOf, codesIn, countCategories, lookUp, refuseTooMany, textOf} from './lib/categories.ts'
import {layout} from './lib/layout.ts'

const most = 100_000

const params = z.strictObject({
  columns: columns({accepts: ['category']}).describe('The category columns to encode.'),
  order: z
    .array(z.string())
    .min(1)
    .refine(
      order => new Set(order).size === order.length,
      rule(says`a category stands twice in the order`),
    )
    .optional()
    .describe('The categories from least to greatest, such as [low, medium, high].'),
  by: z
    .enum(['alphabet', 'frequency'])
    .default('alphabet')
    .describe('Without `order`: alphabetical, or the most frequent first.'),
})
type Params = z.output<typeof params>
type Learned = {categories: string[][]}

export const ordinal = defineTransform<Params, Learned>({
  kind: 'ordinal',
  version: 1,
  title: 'Ordinal encode',
  doc: `Replaces each category by its place, counted from 0: in the order given, or else in
alphabetical order or by frequency in the training rows. Empty text is a category like any other.
Missing stays missing; a category that is not in the order becomes -1.`,
  group: 'categories',
  params,
  serves: 'onnx',
  rows: 'map',
  learn: async ({columns, order, by}, rows, ask) => {
    if (order) return {categories: columns.map(() => order)}
    const counted = await countCategories(rows, columns, ask, most)
    const categories = counted.map((found, i) => {
      refuseTooMany(
        columns[i]!,
        found,
        most,
        says`use hash-encode, or drop the column: it looks like an id`,
      )
      return by === 'alphabet' ? found.values.sort() : found.values
    })
    return {categories}
  },
  plan: ({columns}, rows, {categories}) => {
    const instead = new Map(
      columns.map((name, i) => {
        const text = textOf(name)
        const value = sql`case when ${text} is not null then ifnull(${codeOf(text, categories[i]!)}, -1) end`
        return [name, [{name, value}]]
      }),
    )
    return sql`select ${layout(rows, {instead})} from ${rows}`
  },
  onnx: ({columns}, frame, {categories}) => {
    for (const [i, name] of columns.entries()) {
      const values = categories[i]!
      const table = [...values.keys(), Number.NaN, -1].map(code => [code])
      frame.set(name, 'number', lookUp(frame.graph, codesIn(frame, name, values), table))
    }
  },
  examples: [
    {
      title: 'in a given order',
      params: {columns: ['size'], order: ['small', 'medium', 'large'], by: 'alphabet'},
      rows: [{size: 'large'}, {size: 'small'}, {size: null}, {size: 'huge'}],
      gives: [{size: 2}, {size: 0}, {size: null}, {size: -1}],
    },
    {
      title: 'the most frequent first',
      params: {columns: ['island'], by: 'frequency'},
      rows: [{island: 'Dream'}, {island: 'Biscoe'}, {island: 'Dream'}, {island: ''}],
      apply: [{island: 'Biscoe'}, {island: 'Dream'}, {island: ''}, {island: 'Torgersen'}],
      gives: [{island: 2}, {island: 0}, {island: 1}, {island: -1}],
    },
  ],
})
