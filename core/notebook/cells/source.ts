// A `source` cell: a file of the project as a table.
import {basename} from 'node:path'
import {readSource, sourceFiles, sourceParams} from '../../data/read/index.ts'
import {reasonOf} from '../../data/read/reasons.ts'
import {sql} from '../../data/sql.ts'
import {AppError} from '../../error.ts'
import type {Row} from '../../plugin.ts'
import type {Table} from '../../schema/table.ts'
import {type Said, says, verbatim} from '../../words/says.ts'
import {defineCell, objectName} from '../cell-kind.ts'
import {begin, stored} from './sql.ts'

export const sourceCell = defineCell({
  kind: 'source',
  version: 2,
  title: 'Data file',
  doc: 'A CSV, TSV, JSON, Parquet, Arrow or Excel file of the project. Rows that cannot be read are kept aside and counted.',
  params: sourceParams,
  ports: {in: {min: 0, max: 0, accepts: []}, out: 'table'},
  async files(params, {folder}, session) {
    const files = await sourceFiles(session, folder, params.file)
    // Parquet is read where it lies, so there the result depends on the place as well.
    return files.map(({name, path}) => (/\.parquet$|\.pq$/i.test(name) ? path : name))
  },
  async run({project, session, params, hash, folder, signal, tell}) {
    const read = await readSource(
      {session, projectFolder: project.folder, params, outFolder: folder},
      {signal, tell},
    )
    const table: Table = read.table
      ? await stored(session, folder, objectName(hash, basename(read.table)), read.rows)
      : {sql: read.query.text, objects: [], columns: read.columns, rows: read.rows}
    const {count, file} = read.rejects
    if (read.rows === 0 && count > 0)
      throw new AppError(
        'bad-data',
        says`none of the ${count} rows of "${params.file}" could be read`,
        {
          hint: says`look at the delimiter, the quotes and the types of the source cell`,
        },
      )
    const rejects = file && (await stored(session, folder, objectName(hash, basename(file)), count))
    const [first] = file
      ? await session.rows(
          sql`select file, line, "column", reason from read_parquet(${file}) limit 1`,
          {signal},
        )
      : []
    return {
      value: {
        type: 'table',
        table,
        recipe: begin(table),
        ...(count > 0 ? {rejects: {count, ...(rejects ? {table: rejects} : {})}} : {}),
      },
      rows: read.rows,
      warnings: [...read.notes, ...(first ? [aside(count, first)] : [])],
    }
  },
})

function aside(count: number, {file, line, column, reason}: Row): Said {
  const row = `${file}:${line}`
  const place = column === null ? verbatim(row) : says`${row}, column "${String(column)}"`
  const why = reasonOf(String(reason))
  return (
    count === 1
      ? says`1 row could not be read and is kept aside: ${place}: ${why}`
      : says`${count} rows could not be read and are kept aside; the first: ${place}: ${why}`
  ).said
}
