// The latest row of a second table at each row's time.
import {z} from 'zod'
import {id, join, raw, type Sql, sql} from '../data/sql.ts'
import {AppError} from '../error.ts'
import {defineTransform} from '../plugin.ts'
import type {ColumnKind} from '../schema/table.ts'
import {kindWords} from '../words/kinds.ts'
import {says} from '../words/says.ts'
import {refuseTaken} from './lib/layout.ts'
import {added, keysOf, matches, numbered, refuseKind} from './lib/tables.ts'

const params = z.strictObject({
  at: z
    .union([z.string(), z.strictObject({left: z.string(), right: z.string()})])
    .describe(
      'The time (or number) to go by, a name that both tables have or {left: …, right: …}.',
    ),
  on: z
    .array(z.union([z.string(), z.strictObject({left: z.string(), right: z.string()})]))
    .default([])
    .describe('Columns that must be equal besides, such as a customer or a station.'),
  direction: z
    .enum(['backward', 'forward'])
    .default('backward')
    .describe('The latest row at or before each time, or the first at or after it.'),
  same: z
    .boolean()
    .default(true)
    .describe(
      'Whether a row of the very same time counts. Say no where it would give away the future.',
    ),
  within: z
    .union([
      z.number().positive(),
      z
        .string()
        .regex(/^\d+ (second|minute|hour|day|week)s?$/, 'must be like "3 days" or "90 minutes"'),
    ])
    .optional()
    .describe('How far apart at most: a number for numbers, like "3 days" for times.'),
  how: z
    .enum(['left', 'inner'])
    .default('left')
    .describe('Keep every row of the first table, or those with a match.'),
  suffix: z
    .string()
    .min(1)
    .default('_2')
    .describe('Added to a column of the second table whose name the first has too.'),
})
type Params = z.output<typeof params>

export const asofJoin = defineTransform<Params>({
  kind: 'asof-join',
  version: 1,
  title: 'Join by time',
  doc: `Puts beside each row of the first table the one row of the second that was current at its
time: the latest at or before it, with equal values in the columns of \`on\`. Of several at the same
time the last one counts. Rows keep the first table's order. A missing time or key matches nothing.
The second table's time stays as a column, so that one can see how old a match is.`,
  group: 'tables',
  params,
  tables: {min: 2, max: 2},
  serves: 'training-only',
  rows: 'rewrite',
  plan: ({at, on, direction, same, within, how, suffix}, left, _, {more}) => {
    const right = more[0]!
    const keys = keysOf(on, left, right, 'on')
    const [time] = keysOf([at], left, right, 'at')
    refuseKind(time!.left, ['date', 'number'], 'at', says`go by a date or a number`)
    const l = numbered(left)
    const r = numbered(right)
    const by = [...keys.map(k => id(k.right.name)), id(time!.right.name)]
    const last = sql`(select * from ${r.from}
      qualify row_number() over (partition by ${join(by)} order by ${id(r.place)} desc) = 1)`
    const [lt, rt] = [id('l', time!.left.name), id('r', time!.right.name)]
    const compare = raw(`${direction === 'backward' ? '>' : '<'}${same ? '=' : ''}`)
    const equal = keys.length > 0 ? sql`${matches(keys, 'l', 'r')} and ` : sql``
    const near =
      within === undefined ? sql`true` : nearer(lt, rt, direction, within, time!.left.kind)
    const others = added(
      left,
      right,
      keys.map(k => k.right.name),
      suffix,
    )
    refuseTaken(
      [...left.columns.map(c => c.name), ...others.map(c => c.as)],
      says`choose another suffix`,
    )
    const columns = [
      ...left.columns.map(c => id('l', c.name)),
      ...others.map(({name, as}) => sql`case when ${near} then ${id('r', name)} end as ${id(as)}`),
    ]
    return sql`select ${join(columns)}
      from ${l.from} l asof ${raw(how)} join ${last} r on ${equal}${lt} ${compare} ${rt}
      where ${how === 'inner' ? near : sql`true`}
      order by ${id('l', l.place)}`
  },
  examples: [
    {
      title: 'the latest price at the time of each sale',
      params: {
        at: 'day',
        on: ['item'],
        direction: 'backward',
        same: true,
        how: 'left',
        suffix: '_2',
      },
      types: {day: 'DATE'},
      rows: [
        {item: 'rice', day: '2024-03-05'},
        {item: 'rice', day: '2024-01-01'},
        {item: 'beans', day: '2024-03-05'},
      ],
      more: [
        [
          {item: 'rice', day: '2024-02-01', price: 5},
          {item: 'rice', day: '2024-03-05', price: 6},
          {item: 'rice', day: '2024-03-05', price: 7},
          {item: 'beans', day: '2024-03-06', price: 9},
        ],
      ],
      gives: [
        {item: 'rice', day: '2024-03-05', day_2: '2024-03-05', price: 7},
        {item: 'rice', day: '2024-01-01', day_2: null, price: null},
        {item: 'beans', day: '2024-03-05', day_2: null, price: null},
      ],
    },
    {
      title: 'only what was known before, and not older than two',
      params: {
        at: 't',
        on: [],
        direction: 'backward',
        same: false,
        within: 2,
        how: 'inner',
        suffix: '_2',
      },
      rows: [{t: 1}, {t: 4}, {t: 9}],
      more: [
        [
          {t: 1, x: 'a'},
          {t: 3, x: 'b'},
          {t: 4, x: 'c'},
        ],
      ],
      gives: [{t: 4, t_2: 3, x: 'b'}],
    },
  ],
})

function nearer(
  left: Sql,
  right: Sql,
  direction: Params['direction'],
  within: number | string,
  kind: ColumnKind,
): Sql {
  if ((typeof within === 'number') !== (kind === 'number'))
    throw new AppError(
      'wrong-type',
      says`"within" is ${JSON.stringify(within)}, and "at" is ${kindWords[kind]}`,
      {
        hint: kind === 'number' ? says`give a number` : says`give a length of time, like "3 days"`,
        where: 'within',
      },
    )
  const [later, earlier] = direction === 'backward' ? [left, right] : [right, left]
  return typeof within === 'number'
    ? sql`(${later}::double - ${earlier}::double <= ${within}::double)`
    : sql`(${later}::timestamp - ${earlier}::timestamp <= ${within}::interval)`
}
