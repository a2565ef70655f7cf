// Some rows of a stored table, without a copy of them: one bit a row, looked up by the row's number.
import {blobValue} from '@duckdb/node-api'
import {AppError} from '../error.ts'
import {says} from '../words/says.ts'
import {rowNumber, type Session} from './session.ts'
import {id, join, raw, type Sql, sql} from './sql.ts'

/** `get_bit` counts in 32 bits. */
const most = 2 ** 31 - 1

/** A set of rows, by their numbers from 0. */
export class Mask {
  /** Row 0 is the highest bit of the first byte, as DuckDB counts. Bits past the last row mean nothing. */
  readonly bytes: Uint8Array
  readonly count: number

  private constructor(bytes: Uint8Array, count: number) {
    this.bytes = bytes
    this.count = count
  }

  /** As many empty sets as asked for, of a table of so many rows, to be filled row by row. */
  static fill(
    rows: number,
    sets: number,
  ): {put: (row: number, set: number) => void; done: () => Mask[]} {
    if (rows > most)
      throw new AppError('bad-data', says`${rows} rows are more than can be divided (${most})`, {
        hint: says`take a sample of them first`,
      })
    const bytes = Array.from({length: sets}, () => new Uint8Array(Math.ceil(rows / 8)))
    const counts = new Float64Array(sets)
    return {
      put(row, set) {
        bytes[set]![row >>> 3]! |= 128 >>> (row & 7)
        counts[set]!++
      },
      done: () => bytes.map((b, i) => new Mask(b, counts[i]!)),
    }
  }

  /** Rows of any of these sets, which must not share a row. */
  static union(masks: readonly [Mask, ...Mask[]]): Mask {
    const bytes = new Uint8Array(masks[0].bytes.length)
    for (const mask of masks) for (let i = 0; i < bytes.length; i++) bytes[i]! |= mask.bytes[i]!
    return new Mask(
      bytes,
      masks.reduce((sum, m) => sum + m.count, 0),
    )
  }

  /** This set without the rows of another, all of which it has. */
  without(other: Mask): Mask {
    const bytes = this.bytes.map((byte, i) => byte & ~other.bytes[i]!)
    return new Mask(bytes, this.count - other.count)
  }
}

/** Writes sets of rows to a Parquet file of one row, one BLOB column a set: a query reads only its own. */
export async function writeMasks(
  session: Session,
  file: string,
  masks: Readonly<Record<string, Mask>>,
): Promise<void> {
  const columns = Object.keys(masks).map((name, i) => sql`${raw(`$${i + 1}`)}::blob as ${id(name)}`)
  const copy = sql`copy (select ${join(columns)}) to ${file} (format parquet)`
  await session.borrow(async connection => {
    await connection.run(
      copy.text,
      Object.values(masks).map(mask => blobValue(mask.bytes)),
    )
  })
}

/** The rows of the stored object `rows` that are in the set `name` of the object `masks`, in their old order. */
export const masked = (rows: string, masks: string, name: string): Sql =>
  sql`select * exclude (${rowNumber}) from ${id('numbered', rows)}
    where get_bit((select ${id(name)}::bit from ${id('objects', masks)}), ${rowNumber}::integer) = 1`
