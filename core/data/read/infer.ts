// Types of text columns, decided by every row: a proposal from a sample is tested on the whole column, and
// what does not fit makes a better proposal.
import type {Task} from '../../plugin.ts'
import {type Said, says} from '../../words/says.ts'
import type {Session} from '../session.ts'
import type {Sql} from '../sql.ts'
import {isNumber, missingWords, type Reading} from './casts.ts'
import {type Fit, fits} from './fit.ts'
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
  /** The sample says nothing, so whole numbers are tried, to see what does not fit. */
  guessed: boolean
  settled: boolean
  /** Words that are read as missing, such as `NA`. */
  words: number
  /** A narrower type that all but a few values of a text column have. */
  near?: {type: string; misfits: number; example: string}
}

/** After this many better proposals a column is text. */
const rounds = 8

/** What a column holds: each of its texts is missing or fits `reading`; `words` say that it is missing. */
export type Inferred = {reading: Reading; words: number}

/** What each column holds, in order, and what a user should know about it. */
export async function inferTypes(
  session: Session,
  from: Sql,
  columns: readonly TextColumn[],
  proposer: Proposer,
  task: Task,
): Promise<{found: Inferred[]; notes: Said[]}> {
  const states: State[] = columns.map(column => {
    const examples = new Set(proposer.values(column.sample))
    const begin = propose(proposer, column, examples)
    const {type, because} = begin.proposal
    // What most of its texts are is tried first, to tell of the few that keep it from being so.
    if (type === 'VARCHAR' && !because && !column.datesOnly)
      begin.proposal = proposer.proposeForMost([...examples])
    return {...column, examples, ...begin, settled: false, words: 0}
  })
  const notes: Said[] = []
  for (let round = 0; round < rounds; round++) {
    const open = states.filter(s => !s.settled)
    if (open.length === 0) break
    const tests = open.map(({id, proposal}) => ({id, reading: proposal}))
    const fit = await fits(session, from, tests, proposer.conventions, task)
    for (const [i, state] of open.entries()) {
      state.settled = fit[i]!.misfits === 0
      state.words = fit[i]!.words
      if (state.guessed && fit[i]!.values + fit[i]!.misfits === 0) {
        // Nothing, or words that may mean something in text: the next round tells.
        state.settled = state.guessed = false
        state.proposal = {type: 'VARCHAR'}
      } else if (state.settled) notes.push(...remarks(state, fit[i]!))
      else learn(state, fit[i]!, proposer)
    }
  }
  for (const state of states) if (!state.settled) state.proposal = {type: 'VARCHAR'}
  for (const state of states) if (state.proposal.type === 'VARCHAR') notes.push(...asText(state))
  return {
    found: states.map(({proposal, words}) => ({reading: proposal, words})),
    notes: brief(notes),
  }
}

/** A file of ten thousand columns may give as many notes. */
const mostNotes = 20
const brief = (notes: Said[]) =>
  notes.length <= mostNotes
    ? notes
    : [...notes.slice(0, mostNotes), says`… and ${notes.length - mostNotes} more such notes`.said]

function propose(proposer: Proposer, {datesOnly}: TextColumn, examples: Set<string>) {
  const proposal = proposer.propose([...examples])
  if (datesOnly && !/^(DATE|TIMESTAMP)$/.test(proposal.type))
    return {proposal: {type: 'VARCHAR'}, guessed: false}
  const guessed = !proposer.tells([...examples])
  return {proposal: guessed ? {type: 'BIGINT'} : proposal, guessed}
}

/** Proposes again, knowing texts that did not fit. */
function learn(state: State, {values, misfits, low, high}: Fit, proposer: Proposer) {
  const {type, formats, mark} = state.proposal
  for (const text of proposer.values([low!, high!])) state.examples.add(text)
  if (misfits * 20 <= values)
    state.near = {type: isNumber(type) ? 'number' : type.toLowerCase(), misfits, example: low!}
  const {proposal: next, guessed} = propose(proposer, state, state.examples)
  // A text may look right and still be no value, such as 31/02/2020.
  const same = next.type === type && String(next.formats) === String(formats) && next.mark === mark
  state.proposal = same && !state.guessed ? {type: 'VARCHAR'} : next
  state.guessed = guessed
}

function remarks({name, proposal, sample}: State, found: Fit): Said[] {
  const made: Said[] = []
  if (found.values === 0)
    made.push(says`"${name}" has no values; it is text until you give it a type`.said)
  if (proposal.mark && found.values > 0)
    made.push(says`"${name}" is read as numbers without their "${proposal.mark}"`.said)
  if (found.words > 0 && proposal.type !== 'VARCHAR') {
    const word = sample.find(t => missingWords.includes(t.trim().toLowerCase()))?.trim()
    made.push(
      (word === undefined
        ? says`"${name}": ${found.words} values are read as missing`
        : says`"${name}": ${found.words} values such as "${word}" are read as missing`
      ).said,
    )
  }
  const other = exchanged(proposal)
  if (other && found.exchanged === 0)
    made.push(
      says`"${name}" is read as ${human(proposal)}, but could as well be ${human(other)}; say which with \`dates\``
        .said,
    )
  return made
}

function asText({name, proposal, near}: State): Said[] {
  if (proposal.because) return [says`"${name}" ${proposal.because}`.said]
  if (!near) return []
  const {misfits, example, type} = near
  const types = `types: {${JSON.stringify(name)}: ${type}}`
  return [
    says`"${name}" stays text: ${misfits} of its values, such as "${example.slice(0, 40)}", are no ${type}; with ${types} those rows are put aside instead`
      .said,
  ]
}

/** `%d/%m/%Y` as people write it. */
const human = ({formats}: Reading) =>
  formats![0]!
    .replaceAll('%Y', 'yyyy')
    .replaceAll('%y', 'yy')
    .replaceAll('%m', 'mm')
    .replaceAll('%d', 'dd')
    .replaceAll('%H:%M', 'hh:mm')
    .replaceAll('%S', 'ss')
