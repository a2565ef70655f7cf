// How common a row's category is.
import {z} from 'zod'
import {sql} from '../data/sql.ts'
import {defineTransform} from '../plugin.ts'
import {columns} from '../schema/params.ts'
import {says} from '../words/says.ts'
import {codeOf, codesIn, countCategories, lookUp, refuseTooMany, textOf} from './lib/categories.ts'
import {layout} from './lib/layout.ts'

const most = 100_000

const params = z.strictObject({
  columns: columns({accepts: ['category']}).describe('The category columns to encode.'),
  as: z
    .enum(['share', 'count'])
    .default('share')
    .describe('A share of the training rows where the column is not missing, or a number of rows.'),
})
type Params = z.output<typeof params>
type Learned = {columns: {categories: string[]; values: number[]}[]}

export const frequency = defineTransform<Params, Learned>({
  kind: 'frequency',
  version: 1,
  title: 'Frequency encode',
  doc: `Replaces each category by how often it occurs in the training rows: its share of the rows
where the column is not missing, or its number of rows. Empty text is a category like any other.
Missing stays missing; a category that training did not have becomes 0.`,
  group: 'categories',
  params,
  serves: 'onnx',
  rows: 'map',
  learn: async ({columns, as}, rows, ask) => {
    const counted = await countCategories(rows, columns, ask, most)
    return {
      columns: counted.map((found, i) => {
        refuseTooMany(columns[i]!, found, most, says`drop the column: it looks like an id`)
        const all = found.counts.reduce((sum, n) => sum + n, 0)
        const values = as === 'share' ? found.counts.map(n => n / all) : found.counts
        return {categories: found.values, values}
      }),
    }
  },
  plan: (params, rows, learned) => {
    const instead = new Map(
      params.columns.map((name, i) => {
        const {categories, values} = learned.columns[i]!
        const text = textOf(name)
        const found = sql`list_extract(${values}::double[], ${codeOf(text, categories)} + 1)`
        return [
          name,
          [{name, value: sql`case when ${text} is not null then ifnull(${found}, 0e0) end`}],
        ]
      }),
    )
    return sql`select ${layout(rows, {instead})} from ${rows}`
  },
  onnx: (params, frame, learned) => {
    for (const [i, name] of params.columns.entries()) {
      const {categories, values} = learned.columns[i]!
      const table = [...values, Number.NaN, 0].map(value => [value])
      frame.set(name, 'number', lookUp(frame.graph, codesIn(frame, name, categories), table))
    }
  },
  examples: [
    {
      title: 'as a share of the rows that are not missing',
      params: {columns: ['city'], as: 'share'},
      rows: [{city: 'Recife'}, {city: 'Recife'}, {city: 'Natal'}, {city: ''}, {city: null}],
      gives: [{city: 0.5}, {city: 0.5}, {city: 0.25}, {city: 0.25}, {city: null}],
    },
    {
      title: 'as a number of rows; an unseen category has none',
      params: {columns: ['city'], as: 'count'},
      rows: [{city: 'Recife'}, {city: 'Recife'}, {city: 'Natal'}],
      apply: [{city: 'Natal'}, {city: 'Olinda'}, {city: null}],
      gives: [{city: 1}, {city: 0}, {city: null}],
    },
  ],
})
