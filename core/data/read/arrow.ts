// Arrow IPC, as a stream or as a file (Feather version 2), batch by batch.
import {open} from 'node:fs/promises'
import {join as joinPath} from 'node:path'
import {
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBTimestampValue,
  DuckDBTimeValue,
  type DuckDBType,
  type DuckDBValue,
} from '@duckdb/node-api'
import {
  CompressionType,
  compressionRegistry,
  DataType,
  type Field,
  RecordBatchReader,
  type Vector,
} from 'apache-arrow'
import {decompress} from 'fzstd'
import {AppError} from '../../error.ts'
import type {Task} from '../../plugin.ts'
import {progressOf, type Said, says} from '../../words/says.ts'
import type {Session} from '../session.ts'
import {id, type Sql, sql} from '../sql.ts'
import {appendTypes as a, decimalType, writeBlocks} from './append.ts'
import {literalPath, type SourceFile} from './files.ts'
import {unpackLz4} from './lz4.ts'
import {fileColumn, lineColumn} from './staged.ts'

compressionRegistry.set(CompressionType.LZ4_FRAME, {decode: unpackLz4})
compressionRegistry.set(CompressionType.ZSTD, {
  // Arrow looks at the bytes as wider numbers, so they must begin at a multiple of eight.
  decode: bytes => decompress(bytes).slice(),
})

/** Rows whose columns are `c0`, `c1` …, and their names. */
export type Handed = {query: Sql; names: string[]; notes: Said[]}

export type ArrowJob = {
  session: Session
  file: SourceFile
  folder: string
  prefix: string
  located: boolean
}

export async function readArrow(job: ArrowJob, task: Task): Promise<Handed> {
  const {session, file, folder, prefix, located} = job
  const staged = joinPath(folder, `${prefix}arrow.parquet`)
  const handle = await open(file.path)
  try {
    const reader = await RecordBatchReader.from(handle)
    await reader.open()
    const fields = reader.schema.fields.map(field => ({field, as: handOver(field)}))
    if (fields.length === 0) throw new Error('it has no columns')
    // Names may repeat, so columns are handed over by number.
    const columns = fields.map(({as}, i) => ({name: `c${i}`, type: as.type}))
    async function* blocks() {
      let rows = 0
      for await (const batch of reader) {
        rows += batch.numRows
        task.tell(progressOf(says`reading ${file.name}: ${rows} rows`))
        yield fields.map(({as}, i) => as.values(batch.getChildAt(i)!))
      }
    }
    await writeBlocks(session, columns, blocks(), staged, task.signal)
    const place = located
      ? sql`, row_number() over () as ${id(lineColumn)}, ${file.name} as ${id(fileColumn)}`
      : sql``
    return {
      query: sql`select *${place} from read_parquet(${literalPath(staged)})`,
      names: fields.map(({field}) => field.name),
      notes: fields.flatMap(({field, as}) =>
        as.note
          ? [says`"${field.name}" is ${as.note} in ${file.name} and is read as text`.said]
          : [],
      ),
    }
  } catch (error) {
    if (task.signal.aborted || (error instanceof AppError && error.code !== 'bad-sql')) throw error
    throw new AppError(
      'bad-data',
      says`"${file.name}" cannot be read as Arrow: ${(error as Error).message}`,
      {
        where: file.name,
        hint: says`the file may be cut short; write it again, or as Parquet`,
        cause: error,
      },
    )
  } finally {
    await handle.close()
  }
}

type HandOver = {type: DuckDBType; values: (vector: Vector) => DuckDBValue[]; note?: string}

/** How a field of Arrow becomes a column of DuckDB. */
function handOver({type}: Field): HandOver {
  const each = (
    to: DuckDBType,
    convert: (value: never) => DuckDBValue = value => value,
  ): HandOver => ({
    type: to,
    values: vector =>
      Array.from(vector, value => (value === null ? null : convert(value as never))),
  })
  if (DataType.isDictionary(type)) return handOver({type: type.dictionary} as Field)
  if (DataType.isNull(type)) return each(a.VARCHAR)
  if (DataType.isBool(type)) return each(a.BOOLEAN)
  if (DataType.isInt(type)) return each(integers[`${type.isSigned ? '' : 'U'}${type.bitWidth}`]!)
  if (DataType.isFloat(type)) return each(type.precision === 2 ? a.DOUBLE : a.FLOAT)
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type) || DataType.isUtf8View(type))
    return each(a.VARCHAR)
  if (DataType.isBinary(type) || DataType.isLargeBinary(type) || DataType.isFixedSizeBinary(type))
    return each(a.BLOB, (bytes: Uint8Array) => new DuckDBBlobValue(bytes))
  if (DataType.isDecimal(type) && type.precision <= 38)
    return each(
      decimalType(type.precision, type.scale),
      (words: Uint32Array) => new DuckDBDecimalValue(wide(words), type.precision, type.scale),
    )
  if (DataType.isDate(type))
    return each(
      a.DATE,
      (date: number) => new DuckDBDateValue(Math.floor(Number(date) / 86_400_000)),
    )
  if (DataType.isTimestamp(type))
    return {type: a.TIMESTAMP, values: v => raws(v, type.unit, n => new DuckDBTimestampValue(n))}
  if (DataType.isTime(type))
    return {type: a.TIME, values: v => raws(v, type.unit, n => new DuckDBTimeValue(n))}
  return {...each(a.VARCHAR, (value: unknown) => JSON.stringify(value, plain)), note: String(type)}
}

const integers: Record<string, DuckDBType> = {
  8: a.TINYINT,
  16: a.SMALLINT,
  32: a.INTEGER,
  64: a.BIGINT,
  U8: a.UTINYINT,
  U16: a.USMALLINT,
  U32: a.UINTEGER,
  U64: a.UBIGINT,
}

/** Microseconds, from the units as they are stored: Arrow's own getters give milliseconds. */
function raws(vector: Vector, unit: number, make: (micros: bigint) => DuckDBValue): DuckDBValue[] {
  // Seconds, milliseconds, microseconds, nanoseconds.
  const [times, by] = [[1_000_000n, 1000n, 1n, 1n][unit]!, unit === 3 ? 1000n : 1n]
  return vector.data.flatMap(data =>
    Array.from({length: data.length}, (_, i) => {
      if (!data.getValid(i)) return null
      const stored = BigInt(data.values[i]) * times
      return make(floor(stored, by))
    }),
  )
}

const floor = (value: bigint, by: bigint) => (value - (((value % by) + by) % by)) / by

/** A number of 128 bits in words of 32, the lowest first, in two's complement. */
function wide(words: Uint32Array): bigint {
  let value = 0n
  for (let i = words.length - 1; i >= 0; i--) value = (value << 32n) | BigInt(words[i]!)
  return BigInt.asIntN(words.length * 32, value)
}

const plain = (_: string, value: unknown) => {
  if (typeof value !== 'bigint') return value
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
}
