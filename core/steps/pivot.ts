// From long to wide: one column for each value of a column.
import {z} from 'zod'
import {id, join, raw, type Sql, sql} from '../data/sql.ts'
import {AppError} from '../error.ts'
import {defineTransform, pick} from '../plugin.ts'
import {column, type ParamMeta} from '../schema/params.ts'
import {says} from '../words/says.ts'
import {refuseTaken} from './lib/layout.ts'
import {numbered, refuseKind} from './lib/tables.ts'

const most = 500

const params = z.strictObject({
  by: z
    .array(z.string())
    .min(1)
    .meta({
      description: 'One row for each combination of these columns.',
      widget: 'columns',
      accepts: ['number', 'boolean', 'category', 'date'],
    } satisfies ParamMeta),
  columns: column({accepts: ['number', 'boolean', 'category', 'date']}).describe(
    'The column whose values become columns.',
  ),
  values: column().describe('The column whose values fill them.'),
  with: z
    .enum(['first', 'last', 'sum', 'mean', 'min', 'max', 'count'])
    .default('first')
    .describe('What to do where several rows meet in one cell.'),
  prefix: z.string().default('').describe('Stands before each new column name.'),
})
type Params = z.output<typeof params>

/** The values that became columns, as text, in their own order. */
type Learned = {values: string[]}

export const pivot = defineTransform<Params, Learned>({
  kind: 'pivot',
  version: 1,
  title: 'Pivot to wide',
  doc: `Gives one row for each combination of values in the columns of \`by\`, in their order
(missing last), and one column for each value of \`columns\` that the training rows have, in order.
A combination that does not occur is missing (\`count\`: 0). Rows whose \`columns\` is missing, or a
value that training did not have, add to no column; empty text becomes the column \`was_empty\`.`,
  group: 'tables',
  params,
  serves: 'training-only',
  rows: 'rewrite',
  learn: async ({columns}, rows, ask) => {
    const found = await ask(sql`
      select value::varchar as value from (select distinct ${id(columns)} as value from ${rows})
      where value is not null order by value limit ${most + 1}`)
    if (found.length > most)
      throw new AppError(
        'bad-data',
        says`"${columns}" has more than ${most} values to make columns of`,
        {
          hint: says`choose a column of fewer values, or bin it first`,
          where: 'columns',
        },
      )
    return {values: found.map(row => String(row.value))}
  },
  plan: (params, rows, {values}) => {
    const {by, columns, prefix, with: what} = params
    const names = values.map(v => `${prefix}${v === '' ? 'was_empty' : v}`)
    refuseTaken([...by, ...names], says`set a prefix`)
    const {place, from} = numbered(rows)
    const [target] = pick(rows, [params.values])
    if (what === 'sum' || what === 'mean')
      refuseKind(target!, ['number'], 'values', says`take first, last, min, max or count`)
    const filled = (filter: Sql): Sql => {
      const x = id(params.values)
      if (what === 'count') return sql`count(${x}) filter (${filter})`
      if (what === 'first' || what === 'last')
        return sql`${raw(what)}(${x} order by ${id(place)}) filter (${filter} and ${x} is not null)`
      if (what === 'min' || what === 'max') return sql`${raw(what)}(${x}) filter (${filter})`
      const figure = sql`${raw(what === 'mean' ? 'avg' : what)}(${x}::double) filter (${filter})`
      return sql`nullif(${figure}, 'nan'::double)`
    }
    const made = values.map(
      (v, i) => sql`${filled(sql`${id(columns)}::varchar = ${v}`)} as ${id(names[i]!)}`,
    )
    const keys = by.map(name => id(name))
    return sql`select ${join([...keys, ...made])} from ${from} group by ${join(keys)}
      order by ${join(keys.map(key => sql`${key} nulls last`))}`
  },
  examples: [
    {
      title: 'one row a city, one column a year',
      params: {by: ['city'], columns: 'year', values: 'rain', with: 'first', prefix: 'rain_'},
      rows: [
        {city: 'Recife', year: 2023, rain: 9},
        {city: 'Natal', year: 2024, rain: 4},
        {city: 'Recife', year: 2024, rain: 8},
        {city: 'Recife', year: 2024, rain: 7},
        {city: 'Recife', year: null, rain: 6},
      ],
      gives: [
        {city: 'Natal', rain_2023: null, rain_2024: 4},
        {city: 'Recife', rain_2023: 9, rain_2024: 8},
      ],
    },
    {
      title: 'a value that training did not have adds nothing',
      params: {by: ['day'], columns: 'kind', values: 'n', with: 'sum', prefix: ''},
      rows: [
        {day: 1, kind: 'b', n: 1},
        {day: 1, kind: 'a', n: 2},
        {day: 1, kind: '', n: 3},
      ],
      apply: [
        {day: 2, kind: 'a', n: 4},
        {day: 2, kind: 'a', n: 5},
        {day: 2, kind: 'c', n: 6},
      ],
      gives: [{day: 2, was_empty: null, a: 9, b: null}],
    },
  ],
})
