// Number and date columns: moments, quantiles, outliers and a histogram, from the counts of their values.
import type {Histogram, NumberProfile} from '../../schema/profile.ts'
import type {Session} from '../session.ts'
import {id, join, type Relation, type Sql, sql} from '../sql.ts'
import {type Block, cells} from './cells.ts'

export type Spread = NumberProfile & {missing: number; distinct: number}
/** A column without finite values has no figures. */
export type NumberFound = Spread | {missing: number; distinct: number; infinite: number}

const probabilities = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99]
const bins = 30

/** SQL: a quantile from the lists `below` and `above`, interpolated. */
function quartile(p: number): Sql {
  const k = probabilities.indexOf(p) + 1
  const share = sql`(${p} * (total - 1) - floor(${p} * (total - 1)))`
  return sql`below[${k}] * (1 - ${share}) + above[${k}] * ${share}`
}

/** Every figure, exact, for a block of number columns. */
export async function numberProfiles(
  session: Session,
  rows: Relation,
  block: Block,
  signal: AbortSignal,
): Promise<NumberFound[]> {
  // Value k of the sorted column (from 0) is the first whose cumulated count exceeds k.
  const at = (round: 'floor' | 'ceil') =>
    join(
      probabilities.map(p => sql`min(x) filter (upto > ${sql`${id(round)}(${p} * (total - 1))`})`),
    )
  const query = sql`
    with counts as materialized (
      select i, x, count(*) as n from (${cells(rows, block)}) group by i, x
    ), finite as materialized (
      select i, x::double as x, n, sum(n) over (partition by i order by x) as upto
      from counts where isfinite(x::double)
    ), whole as materialized (
      select i, sum(n)::double as total, sum(x * n) / sum(n) as mean, min(x) as lo, max(x) as hi,
        count(*) as differing, least(${bins}, count(*)) as bins from finite group by i
    ), figures as materialized (
      select i, any_value(total) as total, any_value(mean) as mean, any_value(lo) as lo, any_value(hi) as hi,
        sum(n * (x - mean) ** 2) as m2, sum(n * (x - mean) ** 3) as m3,
        sum(n) filter (x = 0) as zeros, sum(n) filter (x < 0) as negatives,
        [${at('floor')}] as below, [${at('ceil')}] as above
      from finite join whole using (i) group by i
    ), quartiles as materialized (
      select i, ${quartile(0.25)} as q1, ${quartile(0.75)} as q3 from figures
    ), fences as materialized (
      select i, q1 - 1.5 * (q3 - q1) as low, q3 + 1.5 * (q3 - q1) as high from quartiles
    ), outside as (
      select i, any_value(low) as low, any_value(high) as high, sum(n) filter (x < low or x > high) as outliers
      from finite join fences using (i) group by i
    ), binned as (
      select i, bin, sum(n) as n
      from (select i, n, case when hi > lo then least(bins - 1, floor((x / 2 - lo / 2) / (hi / 2 - lo / 2) * bins))::int else 0 end as bin
        from finite join whole using (i)) group by i, bin
    ), drawn as (
      select i, list(bin order by bin) as bin, list(n order by bin) as height from binned group by i
    ), plain as (
      select i, sum(n) filter (x is null or isnan(x::double)) as missing,
        sum(n) filter (isinf(x::double)) as infinite,
        count(x) filter (not isnan(x::double)) as differing
      from counts group by i
    )
    select i, plain.missing, plain.infinite, plain.differing, figures.* exclude (i), whole.bins, drawn.bin, drawn.height, outside.low, outside.high, outside.outliers
    from plain left join figures using (i) left join whole using (i) left join outside using (i) left join drawn using (i)`
  const found: NumberFound[] = []
  for (const row of await session.rows(query, {signal})) found[Number(row.i)] = spread(row)
  // A table without rows gives no groups.
  return block.names.map((_, i) => found[i] ?? {missing: 0, distinct: 0, infinite: 0})
}

const number = (value: unknown) => Number(value ?? 0)

function spread(row: Record<string, unknown>): NumberFound {
  const common = {
    missing: number(row.missing),
    distinct: number(row.differing),
    infinite: number(row.infinite),
  }
  if (row.total == null) return common
  const [total, m2, lo, hi] = [row.total, row.m2, row.lo, row.hi].map(Number) as [
    number,
    number,
    number,
    number,
  ]
  const [below, above] = [row.below as number[], row.above as number[]]
  const quantiles = probabilities.map((p, k) => {
    const place = p * (total - 1)
    const share = place - Math.floor(place)
    return {p, value: below[k]! * (1 - share) + above[k]! * share}
  })
  const spreadless = m2 <= 0 || total < 2
  return {
    ...common,
    min: lo,
    max: hi,
    mean: Number(row.mean),
    sd: total > 1 ? Math.sqrt(m2 / (total - 1)) : 0,
    skewness: spreadless ? 0 : Number(row.m3) / total / (m2 / total) ** 1.5,
    zeros: number(row.zeros),
    negatives: number(row.negatives),
    quantiles,
    outliers: {count: number(row.outliers), low: Number(row.low), high: Number(row.high)},
    histogram: histogram(lo, hi, number(row.bins), row.bin as number[], row.height as number[]),
  }
}

function histogram(
  lo: number,
  hi: number,
  n: number,
  bin: number[],
  height: number[],
): Histogram<number> {
  const counts = new Array<number>(n).fill(0)
  for (const [k, b] of bin.entries()) counts[Number(b)] = Number(height[k])
  // Halves, so that a range wider than the largest double does not become infinite.
  const edges = Array.from({length: n + 1}, (_, k) =>
    k === n ? hi : lo + (hi / 2 - lo / 2) * ((2 * k) / n),
  )
  return {edges, counts}
}

/**
 * The same for one column of very many different values, which would be sorted for exact quantiles:
 * `distinct` and `quantiles` (with what follows from them, the outliers' fences) are estimates.
 */
export async function estimatedProfile(
  session: Session,
  rows: Relation,
  name: string,
  as: Block['as'],
  signal: AbortSignal,
): Promise<NumberFound> {
  const x = sql`x::double`
  const finite = sql`filter (isfinite(${x}))`
  const inner = cells(rows, {names: [name], as})
  const [row] = await session.rows(
    sql`select count(*) filter (x is null or isnan(${x})) as missing, count(*) filter (isinf(${x})) as infinite,
      approx_count_distinct(x) as differing, count(*) ${finite} as total, avg(${x}) ${finite} as mean,
      min(${x}) ${finite} as lo, max(${x}) ${finite} as hi, stddev_pop(${x}) ${finite} as sd,
      count(*) filter (x = 0) as zeros, count(*) filter (${x} < 0 and isfinite(${x})) as negatives,
      approx_quantile(${x}, ${probabilities}) ${finite} as quantiles
    from (${inner})`,
    {signal},
  )
  const [total, mean, lo, hi] = [row!.total, row!.mean, row!.lo, row!.hi].map(Number) as [
    number,
    number,
    number,
    number,
  ]
  const common = {
    missing: number(row!.missing),
    distinct: number(row!.differing),
    infinite: number(row!.infinite),
  }
  if (total === 0) return common
  const quantiles = probabilities.map((p, k) => ({p, value: (row!.quantiles as number[])[k]!}))
  const [q1, q3] = [quantiles[3]!.value, quantiles[5]!.value]
  const [low, high] = [q1 - 1.5 * (q3 - q1), q3 + 1.5 * (q3 - q1)]
  const bin = sql`case when ${hi} > ${lo} then least(${bins - 1}, floor((${x} / 2 - ${lo / 2}) / ${hi / 2 - lo / 2} * ${bins}))::int else 0 end`
  const drawn = await session.rows(
    sql`select ${bin} as bin, count(*) as n, sum((${x} - ${mean}) ** 3) as m3, count(*) filter (${x} < ${low} or ${x} > ${high}) as outside
      from (${inner}) where isfinite(${x}) group by 1 order by 1`,
    {signal},
  )
  const sd = Number(row!.sd)
  const m3 = drawn.reduce((sum, r) => sum + Number(r.m3), 0)
  return {
    ...common,
    min: lo,
    max: hi,
    mean,
    sd: total > 1 ? sd * Math.sqrt(total / (total - 1)) : 0,
    skewness: sd > 0 ? m3 / total / sd ** 3 : 0,
    zeros: number(row!.zeros),
    negatives: number(row!.negatives),
    quantiles,
    outliers: {count: drawn.reduce((sum, r) => sum + Number(r.outside), 0), low, high},
    histogram: histogram(
      lo,
      hi,
      bins,
      drawn.map(r => Number(r.bin)),
      drawn.map(r => Number(r.n)),
    ),
  }
}
