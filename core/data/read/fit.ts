// How well readings fit whole columns of text: one scan for many columns at once.
import type {Task} from '../../plugin.ts'
import {progressOf, says} from '../../words/says.ts'
import type {Session} from '../session.ts'
import {id, join, type Sql, sql} from '../sql.ts'
import {type Conventions, type Reading, stateOf, states} from './casts.ts'
import {exchanged} from './propose.ts'

export type Fit = {
  values: number
  /** Words that are read as missing, such as `NA`. */
  words: number
  misfits: number
  /** The first and the last misfit in the order of the alphabet. */
  low: string | null
  high: string | null
  /** Misfits when day and month are exchanged; -1 where they cannot be. */
  exchanged: number
}

/** Fewer columns than this are tested by one query that names each. */
const few = 200

type Tested = {id: string; reading: Reading}

/** Tests each column of what stands after FROM in `from` against its reading. */
export async function fits(
  session: Session,
  from: Sql,
  columns: readonly Tested[],
  conventions: Conventions,
  {signal, tell}: Task,
): Promise<Fit[]> {
  const what = says`finding the types of the columns`
  tell(progressOf(what))
  if (columns.length <= few) return fitsOf(session, from, columns, conventions, signal)
  const found: Fit[] = []
  const groups = alike(columns)
  for (const [i, places] of groups.entries()) {
    tell(progressOf(what, {done: i / groups.length}))
    const some = places.map(at => columns[at]!)
    const fits = await fitsOfAlike(session, from, some, conventions, signal)
    for (const [j, at] of places.entries()) found[at] = fits[j]!
  }
  return found
}

/** The places of columns that have one reading, at most `few` in a group. */
function alike(columns: readonly Tested[]): number[][] {
  const groups = new Map<string, number[][]>()
  for (const [at, {reading}] of columns.entries()) {
    const key = JSON.stringify([reading.type, reading.formats, reading.mark])
    const mine = groups.get(key) ?? []
    groups.set(key, mine)
    if (mine.length === 0 || mine.at(-1)!.length >= few) mine.push([])
    mine.at(-1)!.push(at)
  }
  return [...groups.values()].flat()
}

async function fitsOf(
  session: Session,
  from: Sql,
  columns: readonly Tested[],
  conventions: Conventions,
  signal: AbortSignal,
): Promise<Fit[]> {
  const tests = columns.map(({id: name, reading}) => stated(id(name), reading, conventions))
  const inner = tests.map(
    ({text, state, other}, i) =>
      sql`${text} as ${id(`t${i}`)}, ${state} as ${id(`s${i}`)}, ${other ?? null} as ${id(`o${i}`)}`,
  )
  const counts = tests.map(
    ({other}, i) =>
      sql`${counted(id(`t${i}`), id(`s${i}`), other && id(`o${i}`))} as ${id(`f${i}`)}`,
  )
  const query = sql`select ${join(counts)} from (select ${join(inner)} from ${from})`
  const [row] = await session.rows(query, {signal})
  return columns.map((_, i) => toFit(row![`f${i}`]))
}

/**
 * Tests columns of one reading as one long column: DuckDB prepares each regular expression of a query once for
 * every place in which it stands, which for a wide table is more work than to match it.
 */
async function fitsOfAlike(
  session: Session,
  from: Sql,
  columns: readonly Tested[],
  conventions: Conventions,
  signal: AbortSignal,
): Promise<Fit[]> {
  const {state, other} = stated(id('t'), columns[0]!.reading, conventions)
  const names = columns.map(c => id(c.id))
  const long = sql`select unnest(range(${columns.length})) as i, unnest([${join(names)}]) as t from ${from}`
  const query = sql`select i, ${counted(id('t'), id('s'), other && id('o'))} as f
    from (select i, t, ${state} as s, ${other ?? null} as o from (${long})) group by i`
  const found: Fit[] = []
  for (const row of await session.rows(query, {signal})) found[Number(row.i)] = toFit(row.f)
  // A table without rows gives no groups.
  return columns.map((_, i) => found[i] ?? toFit({}))
}

function stated(text: Sql, reading: Reading, conventions: Conventions) {
  const other = exchanged(reading)
  return {
    text,
    state: stateOf(text, reading, conventions),
    other: other && stateOf(text, other, conventions),
  }
}

const counted = (text: Sql, state: Sql, other: Sql | undefined) => sql`struct_pack(
  "values" := count_if(${state} = ${states.value}),
  words := count_if(${state} = ${states.word}),
  misfits := count_if(${state} = ${states.misfit}),
  low := min(case when ${state} = ${states.misfit} then ${text} end),
  high := max(case when ${state} = ${states.misfit} then ${text} end),
  exchanged := ${other ? sql`count_if(${other} = ${states.misfit})` : -1}
)`

function toFit(row: unknown): Fit {
  const found = row as Partial<Fit>
  return {
    values: Number(found.values ?? 0),
    words: Number(found.words ?? 0),
    misfits: Number(found.misfits ?? 0),
    low: found.low ?? null,
    high: found.high ?? null,
    exchanged: Number(found.exchanged ?? -1),
  }
}
