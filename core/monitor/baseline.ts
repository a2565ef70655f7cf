// Statistics of the training rows, and later rows counted into the same bins.
import type {Session} from '../data/session.ts'
import {id, type Relation, raw, type Sql, sql} from '../data/sql.ts'
import type {
  Baseline,
  CategoricalBaseline,
  FeatureBaseline,
  Spread,
  TextBaseline,
} from '../schema/baseline.ts'
import {imageShape} from '../schema/image.ts'
import type {Column} from '../schema/table.ts'
import type {Answer} from '../serving/answer.ts'
import {isFreeText, measures} from './text.ts'
import {answerTable} from './traffic.ts'

/** Bins of a number: fine enough that the Kolmogorov–Smirnov distance over them loses little. */
const bins = 40
/** A number with at most this many values is compared value by value. */
const discreteValues = 20
/** Categories kept by name; rarer ones are counted together. */
const keptCategories = 500

export type BaselineSpec = {
  /** The columns that requests have. */
  columns: readonly Column[]
  /** What the model answers on rows that it was not trained on, where that is known. */
  predictions?: readonly Answer[] | undefined
  signal?: AbortSignal | undefined
}

/** What `rows`, the raw training rows, look like. Dates are counted in microseconds since 1970. */
export async function baseline(
  session: Session,
  rows: Relation,
  {columns, predictions, signal}: BaselineSpec,
): Promise<Baseline> {
  const [total] = await session.rows(sql`select count(*) as n from ${rows}`, {signal})
  const features: FeatureBaseline[] = []
  for (const column of columns) {
    const made = (await isFreeText(session, rows, column, signal))
      ? await textBaseline(session, rows, column.name, signal)
      : await featureBaseline(session, rows, column, signal)
    if (made) features.push(made)
  }
  const base: Baseline = {version: 2, rows: Number(total!.n), features}
  if (!predictions?.length) return base
  const answered = answerTable(predictions)
  const prediction = await featureBaseline(session, answered, answered.columns[0]!, signal)
  return prediction ? {...base, prediction} : base
}

/** How long the texts of a column are, and none of them. */
async function textBaseline(
  session: Session,
  rows: Relation,
  name: string,
  signal: AbortSignal | undefined,
): Promise<TextBaseline> {
  const {gaps, spread} = await spreadOf(session, measures.characters(rows, name), signal)
  const {spread: words} = await spreadOf(session, measures.words(rows, name), signal)
  return {kind: 'text', name, ...gaps, characters: spread, words}
}

/** Nothing for a column that cannot be counted: lists, structs, blobs. */
async function featureBaseline(
  session: Session,
  rows: Relation,
  column: Column,
  signal: AbortSignal | undefined,
): Promise<FeatureBaseline | undefined> {
  const {name, kind} = column
  if (kind === 'other') return undefined
  if (kind === 'category' || kind === 'boolean')
    return categorical(session, rows, {name, kind}, signal)
  const counted = kind === 'date' ? 'date' : 'number'
  const x = sql`select ${numberOf(column)} as x from ${rows}`
  const {gaps, spread} = await spreadOf(session, x, signal)
  return {kind: counted, name, ...gaps, ...spread}
}

/** How the values of a query's only column `x` are spread; null is missing. */
async function spreadOf(
  session: Session,
  x: Sql,
  signal: AbortSignal | undefined,
): Promise<{gaps: {n: number; missing: number}; spread: Spread}> {
  const shares = Array.from({length: bins - 1}, (_, i) => (i + 1) / bins)
  const [found] = await session.rows(
    sql`select count(*) as n, count(*) - count(x) as missing,
      avg(x) filter (isfinite(x)) as mean, stddev_samp(x) filter (isfinite(x)) as sd,
      min(x) filter (isfinite(x)) as low, max(x) filter (isfinite(x)) as high,
      list_sort(list_distinct(coalesce(quantile_disc(x, ${shares}) filter (isfinite(x)), []))) as quantiles,
      (select list(x order by x) from (select distinct x from (${x}) where isfinite(x) limit ${discreteValues + 1})) as few
      from (${x})`,
    {signal},
  )
  const few = (found!.few as number[] | null) ?? []
  const discrete = few.length <= discreteValues
  const edges = discrete ? few : (found!.quantiles as number[])
  const {counts} = await countBins(session, x, edges, signal)
  return {
    gaps: {n: Number(found!.n), missing: Number(found!.missing)},
    spread: {
      edges,
      counts,
      discrete,
      mean: real(found!.mean),
      sd: real(found!.sd),
      min: real(found!.low),
      max: real(found!.high),
    },
  }
}

/** A statistic as JSON can hold it: sums of huge numbers overflow. */
const real = (x: unknown): number | null => (typeof x === 'number' && Number.isFinite(x) ? x : null)

/** How many values fall into each bin; the last bin is everything above the last edge. */
async function countBins(
  session: Session,
  x: Sql,
  edges: readonly number[],
  signal: AbortSignal | undefined,
): Promise<Omit<Counted, 'outside'>> {
  const [found] = await session.rows(
    sql`select n, missing,
        [coalesce(h[e], 0) for e in ${edges}::double[]] || [coalesce(h['inf'::double], 0)] as counts
      from (select count(*) as n, count(*) - count(x) as missing,
        histogram(x, ${edges}::double[]) as h from (${x}))`,
    {signal},
  )
  const {n, missing, counts} = found as {n: number; missing: number; counts: number[] | null}
  return {
    n: Number(n),
    missing: Number(missing),
    // Without a single value there is no histogram.
    counts: Array.from({length: edges.length + 1}, (_, i) => Number(counts?.[i] ?? 0)),
  }
}

async function categorical(
  session: Session,
  rows: Relation,
  {name, kind}: {name: string; kind: 'category' | 'boolean'},
  signal: AbortSignal | undefined,
): Promise<CategoricalBaseline> {
  const groups = sql`select ${id(name)}::varchar as v, count(*) as c from ${rows} group by all`
  const top = await session.rows(
    sql`select v, c from (${groups}) where v is not null order by c desc, v limit ${keptCategories}`,
    {signal},
  )
  const [all] = await session.rows(
    sql`select coalesce(sum(c), 0)::bigint as n, coalesce(sum(c) filter (v is null), 0)::bigint as missing,
      count(v) as categories, count(*) filter (c = 1 and v is not null) as singletons from (${groups})`,
    {signal},
  )
  const counts = top.map(row => Number(row.c))
  const [n, missing] = [Number(all!.n), Number(all!.missing)]
  return {
    kind,
    name,
    n,
    missing,
    values: top.map(row => String(row.v)),
    counts,
    rest: {
      categories: Number(all!.categories) - top.length,
      count: n - missing - counts.reduce((a, b) => a + b, 0),
    },
    singletons: Number(all!.singletons),
  }
}

/** Rows counted into a baseline's bins. `outside`: of a category that the baseline does not name. */
export type Counted = {n: number; missing: number; counts: number[]; outside: number}
/** Texts counted into a baseline's bins, once by each measure. */
export type CountedText = {n: number; missing: number; characters: number[]; words: number[]}

/** Counts one column of `rows` as the baseline did. */
export async function countLike(
  session: Session,
  rows: Relation,
  like: FeatureBaseline,
  signal?: AbortSignal,
): Promise<Counted | CountedText> {
  const column = rows.columns.find(c => c.name === like.name)!
  if (like.kind === 'text') {
    const {
      name,
      characters: {edges},
    } = like
    const {counts, ...of} = await countBins(session, measures.characters(rows, name), edges, signal)
    const words = await countBins(session, measures.words(rows, name), like.words.edges, signal)
    return {...of, characters: counts, words: words.counts}
  }
  if ('edges' in like) {
    const x = sql`select ${numberOf(column)} as x from ${rows}`
    return {...(await countBins(session, x, like.edges, signal)), outside: 0}
  }
  const found = await session.rows(
    sql`with known as (select unnest(${like.values}::varchar[]) as v, generate_subscripts(${like.values}::varchar[], 1) as i)
      select g.v is null as missing, i, sum(c)::bigint as c
      from (select ${id(like.name)}::varchar as v, count(*) as c from ${rows} group by all) g
      left join known on g.v = known.v group by all`,
    {signal},
  )
  const counted: Counted = {n: 0, missing: 0, counts: like.values.map(() => 0), outside: 0}
  for (const {missing, i, c} of found) {
    const count = Number(c)
    counted.n += count
    if (missing) counted.missing += count
    else if (i === null) counted.outside += count
    else counted.counts[Number(i) - 1] = count
  }
  return counted
}

/** A column as a DOUBLE without NaN: NaN is missing. Of an image, the mean of its values, 0 to 255. */
function numberOf({name, kind, type}: Column): Sql {
  const shape = kind === 'image' ? imageShape(type) : undefined
  if (shape) {
    const rowsOf = sql`flatten(${id(name)}::${raw(type.replaceAll(/\[\d+\]/g, '[]'))})`
    return sql`list_avg(${shape.channels === 3 ? sql`flatten(${rowsOf})` : rowsOf})`
  }
  const number = kind === 'date' ? sql`epoch_us(${id(name)})` : id(name)
  return sql`nullif(${number}::double, 'nan'::double)`
}
