// Number columns in another shape: less skewed, or evenly spread.
import {z} from 'zod'
import {id, join, type Relation, type Sql, sql} from '../data/sql.ts'
import type {Graph, Tensor} from '../onnx/graph.ts'
import {type Ask, defineTransform} from '../plugin.ts'
import {columns} from '../schema/params.ts'
import {mapped} from './lib/columns.ts'
import {type Curve, curve, curveInGraph, curveOf} from './lib/curve.ts'
import {unusedName} from './lib/layout.ts'
import {double, learnable, quantiles} from './lib/numbers.ts'
import {bestPower} from './lib/power.ts'

const params = z.strictObject({
  columns: columns({accepts: ['number']}).describe('The number columns to transform.'),
  with: z
    .enum(['log1p', 'sqrt', 'box-cox', 'yeo-johnson', 'quantile'])
    .default('yeo-johnson')
    .describe(
      'log1p: ln(1 + x). sqrt: the square root. box-cox: the power that suits best, for positive numbers. yeo-johnson: the same for any numbers. quantile: the share of training rows below.',
    ),
  quantiles: z
    .int()
    .min(2)
    .max(1000)
    .default(100)
    .describe('For quantile: how many points of the training distribution are kept.'),
  shape: z
    .enum(['uniform', 'normal'])
    .default('uniform')
    .describe('For quantile: the distribution that the training rows get.'),
})
type Params = z.output<typeof params>

/** One entry a column: the power of a family, or the curve of the quantiles. */
type Learned = {power: number[]} | {curve: Curve[]} | undefined

/** Powers are fitted to no more rows than this: their error is then far below what could be noticed. */
const sample = 50_000

export const transform = defineTransform<Params, Learned>({
  kind: 'transform',
  version: 1,
  title: 'Transform numbers',
  doc: `Gives skewed number columns another shape. Where a function has no value (the logarithm at or below
-1, the root of a negative number, Box-Cox at or below 0) the result is missing. The power of Box-Cox and
Yeo-Johnson is that of greatest likelihood between -5 and 5, for the finite values of the training rows (for 50,000
of them when there are more); a quantile lies on straight lines between points of their distribution, and
later values beyond all of theirs become the ends. Missing stays missing; a column without any value in
training gets the power 1, or becomes the middle of the curve.`,
  group: 'numbers',
  params,
  serves: 'onnx',
  rows: 'map',
  async learn({columns, with: how, quantiles: points, shape}, rows, ask) {
    if (how === 'log1p' || how === 'sqrt') return undefined
    if (how === 'quantile') {
      const at = Array.from({length: points}, (_, i) => i / (points - 1))
      const found = await quantiles(rows, columns, ask, at)
      return {curve: found.map(q => curveOf(q ?? [], shape))}
    }
    const values = await sampled(rows, columns, ask)
    return {power: values.map(v => bestPower(how, v))}
  },
  plan: ({columns, with: how}, rows, learned) =>
    mapped(rows, columns, (column, _, i) => {
      const x = sql`${column}::double`
      if (how === 'quantile') return curve(x, (learned as {curve: Curve[]}).curve[i]!)
      return sql`nullif(${shapes[how].sql(x, powerOf(learned, i))}, 'nan'::double)`
    }),
  onnx({columns, with: how}, frame, learned) {
    const {graph} = frame
    for (const [i, name] of columns.entries()) {
      const x = frame.get(name)
      const made =
        how === 'quantile'
          ? curveInGraph(graph, x, (learned as {curve: Curve[]}).curve[i]!)
          : shapes[how].onnx(graph, x, powerOf(learned, i))
      frame.set(name, 'number', made)
    }
  },
  examples: [
    {
      params: {columns: ['fare'], with: 'log1p'},
      rows: [{fare: 0}, {fare: 1.718281828459045}, {fare: -1}, {fare: null}],
      gives: [{fare: 0}, {fare: 1}, {fare: null}, {fare: null}],
    },
    {
      params: {with: 'sqrt'},
      rows: [{fare: 0}, {fare: 6.25}, {fare: -1}, {fare: null}],
      gives: [{fare: 0}, {fare: 2.5}, {fare: null}, {fare: null}],
    },
    {
      title: 'powers of two become evenly spaced',
      params: {with: 'box-cox'},
      rows: [{fare: 0.25}, {fare: 0.5}, {fare: 1}, {fare: 2}, {fare: 4}, {fare: 0}],
      gives: [-2, -1, 0, 1, 2, null].map(n => ({fare: n === null ? null : n * Math.LN2})),
    },
    {
      title: 'what is even already stays so',
      params: {with: 'yeo-johnson'},
      rows: [{t: -2.5}, {t: -1}, {t: 0}, {t: 1}, {t: 2.5}],
      apply: [{t: 7.5}, {t: -7}, {t: null}],
      gives: [{t: 7.5}, {t: -7}, {t: null}],
    },
    {
      title: 'the share of training rows below',
      params: {with: 'quantile', quantiles: 5},
      rows: [{fare: 1}, {fare: 2}, {fare: 4}, {fare: 8}, {fare: 1000}],
      apply: [{fare: 0}, {fare: 1}, {fare: 3}, {fare: 504}, {fare: 5000}, {fare: null}],
      gives: [0, 0, 0.375, 0.875, 1, null].map(fare => ({fare})),
    },
    {
      title: 'as a normal distribution',
      params: {with: 'quantile', quantiles: 3, shape: 'normal'},
      rows: [{fare: 1}, {fare: 2}, {fare: 4}],
      apply: [{fare: 2}, {fare: -100}],
      gives: [{fare: 0}, {fare: -5.199337582290662}],
    },
  ],
})

const powerOf = (learned: Learned, i: number) =>
  learned && 'power' in learned ? learned.power[i]! : 1

/** A function in SQL and in a graph; NaN where it has no value. Both compute in double. */
type Shape = {
  sql: (x: Sql, power: number) => Sql
  onnx: (graph: Graph, x: Tensor, power: number) => Tensor
}

const constant = (graph: Graph, x: number) => graph.constant('float64', x)

/** `made` where a condition holds, else NaN; missing stays missing. */
const where = (graph: Graph, condition: Tensor, made: Tensor) =>
  graph.op('Where', [condition, made, constant(graph, Number.NaN)])

/** (base^power - 1) / power, and its limit at 0. */
const plain: Shape = {
  sql: (base, power) =>
    power === 0
      ? sql`ln(${base})`
      : sql`(pow(${base}, ${double(power)}) - 1::double) / ${double(power)}`,
  onnx(graph, base, power) {
    if (power === 0) return graph.op('Log', [base])
    const raised = graph.op('Pow', [base, constant(graph, power)])
    const less = graph.op('Sub', [raised, constant(graph, 1)])
    return graph.op('Div', [less, constant(graph, power)])
  },
}

const shapes: Record<Exclude<Params['with'], 'quantile'>, Shape> = {
  log1p: {
    sql: x => sql`case when ${x} > -1 then ln(1::double + ${x}) end`,
    onnx: (graph, x) =>
      where(
        graph,
        graph.op('Greater', [x, constant(graph, -1)]),
        graph.op('Log', [graph.op('Add', [constant(graph, 1), x])]),
      ),
  },
  sqrt: {
    sql: x => sql`case when ${x} >= 0 then sqrt(${x}) end`,
    onnx: (graph, x) =>
      where(graph, graph.op('GreaterOrEqual', [x, constant(graph, 0)]), graph.op('Sqrt', [x])),
  },
  'box-cox': {
    sql: (x, power) => sql`case when ${x} > 0 then ${plain.sql(x, power)} end`,
    onnx: (graph, x, power) =>
      where(graph, graph.op('Greater', [x, constant(graph, 0)]), plain.onnx(graph, x, power)),
  },
  'yeo-johnson': {
    sql: (x, power) => sql`case
      when ${x} >= 0 then ${plain.sql(sql`(${x} + 1::double)`, power)}
      when ${x} < 0 then -(${plain.sql(sql`(1::double - ${x})`, 2 - power)}) end`,
    onnx(graph, x, power) {
      const [zero, one] = [constant(graph, 0), constant(graph, 1)]
      // Each branch sees only what it has a value for.
      const up = graph.op('Add', [graph.op('Max', [x, zero]), one])
      const down = graph.op('Sub', [one, graph.op('Min', [x, zero])])
      return graph.op('Where', [
        graph.op('Less', [x, zero]),
        graph.op('Neg', [plain.onnx(graph, down, 2 - power)]),
        plain.onnx(graph, up, power),
      ])
    },
  },
}

/** Learnable values of each column, from evenly drawn rows when there are many; the same for the same rows. */
async function sampled(rows: Relation, columns: readonly string[], ask: Ask): Promise<number[][]> {
  if (columns.length === 0) return []
  const [{n}] = (await ask(sql`select count(*) as n from ${rows}`)) as [{n: number}]
  const every = Math.ceil(n / sample)
  const row = id(unusedName('row', rows))
  const values = columns.map((name, i) => sql`${learnable(id(name))} as ${id(`x${i}`)}`)
  const found = await ask(sql`
    select ${join(values)} from (select *, row_number() over () as ${row} from ${rows})
    where hash(${row}) % ${every} = 0`)
  return columns.map((_, i) => found.map(r => r[`x${i}`] as number | null).filter(x => x !== null))
}
