// One row for each group of rows.
import {z} from 'zod'
import {id, join, type Relation, raw, type Sql, sql} from '../data/sql.ts'
import {AppError} from '../error.ts'
import {defineTransform} from '../plugin.ts'
import type {ParamMeta} from '../schema/params.ts'
import type {ColumnKind} from '../schema/table.ts'
import {rule} from '../words/rule.ts'
import {says} from '../words/says.ts'
import {refuseTaken} from './lib/layout.ts'
import {columnOf, numbered, refuseKind} from './lib/tables.ts'

const functions = [
  'count',
  'distinct',
  'missing',
  'sum',
  'mean',
  'median',
  'std',
  'var',
  'min',
  'max',
  'first',
  'last',
  'mode',
] as const

const params = z.strictObject({
  by: z
    .array(z.string())
    .default([])
    .meta({
      description:
        'One row for each combination of these columns; left out, one row for the whole table.',
      widget: 'columns',
      accepts: ['number', 'boolean', 'category', 'date'],
    } satisfies ParamMeta),
  make: z
    .record(
      z.string().min(1),
      z.strictObject({
        with: z.enum(functions).describe('What to compute.'),
        of: z.string().optional().describe('Of which column; count without one counts rows.'),
      }),
    )
    .refine(make => Object.keys(make).length > 0, rule(says`name at least one column to make`))
    .describe('The new columns: {price: {with: mean, of: price}, sales: {with: count}}.'),
})
type Params = z.output<typeof params>

export const aggregate = defineTransform<Params>({
  kind: 'aggregate',
  version: 1,
  title: 'Group and aggregate',
  doc: `Gives one row for each combination of values in the columns of \`by\`, in their order, with
what is computed over the rows of that group. Missing is a group of its own, the last; empty text is
one too. \`count\` of a column, \`distinct\` and all figures leave missing values out, and are
missing where none is left (\`sum\` too); \`std\` and \`var\` divide by n − 1, and are missing
beside values above 1e150; of true or false, \`mean\` is the share of true; \`first\` and \`last\`
go by the order of rows, \`mode\` takes the least of equally frequent values.`,
  group: 'tables',
  params,
  serves: 'training-only',
  rows: 'rewrite',
  plan: ({by, make}, rows) => {
    refuseTaken([...by, ...Object.keys(make)])
    const {place, from} = numbered(rows)
    const keys = by.map(name => id(name))
    const made = Object.entries(make).map(
      ([name, {with: what, of}]) =>
        sql`${aggregateOf(rows, what, of, id(place), `make.${name}`)} as ${id(name)}`,
    )
    if (keys.length === 0) return sql`select ${join(made)} from ${from}`
    const order = keys.map(key => sql`${key} nulls last`)
    return sql`select ${join([...keys, ...made])} from ${from} group by ${join(keys)} order by ${join(order)}`
  },
  examples: [
    {
      title: 'sales by city',
      params: {
        by: ['city'],
        make: {
          sales: {with: 'count'},
          total: {with: 'sum', of: 'price'},
          mean: {with: 'mean', of: 'price'},
          paid: {with: 'mean', of: 'paid'},
          latest: {with: 'last', of: 'price'},
        },
      },
      rows: [
        {city: 'Recife', price: 10, paid: true},
        {city: 'Natal', price: 5, paid: false},
        {city: 'Recife', price: 20, paid: false},
        {city: null, price: null, paid: true},
      ],
      gives: [
        {city: 'Natal', sales: 1, total: 5, mean: 5, paid: 0, latest: 5},
        {city: 'Recife', sales: 2, total: 30, mean: 15, paid: 0.5, latest: 20},
        {city: null, sales: 1, total: null, mean: null, paid: 1, latest: null},
      ],
    },
    {
      title: 'the whole table as one row',
      params: {
        by: [],
        make: {
          cities: {with: 'distinct', of: 'city'},
          unknown: {with: 'missing', of: 'city'},
          commonest: {with: 'mode', of: 'city'},
          spread: {with: 'std', of: 'price'},
          middle: {with: 'median', of: 'price'},
        },
      },
      rows: [
        {city: 'Recife', price: 1},
        {city: 'Recife', price: 2},
        {city: 'Natal', price: 3},
        {city: null, price: null},
      ],
      gives: [{cities: 2, unknown: 1, commonest: 'Recife', spread: 1, middle: 2}],
    },
  ],
})

const numeric: readonly ColumnKind[] = ['number', 'boolean']
const ordered: readonly ColumnKind[] = ['number', 'boolean', 'category', 'date']
const duckdb: Partial<Record<(typeof functions)[number], string>> = {
  mean: 'avg',
  std: 'stddev_samp',
  var: 'var_samp',
}

function aggregateOf(
  rows: Relation,
  what: (typeof functions)[number],
  of: string | undefined,
  place: Sql,
  where: string,
): Sql {
  if (of === undefined) {
    if (what === 'count') return sql`count(*)`
    throw new AppError('bad-params', says`"${what}" needs a column`, {
      hint: says`name it with \`of\``,
      where,
    })
  }
  const column = columnOf(rows, of, says`the table`, where)
  const x = id(of)
  switch (what) {
    case 'count':
      return sql`count(${x})`
    case 'distinct':
      return sql`count(distinct ${x})`
    case 'missing':
      return sql`count(*) filter (${x} is null)`
    case 'first':
    case 'last':
      return sql`${raw(what)}(${x} order by ${place}) filter (${x} is not null)`
    case 'min':
    case 'max':
    case 'mode':
      refuseKind(column, ordered, where, says`take a column of single values`)
      return what === 'mode' ? sql`mode(${x} order by ${x})` : sql`${raw(what)}(${x})`
    default: {
      refuseKind(column, numeric, where, says`min, max, mode, count and distinct take any column`)
      const value = column.kind === 'boolean' ? sql`${x}::integer::double` : sql`${x}::double`
      // DuckDB fails where a square overflows.
      if (what === 'std' || what === 'var')
        return sql`case when max(abs(${value})) <= 1e150
          then ${raw(duckdb[what]!)}(${value}) filter (abs(${value}) <= 1e150) end`
      return notNan(sql`${raw(duckdb[what] ?? what)}(${value})`)
    }
  }
}

// The sum of both infinities is no number, and so missing.
const notNan = (x: Sql) => sql`nullif(${x}, 'nan'::double)`
