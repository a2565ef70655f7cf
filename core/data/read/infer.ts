// Types of text columns, decided by every row: a proposal from a sample is tested on the whole column, and
// what does not fit makes a better proposal.
import type {Task} from '../../plugin.ts'
import type {Session} from '../session.ts'
import {id, join, type Sql, sql} from '../sql.ts'
import {cast, isMissing, isNumber, missingWords, type Reading} from './casts.ts'
import {exchanged, type Proposal, type Proposer} from './propose.ts'

/** A text column of a staged table: `id` there, `name` for people. */
export type TextColumn = {
  id: string
  name: string
  sample: readonly string[]
  datesOnly?: boolean | undefined
}

type State = TextColumn & {
  proposal: Proposal
  examples: Set<string>
  settled: boolean
  /** The narrower type that most of a text column's values have, and how many have not. */
  near?: {type: string; misfits: number; example: string}
}

/** Columns tested by one query. */
const block = 200
/** After this many better proposals a column is text. */
const rounds = 6

/** The reading of each column, in order, and what a user should know about them. */
export async function inferTypes(
  session: Session,
  rows: Sql,
  columns: readonly TextColumn[],
  proposer: Proposer,
  {signal, tell}: Task,
): Promise<{readings: Reading[]; notes: string[]}> {
  const states: State[] = columns.map(column => {
    const examples = new Set(proposer.values(column.sample))
    return {...column, examples, proposal: propose(proposer, column, examples), settled: false}
  })
  const notes: string[] = []
  for (let round = 0; round < rounds; round++) {
    const open = states.filter(s => !s.settled)
    if (open.length === 0) break
    tell({message: 'finding the types of the columns'})
    for (let at = 0; at < open.length; at += block)
      await settle(session, rows, open.slice(at, at + block), proposer, notes, signal)
  }
  for (const state of states) if (!state.settled) state.proposal = {type: 'VARCHAR'}
  for (const {name, proposal, near} of states) {
    if (proposal.because) notes.push(`"${name}" ${proposal.because}`)
    if (near && proposal.type === 'VARCHAR' && !proposal.because)
      notes.push(
        `"${name}" stays text: ${near.misfits} of its values, such as "${near.example}", are no ${near.type}; ` +
          `with types: {${JSON.stringify(name)}: ${near.type.toLowerCase()}} those rows are put aside instead`,
      )
  }
  return {readings: states.map(s => s.proposal), notes}
}

const propose = (proposer: Proposer, {datesOnly}: TextColumn, examples: Set<string>): Proposal => {
  const proposal = proposer.propose([...examples])
  return datesOnly && !/^(DATE|TIMESTAMP)$/.test(proposal.type) ? {type: 'VARCHAR'} : proposal
}

type Found = {values: number; words: number; misfits: number; example: string | null; other: number}

async function settle(
  session: Session,
  rows: Sql,
  states: State[],
  proposer: Proposer,
  notes: string[],
  signal: AbortSignal,
) {
  const {conventions} = proposer
  const tests = states.map(({id: column, proposal}, i) => {
    const c = id(column)
    const missing = isMissing(c, proposal.type, conventions)
    const wrong = sql`not ${missing} and ${cast(c, proposal, conventions)} is null`
    const blank = isMissing(c, 'VARCHAR', conventions)
    const other = exchanged(proposal)
    return sql`struct_pack(
      "values" := count(*) filter (not ${missing}),
      words := ${proposal.type === 'VARCHAR' ? 0 : sql`count(*) filter (${missing} and trim(${c}) <> '' and not ${blank})`},
      misfits := count(*) filter (${wrong}),
      example := min(${c}) filter (${wrong}),
      other := ${other ? sql`count(*) filter (not ${missing} and ${cast(c, other, conventions)} is null)` : -1}
    ) as ${id(`t${i}`)}`
  })
  const [row] = await session.rows(sql`select ${join(tests)} from (${rows})`, {signal})
  for (const [i, state] of states.entries()) {
    const found = row![`t${i}`] as Found
    if (Number(found.misfits) === 0) {
      state.settled = true
      notes.push(...remarks(state, found))
      continue
    }
    await learn(session, rows, state, found, proposer, signal)
  }
}

/** Adds values that did not fit to the examples, and proposes again. */
async function learn(
  session: Session,
  rows: Sql,
  state: State,
  found: Found,
  proposer: Proposer,
  signal: AbortSignal,
) {
  const c = id(state.id)
  const {conventions} = proposer
  const {type} = state.proposal
  const misfits = await session.rows(
    sql`select distinct ${c} as v from (${rows}) where not ${isMissing(c, type, conventions)} and ${cast(c, state.proposal, conventions)} is null limit 200`,
    {signal},
  )
  for (const text of proposer.values(misfits.map(({v}) => String(v)))) state.examples.add(text)
  if (Number(found.misfits) * 20 <= Number(found.values))
    state.near = {
      type: isNumber(type) ? 'number' : type.toLowerCase(),
      misfits: Number(found.misfits),
      example: String(found.example).slice(0, 40),
    }
  const next = propose(proposer, state, state.examples)
  // A value may look right and still not be one, such as 31/02/2020.
  const same = next.type === type && String(next.formats) === String(state.proposal.formats)
  state.proposal = same ? {type: 'VARCHAR'} : next
}

function remarks({name, proposal, sample, examples}: State, found: Found): string[] {
  const made: string[] = []
  if (Number(found.values) === 0)
    made.push(`"${name}" has no values; it is text until you give it a type`)
  if (Number(found.words) > 0)
    made.push(
      `"${name}": ${found.words} values such as ${missingExample(sample, examples)} are read as missing`,
    )
  if (Number(found.other) === 0)
    made.push(
      `"${name}" is read as ${human(proposal.formats![0]!)}, but could as well be ${human(exchanged(proposal)!.formats![0]!)}; say which with \`dates\``,
    )
  return made
}

const missingExample = (sample: readonly string[], examples: Set<string>) => {
  const word = [...sample, ...examples].find(t => missingWords.includes(t.trim().toLowerCase()))
  return word === undefined ? '"NA"' : `"${word.trim()}"`
}

/** `%d/%m/%Y` as people write it. */
const human = (format: string) =>
  format
    .replaceAll('%Y', 'yyyy')
    .replaceAll('%y', 'yy')
    .replaceAll('%m', 'mm')
    .replaceAll('%d', 'dd')
    .replaceAll('%H:%M', 'hh:mm')
    .replaceAll('%S', 'ss')
