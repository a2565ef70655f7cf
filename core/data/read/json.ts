// JSON and newline-delimited JSON, by DuckDB; broken lines of the latter are put aside.
import {once} from 'node:events'
import {createWriteStream} from 'node:fs'
import {join as joinPath} from 'node:path'
import {createInterface} from 'node:readline'
import {Readable} from 'node:stream'
import {finished} from 'node:stream/promises'
import {AppError} from '../../error.ts'
import type {Task} from '../../plugin.ts'
import {progressOf, type Said, says, verbatim} from '../../words/says.ts'
import type {Session} from '../session.ts'
import {id, join, type Sql, sql} from '../sql.ts'
import {bytesOf, type Packing} from './bytes.ts'
import {labelOf, sampleEncoding, writeUtf8} from './encoding.ts'
import {literalPath, type SourceFile} from './files.ts'
import type {SourceParams} from './params.ts'
import type {Rejects} from './rejects.ts'
import {fileColumn, lineColumn} from './staged.ts'

export type JsonJob = {
  session: Session
  file: SourceFile
  packing: Packing
  sample: Buffer
  lines: boolean
  params: SourceParams
  folder: string
  prefix: string
  rejects: Rejects
  located: boolean
}

/** The file's records as a query over a staged Parquet file; its columns have the types that JSON has. */
export async function readJson(job: JsonJob, task: Task): Promise<{query: Sql; notes: Said[]}> {
  const {session, file, lines, folder, prefix} = job
  const {signal} = task
  task.tell(progressOf(says`reading ${file.name}`))
  const source = await asUtf8(job, task)
  const staged = joinPath(folder, `${prefix}records.parquet`)
  const notes: Said[] = [...source.notes]
  const write = async (path: string, packing: Packing) => {
    const columns = await session.columns(reader(path, packing, lines), {signal})
    if (columns.length === 1 && columns[0]!.name === 'json' && !namesJson(job.sample))
      throw await noRecords(session, reader(path, packing, lines), file, signal)
    const values = columns
      .filter(c => c.name !== lineColumn)
      // Values of several types in one column stand as JSON; as text they read like any other.
      .map(c => (c.type === 'JSON' ? sql`${id(c.name)} ->> '$' as ${id(c.name)}` : id(c.name)))
    const line = columns.some(c => c.name === lineColumn)
      ? id(lineColumn)
      : sql`row_number() over ()`
    const place = job.located
      ? sql`, ${line} as ${id(lineColumn)}, ${file.name} as ${id(fileColumn)}`
      : sql``
    const query = sql`select ${join(values)}${place} from (${reader(path, packing, lines)})`
    const rows = await session.write(query, staged, {signal})
    if (!lines && rows === 1 && /^\s*\{/.test(job.sample.toString('latin1', 0, 100)))
      notes.push(says`${file.name} holds one object, so the table has one row`.said)
  }
  const sort = async () => {
    const good = joinPath(folder, `${prefix}good.ndjson`)
    await sortLines(job, source, good, task)
    await write(good, undefined)
  }
  try {
    if (lines && job.located) await sort()
    else
      await write(source.path, source.packing).catch(error => {
        if (!lines || !(error instanceof AppError) || error.code === 'cancelled') throw error
        return sort()
      })
  } catch (error) {
    throw damaged(error, file)
  }
  return {query: sql`select * from read_parquet(${literalPath(staged)})`, notes}
}

const reader = (path: string, packing: Packing, lines: boolean) =>
  sql`select * from read_json(${literalPath(path)}, format = ${lines ? 'newline_delimited' : 'auto'}, sample_size = -1, maximum_object_size = ${2 ** 28}, compression = ${packing ?? 'uncompressed'})`

async function asUtf8(job: JsonJob, task: Task) {
  const {file, packing, params} = job
  const encoding = params.encoding ?? sampleEncoding(job.sample)
  if (labelOf(encoding) === 'utf-8' && !job.sample.subarray(0, 3).equals(bom))
    return {path: file.path, packing, notes: []}
  const path = joinPath(job.folder, `${job.prefix}utf8.json`)
  await writeUtf8(file, packing, encoding, path, task)
  const notes =
    encoding === 'utf-8' || params.encoding ? [] : [says`${file.name} is read as ${encoding}`.said]
  return {path, packing: undefined, notes}
}

const bom = Buffer.from([0xef, 0xbb, 0xbf])

// DuckDB calls the column so where records are no objects; a file may have a field of that name all the same.
const namesJson = (sample: Buffer) => /[{,]\s*"json"\s*:/.test(sample.toString('latin1'))

async function noRecords(session: Session, query: Sql, file: SourceFile, signal: AbortSignal) {
  const [found] = await session.rows(
    sql`select n, json as text from (select row_number() over () as n, to_json(json)::varchar as json from (${query})) where json is null or json not like '{%' limit 1`,
    {signal},
  )
  const what = found
    ? says`record ${Number(found.n)} is ${String(found.text).slice(0, 40)}`
    : says`it has no records`
  return new AppError('bad-data', says`"${file.name}" holds no table: ${what}`, {
    where: file.name,
    hint: says`a table is a list of objects: [{"name": "Ana", "age": 31}, …]`,
  })
}

/** Copies lines that hold an object, each with its line number as a first key, and sets others aside. */
async function sortLines(
  job: JsonJob,
  source: {path: string; packing: Packing},
  good: string,
  task: Task,
) {
  const {file, rejects} = job
  const out = createWriteStream(good)
  const bytes = bytesOf({...file, path: source.path}, source.packing, task)
  let number = 0
  for await (const line of createInterface({
    input: Readable.from(bytes),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    number++
    if (line.trim() === '') continue
    const reason = flaw(line)
    if (reason) await rejects.add({file: file.name, line: number, column: null, reason, text: line})
    else {
      const rest = line.trimStart().slice(1)
      const comma = rest.trimStart().startsWith('}') ? '' : ','
      if (!out.write(`{"${lineColumn}":${number}${comma}${rest}\n`)) await once(out, 'drain')
    }
  }
  out.end()
  await finished(out)
}

function flaw(line: string): string | undefined {
  if (line.includes('\uFFFD')) return 'broken UTF-8'
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return undefined
    return 'not an object'
  } catch (error) {
    return `not JSON: ${(error as Error).message}`
  }
}

function damaged(error: unknown, file: SourceFile): unknown {
  if (!(error instanceof AppError) || error.code !== 'bad-sql') return error
  const place = /at byte (\d+) in (line|record\/value) (\d+)/.exec(error.message)
  const kind = place?.[2] === 'line' ? says`line` : says`record`
  return new AppError(
    'bad-data',
    verbatim(error.message.replace(/in file "[^"]*"/, `in "${file.name}"`)),
    {
      where: place ? says`${file.name}: ${kind} ${place[3]}, byte ${place[1]}` : file.name,
      hint: says`mend that place, or export the file again as one object a line (.ndjson): there, broken lines are put aside`,
      cause: error,
    },
  )
}
