// How columns go together, two by two: numbers, categories, and one of each.
import type {Task} from '../../plugin.ts'
import type {ColumnProfile, Correlation} from '../../schema/profile.ts'
import type {Session} from '../session.ts'
import {id, join, type Relation, type Sql, sql} from '../sql.ts'

/** Caps: pairs grow with the square of the columns. */
const mostNumbers = 60
const mostCategories = 20
/** A category column with more values than this is not compared. */
const mostValues = 500
/** Ranks of more cells than this are taken from a sample of rows. */
const rankedCells = 20_000_000

type Found = {correlations: Correlation[]; limits: string[]}

export async function correlate(
  session: Session,
  rows: Relation,
  columns: readonly ColumnProfile[],
  count: number,
  {signal, tell}: Task,
): Promise<Found> {
  const limits: string[] = []
  const few = (found: ColumnProfile[], most: number, what: string) => {
    if (found.length > most)
      limits.push(`correlations cover the first ${most} of ${found.length} ${what} columns`)
    return found.slice(0, most).map(c => c.name)
  }
  const numbers = few(
    columns.filter(c => c.kind === 'number' && c.numbers && c.numbers.sd > 0),
    mostNumbers,
    'number',
  )
  const varied = columns.filter(
    c => (c.kind === 'category' || c.kind === 'boolean') && c.distinct > 1,
  )
  const many = varied.filter(c => c.distinct > mostValues).length
  if (many > 0)
    limits.push(
      `correlations leave out ${many} category columns with more than ${mostValues} values`,
    )
  const categories = few(
    varied.filter(c => c.distinct <= mostValues),
    mostCategories,
    'category',
  )
  const correlations: Correlation[] = []
  tell({message: 'correlating the columns'})
  if (numbers.length > 1) {
    correlations.push(...(await pairwise(session, rows, numbers, 'pearson', value, signal)))
    const sampled = count * numbers.length > rankedCells
    const keep = Math.floor(rankedCells / numbers.length)
    if (sampled) limits.push(`rank correlations are estimated from ${keep} of ${count} rows`)
    const ranked = ranks(rows, numbers, sampled ? keep / count : undefined)
    correlations.push(...(await pairwise(session, ranked, numbers, 'spearman', id, signal)))
  }
  for (const [i, a] of categories.entries()) {
    for (const b of categories.slice(i + 1))
      correlations.push({
        a,
        b,
        measure: 'cramers-v',
        value: await cramersV(session, rows, a, b, signal),
      })
    if (numbers.length > 0) correlations.push(...(await ratios(session, rows, a, numbers, signal)))
  }
  return {correlations: correlations.filter(c => Number.isFinite(c.value)), limits}
}

/** A number as a double; null where it is missing, NaN or infinite. */
const value = (name: string) =>
  sql`case when isfinite(${id(name)}::double) then ${id(name)}::double end`

/** Pearson's correlation of all pairs in one query. */
async function pairwise(
  session: Session,
  rows: Relation | Sql,
  names: readonly string[],
  measure: 'pearson' | 'spearman',
  of: (name: string) => Sql,
  signal: AbortSignal,
): Promise<Correlation[]> {
  const pairs = names.flatMap((a, i) => names.slice(i + 1).map(b => ({a, b})))
  const each = pairs.map(({a, b}) => sql`corr(${place(names, a)}, ${place(names, b)})`)
  const values = names.map((name, i) => sql`${of(name)} as ${id(`c${i}`)}`)
  const from = 'query' in rows ? sql`${rows}` : sql`(${rows})`
  const [row] = await session.rows(
    sql`select [${join(each)}] as r from (select ${join(values)} from ${from})`,
    {signal},
  )
  const found = row!.r as (number | null)[]
  // A column that is constant over the rows of a pair has no correlation.
  return pairs.map((pair, k) => ({...pair, measure, value: found[k] ?? Number.NaN}))
}

const place = (names: readonly string[], name: string) => id(`c${names.indexOf(name)}`)

/** Each number by its rank among the finite values of its column; equal values share their mean rank. */
function ranks(rows: Relation, names: readonly string[], share: number | undefined): Sql {
  const sampled =
    share === undefined
      ? sql`${rows}`
      : sql`(select * from ${rows} using sample ${share * 100} percent (bernoulli, 1))`
  const values = names.map(name => sql`${value(name)} as ${id(name)}`)
  const counted = names.map((name, i) => {
    const [x, r] = [id(name), id(`rank_${i}`)]
    return sql`${r} as (select x, sum(n) over (order by x) - (n - 1) / 2 as r from (select ${x} as x, count(*) as n from taken where ${x} is not null group by 1))`
  })
  const joins = names.map(
    (name, i) =>
      sql`left join ${id(`rank_${i}`)} on ${id('taken', name)} = ${id(`rank_${i}`, 'x')}`,
  )
  const each = names.map((name, i) => sql`${id(`rank_${i}`, 'r')} as ${id(name)}`)
  return sql`with taken as materialized (select ${join(values)} from ${sampled}), ${join(counted)} select ${join(each)} from taken ${join(joins, ' ')}`
}

/** Cramér's V with Bergsma's correction (2013), without which many categories look related by chance. */
async function cramersV(
  session: Session,
  rows: Relation,
  a: string,
  b: string,
  signal: AbortSignal,
) {
  const [row] = await session.rows(
    sql`with pairs as (
        select ${id(a)} as a, ${id(b)} as b, count(*)::double as n from ${rows}
        where ${id(a)} is not null and ${id(b)} is not null group by 1, 2
      ), sums as (
        select a, b, n, sum(n) over (partition by a) as na, sum(n) over (partition by b) as nb from pairs
      )
      select sum(n) as n, sum(n * n / (na * nb)) - 1 as phi2, count(distinct a) as r, count(distinct b) as k from sums`,
    {signal},
  )
  const [n, phi2, r, k] = [row!.n, row!.phi2, row!.r, row!.k].map(Number) as [
    number,
    number,
    number,
    number,
  ]
  if (n < 2) return Number.NaN
  const corrected = Math.max(0, phi2 - ((k - 1) * (r - 1)) / (n - 1))
  const [rows_, columns_] = [r - (r - 1) ** 2 / (n - 1), k - (k - 1) ** 2 / (n - 1)]
  const least = Math.min(rows_ - 1, columns_ - 1)
  return least > 0 ? Math.min(1, Math.sqrt(corrected / least)) : Number.NaN
}

/** The correlation ratio of a category with every number: the root of the variance between over the whole. */
async function ratios(
  session: Session,
  rows: Relation,
  category: string,
  numbers: readonly string[],
  signal: AbortSignal,
): Promise<Correlation[]> {
  const groups = await session.rows(
    sql`select ${join(
      numbers.map((name, i) => {
        const x = value(name)
        return sql`struct_pack(n := count(${x}), mean := avg(${x}), v := var_pop(${x})) as ${id(`g${i}`)}`
      }),
    )} from ${rows} where ${id(category)} is not null group by ${id(category)}`,
    {signal},
  )
  return numbers.map((b, i) => {
    const each = groups
      .map(row => row[`g${i}`] as {n: number; mean: number | null; v: number | null})
      .filter(g => Number(g.n) > 0)
    const n = each.reduce((sum, g) => sum + Number(g.n), 0)
    const mean = each.reduce((sum, g) => sum + Number(g.n) * g.mean!, 0) / n
    const between = each.reduce((sum, g) => sum + Number(g.n) * (g.mean! - mean) ** 2, 0)
    const within = each.reduce((sum, g) => sum + Number(g.n) * g.v!, 0)
    return {
      a: category,
      b,
      measure: 'correlation-ratio',
      value: Math.sqrt(between / (between + within)),
    }
  })
}
