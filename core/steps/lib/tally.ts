// Columns of few different values (whole numbers, prices, clipped ones): counted in one pass, and what is to
// be learned of them follows from the counts.
import {id, join, type Relation, sql} from '../../data/sql.ts'
import type {Ask} from '../../plugin.ts'

/** The learnable values of a column in rising order, and how many rows have each. */
export type Tally = {values: readonly number[]; counts: readonly number[]; total: number}

/** Larger than this teaches nothing: its square could not be summed. */
export const largest = 1e145

/** A column with more different values than this is as good as continuous. */
const most = 5000
// Counting is quick while the counts are few: the first rows tell whether it is worth a try.
const glance = 20_000
const promising = 2000
/** Grouping sets take quadratic time over the columns: for more than these, counting is no shortcut. */
const wide = 500

/**
 * Counts the values of each column that has few different ones; undefined for one that has many, and for
 * all where there are very many. Which columns those are follows from the table alone, so it is the same for any number of threads.
 */
export async function tallies(
  rows: Relation,
  columns: readonly string[],
  ask: Ask,
): Promise<(Tally | undefined)[]> {
  const x = (i: number) => id(`x${i}`)
  const from = (chosen: readonly number[]) =>
    sql`(select ${join(chosen.map(i => sql`${id(columns[i]!)}::double as ${x(i)}`))} from ${rows})`
  const every = [...columns.keys()]
  if (every.length === 0) return []
  if (every.length > wide) return every.map(() => undefined)
  const distinct = every.map(i => sql`count(distinct ${x(i)}) as ${x(i)}`)
  const [seen] = await ask(sql`select ${join(distinct)} from (from ${from(every)} limit ${glance})`)
  const chosen = every.filter(i => Number(seen![`x${i}`]) <= promising)
  const found = every.map((): {values: number[]; counts: number[]} => ({values: [], counts: []}))
  if (chosen.length > 0) {
    const whose = join(
      chosen.map(i => sql`when ${x(i)} is not null then ${i}`),
      ' ',
    )
    // Grouping sets count all columns in one pass: in each row that they give, one column is not null.
    const counted = await ask(sql`
      select "column", x, n from (
        select (case ${whose} end)::integer as "column", coalesce(${join(chosen.map(x))}) as x, count(*) as n
        from ${from(chosen)} group by grouping sets (${join(chosen.map(i => sql`(${x(i)})`))}))
      where "column" is not null
      qualify row_number() over (partition by "column") <= ${most + 1}
      order by "column", x`)
    for (const {column, x: value, n} of counted) {
      const of = found[column as number]!
      of.values.push(value as number)
      of.counts.push(Number(n))
    }
  }
  return found.map(({values, counts}, i) =>
    chosen.includes(i) && values.length <= most ? learnableOnly(values, counts) : undefined,
  )
}

function learnableOnly(values: readonly number[], counts: readonly number[]): Tally {
  const kept = [...values.keys()].filter(i => Math.abs(values[i]!) <= largest)
  return {
    values: kept.map(i => values[i]!),
    counts: kept.map(i => counts[i]!),
    total: kept.reduce((sum, i) => sum + counts[i]!, 0),
  }
}

/** A quantile, linear between neighbours; undefined where there is no value. */
export function quantileOf({values, counts, total}: Tally, share: number): number | undefined {
  if (total === 0) return undefined
  const place = share * (total - 1)
  const [low, high] = [ranked(Math.floor(place)), ranked(Math.ceil(place))]
  return low + (high - low) * (place - Math.floor(place))

  function ranked(rank: number): number {
    let i = 0
    for (let before = counts[0]!; before <= rank; before += counts[i]!) i++
    return values[i]!
  }
}

/** Range, mean and standard deviation (of the population); undefined where there is no value. */
export function momentsOf({values, counts, total}: Tally) {
  if (total === 0) return undefined
  const [min, max] = [values[0]!, values.at(-1)!]
  // Differences from a value in their midst, so that nothing is lost to a large offset.
  const center = values[values.length >> 1]!
  const average = (of: (x: number) => number) =>
    exactSum(values.map((x, i) => counts[i]! * of(x))) / total
  const mean = center + average(x => x - center)
  return {min, max, mean, sd: Math.sqrt(average(x => (x - mean) ** 2))}
}

/** A sum that keeps what each addition rounds off: A. Neumaier, ZAMM 54 (1974), 39–51. */
function exactSum(terms: readonly number[]): number {
  let sum = 0
  let lost = 0
  for (const term of terms) {
    const next = sum + term
    lost += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum
    sum = next
  }
  return sum + lost
}
