// Hours, weekdays and other things that come round again, as points on a circle.
import {z} from 'zod'
import {id, type Sql, sql} from '../data/sql.ts'
import {AppError} from '../error.ts'
import type {Frame} from '../onnx/frame.ts'
import type {Graph, Tensor} from '../onnx/graph.ts'
import {defineTransform, pick} from '../plugin.ts'
import {columns} from '../schema/params.ts'
import type {Column} from '../schema/table.ts'
import {kindWords} from '../words/kinds.ts'
import {says} from '../words/says.ts'
import {layout} from './lib/layout.ts'
import {isTimeOfDay, microseconds, timestampOf} from './lib/time.ts'

/** Lengths in microseconds. A year is the Gregorian calendar's mean, 365.2425 days. */
const spans = {
  hour: 3_600_000_000,
  day: 86_400_000_000,
  week: 604_800_000_000,
  year: 31_556_952_000_000,
} as const

const params = z.strictObject({
  columns: columns({accepts: ['number', 'date']}).describe('The columns to turn into circles.'),
  period: z
    .union([z.number().positive(), z.enum(['hour', 'day', 'week', 'year'])])
    .describe(
      'How long one round is: for numbers in their own unit (24 for hours), for dates its name.',
    ),
  keep: z
    .boolean()
    .default(false)
    .describe('Keep the column itself, with sine and cosine after it.'),
})
type Params = z.output<typeof params>

export const cyclical = defineTransform<Params>({
  kind: 'cyclical',
  version: 1,
  title: 'Cyclical encode',
  doc: `Replaces each column by the sine and cosine of its place in a period, so that 23 o'clock
lies beside 0 o'clock: \`<column>_sin\` and \`<column>_cos\`. A missing or infinite value gives
missing ones. Nothing is learned, so no value is unseen.`,
  group: 'time',
  params,
  serves: 'onnx',
  rows: 'map',
  plan: ({columns, period, keep}, rows) => {
    const made = new Map(
      pick(rows, columns).map(column => {
        const share = shareOf(column, period)
        return [
          column.name,
          [
            {name: `${column.name}_sin`, value: sine(share)},
            {name: `${column.name}_cos`, value: sine(sql`(${share} + 0.25::double)`)},
          ],
        ]
      }),
    )
    return sql`select ${layout(rows, keep ? {after: made} : {instead: made})} from ${rows}`
  },
  onnx: ({columns, period, keep}, frame) => {
    for (const column of columns) {
      const {graph} = frame
      const share = shareIn(frame, column, period)
      const quarter = graph.op('Add', [share, graph.constant('float64', [0.25])])
      const block = graph.op('Concat', [sineIn(graph, share), sineIn(graph, quarter)], {axis: 1})
      const names = [`${column}_sin`, `${column}_cos`]
      frame.replace(column, names, 'number', block, {after: keep})
    }
  },
  examples: [
    {
      title: 'hours on the face of a clock',
      params: {columns: ['hour'], period: 24, keep: true},
      rows: [{hour: 0}, {hour: 6}, {hour: 12}, {hour: -6}, {hour: null}],
      gives: [
        {hour: 0, hour_sin: 0, hour_cos: 1},
        {hour: 6, hour_sin: 1, hour_cos: 0},
        {hour: 12, hour_sin: 0, hour_cos: -1},
        {hour: -6, hour_sin: -1, hour_cos: 0},
        {hour: null, hour_sin: null, hour_cos: null},
      ],
    },
    {
      title: 'the time of day of a timestamp',
      params: {columns: ['at'], period: 'day', keep: false},
      types: {at: 'TIMESTAMP'},
      rows: [{at: '2024-05-01 06:00:00'}, {at: '1969-12-31 12:00:00'}, {at: null}],
      gives: [
        {at_sin: 1, at_cos: 0},
        {at_sin: 0, at_cos: -1},
        {at_sin: null, at_cos: null},
      ],
    },
  ],
})

type Period = Params['period']

/** How far into its round a value is, 0 to 1. */
function shareOf(column: Column, period: Period): Sql {
  const span = spanOf(column, period)
  if (column.kind === 'date') {
    const at = sql`epoch_us(${timestampOf(column)})`
    return sql`(((${at} % ${span}) + ${span}) % ${span})::double / ${span}::double`
  }
  const x = sql`(case when isfinite(${id(column.name)}::double) then ${id(column.name)}::double end)`
  return sql`(${x} / ${span}::double - floor(${x} / ${span}::double))`
}

function shareIn(frame: Frame, column: string, period: Period): Tensor {
  const {graph} = frame
  const x = frame.get(column)
  const number = (n: number) => graph.constant('float64', [n])
  const nan = number(Number.NaN)
  if (typeof period === 'string') {
    const {at, missing} = microseconds(graph, x)
    const span = graph.constant('int64', [spans[period]])
    const rest = graph.cast(graph.op('Mod', [at, span]), 'float64')
    const share = graph.op('Div', [rest, number(spans[period])])
    return graph.op('Where', [missing, nan, share])
  }
  const finite = graph.op('Where', [graph.op('IsInf', [x]), nan, x])
  const rounds = graph.op('Div', [finite, number(period)])
  return graph.op('Sub', [rounds, graph.op('Floor', [rounds])])
}

/**
 * The sine of a share of a whole turn. The nearest half turn is taken off first: so a quarter turn gives
 * exactly 1 and a half turn exactly 0, and two libraries' sines agree near 0 too.
 */
function sine(share: Sql): Sql {
  const half = sql`floor(2 * ${share} + 0.5::double)`
  const rest = sql`(${share} - ${half} / 2)`
  return sql`(case when ${half} % 2 = 1 then -1 else 1 end * sin(${rest} * ${2 * Math.PI}))`
}

function sineIn(graph: Graph, share: Tensor): Tensor {
  const number = (n: number) => graph.constant('float64', [n])
  const half = graph.op('Floor', [
    graph.op('Add', [graph.op('Mul', [share, number(2)]), number(0.5)]),
  ])
  const rest = graph.op('Sub', [share, graph.op('Div', [half, number(2)])])
  const odd = graph.op('Equal', [half, number(1)])
  const third = graph.op('Equal', [half, number(3)])
  const sign = graph.op('Where', [graph.op('Or', [odd, third]), number(-1), number(1)])
  return graph.op('Mul', [sign, graph.op('Sin', [graph.op('Mul', [rest, number(2 * Math.PI)])])])
}

function spanOf(column: Column, period: Period): number {
  const named = typeof period === 'string'
  if (named !== (column.kind === 'date'))
    throw new AppError(
      'wrong-type',
      says`"${column.name}" is ${kindWords[column.kind]}, and the period is ${period}`,
      {
        hint: named
          ? says`give a number as the period of a number, such as 24 for hours`
          : says`name the period of a date: hour, day, week or year`,
        where: 'period',
      },
    )
  if (isTimeOfDay(column) && (period === 'week' || period === 'year'))
    throw new AppError('wrong-type', says`"${column.name}" is a time of day, it has no ${period}`, {
      hint: says`take hour or day`,
      where: 'period',
    })
  return named ? spans[period] : period
}
