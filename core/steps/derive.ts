import {z} from 'zod'
import {sql} from '../data/sql.ts'
import {defineTransform} from '../plugin.ts'
import {expression} from '../schema/params.ts'
import {rule} from '../words/rule.ts'
import {says} from '../words/says.ts'
import {checkExpression, expressionOf} from './lib/expression.ts'
import {layout} from './lib/layout.ts'

const params = z.strictObject({
  columns: z
    .record(z.string().min(1), expression())
    .refine(columns => Object.keys(columns).length > 0, rule(says`name at least one column`))
    .describe(
      'New columns, each with the SQL expression that gives it: `bmi: mass / height ** 2`.',
    ),
})
type Params = z.output<typeof params>

export const derive = defineTransform<Params>({
  kind: 'derive',
  version: 1,
  title: 'Derive columns',
  doc: `Computes columns by SQL expressions over the row. A new column stands last; one that is there already is
replaced in its place. All expressions see the incoming columns, not each other's results. NaN becomes missing. A
value that cannot be computed (an integer too large) stops the cell; when serving it becomes missing.`,
  group: 'columns',
  params,
  serves: 'sql',
  rows: 'map',
  mayGiveNaN: true,
  async check({columns}, rows, ask) {
    for (const [name, text] of Object.entries(columns))
      await checkExpression(text, rows, ask, `columns.${name}`)
  },
  plan({columns}, rows, _, {part}) {
    const made = Object.entries(columns).map(([name, text]) => {
      const value = expressionOf(text)
      return {name, value: part === 'serve' ? sql`try(${value})` : value}
    })
    const old = made.filter(m => rows.columns.some(c => c.name === m.name))
    const list = layout(rows, {
      instead: new Map(old.map(m => [m.name, [m]])),
      last: made.filter(m => !old.includes(m)),
      hint: says`give it another name, or write the old one exactly to replace it`,
    })
    return sql`select ${list} from ${rows}`
  },
  examples: [
    {
      params: {columns: {bmi: 'mass / height ** 2', height: 'height * 100'}},
      rows: [
        {name: 'Ada', height: 2, mass: 80},
        {name: 'Bob', height: null, mass: 70},
      ],
      gives: [
        {name: 'Ada', height: 200, mass: 80, bmi: 20},
        {name: 'Bob', height: null, mass: 70, bmi: null},
      ],
    },
    {
      title: 'no result is missing, not NaN',
      params: {columns: {ratio: 'a / b'}},
      rows: [
        {a: 0.5, b: 0.25},
        {a: 0.0, b: 0.0},
      ],
      types: {a: 'DOUBLE', b: 'DOUBLE'},
      gives: [
        {a: 0.5, b: 0.25, ratio: 2},
        {a: 0, b: 0, ratio: null},
      ],
    },
  ],
})
