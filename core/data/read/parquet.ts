// Parquet: read where it lies, without a copy.
import {AppError} from '../../error.ts'
import type {Task} from '../../plugin.ts'
import {says, verbatim} from '../../words/says.ts'
import type {Session} from '../session.ts'
import {id, type Sql, sql} from '../sql.ts'
import {literalPath, type SourceFile} from './files.ts'
import {fileColumn, lineColumn} from './staged.ts'

/**
 * A query over Parquet files. Folders such as `year=2020/` become columns. Files whose columns differ are
 * put together by name. `located` adds each row's file and its number there, from 1.
 */
export async function readParquet(
  session: Session,
  files: readonly SourceFile[],
  located: boolean,
  {signal}: Task,
): Promise<Sql> {
  const paths = files.map(file => literalPath(file.path))
  const scan = (more: Sql) =>
    sql`read_parquet(${paths}, union_by_name = true, binary_as_string = true${more})`
  const query = located
    ? sql`select * exclude (file_row_number, filename), file_row_number + 1 as ${id(lineColumn)}, filename as ${id(fileColumn)} from ${scan(sql`, file_row_number = true, filename = true`)}`
    : sql`select * from ${scan(sql``)}`
  try {
    await session.columns(query, {signal})
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'bad-sql') throw error
    throw damaged(error, files)
  }
  return query
}

/** A DuckDB error about a Parquet file, with the file's own name. */
export function damaged(error: AppError, files: readonly SourceFile[]): AppError {
  const file = files.find(({path}) => error.message.includes(path)) ?? files[0]!
  return new AppError('bad-data', verbatim(error.message.replaceAll(file.path, file.name)), {
    where: file.name,
    hint: says`the file may be cut short; copy or export it again`,
    cause: error,
  })
}
