// From wide to long: one row for each of several columns.
import {z} from 'zod'
import {id, join, sql} from '../data/sql.ts'
import {AppError} from '../error.ts'
import {defineTransform, pick} from '../plugin.ts'
import type {ParamMeta} from '../schema/params.ts'
import {says} from '../words/says.ts'
import {refuseTaken, unusedName} from './lib/layout.ts'

const params = z.strictObject({
  columns: z
    .array(z.string())
    .min(1)
    .meta({description: 'The columns that become rows.', widget: 'columns'} satisfies ParamMeta),
  name: z.string().min(1).default('name').describe('The new column that holds their names.'),
  value: z.string().min(1).default('value').describe('The new column that holds their values.'),
  missing: z
    .enum(['keep', 'drop'])
    .default('keep')
    .describe('Whether a missing value gives a row too.'),
})
type Params = z.output<typeof params>

export const unpivot = defineTransform<Params>({
  kind: 'unpivot',
  version: 1,
  title: 'Unpivot to long',
  doc: `Turns each row into several, one for each of the columns named: the name of the column, its
value, and the other columns repeated. Rows keep their order, and within a row the columns theirs.
Nothing is learned.`,
  group: 'tables',
  params,
  serves: 'training-only',
  rows: 'rewrite',
  plan: ({columns, name, value, missing}, rows) => {
    const taken = pick(rows, columns)
    const other = taken.find(c => c.kind !== taken[0]!.kind)
    if (other)
      throw new AppError(
        'wrong-type',
        says`"${taken[0]!.name}" is ${taken[0]!.type} and "${other.name}" is ${other.type}: one column cannot hold both`,
        {hint: says`bring them to one type with a cast step`, where: 'columns'},
      )
    const kept = rows.columns.map(c => c.name).filter(n => !columns.includes(n))
    refuseTaken([...kept, name, value], says`choose another name for the new columns`)
    const pair = unusedName('pair', rows)
    const pairs = columns.map(c => sql`{name: ${c}, value: ${id(c)}}`)
    const list = [
      ...kept.map(n => id(n)),
      sql`${id(pair)}.name as ${id(name)}`,
      sql`${id(pair)}.value as ${id(value)}`,
    ]
    const from = sql`(select *, unnest([${join(pairs)}]) as ${id(pair)} from ${rows})`
    const which = missing === 'drop' ? sql` where ${id(pair)}.value is not null` : sql``
    return sql`select ${join(list)} from ${from}${which}`
  },
  examples: [
    {
      title: 'one row for each city and year',
      params: {columns: ['rain_2023', 'rain_2024'], name: 'year', value: 'rain', missing: 'keep'},
      rows: [
        {city: 'Recife', rain_2023: 9, rain_2024: 8},
        {city: 'Natal', rain_2023: null, rain_2024: 4.5},
      ],
      gives: [
        {city: 'Recife', year: 'rain_2023', rain: 9},
        {city: 'Recife', year: 'rain_2024', rain: 8},
        {city: 'Natal', year: 'rain_2023', rain: null},
        {city: 'Natal', year: 'rain_2024', rain: 4.5},
      ],
    },
    {
      title: 'without missing values',
      params: {columns: ['a', 'b'], name: 'name', value: 'value', missing: 'drop'},
      rows: [
        {a: null, b: 'x'},
        {a: 'y', b: null},
      ],
      gives: [
        {name: 'b', value: 'x'},
        {name: 'a', value: 'y'},
      ],
    },
  ],
})
