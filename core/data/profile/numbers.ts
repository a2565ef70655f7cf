// Number and date columns: moments, quantiles, outliers and a histogram of their values.
import type {Histogram, NumberProfile} from '../../schema/profile.ts'
import type {Session} from '../session.ts'
import {type Relation, type Sql, sql} from '../sql.ts'

/** A column without finite values has no `numbers`. */
export type NumberFound = {missing: number; distinct: number; numbers?: NumberProfile}

const probabilities = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99]
const bins = 30

/**
 * Every figure, exact, of ascending values (NaN, which is missing, at the end). `counts` says how often each
 * stands there; once, without it.
 */
export function numbersOf(sorted: Float64Array, counts?: Float64Array): NumberFound {
  const times = (i: number) => (counts ? counts[i]! : 1)
  const sum = (from: number, to: number) =>
    counts ? counts.subarray(from, to).reduce((all, n) => all + n, 0) : to - from
  // Typed arrays sort NaN to the end.
  let end = sorted.length
  while (end > 0 && Number.isNaN(sorted[end - 1])) end--
  let [from, to] = [0, end]
  while (from < to && sorted[from] === Number.NEGATIVE_INFINITY) from++
  while (to > from && sorted[to - 1] === Number.POSITIVE_INFINITY) to--
  let distinct = end > 0 ? 1 : 0
  for (let i = 1; i < end; i++) if (sorted[i] !== sorted[i - 1]) distinct++
  const missing = sum(end, sorted.length)
  if (from === to) return {missing, distinct}

  const [min, max, total] = [sorted[from]!, sorted[to - 1]!, sum(from, to)]
  const {mean, sd, skewness} = moments(sorted, times, from, to, total)
  const quantiles = quantilesOf(sorted.subarray(from, to), counts?.subarray(from, to), total)
  const {low, high, beyond} = fences(quantiles)
  let zeros = 0
  let negatives = 0
  let outside = 0
  for (let i = from; i < to; i++) {
    const x = sorted[i]!
    if (x === 0) zeros += times(i)
    if (x < 0) negatives += times(i)
    if (beyond(x)) outside += times(i)
  }
  const finite = distinct - (from > 0 ? 1 : 0) - (to < end ? 1 : 0)
  const heights = new Array<number>(Math.min(bins, finite)).fill(0)
  for (let i = from; i < to; i++) heights[binOf(sorted[i]!, min, max, heights.length)]! += times(i)
  return {
    missing,
    distinct,
    numbers: {
      min: min + 0,
      max: max + 0,
      mean,
      sd,
      skewness,
      zeros,
      negatives,
      infinite: sum(0, from) + sum(to, end),
      quantiles,
      outliers: {count: outside, low, high},
      histogram: {edges: edges(min, max, heights.length), counts: heights},
    },
  }
}

function moments(
  sorted: Float64Array,
  times: (i: number) => number,
  from: number,
  to: number,
  total: number,
) {
  // From a value in their midst, so that a spread far from zero is not lost, and in halves, so that the widest
  // range does not overflow.
  const centre = sorted[(from + to) >> 1]!
  const away = (i: number) => sorted[i]! / 2 - centre / 2
  let offset = 0
  for (let i = from; i < to; i++) offset += away(i) * times(i)
  offset /= total
  if (!Number.isFinite(offset)) {
    offset = 0
    for (let i = from; i < to; i++) offset += away(i) * (times(i) / total)
  }
  // A mean beyond the values is a rounding.
  const mean = Math.min(sorted[to - 1]!, Math.max(sorted[from]!, centre + 2 * offset))
  // In units of the furthest value, so that no square overflows.
  const reach = Math.max(away(to - 1) - offset, offset - away(from))
  if (!(reach > 0) || total < 2) return {mean, sd: 0, skewness: 0}
  let m2 = 0
  let m3 = 0
  for (let i = from; i < to; i++) {
    const u = (away(i) - offset) / reach
    m2 += u * u * times(i)
    m3 += u * u * u * times(i)
  }
  return {
    mean,
    sd: reach * (2 * Math.sqrt(m2 / (total - 1))),
    skewness: m3 / total / (m2 / total) ** 1.5,
  }
}

function quantilesOf(sorted: Float64Array, counts: Float64Array | undefined, total: number) {
  let upto = 0
  const cumulated = counts?.map(n => (upto += n))
  const at = (place: number) => {
    if (!cumulated) return sorted[place]!
    // The first value with more than `place` values up to it.
    let low = 0
    let high = cumulated.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (cumulated[middle]! > place) high = middle
      else low = middle + 1
    }
    return sorted[low]!
  }
  return probabilities.map(p => {
    const place = p * (total - 1)
    const share = place - Math.floor(place)
    const [low, high] = [at(Math.floor(place)), at(Math.ceil(place))]
    return {p, value: low === high ? low + 0 : low * (1 - share) + high * share}
  })
}

/** Tukey's fences. A value clipped to one lies on it, but for a rounding: that is not beyond. */
function fences(quantiles: readonly {p: number; value: number}[]) {
  const at = (p: number) => quantiles.find(q => q.p === p)!.value
  const [q1, q3] = [at(0.25), at(0.75)]
  const low = Math.max(q1 - 1.5 * (q3 - q1), -Number.MAX_VALUE)
  const high = Math.min(q3 + 1.5 * (q3 - q1), Number.MAX_VALUE)
  const rounding = 1e-9 * (q3 - q1)
  return {
    low,
    high,
    rounding,
    beyond: (x: number) => x < low - rounding || x > high + rounding,
  }
}

/** The bin of a value. Halves, so that a range wider than the largest double does not become infinite. */
const binOf = (x: number, min: number, max: number, n: number) =>
  max > min ? Math.min(n - 1, Math.floor(((x / 2 - min / 2) / (max / 2 - min / 2)) * n)) : 0

const edges = (min: number, max: number, n: number) =>
  Array.from({length: n + 1}, (_, k) => min * (1 - k / n) + max * (k / n) + 0)

/**
 * The same for a column of very many different values in a table too long to be read: `distinct` and
 * `quantiles` (with what follows from them, the outliers' fences) are estimates. `value` is a DOUBLE, NaN
 * where missing.
 */
export async function estimatedNumbers(
  session: Session,
  rows: Relation,
  value: Sql,
  signal: AbortSignal,
): Promise<NumberFound> {
  const inner = sql`(select ${value} as x from ${rows})`
  const finite = sql`filter (isfinite(x))`
  const [row] = await session.rows(
    sql`select count(*) filter (isnan(x)) as missing, count(*) filter (isinf(x)) as infinite,
      approx_count_distinct(nullif(x, 'nan'::double)) as differing, count(*) ${finite} as total, avg(x) ${finite} as mean,
      min(x) ${finite} as lo, max(x) ${finite} as hi, stddev_pop(x) ${finite} as sd,
      count(*) filter (x = 0) as zeros, count(*) filter (x < 0 and isfinite(x)) as negatives,
      approx_quantile(x, ${probabilities}) ${finite} as quantiles
    from ${inner}`,
    {signal},
  )
  const figure = (name: string) => Number(row![name] ?? 0)
  const [total, mean, min, max, sd] = ['total', 'mean', 'lo', 'hi', 'sd'].map(figure) as [
    number,
    number,
    number,
    number,
    number,
  ]
  const common = {missing: figure('missing'), distinct: figure('differing')}
  if (total === 0) return common
  const quantiles = probabilities.map((p, k) => ({p, value: (row!.quantiles as number[])[k]!}))
  const {low, high, rounding} = fences(quantiles)
  const bin = sql`case when ${max} > ${min} then least(${bins - 1}, floor((x / 2 - ${min / 2}) / ${max / 2 - min / 2} * ${bins}))::int else 0 end`
  const drawn = await session.rows(
    sql`select ${bin} as bin, count(*) as n, sum((x - ${mean}) ** 3) as m3,
        count(*) filter (x < ${low - rounding} or x > ${high + rounding}) as outside
      from ${inner} where isfinite(x) group by 1 order by 1`,
    {signal},
  )
  const sum = (name: string) => drawn.reduce((all, r) => all + Number(r[name]), 0)
  const counts = new Array<number>(bins).fill(0)
  for (const r of drawn) counts[Number(r.bin)] = Number(r.n)
  const histogram: Histogram<number> = {edges: edges(min, max, bins), counts}
  return {
    ...common,
    numbers: {
      min,
      max,
      mean,
      sd: total > 1 ? sd * Math.sqrt(total / (total - 1)) : 0,
      skewness: sd > 0 ? sum('m3') / total / sd ** 3 : 0,
      zeros: figure('zeros'),
      negatives: figure('negatives'),
      infinite: figure('infinite'),
      quantiles,
      outliers: {count: sum('outside'), low, high},
      histogram,
    },
  }
}
