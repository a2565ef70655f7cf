// What the rows before and after a row hold: lags, rolling figures, ranks.
import {z} from 'zod'
import {id, join, type Relation, raw, type Sql, sql} from '../data/sql.ts'
import {AppError} from '../error.ts'
import {defineTransform} from '../plugin.ts'
import type {ParamMeta} from '../schema/params.ts'
import {rule} from '../words/rule.ts'
import {says} from '../words/says.ts'
import {refuseTaken} from './lib/layout.ts'
import {columnOf, numbered, refuseKind} from './lib/tables.ts'

const rolling = ['mean', 'sum', 'min', 'max', 'std', 'count'] as const
const functions = ['lag', 'lead', 'difference', 'change', ...rolling, 'rank', 'number'] as const
type Feature = z.output<typeof feature>

const feature = z.strictObject({
  with: z
    .enum(functions)
    .describe(
      'lag, lead, difference and change look n rows back (or ahead); mean, sum, min, max, std and count roll over the last n rows; rank is by value, number by order.',
    ),
  of: z.string().optional().describe('Of which column; count and number need none.'),
  n: z
    .int()
    .min(1)
    .optional()
    .describe('How many rows: 1 for lag and the like; left out of a rolling figure, all so far.'),
  until: z
    .enum(['this', 'previous'])
    .default('this')
    .describe('Whether a rolling figure ends with the row itself or with the one before it.'),
})

const list = (description: string, least: number) =>
  z
    .array(z.string())
    .min(least)
    .meta({
      description,
      widget: 'columns',
      accepts: ['number', 'boolean', 'category', 'date'],
    } satisfies ParamMeta)

const params = z.strictObject({
  order: list(
    'What puts the rows in order, such as a date. Equal rows keep the order they came in.',
    1,
  ),
  by: list('Each combination of these columns is a sequence of its own.', 0).default([]),
  make: z
    .record(z.string().min(1), feature)
    .refine(make => Object.keys(make).length > 0, rule(says`name at least one column to make`))
    .describe(
      'The new columns: {yesterday: {with: lag, of: sales}, week: {with: mean, of: sales, n: 7}}.',
    ),
})
type Params = z.output<typeof params>

export const window = defineTransform<Params>({
  kind: 'window',
  version: 1,
  title: 'Lags and rolling figures',
  doc: `Adds columns, at the end, that look at the rows around each row, in the order of \`order\`
(missing ones last) and within the same values of \`by\` (missing and empty text are values of their
own). Where there is no such row the result is missing; rolling figures leave missing values out.
\`difference\` is the value less that n rows back, \`change\` the same as a share of it, missing
where that was 0; \`std\` divides by n − 1 and is missing beside values above 1e150; \`rank\` is 1
for the least value, and equal for equals. Rows keep their order. When serving, one row has no rows
around it: make such columns before the raw table of the model.`,
  group: 'time',
  params,
  serves: 'training-only',
  rows: 'rewrite',
  plan: ({order, by, make}, rows) => {
    const names = Object.keys(make)
    refuseTaken([...rows.columns.map(c => c.name), ...names])
    const {place, from} = numbered(rows)
    const sequence = [...order.map(name => sql`${id(name)} nulls last`), id(place)]
    const within = by.length > 0 ? sql`partition by ${join(by.map(name => id(name)))} ` : sql``
    const made = names.map(name => {
      const value = featureOf(rows, make[name]!, within, join(sequence), `make.${name}`)
      return sql`${value} as ${id(name)}`
    })
    return sql`select ${join([...rows.columns.map(c => id(c.name)), ...made])} from ${from} order by ${id(place)}`
  },
  examples: [
    {
      title: 'yesterday, the change, and the mean of two days, for each shop',
      params: {
        order: ['day'],
        by: ['shop'],
        make: {
          before: {with: 'lag', of: 'sales', until: 'this'},
          more: {with: 'difference', of: 'sales', until: 'this'},
          growth: {with: 'change', of: 'sales', until: 'this'},
          two_days: {with: 'mean', of: 'sales', n: 2, until: 'this'},
        },
      },
      rows: [
        {shop: 'b', day: 1, sales: 5},
        {shop: 'a', day: 2, sales: 30},
        {shop: 'a', day: 1, sales: 10},
        {shop: 'a', day: 3, sales: 60},
      ],
      gives: [
        {shop: 'b', day: 1, sales: 5, before: null, more: null, growth: null, two_days: 5},
        {shop: 'a', day: 2, sales: 30, before: 10, more: 20, growth: 2, two_days: 20},
        {shop: 'a', day: 1, sales: 10, before: null, more: null, growth: null, two_days: 10},
        {shop: 'a', day: 3, sales: 60, before: 30, more: 30, growth: 1, two_days: 45},
      ],
    },
    {
      title: 'all rows before this one, and places',
      params: {
        order: ['t'],
        by: [],
        make: {
          so_far: {with: 'sum', of: 'x', until: 'previous'},
          seen: {with: 'count', until: 'previous'},
          rank: {with: 'rank', of: 'x', until: 'this'},
          place: {with: 'number', until: 'this'},
          next: {with: 'lead', of: 'x', until: 'this'},
        },
      },
      rows: [
        {t: 1, x: 7},
        {t: 2, x: 7},
        {t: 3, x: null},
        {t: 4, x: 1},
      ],
      gives: [
        {t: 1, x: 7, so_far: null, seen: 0, rank: 2, place: 1, next: 7},
        {t: 2, x: 7, so_far: 7, seen: 1, rank: 2, place: 2, next: null},
        {t: 3, x: null, so_far: 14, seen: 2, rank: null, place: 3, next: 1},
        {t: 4, x: 1, so_far: 14, seen: 3, rank: 1, place: 4, next: null},
      ],
    },
  ],
})

/** One feature. `within` is the partition clause, `sequence` the order inside of it. */
function featureOf(
  rows: Relation,
  feature: Feature,
  within: Sql,
  sequence: Sql,
  where: string,
): Sql {
  const {with: what, of, n, until} = feature
  const over = sql`over (${within}order by ${sequence})`
  if (what === 'number') return sql`row_number() ${over}`
  const frame = sql`over (${within}order by ${sequence} rows between ${frameOf(n, until)})`
  if (of === undefined) {
    if (what === 'count') return sql`count(*) ${frame}`
    throw new AppError('bad-params', says`"${what}" needs a column`, {
      hint: says`name it with \`of\``,
      where,
    })
  }
  const column = columnOf(rows, of, says`the table`, where)
  if (what === 'lag' || what === 'lead') return sql`${raw(what)}(${id(of)}, ${n ?? 1}) ${over}`
  if (what === 'count') return sql`count(${id(of)}) ${frame}`
  if (what === 'rank') {
    // Missing values take no part: they stand last and get no rank.
    const rank = sql`rank() over (${within}order by ${id(of)} nulls last)`
    return sql`case when ${id(of)} is not null then ${rank} end`
  }
  if (what === 'min' || what === 'max') return sql`${raw(what)}(${id(of)}) ${frame}`
  refuseKind(
    column,
    ['number', 'boolean'],
    where,
    says`lag, lead, min, max, count and rank take any column`,
  )
  const x = column.kind === 'boolean' ? sql`${id(of)}::integer::double` : sql`${id(of)}::double`
  if (what === 'difference' || what === 'change') {
    const before = sql`lag(${x}, ${n ?? 1}) ${over}`
    const difference = sql`${x} - ${before}`
    return notNan(what === 'difference' ? difference : sql`(${difference}) / nullif(${before}, 0)`)
  }
  if (what === 'std') {
    // DuckDB fails where a square overflows.
    const large = sql`count(*) filter (abs(${x}) > 1e150) ${frame}`
    return sql`case when ${large} = 0 then stddev_samp(${x}) filter (abs(${x}) <= 1e150) ${frame} end`
  }
  return notNan(sql`${raw(what === 'mean' ? 'avg' : what)}(${x}) ${frame}`)
}

function frameOf(n: number | undefined, until: Feature['until']): Sql {
  const start = n === undefined ? 'unbounded' : String(until === 'this' ? n - 1 : n)
  return raw(`${start} preceding and ${until === 'this' ? 'current row' : '1 preceding'}`)
}

// Infinity less infinity is no number, and so missing.
const notNan = (x: Sql) => sql`nullif(${x}, 'nan'::double)`
