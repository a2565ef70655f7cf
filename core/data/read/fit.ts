// How well readings fit whole columns of text: one scan for many columns.
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

/** More columns than this are tested as one long column of names and texts. */
const wide = 200

/** Tests each column of `rows` against its reading. */
export async function fits(
  session: Session,
  rows: Sql,
  columns: readonly {id: string; reading: Reading}[],
  conventions: Conventions,
  signal: AbortSignal,
): Promise<Fit[]> {
  if (columns.length <= wide) {
    const tests = columns.map(({id: name, reading}) => stated(id(name), reading, conventions))
    const inner = tests.map(
      ({text, state, other}, i) =>
        sql`${text} as ${id(`t${i}`)}, ${state} as ${id(`s${i}`)}, ${other ?? null} as ${id(`o${i}`)}`,
    )
    const counts = tests.map(
      ({other}, i) =>
        sql`${counted(id(`t${i}`), id(`s${i}`), other && id(`o${i}`))} as ${id(`f${i}`)}`,
    )
    const query = sql`select ${join(counts)} from (select ${join(inner)} from (${rows}))`
    const [row] = await session.rows(query, {signal})
    return columns.map((_, i) => toFit(row![`f${i}`]))
  }
  // DuckDB plans a query in more than linear time over its expressions, so a reading is written once for
  // all columns that share it; and it opens a file of many columns slowly, so all are tested in one scan.
  const kinds = new Map<string, {at: number; reading: Reading}>()
  const kindOf = columns.map(({reading}) => {
    const key = JSON.stringify([reading.type, reading.formats])
    const known = kinds.get(key)
    if (known) return known.at
    kinds.set(key, {at: kinds.size, reading})
    return kinds.size - 1
  })
  const tests = [...kinds.values()].map(({reading}) => stated(id('t'), reading, conventions))
  const byKind = (pick: (test: (typeof tests)[number]) => Sql | null) =>
    sql`case k ${join(
      tests.map((test, k) => sql`when ${k} then ${pick(test)}`),
      ' ',
    )} end`
  const names = columns.map(c => id(c.id))
  const long = sql`select unnest(range(${columns.length})) as i, unnest(${kindOf}) as k, unnest([${join(names)}]) as t from (${rows})`
  const query = sql`select i, ${counted(id('t'), id('s'), id('o'))} as f from (select i, t, ${byKind(t => t.state)} as s, ${byKind(t => t.other ?? null)} as o from (${long})) group by i`
  const found: Fit[] = []
  for (const row of await session.rows(query, {signal})) found[Number(row.i)] = toFit(row.f)
  // A table without rows gives no groups.
  return columns.map((_, i) => {
    const fit = found[i] ?? toFit({})
    return tests[kindOf[i]!]!.other ? fit : {...fit, exchanged: -1}
  })
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
