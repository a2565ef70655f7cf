// How well each column alone tells the target: the way to see a leak before a model does.
import type {Task} from '../../plugin.ts'
import type {ColumnProfile, TargetProfile} from '../../schema/profile.ts'
import type {Session} from '../session.ts'
import {id, join, type Relation, type Sql, sql} from '../sql.ts'

/** Numbers and dates fall into about so many bins. */
const bins = 32
/** Fewer in wide tables, where each bin makes the query longer. */
const fewBins = 8
const wide = 200
const mostColumns = 2000
/** A number with no more different values than this, all whole, is taken for classes. */
const mostClasses = 20
/** How many rows of the overall rate are mixed into each bin: a bin of one row proves little. */
const smoothing = 5

export async function targetProfile(
  session: Session,
  rows: Relation,
  columns: readonly ColumnProfile[],
  name: string,
  {signal, tell}: Task,
): Promise<{target: TargetProfile; limits: string[]}> {
  const target = columns.find(c => c.name === name)!
  const task = await taskOf(session, rows, target, signal)
  const classes =
    task === 'classification' ? await classesOf(session, rows, name, signal) : undefined
  const measure = task === 'regression' ? 'r2' : classes!.length === 2 ? 'auc' : 'entropy'
  const others = columns.filter(c => c.name !== name && c.kind !== 'other' && c.distinct > 0)
  const limits =
    others.length > mostColumns
      ? [`the target is compared with the first ${mostColumns} of ${others.length} columns`]
      : []
  const judged: TargetProfile['columns'] = []
  const judge = {auc, entropy, r2}[measure]
  const compared = others.slice(0, mostColumns)
  const y = task === 'regression' ? sql`${id(name)}::double` : sql`${id(name)}::varchar`
  const keep =
    task === 'regression' ? sql`isfinite(${id(name)}::double)` : sql`${id(name)} is not null`
  for (const column of compared) {
    const x = binned(column, compared.length > wide ? fewBins : bins)
    // Halves are told by the row's number, scattered, so that the order of the rows does not matter.
    const cells = sql`select x, y, hash(n) % 2 as half from (select ${x} as x, ${y} as y, row_number() over () as n from ${rows} where ${keep})`
    const value = await judge(session, cells, classes?.[1]?.value ?? '', signal)
    judged.push({name: column.name, value})
    tell({message: `comparing columns with ${name}`, done: judged.length / compared.length})
  }
  judged.sort((a, b) => b.value - a.value)
  return {
    target: {name, task, measure, columns: judged, ...(classes ? {classes} : {})},
    limits,
  }
}

async function taskOf(
  session: Session,
  rows: Relation,
  target: ColumnProfile,
  signal: AbortSignal,
) {
  if (target.kind !== 'number') return 'classification'
  if (target.distinct > mostClasses) return 'regression'
  const [row] = await session.rows(
    sql`select bool_and(${id(target.name)}::double = trunc(${id(target.name)}::double)) as whole from ${rows} where isfinite(${id(target.name)}::double)`,
    {signal},
  )
  return row!.whole === true ? 'classification' : 'regression'
}

async function classesOf(session: Session, rows: Relation, name: string, signal: AbortSignal) {
  const found = await session.rows(
    sql`select ${id(name)}::varchar as value, count(*) as n from ${rows} where ${id(name)} is not null group by 1 order by n desc, value`,
    {signal},
  )
  return found.map(row => ({value: String(row.value), count: Number(row.n)}))
}

/** SQL: the bin that a column's value falls into; null is a bin of its own. */
function binned(column: ColumnProfile, n: number): Sql {
  const c = id(column.name)
  if (column.kind === 'number' && column.numbers && column.distinct > n)
    return tree(
      sql`${c}::double`,
      edges(column.numbers.histogram.edges, column.numbers.quantiles, n),
    )
  if (column.kind === 'date' && column.dates && !/^TIME( |$|_NS)/.test(column.type)) {
    const [lo, hi] = [column.dates.min, column.dates.max].map(text => Date.parse(utc(text)))
    if (hi! > lo!) return sql`floor((epoch_ms(${c}::timestamp) - ${lo!}) / ${(hi! - lo!) / n})::int`
  }
  return sql`${c}::varchar`
}

const utc = (text: string) => (text.includes(' ') ? `${text.replace(' ', 'T')}Z` : text)

/** Edges between bins: the quantiles that are known, and between them the histogram's edges. */
function edges(
  histogram: readonly number[],
  quantiles: readonly {value: number}[],
  n: number,
): number[] {
  const known = [...new Set([...quantiles.map(q => q.value), ...histogram.slice(1, -1)])]
  known.sort((a, b) => a - b)
  const step = Math.max(1, known.length / (n - 1))
  return known.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step))
}

/** Nested CASEs that halve the edges: few comparisons a row. Gives the number of the bin. */
function tree(x: Sql, at: readonly number[], from = 0, to = at.length): Sql {
  if (from === to) return sql`${from}`
  const middle = (from + to) >> 1
  const [low, high] = [tree(x, at, from, middle), tree(x, at, middle + 1, to)]
  const test = sql`case when ${x} < ${at[middle]!} then ${low} else ${high} end`
  return from === 0 && to === at.length ? sql`case when ${x} is not null then ${test} end` : test
}

type Judge = (
  session: Session,
  cells: Sql,
  positive: string,
  signal: AbortSignal,
) => Promise<number>

/** Groups `x` in one half, beside what the other half knows of it. */
const halves = (cells: Sql, sums: readonly Sql[], names: readonly string[]) => {
  const own = join(sums.map((s, i) => sql`${s} as ${id(names[i]!)}`))
  const others = join(
    names.map(name => sql`coalesce(${id('o', name)}, 0) as ${id(`other_${name}`)}`),
  )
  return sql`groups as materialized (select half, x, ${own} from (${cells}) group by half, x),
    judged as (select g.*, ${others} from groups g left join groups o on g.x is not distinct from o.x and g.half <> o.half)`
}

/** The area under the ROC curve of the rate of positives, by the sum of ranks with ties halved. */
const auc: Judge = async (session, cells, positive, signal) => {
  const sums = [sql`count(*)::double`, sql`count(*) filter (y = ${positive})::double`]
  const [row] = await session.rows(
    sql`with ${halves(cells, sums, ['n', 'p'])},
      base as (select sum(p) / sum(n) as rate from groups),
      scored as (select half, (other_p + ${smoothing} * rate) / (other_n + ${smoothing}) as score, sum(p) as p, sum(n - p) as q from judged, base group by 1, 2),
      ranked as (select half, p, q, sum(q) over (partition by half order by score) - q / 2 as below from scored)
      select avg(area) as value from (select sum(p * below) / (sum(p) * sum(q)) as area from ranked group by half having sum(p) > 0 and sum(q) > 0)`,
    {signal},
  )
  return Number(row!.value ?? 0.5)
}

/** One less the cross-entropy of the smoothed class rates over the entropy of the classes alone. */
const entropy: Judge = async (session, cells, _, signal) => {
  const [row] = await session.rows(
    sql`with groups as materialized (select half, x, y, count(*)::double as n from (${cells}) group by all),
      whole as (select y, sum(n) as n, sum(n) / sum(sum(n)) over () as rate from groups group by y),
      totals as (select half, x, sum(n) as n from groups group by half, x),
      judged as (select g.n, w.rate, coalesce(o.n, 0) as hits, coalesce(t.n, 0) as seen from groups g
        join whole w on g.y = w.y
        left join groups o on g.x is not distinct from o.x and g.y = o.y and g.half <> o.half
        left join totals t on g.x is not distinct from t.x and g.half <> t.half)
      select 1 - sum(-n * ln((hits + ${smoothing} * rate) / (seen + ${smoothing}))) / nullif(sum(-n * ln(rate)), 0) as value from judged`,
    {signal},
  )
  return Math.max(0, Number(row!.value ?? 0))
}

/** One less the squared error of the bins' smoothed means over that of the mean alone. */
const r2: Judge = async (session, cells, _, signal) => {
  const centred = sql`select x, half, y - (select avg(y) from (${cells})) as y from (${cells})`
  const sums = [sql`count(*)::double`, sql`sum(y)`, sql`sum(y * y)`]
  const [row] = await session.rows(
    sql`with ${halves(centred, sums, ['n', 's', 'q'])},
      guessed as (select n, s, q, other_s / (other_n + ${smoothing}) as guess from judged)
      select 1 - sum(q - 2 * guess * s + n * guess * guess) / nullif(sum(q), 0) as value from guessed`,
    {signal},
  )
  return Math.max(0, Number(row!.value ?? 0))
}
