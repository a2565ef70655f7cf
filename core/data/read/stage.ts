// From files of any format to one staged query: columns as they stand in the files, before types are decided.
import {join as joinPath} from 'node:path'
import {AppError} from '../../error.ts'
import type {Task} from '../../plugin.ts'
import {type Said, says} from '../../words/says.ts'
import type {Session} from '../session.ts'
import {id, join, type Sql, sql} from '../sql.ts'
import {readCsv} from './csv.ts'
import type {SourceFile} from './files.ts'
import {type Detected, detect, titles} from './format.ts'
import {readJson} from './json.ts'
import {columnNames} from './names.ts'
import type {SourceParams} from './params.ts'
import {readParquet} from './parquet.ts'
import {conventionsOf} from './propose.ts'
import {Rejects} from './rejects.ts'
import {fileColumn, lineColumn, type Staged, type StagedColumn} from './staged.ts'

export type StageJob = {
  session: Session
  files: SourceFile[]
  params: SourceParams
  /** For files that are made on the way. */
  folder: string
  /** Tables that are made in the session on the way; whoever gave the list drops them. */
  tables: Sql[]
  located: boolean
}

export async function stage(job: StageJob, task: Task): Promise<Staged> {
  const {files, params} = job
  const found: Detected[] = []
  for (const file of files) found.push(await detect(file, params.format))
  const {format} = found[0]!
  const other = found.findIndex(d => d.format !== format)
  if (other > 0)
    throw new AppError(
      'bad-data',
      says`"${params.file}" means files of two formats: "${files[0]!.name}" is ${titles[format]}, "${files[other]!.name}" ${titles[found[other]!.format]}`,
      {hint: says`narrow the pattern, such as data/*.csv`},
    )
  if (format === 'parquet') return stageParquet(job, task)
  const rejects = new Rejects(
    joinPath(job.folder, job.located ? 'rejects-located.ndjson' : 'rejects.ndjson'),
  )
  const parts: Part[] = []
  for (const [i, file] of files.entries()) {
    const prefix = `${job.located ? 'located-' : ''}${i}-`
    parts.push(await stageFile({...job, ...found[i]!, file, prefix, rejects}, task))
  }
  await rejects.close()
  const {from, columns, notes} = together(parts, files, job.located)
  const samples = columns.flatMap(c => (c.sample ? [c.sample.filter(text => text !== '')] : []))
  return {
    from,
    columns,
    located: job.located,
    ...(job.located ? {} : {locate: () => stage({...job, located: true}, task)}),
    conventions: conventionsOf(samples, parts[0]!.delimiter, params),
    rejects,
    notes,
  }
}

type FileJob = StageJob & Detected & {file: SourceFile; prefix: string; rejects: Rejects}

async function stageFile(job: FileJob, task: Task): Promise<Part> {
  switch (job.format) {
    case 'csv':
      return csvPart(await readCsv(job, task))
    case 'json':
    case 'ndjson':
      return typedPart(job, await readJson({...job, lines: job.format === 'ndjson'}, task), task)
    case 'arrow': {
      // These libraries are slow to load, and seldom needed.
      const {readArrow} = await import('./arrow.ts')
      return typedPart(job, await readArrow(job, task), task)
    }
    case 'excel': {
      const {readExcel} = await import('./excel.ts')
      return typedPart(job, await readExcel(job, task), task)
    }
    default:
      throw new AppError('internal', says`${titles[job.format]} is read in place`)
  }
}

/** What one file gives. */
type Part = {from: Sql; columns: StagedColumn[]; delimiter: string; notes: Said[]}

/** Cells that a sample holds at most, so that a wide file does not fill the memory. */
const sampleCells = 2_000_000

function csvPart({from, names, rows, dialect, notes}: Awaited<ReturnType<typeof readCsv>>): Part {
  const sample = rows.slice(0, Math.max(20, Math.floor(sampleCells / names.length)))
  const columns = names.map((name, i) => ({
    id: `c${i}`,
    name,
    type: 'VARCHAR',
    sample: sample.map(row => row[i] ?? ''),
    emptyIsNull: true,
  }))
  return {from, columns, delimiter: dialect.delimiter, notes}
}

/** A part of typed columns. With date formats to look for, its text columns are offered for them. */
async function typedPart(
  {session, params}: StageJob,
  {query, names: given, notes}: {query: Sql; names?: string[]; notes: Said[]},
  {signal}: Task,
): Promise<Part> {
  const found = (await session.columns(query, {signal})).filter(
    c => c.name !== lineColumn && c.name !== fileColumn,
  )
  const texts = params.dates.length > 0 ? found.filter(c => c.type === 'VARCHAR') : []
  const rows = texts.length
    ? await session.rows(
        sql`select ${join(texts.map(c => id(c.name)))} from (${query}) limit 1000`,
        {signal},
      )
    : []
  const {names, notes: renamed} = columnNames(given ?? found.map(c => c.name))
  const columns = found.map(({name, type}, i) => ({
    id: name,
    name: names[i]!,
    type,
    ...(texts.some(c => c.name === name)
      ? {sample: rows.map(row => String(row[name] ?? '')), datesOnly: true}
      : {}),
  }))
  return {from: sql`(${query})`, columns, delimiter: '', notes: [...notes, ...renamed]}
}

async function stageParquet(job: StageJob, task: Task): Promise<Staged> {
  const {session, files, folder, located} = job
  const query = await readParquet(session, files, located, task)
  const columns = (await session.columns(query, {signal: task.signal}))
    .filter(c => c.name !== lineColumn && c.name !== fileColumn)
    .map(({name, type}) => ({id: name, name, type}))
  return {
    from: sql`(${query})`,
    columns,
    located,
    inPlace: true,
    ...(located ? {} : {locate: () => stageParquet({...job, located: true}, task)}),
    conventions: {decimal: '.', thousands: ''},
    rejects: new Rejects(joinPath(folder, 'rejects.ndjson')),
    notes: [],
  }
}

/** Several files as one table: columns by name, in the order in which they are first seen. */
function together(parts: Part[], files: SourceFile[], located: boolean) {
  if (parts.length === 1) return parts[0]!
  const columns: StagedColumn[] = []
  const notes: Said[] = []
  const key = (name: string) => name.toLowerCase()
  const places = new Map<string, StagedColumn>()
  for (const [i, part] of parts.entries()) {
    notes.push(...part.notes)
    for (const column of part.columns) {
      const known = places.get(key(column.name))
      if (known) {
        if (column.sample) known.sample = [...(known.sample ?? []), ...column.sample]
        continue
      }
      if (i > 0)
        notes.push(says`"${column.name}" is in ${files[i]!.name} but not in ${files[0]!.name}`.said)
      const made = {...column, id: `u${columns.length}`}
      columns.push(made)
      places.set(key(column.name), made)
    }
  }
  const selects = parts.map((part, i) => {
    const own = new Map(part.columns.map(c => [key(c.name), c]))
    const values = columns.map(({id: to, name}) => {
      const from = own.get(key(name))
      if (!from) notes.push(says`"${name}" is missing in ${files[i]!.name}`.said)
      return sql`${from ? id(from.id) : null} as ${id(to)}`
    })
    const place = located ? sql`, ${id(lineColumn)}, ${id(fileColumn)}` : sql``
    return sql`select ${join(values)}${place} from ${part.from}`
  })
  return {
    from: sql`(${join(selects, ' union all ')})`,
    columns,
    notes,
    delimiter: parts[0]!.delimiter,
  }
}
