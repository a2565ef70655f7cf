// The profile of every column, each by the figures of its kind.
import type {Task} from '../../plugin.ts'
import type {ColumnProfile, DateProfile, Histogram} from '../../schema/profile.ts'
import type {Column} from '../../schema/table.ts'
import type {Session} from '../session.ts'
import {id, join, type Relation, type Sql, sql} from '../sql.ts'
import {categoryProfiles} from './categories.ts'
import {type Block, blocks} from './cells.ts'
import {estimatedProfile, type NumberFound, numberProfiles} from './numbers.ts'

/** Up to so many different values, every figure of a number column is exact. */
export const exactDistinct = 1_000_000

/** Columns in the table's order. */
export async function columnProfiles(
  session: Session,
  rows: Relation,
  count: number,
  {signal, tell}: Task,
): Promise<ColumnProfile[]> {
  const estimated = await manyValued(session, rows, count, signal)
  const made = new Map<string, ColumnProfile>()
  const groups = byExpression(rows.columns.filter(c => !estimated.has(c.name)))
  const done = () => tell({message: 'profiling the columns', done: made.size / rows.columns.length})
  for (const {columns, as} of groups)
    for (const block of blocks(
      columns.map(c => c.name),
      count,
      as,
    )) {
      const members = block.names.map(name => columns.find(c => c.name === name)!)
      for (const profile of await blockProfiles(session, rows, block, members, signal))
        made.set(profile.name, profile)
      done()
    }
  for (const column of rows.columns.filter(c => estimated.has(c.name))) {
    const found = await estimatedProfile(session, rows, column.name, valueAs(column), signal)
    made.set(column.name, {...numberColumn(column, found), estimated: ['distinct', 'quantiles']})
    done()
  }
  return rows.columns.map(c => made.get(c.name)!)
}

/** Number and date columns of so many values that sorting them all would take long. */
async function manyValued(session: Session, rows: Relation, count: number, signal: AbortSignal) {
  const candidates = rows.columns.filter(c => c.kind === 'number' || c.kind === 'date')
  if (count <= exactDistinct || candidates.length === 0) return new Set<string>()
  const [row] = await session.rows(
    sql`select [${join(candidates.map(c => sql`approx_count_distinct(${id(c.name)})`))}] as n from ${rows}`,
    {signal},
  )
  const counts = row!.n as number[]
  return new Set(candidates.filter((_, k) => Number(counts[k]) > exactDistinct).map(c => c.name))
}

/** Columns that one query can take together: those of one type, read in one way. */
function byExpression(columns: readonly Column[]): {columns: Column[]; as: Block['as']}[] {
  const groups = new Map<string, Column[]>()
  for (const column of columns) {
    const group = groups.get(column.type)
    if (group) group.push(column)
    else groups.set(column.type, [column])
  }
  return [...groups.values()].map(group => ({columns: group, as: valueAs(group[0]!)}))
}

function valueAs({kind, type}: Column): (column: Sql) => Sql {
  if (kind === 'number') return column => column
  if (kind !== 'date') return column => sql`${column}::varchar`
  // Microseconds since 1970, or since midnight.
  return type.startsWith('TIME') && !type.startsWith('TIMESTAMP')
    ? column => sql`epoch_us(${column}::time)`
    : column => sql`epoch_us(${column}::timestamp)`
}

async function blockProfiles(
  session: Session,
  rows: Relation,
  block: Block,
  columns: readonly Column[],
  signal: AbortSignal,
): Promise<ColumnProfile[]> {
  const {kind} = columns[0]!
  if (kind === 'number' || kind === 'date') {
    const found = await numberProfiles(session, rows, block, signal)
    return columns.map((column, i) => numberColumn(column, found[i]!))
  }
  const found = await categoryProfiles(session, rows, block, signal)
  return columns.map(({name, type}, i) => {
    const {missing, distinct, ...values} = found[i]!
    const common = {name, type, missing, distinct}
    if (kind === 'other') return {...common, kind}
    return distinct > 0 ? {...common, kind, values} : {...common, kind}
  })
}

function numberColumn({name, type, kind}: Column, found: NumberFound): ColumnProfile {
  const {missing, distinct, ...numbers} = found
  const common = {name, type, missing, distinct}
  if (kind !== 'date') return {...common, kind: 'number', ...('mean' in numbers ? {numbers} : {})}
  return 'mean' in numbers
    ? {...common, kind: 'date', dates: dates(numbers, type)}
    : {...common, kind: 'date'}
}

function dates(
  {
    min,
    max,
    quantiles,
    histogram,
  }: {
    min: number
    max: number
    quantiles: {p: number; value: number}[]
    histogram: Histogram<number>
  },
  type: string,
): DateProfile {
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
