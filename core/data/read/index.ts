// Reading data: from a `source` cell's parameters to a table with types, and to the rows that could not be read.
import {mkdir, rm} from 'node:fs/promises'
import {join as joinPath} from 'node:path'
import type {Task} from '../../plugin.ts'
import type {Column} from '../../schema/table.ts'
import type {Said} from '../../words/says.ts'
import type {Session} from '../session.ts'
import {type Sql, sql} from '../sql.ts'
import {sourceFiles} from './files.ts'
import {finish} from './finish.ts'
import type {SourceParams} from './params.ts'
import {stage} from './stage.ts'

export {sourceFiles} from './files.ts'
export {type ImagesParams, imageFiles, imagesParams, readImages} from './images.ts'
export {type Format, formats, type SourceParams, sourceParams} from './params.ts'
export {Rejects} from './rejects.ts'

export type SourceRequest = {
  session: Session
  /** The only folder whose files are read. */
  projectFolder: string
  params: SourceParams
  /** Where `table.parquet` and `rejects.parquet` go; the session must be allowed to write there. */
  outFolder: string
}

export type SourceResult = {
  /** The table's rows: a scan of `table`, or of the project's own Parquet files, which are not copied. */
  query: Sql
  columns: Column[]
  rows: number
  /** `<outFolder>/table.parquet`; absent where `query` reads the project's own files. */
  table?: string
  /** `file` is `<outFolder>/rejects.parquet`: file, line, column, reason, text. Absent when there are none. */
  rejects: {count: number; file?: string}
  /** The files that were read, relative to the project. */
  files: string[]
  /** What a reader should know: renamed columns, guessed encodings, values read as missing … */
  notes: Said[]
}

/**
 * Reads a file or several. Rows read and rows rejected make up the rows of the file. Throws `missing-file`,
 * `refused` (outside the project), `bad-data` (with the file and, where known, the line), `no-column` (a
 * type for a column that is not there).
 */
export async function readSource(request: SourceRequest, task: Task): Promise<SourceResult> {
  const {session, projectFolder, params, outFolder} = request
  const files = await sourceFiles(session, projectFolder, params.file)
  const work = joinPath(outFolder, 'work')
  await mkdir(work, {recursive: true})
  const tables: Sql[] = []
  try {
    const staged = await stage({session, files, params, folder: work, tables, located: false}, task)
    return {...(await finish({...request, staged}, task)), files: files.map(f => f.name)}
  } finally {
    for (const table of tables) await session.run(sql`drop table if exists ${table}`)
    await rm(work, {recursive: true, force: true})
  }
}
