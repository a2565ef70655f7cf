// Year, month, weekday, hour … of dates, as numbers.
import {z} from 'zod'
import {raw, type Sql, sql} from '../data/sql.ts'
import {AppError} from '../error.ts'
import type {Graph, Tensor} from '../onnx/graph.ts'
import {defineTransform, pick} from '../plugin.ts'
import {columns} from '../schema/params.ts'
import type {Column} from '../schema/table.ts'
import {rule} from '../words/rule.ts'
import {says} from '../words/says.ts'
import {civil, integers, newYear} from './lib/date-graph.ts'
import {layout} from './lib/layout.ts'
import {isTimeOfDay, microseconds, timestampOf} from './lib/time.ts'

const partNames = [
  'year',
  'quarter',
  'month',
  'week',
  'day',
  'day_of_year',
  'weekday',
  'weekend',
  'hour',
  'minute',
  'second',
] as const
type PartName = (typeof partNames)[number]

const params = z.strictObject({
  columns: columns({accepts: ['date']}).describe('The date columns to take apart.'),
  parts: z
    .array(z.enum(partNames))
    .min(1)
    .refine(
      parts => new Set(parts).size === parts.length,
      rule(says`a part stands twice in the list`),
    )
    .default(['year', 'month', 'day', 'weekday'])
    .describe('Which parts. Weekdays count from 1 for Monday, weeks as in ISO 8601.'),
  keep: z.boolean().default(false).describe('Keep the date itself, with the parts after it.'),
})
type Params = z.output<typeof params>

export const dateParts = defineTransform<Params>({
  kind: 'date-parts',
  version: 1,
  title: 'Take dates apart',
  doc: `Replaces each date by numbers, named \`<column>_<part>\`. \`weekday\` is 1 for Monday to 7
for Sunday, \`week\` is ISO 8601's week of the year, \`weekend\` is 1 on Saturday and Sunday,
\`second\` has no fraction. Times with a time zone are read in UTC. A missing or infinite date gives
missing parts. Nothing is learned, so no date is unseen.`,
  group: 'time',
  params,
  serves: 'onnx',
  rows: 'map',
  plan: ({columns, parts, keep}, rows) => {
    const made = new Map(
      pick(rows, columns).map(column => [
        column.name,
        parts.map(part => ({name: `${column.name}_${part}`, value: partOf(part, column)})),
      ]),
    )
    return sql`select ${layout(rows, keep ? {after: made} : {instead: made})} from ${rows}`
  },
  onnx: ({columns, parts, keep}, frame) => {
    const {graph} = frame
    for (const column of columns) {
      const {at, missing} = microseconds(graph, frame.get(column))
      const find = lowered(graph, at)
      const nan = graph.constant('float64', [Number.NaN])
      const made = parts.map(part =>
        graph.op('Where', [missing, nan, graph.cast(find(part), 'float64')]),
      )
      const block = graph.op('Concat', made, {axis: 1})
      const names = parts.map(part => `${column}_${part}`)
      frame.replace(column, names, 'number', block, {after: keep})
    }
  },
  examples: [
    {
      title: 'each date by its year, month, day and weekday',
      params: {columns: ['sold'], parts: ['year', 'month', 'day', 'weekday'], keep: false},
      types: {sold: 'DATE'},
      rows: [
        {sold: '2024-02-29', price: 10},
        {sold: '1969-12-31', price: 20},
        {sold: null, price: 30},
      ],
      gives: [
        {sold_year: 2024, sold_month: 2, sold_day: 29, sold_weekday: 4, price: 10},
        {sold_year: 1969, sold_month: 12, sold_day: 31, sold_weekday: 3, price: 20},
        {sold_year: null, sold_month: null, sold_day: null, sold_weekday: null, price: 30},
      ],
    },
    {
      title: 'weeks by ISO 8601, and the time of day',
      params: {
        columns: ['at'],
        parts: ['week', 'day_of_year', 'quarter', 'weekend', 'hour', 'minute', 'second'],
        keep: false,
      },
      types: {at: 'TIMESTAMP'},
      rows: [
        {at: '2021-01-03 23:59:59.999'},
        {at: '2020-12-31 06:30:00'},
        {at: '1900-03-01 00:00:00'},
      ],
      gives: [
        {
          at_week: 53,
          at_day_of_year: 3,
          at_quarter: 1,
          at_weekend: 1,
          at_hour: 23,
          at_minute: 59,
          at_second: 59,
        },
        {
          at_week: 53,
          at_day_of_year: 366,
          at_quarter: 4,
          at_weekend: 0,
          at_hour: 6,
          at_minute: 30,
          at_second: 0,
        },
        {
          at_week: 9,
          at_day_of_year: 60,
          at_quarter: 1,
          at_weekend: 0,
          at_hour: 0,
          at_minute: 0,
          at_second: 0,
        },
      ],
    },
  ],
})

/** DuckDB's own words for the parts that it names otherwise. */
const duckdb: Partial<Record<PartName, string>> = {day_of_year: 'doy', weekday: 'isodow'}
const ofTheDay: readonly PartName[] = ['hour', 'minute', 'second']

function partOf(part: PartName, column: Column): Sql {
  if (isTimeOfDay(column) && !ofTheDay.includes(part))
    throw new AppError('wrong-type', says`"${column.name}" is a time of day, it has no ${part}`, {
      hint: says`take only ${ofTheDay.join(', ')} of it`,
      where: 'parts',
    })
  const at = timestampOf(column)
  if (part === 'weekend') return sql`(date_part('isodow', ${at}) >= 6)::tinyint`
  return sql`date_part(${raw(`'${duckdb[part] ?? part}'`)}, ${at})::integer`
}

/** The parts of microseconds since 1970 (int64), each built once and only when asked for. */
function lowered(graph: Graph, at: Tensor): (part: PartName) => Tensor {
  const {add, sub, div, mod, less, pick} = integers(graph)
  const day = 86_400_000_000
  const days = div(at, day)
  // 1970-01-01 was a Thursday.
  const weekday = add(mod(add(days, 3), 7), 1)
  const date = once(() => civil(graph, days))
  const dayOfYear = (days: Tensor, year: Tensor) => add(sub(days, newYear(graph, year)), 1)
  const parts: Record<PartName, () => Tensor> = {
    year: () => date().year,
    quarter: () => div(add(date().month, 2), 3),
    month: () => date().month,
    week: () => {
      // A week belongs to the year of its Thursday.
      const thursday = add(sub(days, weekday), 4)
      return add(div(sub(dayOfYear(thursday, civil(graph, thursday).year), 1), 7), 1)
    },
    day: () => date().day,
    day_of_year: () => dayOfYear(days, date().year),
    weekday: () => weekday,
    weekend: () => pick(less(weekday, 6), 0, 1),
    hour: () => div(mod(at, day), 3_600_000_000),
    minute: () => div(mod(at, 3_600_000_000), 60_000_000),
    second: () => div(mod(at, 60_000_000), 1_000_000),
  }
  return part => parts[part]()
}

function once<T>(make: () => T): () => T {
  let made: {value: T} | undefined
  return () => {
    made ??= {value: make()}
    return made.value
  }
}
