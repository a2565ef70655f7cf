// CSV and TSV. DuckDB reads files that keep to the rules; where it objects, our own scanner puts the broken
// records aside and DuckDB reads the rest.

import {isUtf8} from 'node:buffer'
import {randomUUID} from 'node:crypto'
import {once} from 'node:events'
import {createWriteStream} from 'node:fs'
import {rm} from 'node:fs/promises'
import {join as joinPath} from 'node:path'
import {finished} from 'node:stream/promises'
import {AppError} from '../../error.ts'
import type {Task} from '../../plugin.ts'
import {progressOf, type Said, says} from '../../words/says.ts'
import type {Session} from '../session.ts'
import {id, join, raw, type Sql, sql} from '../sql.ts'
import {bytesOf, firstBytes, type Packing} from './bytes.ts'
import {type Sniffed, sniffCsv} from './csv-dialect.ts'
import {type CsvRecord, Records} from './csv-records.ts'
import {encodingOf, labelOf, sampleEncoding, writeUtf8} from './encoding.ts'
import {literalPath, type SourceFile} from './files.ts'
import {columnNames} from './names.ts'
import type {SourceParams} from './params.ts'
import type {Rejects} from './rejects.ts'
import {fileColumn, lineColumn} from './staged.ts'

/** One CSV file, staged with text columns `c0`, `c1` … */
export type CsvTable = {
  /** What stands after FROM. */
  from: Sql
  names: string[]
  rows: string[][]
  dialect: Sniffed['dialect']
  notes: Said[]
}

type Text = {file: SourceFile; packing: Packing; sample: Buffer; whole: boolean; notes: Said[]}

export type CsvJob = {
  session: Session
  file: SourceFile
  packing: Packing
  sample: Buffer
  params: SourceParams
  /** A folder for files that this job makes, and the first part of their names. */
  folder: string
  prefix: string
  /** Tables that this job makes in the session, for others to drop. */
  tables: Sql[]
  rejects: Rejects
  /** Give every row its line, by way of the scanner. */
  located: boolean
}

export async function readCsv(job: CsvJob, task: Task): Promise<CsvTable> {
  const {session, params, folder, prefix, rejects} = job
  let text = await asUtf8(job, params.encoding ?? sampleEncoding(job.sample), task)
  let sniffed = await sniff(text, params)
  const staged = joinPath(folder, `${prefix}text.parquet`)
  let from = sql`read_parquet(${literalPath(staged)})`
  const written = async (found: Sniffed, text: Text) => {
    const query = plainQuery(found, text)
    if (!inMemory(found, text)) return session.write(query, staged, task)
    const table = id('objects', `staged ${randomUUID()}`)
    await session.run(sql`create table ${table} as ${query}`, task)
    job.tables.push(table)
    from = table
  }
  task.tell(progressOf(says`reading ${job.file.name}`))
  let careful = job.located
  if (!careful)
    await written(sniffed, text).catch(async error => {
      if (!(error instanceof AppError) || error.code !== 'bad-sql') throw error
      careful = true
    })
  if (careful && !params.encoding && text.file === job.file) {
    // Broken text may be sound text in another encoding.
    const encoding = await encodingOf(text.file, text.packing, task)
    if (encoding !== 'utf-8') {
      text = await asUtf8(job, encoding, task)
      sniffed = await sniff(text, params)
      careful = job.located
      if (!careful)
        await written(sniffed, text).catch(error => {
          if (!(error instanceof AppError) || error.code !== 'bad-sql') throw error
          careful = true
        })
    }
  }
  if (careful) {
    const good = joinPath(folder, `${prefix}good.csv`)
    const sorted = await sortRecords(text, sniffed, params, good, job.file.name, rejects, task)
    const rows = await session.write(
      goodQuery(sniffed, good, sorted.longest, job.file.name),
      staged,
      {
        signal: task.signal,
      },
    )
    await rm(good, {force: true})
    if (rows !== sorted.good)
      throw new AppError(
        'internal',
        says`"${job.file.name}" has ${sorted.good} sound records, but ${rows} were read`,
        {where: job.file.name},
      )
  }
  if (text.file !== job.file) await rm(text.file.path, {force: true})
  const {names, notes} = columnNames(
    sniffed.header
      ? sniffed.first
      : Array.from({length: sniffed.width}, (_, i) => `column_${i + 1}`),
  )
  return {
    from,
    names,
    rows: sniffed.rows.filter(row => row.length >= sniffed.width),
    dialect: sniffed.dialect,
    notes: [...text.notes, ...unsplit(job.file.name, sniffed), ...notes],
  }
}

function unsplit(file: string, {unused, first}: Sniffed): Said[] {
  if (unused === undefined) return []
  const name = first[0]!.slice(0, 100)
  const mark = unused === '\t' ? says`a tab` : `"${unused}"`
  return [
    says`${file} is read as one column, "${name}": its first line has ${mark} between names, but most rows do not; if there are several columns, set \`delimiter\``
      .said,
  ]
}

/**
 * Whether the text of a file is staged as a table of the session: it takes DuckDB quadratic time to write and
 * open a Parquet file of very many columns. A table takes 16 bytes a field and more, so a large file is none.
 */
const inMemory = ({width}: Sniffed, {file, packing}: Text) =>
  width > 1000 && packing === undefined && file.bytes <= 2 ** 26

async function asUtf8(job: CsvJob, encoding: string, task: Task): Promise<Text> {
  const label = labelOf(encoding)
  if (label === 'utf-8' || label === 'utf8') {
    const whole = job.packing === undefined && job.sample.length >= job.file.bytes
    return {...job, whole, notes: []}
  }
  const path = joinPath(job.folder, `${job.prefix}utf8.csv`)
  await writeUtf8(job.file, job.packing, encoding, path, task)
  const file = {path, name: job.file.name, bytes: 0}
  const sample = await firstBytes(file, undefined, job.sample.length + 1)
  const notes = job.params.encoding ? [] : [says`${job.file.name} is read as ${encoding}`.said]
  return {file, packing: undefined, sample, whole: sample.length <= job.sample.length, notes}
}

/** Sniffs the first part of the file, and a larger one as long as that holds no two lines. */
async function sniff(text: Text, params: SourceParams): Promise<Sniffed> {
  let {sample, whole} = text
  for (let size = sample.length * 8; !whole && size < 2 ** 28; size *= 8) {
    const newline = sample.indexOf(10)
    if (newline >= 0 && sample.indexOf(10, newline + 1) >= 0) break
    const longer = await firstBytes(text.file, text.packing, size)
    whole = longer.length < size
    sample = longer
  }
  const found = sniffCsv(sample, whole, params)
  if (found.width === 0)
    throw new AppError('bad-data', says`"${text.file.name}" has no columns`, {
      where: text.file.name,
      hint:
        params.skip > 0
          ? says`lower \`skip\`: it leaves nothing`
          : says`the file has blank lines only`,
    })
  return found
}

const texts = (width: number) =>
  Array.from({length: width}, (_, i) => `c${i}: 'VARCHAR'`).join(', ')

function reader({dialect, header}: Sniffed, path: string, columns: string, more: Sql): Sql {
  // The dialect's marks stand as bytes; DuckDB wants characters.
  const mark = (bytes: string) => Buffer.from(bytes, 'latin1').toString('utf8')
  return sql`select * from read_csv(${literalPath(path)}, auto_detect = false, delim = ${mark(dialect.delimiter)}, quote = ${dialect.quote}, escape = ${dialect.escape}, header = ${header}, strict_mode = true, nullstr = '', columns = ${raw(`{${columns}}`)}${more})`
}

const plainQuery = (sniffed: Sniffed, {file, packing}: Text) =>
  reader(
    sniffed,
    file.path,
    texts(sniffed.width),
    sql`, skip = ${sniffed.skip}, compression = ${packing ?? 'none'}`,
  )

const goodQuery = (sniffed: Sniffed, path: string, longest: number, file: string) => {
  const columns = join(Array.from({length: sniffed.width}, (_, i) => id(`c${i}`)))
  const rows = reader(
    {...sniffed, header: false},
    path,
    `${lineColumn}: 'BIGINT', ${texts(sniffed.width)}`,
    sql`, max_line_size = ${Math.max(2 ** 21, 2 * longest)}`,
  )
  return sql`select ${columns}, ${id(lineColumn)}, ${file} as ${id(fileColumn)} from (${rows})`
}

/** Copies sound records, each with its line before it, and sets the others aside. */
async function sortRecords(
  text: Text,
  {dialect, width, header}: Sniffed,
  params: SourceParams,
  good: string,
  name: string,
  rejects: Rejects,
  task: Task,
) {
  const out = createWriteStream(good)
  const sorted = {good: 0, longest: 0}
  const records = new Records(dialect, {line: params.skip + 1, keepBlank: width === 1})
  let first = header
  const take = async (record: CsvRecord) => {
    const reason = record.problem ?? flaw(record, width, dialect.delimiter)
    if (reason === blank) return
    if (first && !record.problem) {
      first = false
      return
    }
    if (reason) {
      const shown = Buffer.from(record.text.slice(0, 5000), 'latin1').toString('utf8')
      await rejects.add({file: name, line: record.line, column: null, reason, text: shown})
      return
    }
    sorted.good++
    sorted.longest = Math.max(sorted.longest, record.text.length)
    const line = `${record.line}${dialect.delimiter}${record.text}\n`
    if (!out.write(line, 'latin1')) await once(out, 'drain')
  }
  let skip = params.skip
  let start = true
  for await (const part of bytesOf(text.file, text.packing, task)) {
    let piece = part.toString('latin1')
    if (start) piece = piece.replace(/^\xef\xbb\xbf/, '')
    start = false
    for (; skip > 0; skip--) {
      const end = piece.indexOf('\n')
      if (end < 0) break
      piece = piece.slice(end + 1)
    }
    if (skip > 0) continue
    for (const record of records.push(piece)) await take(record)
  }
  for (const record of records.end()) await take(record)
  out.end()
  await finished(out)
  return sorted
}

const blank = 'blank'

/** What is wrong with a record, if anything. */
function flaw({text, fields}: CsvRecord, width: number, delimiter: string): string | undefined {
  if (width > 1 && text.trim() === '') return blank
  // biome-ignore lint/suspicious/noControlCharactersInRegex: bytes beyond ASCII are what is looked for.
  if (/[^\x00-\x7f]/.test(text) && !isUtf8(Buffer.from(text, 'latin1'))) return 'broken UTF-8'
  // A last delimiter with nothing after it does no harm.
  if (fields === width || (fields === width + 1 && text.endsWith(delimiter))) return undefined
  return `${fields} ${fields === 1 ? 'field' : 'fields'} where there are ${width} columns`
}
