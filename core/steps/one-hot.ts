// One column of zeros and ones for each category.
import {z} from 'zod'
import {sql} from '../data/sql.ts'
import {defineTransform} from '../plugin.ts'
import {columns} from '../schema/params.ts'
import {says} from '../words/says.ts'
import {codesIn, countCategories, refuseTooMany, textOf} from './lib/categories.ts'
import {layout, type Made} from './lib/layout.ts'

/** More columns than this are rarely meant, unless `keep` says so. */
const most = 200

const params = z.strictObject({
  columns: columns({accepts: ['category']}).describe('The category columns to encode.'),
  keep: z
    .int()
    .min(1)
    .max(5000)
    .optional()
    .describe('Keep this many of the most frequent categories; rarer ones count as unseen.'),
  missing: z
    .enum(['zeros', 'column'])
    .default('zeros')
    .describe('What a missing value becomes: zeros, or a one in `<column>_was_missing`.'),
  unseen: z
    .enum(['zeros', 'column'])
    .default('zeros')
    .describe('What an unseen or rare category becomes: zeros, or a one in `<column>_was_other`.'),
})
type Params = z.output<typeof params>

type Learned = {categories: string[][]}

export const oneHot = defineTransform<Params, Learned>({
  kind: 'one-hot',
  version: 1,
  title: 'One-hot encode',
  doc: `Replaces each category column by one column of zeros and ones for each category of the
training rows, in alphabetical order, named \`<column>_<category>\`. Empty text is a category, named
\`<column>_was_empty\`. A missing value, and a category that training did not have, give zeros
everywhere unless \`missing\` or \`unseen\` asks for a column of its own.`,
  group: 'categories',
  params,
  serves: 'onnx',
  rows: 'map',
  learn: async ({columns, keep}, rows, ask) => {
    const counted = await countCategories(rows, columns, ask, keep ?? most)
    const categories = counted.map((found, i) => {
      if (keep === undefined)
        refuseTooMany(
          columns[i]!,
          found,
          most,
          says`set \`keep: 50\` for the most frequent, or use target-encode, frequency or hash-encode`,
        )
      return found.values.sort()
    })
    return {categories}
  },
  plan: (params, rows, learned) => {
    const instead = new Map(
      params.columns.map((column, i): [string, Made[]] => {
        const values = learned.categories[i]!
        const text = textOf(column)
        const names = namesOf(params, column, values)
        const made = values.map(v => sql`(${text} is not distinct from ${v})::tinyint`)
        if (params.missing === 'column') made.push(sql`(${text} is null)::tinyint`)
        if (params.unseen === 'column')
          made.push(
            sql`(${text} is not null and not list_contains(${values}::varchar[], ${text}))::tinyint`,
          )
        return [column, names.map((name, j) => ({name, value: made[j]!}))]
      }),
    )
    const hint = says`rename or drop the other column, or make the categories alike first, as with lower(…) in derive`
    return sql`select ${layout(rows, {instead, hint})} from ${rows}`
  },
  onnx: (params, frame, learned) => {
    for (const [i, column] of params.columns.entries()) {
      const values = learned.categories[i]!
      const names = namesOf(params, column, values)
      if (names.length === 0) {
        frame.delete(column)
        continue
      }
      const {graph} = frame
      const ones = [...values.keys()]
      if (params.missing === 'column') ones.push(values.length)
      if (params.unseen === 'column') ones.push(values.length + 1)
      const hit = graph.op('Equal', [
        codesIn(frame, column, values),
        graph.constant('int64', ones, [1, ones.length]),
      ])
      frame.replace(column, names, 'number', graph.cast(hit, 'float64'))
    }
  },
  examples: [
    {
      title: 'one column for each category',
      params: {columns: ['sex'], missing: 'zeros', unseen: 'zeros'},
      rows: [
        {id: 1, sex: 'male', mass: 3750},
        {id: 2, sex: 'female', mass: 3800},
        {id: 3, sex: null, mass: 3250},
      ],
      gives: [
        {id: 1, sex_female: 0, sex_male: 1, mass: 3750},
        {id: 2, sex_female: 1, sex_male: 0, mass: 3800},
        {id: 3, sex_female: 0, sex_male: 0, mass: 3250},
      ],
    },
    {
      title: 'empty, missing and unseen are told apart',
      params: {columns: ['island'], keep: 2, missing: 'column', unseen: 'column'},
      rows: [{island: 'Dream'}, {island: ''}, {island: 'Dream'}, {island: 'Zuñi'}],
      apply: [
        {island: 'Dream'},
        {island: ''},
        {island: null},
        {island: 'Zuñi'},
        {island: 'Biscoe'},
      ],
      gives: [
        {island_was_empty: 0, island_Dream: 1, island_was_missing: 0, island_was_other: 0},
        {island_was_empty: 1, island_Dream: 0, island_was_missing: 0, island_was_other: 0},
        {island_was_empty: 0, island_Dream: 0, island_was_missing: 1, island_was_other: 0},
        {island_was_empty: 0, island_Dream: 0, island_was_missing: 0, island_was_other: 1},
        {island_was_empty: 0, island_Dream: 0, island_was_missing: 0, island_was_other: 1},
      ],
    },
  ],
})

const namesOf = ({missing, unseen}: Params, column: string, values: readonly string[]) => [
  ...values.map(v => (v === '' ? `${column}_was_empty` : `${column}_${v}`)),
  ...(missing === 'column' ? [`${column}_was_missing`] : []),
  ...(unseen === 'column' ? [`${column}_was_other`] : []),
]
