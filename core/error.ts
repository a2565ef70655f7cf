// The one error that crosses every boundary of Bancada: a closed code, the problem, a way out, and where.
import {Phrase, type Said, says} from './words/says.ts'

/** Every kind of trouble that a client may want to tell apart. */
export const codes = [
  'bad-document', // the notebook file cannot be read as one
  'bad-params', // a cell's parameters do not fit its kind
  'unknown-kind', // no cell kind of that name
  'unknown-name', // no cell, column, run, model … of that name
  'duplicate-name', // two of one name where names must be unique
  'cycle', // cells that need each other in a circle
  'wrong-port', // a cell was given something it cannot take (a model where a table goes)
  'no-column', // a column that the table does not have
  'wrong-type', // a column or value of a type that cannot be used there
  'bad-data', // the data cannot be read or used as asked
  'bad-sql', // DuckDB refused the query
  'conflict', // someone else changed the same thing meanwhile
  'refused', // a safety rule forbids it
  'blocked', // something upstream failed
  'cancelled', // the user stopped it
  'crashed', // a worker process ended unexpectedly
  'out-of-memory', // a worker process or a query ran out of memory
  'no-space', // the disk is full
  'read-only', // the folder cannot be written
  'missing-file', // a file or folder is not there
  'too-new', // written by a newer Bancada
  'damaged', // a file of the store cannot be understood
  'golden-mismatch', // the bundle does not answer what the app answered
  'not-available', // this machine lacks something optional (an engine, an extension, the internet)
  'bad-request', // a call whose input does not fit the contract
  'internal', // a bug in Bancada
] as const
export type Code = (typeof codes)[number]

/** An error as data: what travels over wires, into run records and onto the screen. */
export type Fault = {
  code: Code
  /** What is wrong, with the value that is. One sentence, no full stop needed. */
  message: string
  /** What the user can do about it. */
  hint?: string
  /** Where: a cell's name, `file:line:column`, a parameter's path. */
  where?: string
  /** Message and hint with their values apart, for who reads another language than English. */
  said?: {message?: Said; hint?: Said}
  /** The run that it ended, whose log tells more. */
  run?: string
}

type Text = string | Phrase
type Extra = {
  hint?: Text | undefined
  where?: string | undefined
  run?: string | undefined
  cause?: unknown
}

/** An expected failure. Anything else thrown is a bug and becomes the code `internal`. */
export class AppError extends Error {
  readonly code: Code
  readonly hint: string | undefined
  readonly where: string | undefined
  readonly said: Fault['said']
  readonly run: string | undefined

  constructor(code: Code, message: Text, {hint, where, run, cause}: Extra = {}) {
    super(String(message), cause === undefined ? undefined : {cause})
    this.name = 'AppError'
    this.code = code
    this.hint = hint === undefined ? undefined : String(hint)
    this.where = where
    this.run = run
    this.said = saidOf(message, hint)
  }
}

/** A fault that is told and not thrown. */
export function faultOf(
  code: Code,
  message: Text,
  {hint, where}: Omit<Extra, 'run' | 'cause'> = {},
): Fault {
  const texts = {message: String(message), hint: hint === undefined ? undefined : String(hint)}
  return compact({code, ...texts, where, said: saidOf(message, hint)})
}

function saidOf(message: Text, hint: Text | undefined): Fault['said'] {
  const said = {
    ...(message instanceof Phrase && {message: message.said}),
    ...(hint instanceof Phrase && {hint: hint.said}),
  }
  return Object.keys(said).length > 0 ? said : undefined
}

/** Any thrown thing as data. `where` fills in a place when the error itself names none. */
export function toFault(thrown: unknown, where?: string): Fault {
  if (thrown instanceof AppError) {
    const {code, message, hint, said, run} = thrown
    return compact({code, message, hint, where: thrown.where ?? where, said, run})
  }
  if (thrown instanceof Error && thrown.name === 'AbortError')
    return faultOf('cancelled', says`stopped`, {where})
  const {code = '', path} = (thrown ?? {}) as {code?: string; path?: string}
  const system = systemFaults[code]
  if (system) return compact({...system, where: path ?? where})
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return compact({code: 'internal', message, where})
}

/** A fault back as an error, for the side of a wire that rethrows. */
export const fromFault = ({code, message, hint, where, said, run}: Fault) =>
  new AppError(code, said?.message ? new Phrase(said.message) : message, {
    hint: said?.hint ? new Phrase(said.hint) : hint,
    where,
    run,
  })

const noSpace = faultOf('no-space', says`the disk is full`, {
  hint: says`free some space and run it again; what was finished is kept`,
})
const writable = says`make the folder writable, or copy the project to one that is`
const readOnly = faultOf('read-only', says`Bancada may not write or read this`, {hint: writable})

/** What the system's own errors mean, in words; their text is for programmers. */
const systemFaults: Record<string, Fault> = {
  ENOSPC: noSpace,
  EDQUOT: noSpace,
  EACCES: readOnly,
  EPERM: readOnly,
  EROFS: faultOf('read-only', says`this is on a disk that cannot be written`, {hint: writable}),
  ENOENT: faultOf('missing-file', says`this file or folder is not there`),
}

function compact(fault: {[K in keyof Fault]: Fault[K] | undefined}): Fault {
  return Object.fromEntries(Object.entries(fault).filter(([, v]) => v !== undefined)) as Fault
}

/** The known name nearest to a mistyped one, as a hint: `did you mean "age"?`. */
export function didYouMean(name: string, known: Iterable<string>): Phrase | undefined {
  const best = nearest(name, known)
  return best === undefined ? undefined : says`did you mean "${best}"?`
}

/** The known name nearest to a mistyped one: Damerau–Levenshtein distance, at most a third of its length. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  let best: string | undefined
  let least = Math.max(1, Math.floor(name.length / 3)) + 1
  for (const candidate of known) {
    const d = distance(name.toLowerCase(), candidate.toLowerCase())
    if (d < least) [best, least] = [candidate, d]
  }
  return best
}

function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 8) return Number.POSITIVE_INFINITY
  let before: number[] = []
  let above = Array.from({length: b.length + 1}, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      row[j] = Math.min(row[j - 1]! + 1, above[j]! + 1, above[j - 1]! + cost)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j]!, before[j - 2]! + 1)
    }
    before = above
    above = row
  }
  return above[b.length]!
}
