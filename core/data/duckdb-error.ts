// What DuckDB says, as the errors of Bancada: which code, which line, what to do.
import {AppError, type Code, fromFault, toFault} from '../error.ts'
import {duckdbWords} from '../words/duckdb.ts'
import {type Phrase, says} from '../words/says.ts'
import type {Sql} from './sql.ts'

/** Rewrites a DuckDB error. `query` is what was run; an aborted `signal` makes it a cancellation. */
export function duckdbError(
  thrown: unknown,
  query: Sql | undefined,
  signal?: AbortSignal,
): unknown {
  if (thrown instanceof AppError) return thrown
  if (signal?.aborted) return new AppError('cancelled', says`stopped`, {cause: thrown})
  if (!(thrown instanceof Error)) return thrown
  const [head = '', ...rest] = thrown.message.split('\n')
  // DuckDB fills nine tenths of what is free when it starts, and then says that it is out of memory.
  if (/No space left on device|disk full|failed to offload data block/i.test(thrown.message))
    return full(thrown)
  const object = /objects[\\/]([0-9a-f]{64})[\\/][\w.-]+/.exec(thrown.message)?.[0]
  if (object && /magic bytes|parquet|thrift|snappy|zstd|corrupt/i.test(head))
    return torn(object, thrown)
  const {code, hint} = verdict(thrown.message)
  const message = head.replace(/^(Invalid Input|Binder|Parser|Catalog|Conversion) Error: /, '')
  return new AppError(code, duckdbWords(message), {
    hint: hint ?? candidates(thrown.message),
    where: place(rest, query),
    cause: thrown,
  })
}

const full = (cause: Error) => fromFault(toFault(Object.assign(cause, {code: 'ENOSPC'})))

const torn = (object: string, cause: Error) =>
  new AppError('damaged', says`a stored result was changed after it was written`, {
    where: `.bancada/${object}`,
    hint: says`delete its folder and run the document again: the result is made anew`,
    cause,
  })

function verdict(message: string): {code: Code; hint?: Phrase} {
  if (/Out of Memory Error/i.test(message))
    return {
      code: 'out-of-memory',
      hint: says`raise the memory limit in the settings, or work on fewer columns or rows`,
    }
  if (/Permission Error|disabled by configuration|configuration has been locked/i.test(message))
    return {code: 'refused', hint: says`a query sees the tables of the document and nothing else`}
  if (/INTERRUPT/i.test(message)) return {code: 'cancelled'}
  return {code: 'bad-sql'}
}

// `Candidate bindings: "age", "sex"` and `Did you mean "penguins"?`
function candidates(message: string): Phrase | undefined {
  const found = /(?:Candidate bindings: |Did you mean )("[^\n]+?)\??(?:\n|$)/i.exec(message)
  const [first = ''] = found?.[1]?.split(',') ?? []
  return found ? says`did you mean ${first}?` : undefined
}

// DuckDB prints `LINE 2: text` and a caret below; long lines are cut to `...text...`.
function place(lines: string[], query: Sql | undefined): Phrase | undefined {
  const at = lines.findIndex(line => /^LINE \d+: /.test(line))
  if (at < 0 || !query) return undefined
  const [, line, shown] = /^LINE (\d+): (.*)$/.exec(lines[at]!)!
  const caret = (lines[at + 1] ?? '').indexOf('^') - `LINE ${line}: `.length
  if (caret < 0) return says`line ${line}`
  const source = query.text.split('\n')[Number(line) - 1] ?? ''
  const cut = shown!.startsWith('...') ? 3 : 0
  const start = source.indexOf(shown!.slice(cut, caret + 3).replace(/\.\.\.$/, ''))
  return says`line ${line}, column ${String(Math.max(0, start) + caret - cut + 1)}`
}
