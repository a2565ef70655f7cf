// Each category by what the target is like in it.
import {z} from 'zod'
import {id, join, type Sql, sql} from '../data/sql.ts'
import {defineTransform} from '../plugin.ts'
import {column, columns} from '../schema/params.ts'
import {codeOf, codesIn, lookUp, textOf} from './lib/categories.ts'
import {layout, unusedName} from './lib/layout.ts'
import {chance} from './lib/shuffle.ts'
import {type Encoding, encode} from './lib/target-means.ts'

const params = z.strictObject({
  columns: columns({accepts: ['category']}).describe(
    'The category columns to encode. The target is never encoded by itself.',
  ),
  target: column({accepts: ['number', 'boolean', 'category']}).describe('What is to be predicted.'),
  smoothing: z
    .number()
    .min(0)
    .default(10)
    .describe('How many rows of the overall mean are mixed into each category.'),
  folds: z
    .int()
    .min(2)
    .max(50)
    .default(5)
    .describe('In how many parts the training rows are encoded, each by the others.'),
  seed: z.int().min(0).default(1).describe('Repeats the same folds.'),
})
type Params = z.output<typeof params>

export type Learned = {
  /** Of a target with three classes or more: one column is made for each. */
  classes?: string[]
  columns: Encoding[]
}

export const targetEncode = defineTransform<Params, Learned>({
  kind: 'target-encode',
  version: 1,
  title: 'Target encode',
  doc: `Replaces each category by the target's mean in the training rows of that category, drawn
toward the overall mean where the rows are few: (sum + smoothing × mean) / (rows + smoothing). For a
yes-or-no target it is the share of yes (of two texts, the one later in the alphabet); with three
classes or more there is one column for each, named \`<column>_<class>\`. A training row is encoded
by the folds that it is not in, so that its own target cannot leak into it; all other rows by the
whole training part. Empty text is a category like any other, and so is missing. A category that
training did not have gets the overall mean, which is missing only where the target has no value at
all.`,
  group: 'categories',
  params,
  serves: 'onnx',
  rows: 'map',
  learn: (params, rows, ask) =>
    encode({
      rows,
      columns: encoded(params),
      target: rows.columns.find(c => c.name === params.target)!,
      smoothing: params.smoothing,
      folds: params.folds,
      fold: place => foldOf(params, place),
      ask,
    }),
  plan: (params, rows, learned, {part}) => {
    const training = part === 'train' || part === 'all'
    const names = encoded(params)
    const codes = names.map((_, i) => id(unusedName(`code_${i}`, rows)))
    const fold = id(unusedName('fold', rows))
    const helpers = names.map((name, i) => {
      const {categories} = learned.columns[i]!
      const text = textOf(name)
      const code = sql`ifnull(${codeOf(text, categories)}, ${categories.length + 1})`
      return sql`case when ${text} is null then ${categories.length} else ${code} end as ${codes[i]!}`
    })
    if (training) helpers.push(sql`${foldOf(params, sql`row_number() over ()`)} as ${fold}`)
    const instead = new Map(
      names.map((name, i) => {
        const {serve, train} = learned.columns[i]!
        const made = namesOf(name, learned).map((as, k) => {
          const table = training ? train.flatMap(one => entries(one, k)) : entries(serve, k)
          const place = training
            ? sql`${fold} * ${serve.length} + ${codes[i]!} + 1`
            : sql`${codes[i]!} + 1`
          return {name: as, value: sql`list_extract(${table}::double[], ${place})`}
        })
        return [name, made]
      }),
    )
    const source =
      helpers.length === 0 ? sql`${rows}` : sql`(select *, ${join(helpers)} from ${rows})`
    return sql`select ${layout(rows, {instead})} from ${source}`
  },
  onnx: (params, frame, learned) => {
    for (const [i, name] of encoded(params).entries()) {
      const {categories, serve} = learned.columns[i]!
      const names = namesOf(name, learned)
      const table = serve.map(row => row.map(x => x ?? Number.NaN))
      const codes = codesIn(frame, name, categories)
      frame.replace(name, names, 'number', lookUp(frame.graph, codes, table, names.length))
    }
  },
  examples: [
    {
      title: 'a number by the mean of its city, drawn toward the mean of all',
      params: {columns: ['city'], target: 'price', smoothing: 1, folds: 2, seed: 1},
      rows: [
        {city: 'Recife', price: 10},
        {city: 'Recife', price: 20},
        {city: 'Natal', price: 60},
        {city: null, price: 30},
      ],
      apply: [
        {city: 'Recife', price: 99},
        {city: 'Natal', price: 99},
        {city: null, price: 99},
        {city: 'Olinda', price: 99},
      ],
      gives: [
        {city: 20, price: 99},
        {city: 45, price: 99},
        {city: 30, price: 99},
        {city: 30, price: 99},
      ],
    },
    {
      title: 'a yes-or-no target by its share of yes',
      params: {columns: ['plan'], target: 'left', smoothing: 0, folds: 2, seed: 1},
      rows: [
        {plan: 'a', left: 'yes'},
        {plan: 'a', left: 'no'},
        {plan: 'b', left: 'no'},
        {plan: 'b', left: null},
      ],
      apply: [
        {plan: 'a', left: 'no'},
        {plan: 'b', left: 'no'},
        {plan: 'c', left: 'no'},
      ],
      gives: [
        {plan: 0.5, left: 'no'},
        {plan: 0, left: 'no'},
        {plan: 1 / 3, left: 'no'},
      ],
    },
    {
      title: 'one column for each of three classes',
      params: {columns: ['island'], target: 'species', smoothing: 0, folds: 2, seed: 1},
      rows: [
        {island: 'Dream', species: 'Adelie'},
        {island: 'Dream', species: 'Chinstrap'},
        {island: 'Biscoe', species: 'Gentoo'},
        {island: 'Biscoe', species: 'Gentoo'},
      ],
      apply: [
        {island: 'Dream', species: null},
        {island: 'Biscoe', species: null},
      ],
      gives: [
        {island_Adelie: 0.5, island_Chinstrap: 0.5, island_Gentoo: 0, species: null},
        {island_Adelie: 0, island_Chinstrap: 0, island_Gentoo: 1, species: null},
      ],
    },
  ],
})

const encoded = ({columns, target}: Params) => columns.filter(name => name !== target)

// By the row's place and not by what it holds: rows that are alike, target included, would all land in one
// fold, and each would be encoded as the opposite of itself.
const foldOf = ({seed, folds}: Params, place: Sql) =>
  sql`(${chance(seed, place)} % ${folds})::integer`

const namesOf = (name: string, {classes}: Learned) =>
  classes ? classes.map(c => (c === '' ? `${name}_was_empty` : `${name}_${c}`)) : [name]

const entries = (table: readonly (number | null)[][], k: number) => table.map(row => row[k]!)
