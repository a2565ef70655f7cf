// Many number columns as a few that vary most.
import {z} from 'zod'
import {id, join, type Sql, sql} from '../data/sql.ts'
import {AppError} from '../error.ts'
import {defineTransform} from '../plugin.ts'
import {columns} from '../schema/params.ts'
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
  mean: number[]
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
first, as new columns at the end. Columns are centred but not scaled: scale them first where their units
differ. The sign of a component makes its largest weight positive. A row with a missing or infinite value
takes no part in learning, and its components are missing.`,
  group: 'numbers',
  params,
  serves: 'onnx',
  rows: 'map',
  learn: async ({columns, components}, rows, ask) => {
    refuse(columns, components)
    const found = await covariance(columns.map(finite), sql`from ${rows}`, ask)
    if (!found)
      throw new AppError(
        'bad-data',
        `no training row has a value in all ${columns.length} columns`,
        {
          hint: 'fill missing values with impute first, or name fewer columns',
        },
      )
    if (![...found.mean, ...found.covariance.flat()].every(Number.isFinite))
      throw new AppError('bad-data', 'the columns hold values too large to square', {
        hint: 'scale or clip them first',
      })
    const {values, vectors} = eigen(found.covariance)
    const total = values.reduce((sum, v) => sum + Math.max(v, 0), 0)
    const shares = values.map(v => (total > 0 ? Math.max(v, 0) / total : 0))
    const keep = components >= 1 ? components : enough(shares, components)
    return {mean: found.mean, axes: vectors.slice(0, keep), explained: shares.slice(0, keep)}
  },
  plan: ({columns, prefix}, rows, {mean, axes}) => {
    const last = axes.map((axis, k) => {
      const terms = columns.map(
        (c, i) => sql`(${finite(c)} - ${mean[i]!}::double) * ${axis[i]!}::double`,
      )
      return {name: `${prefix}${k + 1}`, value: join(terms, ' + ')}
    })
    const instead = new Map(columns.map(c => [c, []]))
    return sql`select ${layout(rows, {instead, last})} from ${rows}`
  },
  onnx: ({columns, prefix}, frame, {mean, axes}) => {
    const {graph} = frame
    const d = columns.length
    const x = frame.block(columns)
    const nan = graph.constant('float64', [Number.NaN])
    const finite = graph.op('Where', [graph.op('IsInf', [x]), nan, x])
    const centred = graph.op('Sub', [finite, graph.constant('float64', mean, [1, d])])
    const weights = columns.flatMap((_, i) => axes.map(axis => axis[i]!))
    const scores = graph.op('MatMul', [
      centred,
      graph.constant('float64', weights, [d, axes.length]),
    ])
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
        {id: 'y', a: 4, b: -3},
        {id: 'z', a: null, b: 1},
      ],
      gives: [
        {id: 'x', pc1: 5},
        {id: 'y', pc1: 0},
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

/** Means and sample covariances over the rows that are complete; by one query. */
async function covariance(
  values: readonly Sql[],
  from: Sql,
  ask: (query: Sql) => Promise<Record<string, unknown>[]>,
) {
  const c = values.map((_, i) => id(`c${i}`))
  const pairs = c.flatMap((a, i) => c.slice(i).map(b => sql`covar_samp(${a}, ${b})`))
  const [row] = await ask(sql`
    with complete as (
      select * from (select ${join(values.map((x, i) => sql`${x} as ${c[i]!}`))} ${from})
      where ${join(
        c.map(name => sql`${name} is not null`),
        ' and ',
      )}
    )
    select count(*) as n, [${join(c.map(name => sql`avg(${name})`))}] as mean, [${join(pairs)}] as pairs
    from complete`)
  if (!row || Number(row.n) === 0) return undefined
  // A single row has no covariance: it varies in no direction.
  const upper = (row.pairs as (number | null)[]).map(x => x ?? 0)
  const matrix: number[][] = c.map(() => c.map(() => 0))
  let at = 0
  for (let i = 0; i < c.length; i++)
    for (let j = i; j < c.length; j++) matrix[i]![j] = matrix[j]![i] = upper[at++]!
  return {mean: row.mean as number[], covariance: matrix}
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
    throw new AppError('bad-params', `${n} columns are more than the ${most} that pca can take`, {
      hint: 'name fewer columns',
      where: 'columns',
    })
  if (components > n)
    throw new AppError('bad-params', `${components} components cannot be made of ${n} columns`, {
      hint: `ask for at most ${n}`,
      where: 'components',
    })
}
