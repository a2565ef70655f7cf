// Values from JavaScript into a staged Parquet file, by way of a temporary table that DuckDB may spill.
import {
  BIGINT,
  BLOB,
  BOOLEAN,
  DATE,
  DECIMAL,
  DOUBLE,
  DuckDBDataChunk,
  type DuckDBType,
  type DuckDBValue,
  FLOAT,
  HUGEINT,
  INTEGER,
  SMALLINT,
  TIME,
  TIMESTAMP,
  TINYINT,
  UBIGINT,
  UINTEGER,
  USMALLINT,
  UTINYINT,
  VARCHAR,
} from '@duckdb/node-api'
import type {Session} from '../session.ts'
import {id, join, raw, sql} from '../sql.ts'
import {parquetOptions} from '../stored.ts'

/** The types that rows can be handed over in. */
export const appendTypes = {
  BIGINT,
  BLOB,
  BOOLEAN,
  DATE,
  DOUBLE,
  FLOAT,
  HUGEINT,
  INTEGER,
  SMALLINT,
  TIME,
  TIMESTAMP,
  TINYINT,
  UBIGINT,
  UINTEGER,
  USMALLINT,
  UTINYINT,
  VARCHAR,
}
export const decimalType = DECIMAL

export type AppendColumn = {name: string; type: DuckDBType}

/** Rows that a vector of DuckDB holds. */
export const chunkRows = 2048

/** Writes blocks of columns (each an array of values, all of one length) to a Parquet file. Gives the rows. */
export async function writeBlocks(
  session: Session,
  columns: readonly AppendColumn[],
  blocks: AsyncIterable<DuckDBValue[][]>,
  file: string,
  signal: AbortSignal,
): Promise<number> {
  const types = columns.map(c => c.type)
  async function* chunks() {
    for await (const block of blocks) {
      signal.throwIfAborted()
      const length = block[0]?.length ?? 0
      for (let at = 0; at < length; at += chunkRows) {
        const n = Math.min(chunkRows, length - at)
        const chunk = DuckDBDataChunk.create(types, n)
        for (const [i, values] of block.entries())
          chunk.setColumnValues(i, values.slice(at, at + n))
        yield chunk
      }
    }
  }
  return writeChunks(session, columns, chunks(), file, signal)
}

/** Writes DuckDB's own chunks to a Parquet file. Gives the rows. */
export async function writeChunks(
  session: Session,
  columns: readonly AppendColumn[],
  chunks: AsyncIterable<DuckDBDataChunk>,
  file: string,
  signal: AbortSignal,
): Promise<number> {
  const shown = columns.map(({name, type}) => ({name, type: String(type)}))
  return session.borrow(
    async connection => {
      const fields = join(shown.map(c => sql`${id(c.name)} ${raw(c.type)}`))
      await connection.run(sql`create or replace temp table handed_over (${fields})`.text)
      try {
        const appender = await connection.createAppender('handed_over', 'main', 'temp')
        let rows = 0
        for await (const chunk of chunks) {
          rows += chunk.rowCount
          appender.appendDataChunk(chunk)
        }
        appender.closeSync()
        await connection.run(
          sql`copy temp.main.handed_over to ${file} ${parquetOptions(shown)}`.text,
        )
        return rows
      } finally {
        await connection.run('drop table if exists temp.main.handed_over')
      }
    },
    {signal},
  )
}
