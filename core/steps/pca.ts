// Many number columns as a few that vary most.
import {z} from 'zod'
import {id, join, type Relation, type Sql, sql} from '../data/sql.ts'
import {AppError} from '../error.ts'
import {type Ask, defineTransform} from '../plugin.ts'
import {columns} from '../schema/params.ts'
import {says} from '../words/says.ts'
import {eigen} from './lib/eigen.ts'
import {layout} from './lib/layout.ts'

const most = 200

const params = z.strictObject({
  columns: columns({accepts: ['number']}).describe('The number columns to combine.'),
  components: z
    .union([z.int().min(1), z.number().gt(0).lt(1)])
    .default(2)
    .describe('How many to keep, or, below 1, the share of the variance that they must explain.'),
  prefix: z
    .string()
    .min(1)
    .default('pc')
    .describe('The new columns are `<prefix>1`, `<prefix>2` …'),
})
type Params = z.output<typeof params>

type Learned = {
  /** Null where no training row was complete. */
  mean: number[] | null
  /** One unit vector over the columns for each component. */
  axes: number[][]
  /** The share of the variance that each component explains. */
  explained: number[]
}

export const pca = defineTransform<Params, Learned>({
  kind: 'pca',
  version: 1,
  title: 'Principal components',
  doc: `Replaces number columns by the few directions in which the training rows vary most, greatest
first, as new columns at the end. Columns are centred but not scaled: scale them first where their
units differ. The sign of a component makes its largest weight positive. A row with a missing or
infinite value has missing components and takes no part in learning, nor does one with a value
beyond 1e150. Where no training row is complete, all components are missing.`,
  group: 'numbers',
  params,
  serves: 'onnx',
  rows: 'map',
  learn: async ({columns, components}, rows, ask) => {
    refuse(columns, components)
    const found = await covariance(columns.map(learnable), rows, ask)
    const {values, vectors} = eigen(found.covariance)
    const total = values.reduce((sum, v) => sum + Math.max(v, 0), 0)
    const shares = values.map(v => (total > 0 ? Math.max(v, 0) / total : 0))
    const keep = components >= 1 ? components : enough(shares, components)
    return {mean: found.mean, axes: vectors.slice(0, keep), explained: shares.slice(0, keep)}
  },
  plan: ({columns, prefix}, rows, {mean, axes}) => {
    const last = axes.map((axis, k) => {
      const terms = columns.map((c, i) => {
        const centred = sql`(${finite(c)} - ${mean?.[i] ?? Number.NaN}::double)`
        return sql`${centred} * ${axis[i]!}::double`
      })
      // Added from the left, as below, so that both sides round alike.
      const score = terms.reduce((sum, term) => sql`(${sum} + ${term})`)
      return {name: `${prefix}${k + 1}`, value: sql`nullif(${score}, 'nan'::double)`}
    })
    const instead = new Map(columns.map(c => [c, []]))
    return sql`select ${layout(rows, {instead, last})} from ${rows}`
  },
  onnx: ({columns, prefix}, frame, {mean, axes}) => {
    const {graph} = frame
    const nan = graph.constant('float64', [Number.NaN])
    const terms = columns.map((c, i) => {
      const x = frame.get(c)
      const finite = graph.op('Where', [graph.op('IsInf', [x]), nan, x])
      const centred = graph.op('Sub', [
        finite,
        graph.constant('float64', [mean?.[i] ?? Number.NaN]),
      ])
      const weights = axes.map(axis => axis[i]!)
      // MatMul of a column and a row, because ONNX Runtime leaves out a Mul by a number within 6e-8 of 1.
      return graph.op('MatMul', [centred, graph.constant('float64', weights, [1, axes.length])])
    })
    const scores = terms.reduce((sum, term) => graph.op('Add', [sum, term]))
    for (const c of columns) frame.delete(c)
    frame.setBlock(
      axes.map((_, k) => `${prefix}${k + 1}`),
      'number',
      scores,
    )
  },
  examples: [
    {
      title: 'two columns that rise together become one',
      params: {columns: ['a', 'b'], components: 1, prefix: 'pc'},
      rows: [
        {id: 'x', a: -3, b: -4},
        {id: 'y', a: 0, b: 0},
        {id: 'z', a: 3, b: 4},
      ],
      apply: [
        {id: 'x', a: 3, b: 4},
        {id: 'y', a: 1, b: 2},
        {id: 'z', a: null, b: 1},
      ],
      gives: [
        {id: 'x', pc1: 5},
        {id: 'y', pc1: 2.2},
        {id: 'z', pc1: null},
      ],
    },
    {
      title: 'as many as explain 99% of the variance',
      params: {columns: ['a', 'b', 'c'], components: 0.99, prefix: 'axis_'},
      rows: [
        {a: 10, b: 0, c: 0},
        {a: -10, b: 0, c: 0},
        {a: 0, b: 5, c: 0},
        {a: 0, b: -5, c: 0},
        {a: 0, b: 0, c: 0.1},
        {a: 0, b: 0, c: -0.1},
      ],
      gives: [
        {axis_1: 10, axis_2: 0},
        {axis_1: -10, axis_2: 0},
        {axis_1: 0, axis_2: 5},
        {axis_1: 0, axis_2: -5},
        {axis_1: 0, axis_2: 0},
        {axis_1: 0, axis_2: 0},
      ],
    },
  ],
})

const finite = (column: string): Sql =>
  sql`(case when isfinite(${id(column)}::double) then ${id(column)}::double end)`

/** What learning takes: beyond it, squares overflow. */
const learnable = (column: string): Sql =>
  sql`(case when abs(${id(column)}::double) <= 1e150 then ${id(column)}::double end)`

/** Means and sample covariances over the rows that are complete, by one query. */
async function covariance(values: readonly Sql[], rows: Relation, ask: Ask) {
  const c = values.map((_, i) => id(`c${i}`))
  const pairs = c.flatMap((a, i) => c.slice(i).map(b => sql`covar_samp(${a}, ${b})`))
  const complete = c.map(name => sql`${name} is not null`)
  const [row] = await ask(sql`
    select count(*) as n, [${join(c.map(name => sql`avg(${name})`))}] as mean, [${join(pairs)}] as pairs
    from (select ${join(values.map((x, i) => sql`${x} as ${c[i]!}`))} from ${rows})
    where ${join(complete, ' and ')}`)
  // A single row has no covariance: it varies in no direction.
  const upper = (row!.pairs as (number | null)[]).map(x => x ?? 0)
  const covariance: number[][] = c.map(() => c.map(() => 0))
  let at = 0
  for (let i = 0; i < c.length; i++)
    for (let j = i; j < c.length; j++) {
      covariance[i]![j] = upper[at]!
      covariance[j]![i] = upper[at++]!
    }
  return {mean: Number(row!.n) > 0 ? (row!.mean as number[]) : null, covariance}
}

function enough(shares: readonly number[], wanted: number): number {
  let sum = 0
  for (const [i, share] of shares.entries()) {
    sum += share
    if (sum >= wanted) return i + 1
  }
  return shares.length
}

function refuse(columns: readonly string[], components: number) {
  const n = columns.length
  if (n > most)
    throw new AppError(
      'bad-params',
      says`${n} columns are more than the ${most} that pca can take`,
      {
        hint: says`name fewer columns`,
        where: 'columns',
      },
    )
  if (components > n)
    throw new AppError(
      'bad-params',
      says`${components} components cannot be made of ${n} columns`,
      {
        hint: says`ask for at most ${n}`,
        where: 'components',
      },
    )
}
