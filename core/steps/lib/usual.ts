// The usual value of a column: its mean, median or mode, overall and in groups of rows.
import {id, join, type Relation, type Sql, sql} from '../../data/sql.ts'
import type {Ask, Row} from '../../plugin.ts'
import type {Column} from '../../schema/table.ts'
import {keyOf} from './groups.ts'
import {askOfMany} from './long.ts'
import {exactMean, learnable, quantiles, ranges} from './numbers.ts'

/** What fills a column: text for text; for booleans 0 and 1, for dates µs since 1970. */
export type Fill = string | number

/** A column in the form of a fill, null where it teaches nothing. */
export function plain({name, kind}: Column): Sql {
  if (kind === 'category') return sql`${id(name)}::varchar`
  if (kind === 'number') return learnable(id(name))
  return kind === 'date' ? sql`epoch_us(${id(name)})::double` : sql`${id(name)}::double`
}

export type Group = {group: (string | number)[] | undefined; fill: (Fill | null)[]}

/**
 * The usual value of each column, overall (`group` undefined) and, with `by`, in each group. Mean and median
 * are of numbers; other columns get their mode. Of equally frequent values the smallest is the mode.
 */
export async function usualValues(
  rows: Relation,
  columns: readonly Column[],
  how: 'mean' | 'median' | 'mode',
  by: readonly Column[],
  ask: Ask,
): Promise<Group[]> {
  const places = columns.map((column, place) => ({column, place}))
  const measured = places.filter(({column}) => how !== 'mode' && column.kind === 'number')
  const counted = places.filter(p => !measured.includes(p))
  const groups = new Map<string, Group>()
  const put = (row: Row, place: number, fill: unknown) => {
    const group = row.overall ? undefined : by.map((_, i) => row[`g${i}`] as string | number | null)
    if (group?.includes(null)) return
    const key = JSON.stringify(group) ?? ''
    const known = groups.get(key) ?? {group: group as Group['group'], fill: columns.map(() => null)}
    groups.set(key, known)
    known.fill[place] = fill as Fill | null
  }
  if (measured.length > 0)
    for (const row of await measure(rows, measured, how, by, ask))
      for (const {place} of measured) put(row, place, row[`x${place}`])
  const wide = by.length === 0 && counted.length > atOnce
  for (const row of await (wide ? modesOfMany(rows, counted, ask) : modes(rows, counted, by, ask)))
    put(row, Number(row.place), row.txt ?? row.num)
  return [...groups.values()]
}

/** So many columns by one query that names each: DuckDB takes more than linear time over its parts. */
const atOnce = 200

type Placed = {column: Column; place: number}

/** One row of means or medians for all rows, and one for each group. */
async function measure(
  rows: Relation,
  columns: readonly Placed[],
  how: 'mean' | 'median' | 'mode',
  by: readonly Column[],
  ask: Ask,
): Promise<Row[]> {
  const {keys, head, grouped} = grouping(by)
  const names = columns.map(c => c.column.name)
  if (how === 'median' && by.length === 0) {
    const found = await quantiles(rows, names, ask, [0.5])
    const medians = columns.map(({place}, i) => [`x${place}`, found[i]?.[0] ?? null])
    return [{overall: true, ...Object.fromEntries(medians)}]
  }
  const range = how === 'mean' ? await ranges(rows, names, ask) : []
  const values = columns.map(c => sql`${learnable(id(c.column.name))} as ${id(`x${c.place}`)}`)
  const wanted = columns.map(({place}, i) => {
    const x = id(`x${place}`)
    const mean = () => (range[i] ? exactMean(x, range[i]) : sql`null::double`)
    return sql`${how === 'mean' ? mean() : sql`quantile_cont(${x}, 0.5)`} as ${x}`
  })
  return ask(sql`
    select ${join([...head, ...wanted])}
    from (select ${join([...keys, ...values])} from ${rows}) ${grouped([])}`)
}

/** For each column, its most frequent value (`txt` or `num`) in all rows, and in each group. */
async function modes(
  rows: Relation,
  columns: readonly Placed[],
  by: readonly Column[],
  ask: Ask,
): Promise<Row[]> {
  const found: Row[] = []
  for (let from = 0; from < columns.length; from += atOnce)
    found.push(...(await modesOfSome(rows, columns.slice(from, from + atOnce), by, ask)))
  return found
}

async function modesOfSome(
  rows: Relation,
  columns: readonly Placed[],
  by: readonly Column[],
  ask: Ask,
): Promise<Row[]> {
  const {keys, names, head, grouped} = grouping(by)
  const values = columns.map(c => sql`${plain(c.column)} as ${id(`x${c.place}`)}`)
  const counts = columns.map(({column, place}) => {
    const x = id(`x${place}`)
    const text = column.kind === 'category'
    return sql`
      select ${join(head)}, ${place} as place, count(*) as n,
        ${text ? x : sql`null::varchar`} as txt, ${text ? sql`null::double` : x} as num
      from base where ${x} is not null ${grouped([x])}`
  })
  const each = join([sql`place`, sql`overall`, ...names])
  return ask(sql`
    with base as materialized (select ${join([...keys, ...values])} from ${rows}),
      counts as (${join(counts, ' union all ')})
    from counts
    qualify row_number() over (partition by ${each} order by n desc, txt, num) = 1`)
}

/** The same for a wide table, in all rows alone. */
async function modesOfMany(rows: Relation, columns: readonly Placed[], ask: Ask): Promise<Row[]> {
  const isText = ({column}: Placed) => column.kind === 'category'
  const kinds = [
    {name: 'txt', some: columns.filter(isText)},
    {name: 'num', some: columns.filter(c => !isText(c))},
  ]
  const found: Row[] = []
  for (const {name, some} of kinds) {
    const values = some.map(c => plain(c.column))
    const modes = await askOfMany(rows, values, ask, async from => {
      const counts = sql`select i, x, count(*) as n from ${from} where x is not null group by i, x`
      const first = sql`row_number() over (partition by i order by n desc, x) = 1`
      return (await ask(sql`select i, x from (${counts}) qualify ${first}`)) as Mode[]
    })
    for (const {i, x} of modes) found.push({overall: true, place: some[i]!.place, [name]: x})
  }
  return found
}
type Mode = {i: number; x: string | number}

/** The pieces of a query over all rows and over each group at once; `overall` tells which a row is of. */
function grouping(by: readonly Column[]) {
  const names = by.map((_, i) => id(`g${i}`))
  const keys = by.map((column, i) => sql`${keyOf(column)} as ${names[i]!}`)
  const overall = by.length === 0 ? sql`true` : sql`grouping(${names[0]!}) = 1`
  const grouped = (more: Sql[]) => {
    const sets = [more, ...(by.length > 0 ? [[...names, ...more]] : [])]
    return sql`group by grouping sets (${join(sets.map(set => sql`(${join(set)})`))})`
  }
  return {names, keys, head: [sql`${overall} as overall`, ...names], grouped}
}
