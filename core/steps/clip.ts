// Outliers: values beyond limits learned from the training rows, brought to the limit or made missing.
import {z} from 'zod'
import {type Sql, sql} from '../data/sql.ts'
import type {Tensor} from '../onnx/graph.ts'
import {defineTransform} from '../plugin.ts'
import {columns} from '../schema/params.ts'
import {rule} from '../words/rule.ts'
import {says} from '../words/says.ts'
import {mapped} from './lib/columns.ts'
import {double, moments, quantiles} from './lib/numbers.ts'

const params = z
  .strictObject({
    columns: columns({accepts: ['number']}).describe('The number columns to clip.'),
    with: z
      .enum(['iqr', 'percentile', 'z-score'])
      .default('iqr')
      .describe(
        'iqr: so many interquartile ranges below the first or above the third quartile (Tukey). percentile: below or above a share of the training rows. z-score: so many standard deviations from the mean.',
      ),
    factor: z
      .number()
      .positive()
      .optional()
      .describe('How many interquartile ranges (1.5) or standard deviations (3).'),
    low: z.number().min(0).max(1).optional().describe('For percentile: the lower share (0.01).'),
    high: z.number().min(0).max(1).optional().describe('For percentile: the upper share (0.99).'),
    to: z
      .enum(['limit', 'missing'])
      .default('limit')
      .describe('What an outlier becomes: the limit itself, or missing.'),
  })
  .refine(
    p => p.with !== 'percentile' || p.factor === undefined,
    rule(says`goes with \`iqr\` and \`z-score\`; a percentile has \`low\` and \`high\``, 'factor'),
  )
  .refine(
    p => p.with === 'percentile' || (p.low === undefined && p.high === undefined),
    rule(
      says`\`low\` and \`high\` go with \`percentile\`; \`iqr\` and \`z-score\` have a \`factor\``,
      'low',
    ),
  )
  .refine(p => (p.low ?? 0.01) < (p.high ?? 0.99), rule(says`must be less than \`high\``, 'low'))
type Params = z.output<typeof params>

/** The limits of each column; null where training had no value to learn them from. */
type Learned = {limits: ({low: number; high: number} | null)[]}

export const clip = defineTransform<Params, Learned>({
  kind: 'clip',
  version: 1,
  title: 'Clip outliers',
  doc: `Brings values beyond learned limits to the limit, infinite ones too, or makes them missing. The limits
come from the finite values of the training rows. Missing stays missing. A column without any value in training
is left as it is. Numbers become DOUBLE.`,
  group: 'clean',
  params,
  serves: 'onnx',
  rows: 'map',
  async learn({columns, with: how, factor, low = 0.01, high = 0.99}, rows, ask) {
    if (how === 'z-score') {
      const found = await moments(rows, columns, ask)
      return {limits: found.map(m => (m ? around(m.mean, m.mean, (factor ?? 3) * m.sd) : null))}
    }
    const at = how === 'iqr' ? [0.25, 0.75] : [low, high]
    const found = await quantiles(rows, columns, ask, at)
    const reach = how === 'iqr' ? (factor ?? 1.5) : 0
    return {limits: found.map(q => (q ? around(q[0]!, q[1]!, reach * (q[1]! - q[0]!)) : null))}
  },
  plan: ({columns, to}, rows, {limits}) =>
    mapped(rows, columns, (column, _, i): Sql => {
      const limit = limits[i]
      const x = sql`${column}::double`
      if (!limit) return x
      const [low, high] = [double(limit.low), double(limit.high)]
      return to === 'limit'
        ? sql`case when ${x} < ${low} then ${low} when ${x} > ${high} then ${high} else ${x} end`
        : sql`case when ${x} between ${low} and ${high} then ${x} end`
    }),
  onnx({columns, to}, frame, {limits}) {
    if (columns.length === 0) return
    const {graph} = frame
    const row = (values: number[]) => graph.constant('float64', values, [1, values.length])
    const low = row(limits.map(l => l?.low ?? Number.NEGATIVE_INFINITY))
    const high = row(limits.map(l => l?.high ?? Number.POSITIVE_INFINITY))
    const x = frame.block(columns)
    const clipped = (): Tensor => graph.op('Min', [graph.op('Max', [x, low]), high])
    const kept = (): Tensor => {
      const within = [graph.op('GreaterOrEqual', [x, low]), graph.op('LessOrEqual', [x, high])]
      return graph.op('Where', [graph.op('And', within), x, graph.constant('float64', Number.NaN)])
    }
    frame.setBlock(columns, 'number', to === 'limit' ? clipped() : kept())
  },
  examples: [
    {
      title: 'a fare far above the others',
      params: {columns: ['fare']},
      rows: [{fare: 1}, {fare: 2}, {fare: 3}, {fare: 4}, {fare: 1000}, {fare: null}],
      gives: [{fare: 1}, {fare: 2}, {fare: 3}, {fare: 4}, {fare: 7}, {fare: null}],
    },
    {
      title: 'limits from the training rows, outliers made missing',
      params: {with: 'percentile', low: 0, high: 0.5, to: 'missing'},
      rows: [{fare: 0}, {fare: 10}, {fare: 20}],
      apply: [{fare: -1}, {fare: 10}, {fare: 11}],
      gives: [{fare: null}, {fare: 10}, {fare: null}],
    },
    {
      title: 'two standard deviations',
      params: {with: 'z-score', factor: 2},
      rows: [
        {fare: 2},
        {fare: 4},
        {fare: 4},
        {fare: 4},
        {fare: 5},
        {fare: 5},
        {fare: 7},
        {fare: 9},
      ],
      apply: [{fare: 9}, {fare: 12}, {fare: -3}],
      gives: [{fare: 9}, {fare: 9}, {fare: 1}],
    },
  ],
})

const around = (low: number, high: number, reach: number) => ({
  low: low - reach,
  high: high + reach,
})
