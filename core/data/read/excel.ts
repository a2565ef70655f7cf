// Excel workbooks (.xlsx): one sheet, whose cells have types of their own.
import {join as joinPath} from 'node:path'
import {
  DuckDBDateValue,
  DuckDBTimestampValue,
  type DuckDBType,
  type DuckDBValue,
} from '@duckdb/node-api'
import {readSheet} from 'read-excel-file/node'
import {AppError} from '../../error.ts'
import type {Task} from '../../plugin.ts'
import {progressOf, type Said, says, verbatim} from '../../words/says.ts'
import type {Session} from '../session.ts'
import {id, type Sql, sql} from '../sql.ts'
import {appendTypes, writeBlocks} from './append.ts'
import {literalPath, type SourceFile} from './files.ts'
import type {SourceParams} from './params.ts'
import {fileColumn, lineColumn} from './staged.ts'

type Cell = string | number | boolean | Date | null

export type ExcelJob = {
  session: Session
  file: SourceFile
  params: SourceParams
  folder: string
  prefix: string
  located: boolean
}

/** The sheet's rows, with a column's type where all its cells agree on one, else as text. */
export async function readExcel(job: ExcelJob, task: Task) {
  const {session, file, params, folder, prefix, located} = job
  task.tell(progressOf(says`reading ${file.name}`))
  const sheet = (await sheetOf(file, params)).slice(params.skip).map(row => row.map(wholeSecond))
  const width = Math.max(0, ...sheet.map(row => row.length))
  if (width === 0)
    throw new AppError('bad-data', says`the sheet of "${file.name}" is empty`, {
      where: file.name,
      hint: says`choose another with \`sheet\`, by its name or its number`,
    })
  const header = params.header ?? sheet[0]!.every(cell => cell === null || typeof cell === 'string')
  const rows = header ? sheet.slice(1) : sheet
  const names = Array.from({length: width}, (_, i) =>
    header ? (text(sheet[0]![i] ?? null) ?? '') : `column_${i + 1}`,
  )
  const notes: Said[] = []
  const columns = names.map((name, i) => {
    const cells = rows.map(row => row[i] ?? null)
    const kind = kindOf(cells)
    if (kind.mixed)
      notes.push(says`"${name}" holds cells of several types and is read as text`.said)
    return {name: `c${i}`, type: kind.type, values: cells.map(kind.convert)}
  })
  const staged = joinPath(folder, `${prefix}excel.parquet`)
  async function* once() {
    yield columns.map(c => c.values)
  }
  await writeBlocks(session, columns, once(), staged, task.signal)
  const before = params.skip + (header ? 1 : 0)
  const place = located
    ? sql`, row_number() over () + ${before} as ${id(lineColumn)}, ${file.name} as ${id(fileColumn)}`
    : sql``
  const query: Sql = sql`select *${place} from read_parquet(${literalPath(staged)})`
  return {query, names, notes}
}

async function sheetOf(file: SourceFile, {sheet}: SourceParams): Promise<Cell[][]> {
  try {
    // The library types a date cell as the Date constructor; it gives Date objects.
    return (await readSheet(file.path, sheet ?? 1, {trim: false})) as unknown as Cell[][]
  } catch (error) {
    const {name, message} = error as Error
    if (name === 'SheetNotFoundError')
      throw new AppError('bad-data', says`"${file.name}" has no sheet ${JSON.stringify(sheet)}`, {
        where: 'sheet',
        hint: verbatim(message),
        cause: error,
      })
    throw new AppError(
      'bad-data',
      says`"${file.name}" cannot be read as an Excel workbook: ${message}`,
      {
        where: file.name,
        hint: says`open it in Excel or LibreOffice and save it again as .xlsx, or as CSV`,
        cause: error,
      },
    )
  }
}

const day = 86_400_000

// A workbook holds times as fractions of a day, which the library rounds down: 12:30:15 becomes 12:30:14.999.
function wholeSecond(cell: Cell): Cell {
  if (!(cell instanceof Date)) return cell
  const near = Math.round(cell.getTime() / 1000) * 1000
  return Math.abs(near - cell.getTime()) <= 1 ? new Date(near) : cell
}

function kindOf(cells: readonly Cell[]): {
  type: DuckDBType
  convert: (cell: Cell) => DuckDBValue
  mixed?: boolean
} {
  const {BIGINT, BOOLEAN, DATE, DOUBLE, TIMESTAMP, VARCHAR} = appendTypes
  const values = cells.filter(cell => cell !== null && cell !== '')
  const all = (test: (cell: Cell) => boolean) => values.length > 0 && values.every(test)
  const given = (convert: (cell: never) => DuckDBValue) => (cell: Cell) =>
    cell === null || cell === '' ? null : convert(cell as never)
  if (all(c => Number.isSafeInteger(c)))
    return {type: BIGINT, convert: given((n: number) => BigInt(n))}
  if (all(c => typeof c === 'number')) return {type: DOUBLE, convert: given((n: number) => n)}
  if (all(c => typeof c === 'boolean')) return {type: BOOLEAN, convert: given((b: boolean) => b)}
  if (all(c => c instanceof Date && c.getTime() % day === 0))
    return {type: DATE, convert: given((d: Date) => new DuckDBDateValue(d.getTime() / day))}
  if (all(c => c instanceof Date))
    return {
      type: TIMESTAMP,
      convert: given((d: Date) => new DuckDBTimestampValue(BigInt(Math.round(d.getTime() * 1000)))),
    }
  return {type: VARCHAR, convert: text, mixed: values.some(c => typeof c !== 'string')}
}

const text = (cell: Cell): string | null => {
  if (cell === null) return null
  if (cell instanceof Date) return cell.toISOString().replace('T00:00:00.000Z', '')
  return String(cell)
}
