// The rows of a request, whatever form they came in, as columns in the order of the signature.
import {AppError, didYouMean} from '../error.ts'
import type {Column} from '../schema/table.ts'
import {type Phrase, says} from '../words/says.ts'
import {type Field, parseCsv} from './csv.ts'
import {type Encoded, encodeColumn, type Source} from './encode.ts'

/** What a request must fit: part of a bundle's signature. */
export type Wanted = {inputs: readonly Column[]; ignores: readonly string[]}

/** Rows ready for a graph: one encoded column for each input, in order. */
export type Batch = {rows: number; columns: Encoded[]}

/** Media types that a request or an answer may have. */
export const mediaTypes = ['application/json', 'application/jsonlines', 'text/csv'] as const
export type MediaType = (typeof mediaTypes)[number]

/** `text/csv; header=present` → its type and parameters, in lower case. No header at all means JSON. */
export function mediaType(header = 'application/json'): {type: string; header: boolean} {
  const [type = '', ...parameters] = header
    .toLowerCase()
    .split(';')
    .map(part => part.trim())
  return {type: aliases[type] ?? type, header: parameters.includes('header=present')}
}
const aliases: Record<string, MediaType> = {
  'application/x-ndjson': 'application/jsonlines',
  'application/jsonl': 'application/jsonlines',
}

/** Reads a request's body. Errors: `bad-request` with row, column and a way out. */
export function readRequest(contentType: string | undefined, body: string, wanted: Wanted): Batch {
  const {type, header} = mediaType(contentType)
  switch (type) {
    case 'application/json':
      return ofJson(parse(body), wanted)
    case 'application/jsonlines':
      return ofRecords(
        body
          .split('\n')
          .flatMap((line, i) => (line.trim() ? [parse(line, says`line ${i + 1}`)] : [])),
        wanted,
      )
    case 'text/csv':
      return ofCsv(parseCsv(body), header, wanted)
  }
  throw new AppError('bad-request', says`cannot read a request of type ${type}`, {
    hint: says`send one of ${mediaTypes.join(', ')}`,
  })
}

function parse(text: string, where?: Phrase): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new AppError('bad-request', says`not JSON: ${(error as Error).message}`, {where})
  }
}

const forms = says`send [{"column": value, …}, …], {"rows": […]}, {"instances": […]} or {"columns": {"column": [value, …], …}}`

function ofJson(body: unknown, wanted: Wanted): Batch {
  if (Array.isArray(body)) return ofRecords(body, wanted)
  if (isRecord(body)) {
    const rows = body.rows ?? body.instances
    if (Array.isArray(rows)) return ofRecords(rows, wanted)
    if (isRecord(body.columns)) return ofColumns(body.columns, wanted)
  }
  throw new AppError('bad-request', says`there are no rows in the request`, {hint: forms})
}

function ofRecords(rows: readonly unknown[], wanted: Wanted): Batch {
  const names = wanted.inputs.map(column => column.name)
  const columns: unknown[][] = names.map(() => new Array(rows.length))
  const known = new Set([...names, ...wanted.ignores])
  for (const [at, row] of rows.entries()) {
    const where = says`row ${at + 1}`
    if (Array.isArray(row)) {
      refuseWidth(row.length, names, where)
      for (const i of names.keys()) columns[i]![at] = row[i]
    } else if (isRecord(row)) {
      for (const [i, name] of names.entries()) {
        if (!Object.hasOwn(row, name)) throw missing(name, Object.keys(row), known, where)
        columns[i]![at] = row[name]
      }
      for (const name in row) if (!known.has(name)) throw unknown(name, known, where)
    } else throw new AppError('bad-request', says`a row is not an object`, {hint: forms, where})
  }
  return encoded(columns, rows.length, wanted, 'json')
}

function ofColumns(given: Record<string, unknown>, wanted: Wanted): Batch {
  const known = new Set([...wanted.inputs.map(column => column.name), ...wanted.ignores])
  const columns = wanted.inputs.map(({name}) => {
    const values = Object.hasOwn(given, name) ? given[name] : undefined
    if (values === undefined) throw missing(name, Object.keys(given), known)
    if (!Array.isArray(values))
      throw new AppError('bad-request', says`column "${name}" is not a list of values`, {
        hint: forms,
      })
    return values as unknown[]
  })
  for (const name of Object.keys(given)) if (!known.has(name)) throw unknown(name, known)
  const rows = columns[0]?.length ?? 0
  for (const [i, values] of columns.entries())
    if (values.length !== rows)
      throw new AppError(
        'bad-request',
        says`column "${wanted.inputs[i]!.name}" has ${values.length} values, and "${wanted.inputs[0]!.name}" has ${rows}`,
        {hint: says`every column needs one value for each row; null where it is unknown`},
      )
  return encoded(columns, rows, wanted, 'json')
}

function ofCsv(records: Field[][], header: boolean, wanted: Wanted): Batch {
  const names = wanted.inputs.map(column => column.name)
  const head = header ? (records.shift() ?? []).map(name => name ?? '') : names
  const known = new Set([...names, ...wanted.ignores])
  for (const name of head) if (!known.has(name)) throw unknown(name, known)
  for (const [i, name] of head.entries())
    if (head.indexOf(name) !== i)
      throw new AppError('bad-request', says`the header names "${name}" twice`)
  for (const name of names) if (!head.includes(name)) throw missing(name, head, known)
  for (const [at, record] of records.entries())
    refuseWidth(record.length, head, says`row ${at + 1}`)
  const columns = names.map(name => {
    const i = head.indexOf(name)
    return records.map(record => record[i]!)
  })
  return encoded(columns, records.length, wanted, 'csv')
}

function encoded(columns: unknown[][], rows: number, {inputs}: Wanted, source: Source): Batch {
  if (rows === 0) throw new AppError('bad-request', says`there are no rows in the request`)
  return {
    rows,
    columns: columns.map((values, i) => encodeColumn(inputs[i]!, values, source)),
  }
}

function refuseWidth(width: number, names: readonly string[], where: Phrase) {
  if (width !== names.length)
    throw new AppError('bad-request', says`${width} values where ${names.length} are expected`, {
      hint: says`in this order: ${names.slice(0, 12).join(', ')}${names.length > 12 ? ', …' : ''}`,
      where,
    })
}

const unknown = (name: string, known: Iterable<string>, where?: Phrase) =>
  new AppError('bad-request', says`no column named "${name}"`, {
    hint: didYouMean(name, known) ?? says`GET /openapi.json lists the columns`,
    where,
  })

// A mistyped name is both unknown and missing; naming what was sent helps more than naming what was not.
function missing(
  name: string,
  sent: readonly string[],
  known: ReadonlySet<string>,
  where?: Phrase,
) {
  const typo = sent.find(s => !known.has(s) && didYouMean(s, [name]))
  if (typo !== undefined) return unknown(typo, [name], where)
  return new AppError('bad-request', says`column "${name}" is missing`, {
    hint: says`send null where its value is unknown`,
    where,
  })
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
