// The profile of every column, each by the figures of its kind.
import type {Task} from '../../plugin.ts'
import type {ColumnProfile, DateProfile, NumberProfile} from '../../schema/profile.ts'
import type {Column} from '../../schema/table.ts'
import {progressOf, says} from '../../words/says.ts'
import type {Session} from '../session.ts'
import {id, join, type Relation, sql} from '../sql.ts'
import {categoryProfiles} from './categories.ts'
import {blocks} from './cells.ts'
import {estimatedNumbers, type NumberFound, numbersOf} from './numbers.ts'
import {measure, readValues} from './values.ts'

/** Up to so many different values, every figure of a number column is exact. */
export const exactDistinct = 1_000_000

/** Columns in the table's order. */
export async function columnProfiles(
  session: Session,
  rows: Relation,
  count: number,
  {signal, tell}: Task,
): Promise<ColumnProfile[]> {
  const made = new Map<string, ColumnProfile>()
  const add = (profile: ColumnProfile) => {
    made.set(profile.name, profile)
    tell(progressOf(says`profiling the columns`, {done: made.size / rows.columns.length}))
  }
  tell(progressOf(says`profiling the columns`, {done: 0}))
  const measured = rows.columns.filter(c => c.kind === 'number' || c.kind === 'date')
  const find = count <= exactDistinct ? readNumbers : askNumbers
  for await (const {column, estimated, ...found} of find(session, rows, measured, signal, count)) {
    const distinct = coarse(column, found)
      ? await countDistinct(session, rows, column.name, signal)
      : found.distinct
    add({
      ...numberColumn(column, {...found, distinct}),
      ...(estimated ? {estimated: ['distinct', 'quantiles']} : {}),
    })
  }
  for (const block of blocks(
    rows.columns.filter(c => !measured.includes(c)),
    count,
  )) {
    for (const [i, found] of (await categoryProfiles(session, rows, block, signal)).entries())
      add(categoryColumn(block[i]!, found))
  }
  return rows.columns.map(c => made.get(c.name)!)
}

type Measured = NumberFound & {column: Column; estimated?: boolean}

/** Of a table whose columns fit in memory, some at a time. */
async function* readNumbers(
  session: Session,
  rows: Relation,
  columns: readonly Column[],
  signal: AbortSignal,
  count: number,
): AsyncGenerator<Measured> {
  for (const block of blocks(columns, count)) {
    const read = await readValues(session, rows, block.map(measure), {count}, signal)
    for (const [i, column] of block.entries()) yield {column, ...numbersOf(read[i]!.sort())}
  }
}

/** Of a longer table: from the counts of its values, where these are few enough. */
async function* askNumbers(
  session: Session,
  rows: Relation,
  columns: readonly Column[],
  signal: AbortSignal,
): AsyncGenerator<Measured> {
  if (columns.length === 0) return
  const [row] = await session.rows(
    sql`select [${join(columns.map(c => sql`approx_count_distinct(${id(c.name)})`))}] as n from ${rows}`,
    {signal},
  )
  for (const [i, column] of columns.entries()) {
    const value = measure(column)
    const distinct = Number((row!.n as number[])[i])
    if (distinct > exactDistinct)
      yield {column, estimated: true, ...(await estimatedNumbers(session, rows, value, signal))}
    else {
      const counted = {
        query: sql`select ${value} as x, count(*)::double as n from ${rows} group by x order by x`,
        columns: [],
      }
      const each = [sql`x`, sql`n`]
      const [values, counts] = await readValues(session, counted, each, {count: distinct}, signal)
      yield {column, ...numbersOf(values!, counts!)}
    }
  }
}

/** Columns whose different values may be one as a DOUBLE, so that they have to be counted as they are. */
function coarse({type}: Column, {numbers, distinct}: NumberFound): boolean {
  if (!numbers || distinct >= exactDistinct) return false
  const [, width] = /^DECIMAL\((\d+)/.exec(type) ?? []
  if (type === 'TIMESTAMP_NS' || type === 'TIME_NS' || Number(width) > 15) return true
  const furthest = Math.max(numbers.max, -numbers.min)
  return !/^(FLOAT|DOUBLE)$/.test(type) && furthest > Number.MAX_SAFE_INTEGER
}

async function countDistinct(session: Session, rows: Relation, name: string, signal: AbortSignal) {
  const [row] = await session.rows(sql`select count(distinct ${id(name)}) as n from ${rows}`, {
    signal,
  })
  return Number(row!.n)
}

function numberColumn(
  {name, type, kind}: Column,
  {missing, distinct, numbers}: NumberFound,
): ColumnProfile {
  const common = {name, type, missing, distinct}
  if (kind === 'date') return {...common, kind, ...(numbers ? {dates: dates(numbers, type)} : {})}
  return {...common, kind: 'number', ...(numbers ? {numbers} : {})}
}

function categoryColumn(
  {name, type, kind}: Column,
  {missing, distinct, ...values}: Awaited<ReturnType<typeof categoryProfiles>>[number],
): ColumnProfile {
  const common = {name, type, missing, distinct}
  if (kind !== 'category' && kind !== 'boolean')
    return {...common, kind: kind === 'image' ? 'image' : 'other'}
  return {...common, kind, ...(distinct > 0 ? {values} : {})}
}

function dates({min, max, quantiles, histogram}: NumberProfile, type: string): DateProfile {
  const text = (micros: number) => moment(micros, type)
  return {
    min: text(min),
    max: text(max),
    median: text(quantiles.find(q => q.p === 0.5)!.value),
    histogram: {edges: histogram.edges.map(text), counts: histogram.counts},
  }
}

/** ISO 8601: a day, a time of day, or both, to the second. */
function moment(micros: number, type: string): string {
  const iso = new Date(micros / 1000)
  // JavaScript's dates end in the year 275760; DuckDB's go further.
  if (Number.isNaN(iso.getTime())) return `${micros} µs`
  const [day, time] = iso.toISOString().split('T') as [string, string]
  if (type === 'DATE') return day
  const second = time.slice(0, 8)
  return type.startsWith('TIMESTAMP') ? `${day} ${second}` : second
}
