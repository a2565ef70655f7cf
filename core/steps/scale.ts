// Number columns on a common scale: (x - center) / spread.
import {z} from 'zod'
import {sql} from '../data/sql.ts'
import {defineTransform} from '../plugin.ts'
import {columns} from '../schema/params.ts'
import {mapped} from './lib/columns.ts'
import {double, moments, quantiles, ranges} from './lib/numbers.ts'

const params = z.strictObject({
  columns: columns({accepts: ['number']}).describe('The number columns to scale.'),
  with: z
    .enum(['standard', 'min-max', 'robust', 'max-abs'])
    .default('standard')
    .describe(
      'standard: mean 0, standard deviation 1. min-max: from 0 to 1. robust: median 0, interquartile range 1. max-abs: within -1 and 1, zero stays zero.',
    ),
})
type Params = z.output<typeof params>

/** One entry a column. */
type Learned = {center: number[]; spread: number[]}

export const scale = defineTransform<Params, Learned>({
  kind: 'scale',
  version: 1,
  title: 'Scale numbers',
  doc: `Subtracts a center from each value and divides it by a spread, both learned from the finite values of
the training rows. A column without spread (constant, or without any value) is only centered. Missing stays
missing, infinite stays infinite, and later values may lie outside the range of the training rows.`,
  group: 'numbers',
  params,
  serves: 'onnx',
  rows: 'map',
  async learn({columns, with: how}, rows, ask) {
    const found = await measures[how](rows, columns, ask)
    return {
      center: found.map(f => f?.center ?? 0),
      spread: found.map(f => f?.spread || 1),
    }
  },
  plan: ({columns}, rows, {center, spread}) =>
    mapped(
      rows,
      columns,
      (x, _, i) => sql`(${x}::double - ${double(center[i]!)}) / ${double(spread[i]!)}`,
    ),
  onnx({columns}, frame, {center, spread}) {
    if (columns.length === 0) return
    const {graph} = frame
    const row = (values: number[]) => graph.constant('float64', values, [1, values.length])
    const centered = graph.op('Sub', [frame.block(columns), row(center)])
    frame.setBlock(columns, 'number', graph.op('Div', [centered, row(spread)]))
  },
  examples: [
    {
      params: {columns: ['mass']},
      rows: [
        {id: 'a', mass: 2},
        {id: 'b', mass: 4},
        {id: 'c', mass: null},
        {id: 'd', mass: 6},
      ],
      gives: [
        {id: 'a', mass: -1.224744871391589},
        {id: 'b', mass: 0},
        {id: 'c', mass: null},
        {id: 'd', mass: 1.224744871391589},
      ],
    },
    {
      title: 'to the range of the training rows',
      params: {columns: ['mass'], with: 'min-max'},
      rows: [{mass: 2}, {mass: 4}, {mass: 6}],
      apply: [{mass: 3}, {mass: 10}],
      gives: [{mass: 0.25}, {mass: 2}],
    },
    {
      title: 'robust to outliers',
      params: {with: 'robust'},
      rows: [{mass: 1}, {mass: 2}, {mass: 3}, {mass: 4}, {mass: 1000}],
      gives: [{mass: -1}, {mass: -0.5}, {mass: 0}, {mass: 0.5}, {mass: 498.5}],
    },
    {
      title: 'zero stays zero',
      params: {with: 'max-abs'},
      rows: [
        {mass: -4, same: 0},
        {mass: 0, same: 0},
        {mass: 2, same: 0},
      ],
      gives: [
        {mass: -1, same: 0},
        {mass: 0, same: 0},
        {mass: 0.5, same: 0},
      ],
    },
  ],
})

type Measure = (
  ...[rows, columns, ask]: Parameters<typeof ranges>
) => Promise<({center: number; spread: number} | undefined)[]>

const measures: Record<Params['with'], Measure> = {
  standard: async (...of) => (await moments(...of)).map(m => m && {center: m.mean, spread: m.sd}),
  'min-max': async (...of) =>
    (await ranges(...of)).map(r => r && {center: r.min, spread: r.max - r.min}),
  robust: async (...of) =>
    (await quantiles(...of, [0.25, 0.5, 0.75])).map(
      q => q && {center: q[1]!, spread: q[2]! - q[0]!},
    ),
  'max-abs': async (...of) =>
    (await ranges(...of)).map(
      r => r && {center: 0, spread: Math.max(Math.abs(r.min), Math.abs(r.max))},
    ),
}
