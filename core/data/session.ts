// One DuckDB for one project: locked to its folder, with connections for cells that run side by side.

import {mkdir} from 'node:fs/promises'
import {join as joinPath, resolve} from 'node:path'
import {
  type DuckDBConnection,
  type DuckDBDataChunk,
  DuckDBInstance,
  type DuckDBValueConverter,
  JSDuckDBValueConverter,
} from '@duckdb/node-api'
import {toFault} from '../error.ts'
import type {Row} from '../plugin.ts'
import {type Column, kindOfType} from '../schema/table.ts'
import {ownTemp} from '../temp.ts'
import {duckdbError} from './duckdb-error.ts'
import {id, type Relation, raw, relation, type Sql, sql} from './sql.ts'
import {
  type Images,
  imagesOf,
  imagesQuery,
  mayHoldImages,
  parquetOptions,
  withImages,
} from './stored.ts'

export type SessionSpec = {
  /** The only folder whose files a query may read. */
  folder: string
  /** Where stored Parquet objects lie; default `<folder>/.bancada/objects`. */
  objects?: string
  /** Where DuckDB spills what does not fit in memory; default the process's own folder below `<folder>/.bancada/tmp`. */
  temp?: string
  /** DuckDB's memory limit, such as `4GB`; default 80% of the machine's. */
  memory?: string
  threads?: number
}

/** A stored object as it is seen in the schemas `objects` and `numbered`. */
export type Views = {rows: Sql; numbered: Sql}

type Options = {
  signal?: AbortSignal | undefined
  /** What `getvariable` gives to this query alone. */
  variables?: Readonly<Record<string, number>> | undefined
}

export class Session {
  readonly #instance: DuckDBInstance
  readonly #objects: string
  readonly #idle: DuckDBConnection[] = []
  readonly #mounted = new Map<string, Promise<void>>()
  #defining: Promise<unknown> = Promise.resolve()

  private constructor(instance: DuckDBInstance, objects: string) {
    this.#instance = instance
    this.#objects = objects
  }

  static async open({folder, objects, temp, memory, threads}: SessionSpec): Promise<Session> {
    const root = resolve(folder)
    const store = resolve(objects ?? joinPath(root, '.bancada', 'objects'))
    const spill = resolve(temp ?? ownTemp(joinPath(root, '.bancada', 'tmp')))
    await mkdir(spill, {recursive: true}).catch(error => {
      // On a disk that takes no changes queries run as long as they fit into memory.
      if (toFault(error).code !== 'read-only') throw error
    })
    const instance = await DuckDBInstance.create(':memory:', {
      temp_directory: spill,
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      ...(memory ? {memory_limit: memory} : {}),
      ...(threads ? {threads: String(threads)} : {}),
    })
    const session = new Session(instance, store)
    // The order matters: once the configuration is locked, nothing here can be undone by a query.
    await session.run(sql`set allowed_directories = ${[root, store, spill]}`)
    await session.run(sql`set enable_external_access = false`)
    await session.run(sql`set lock_configuration = true`)
    await session.run(sql`create schema objects`)
    await session.run(sql`create schema numbered`)
    return session
  }

  close() {
    for (const connection of this.#idle) connection.closeSync()
    this.#instance.closeSync()
  }

  /** All rows as plain data: safe integers as numbers, larger ones and dates as text. */
  async rows(query: Sql, options: Options = {}): Promise<Row[]> {
    return this.#with(options, query, async connection => {
      const result = await connection.runAndReadAll(query.text)
      return result.convertRowObjects(plain) as Row[]
    })
  }

  async run(statement: Sql, options: Options = {}): Promise<void> {
    await this.#with(options, statement, async connection => {
      await connection.run(statement.text)
    })
  }

  /**
   * Runs a statement that makes a view or a schema, after any other such: cells run side by side, and DuckDB
   * refuses two statements that define one name at the same time.
   */
  async define(statement: Sql): Promise<void> {
    const made = this.#defining.then(() => this.run(statement))
    this.#defining = made.catch(() => {})
    await made
  }

  /** The columns that a query gives, without running it. */
  async columns(query: Sql, options: Options = {}): Promise<Column[]> {
    const rows = await this.rows(sql`describe ${query}`, options)
    return rows.map(({column_name, column_type}) => ({
      name: String(column_name),
      type: String(column_type),
      kind: kindOfType(String(column_type)),
    }))
  }

  /** A query with its columns. */
  async relation(query: Sql, options: Options = {}): Promise<Relation> {
    return relation(query, await this.columns(query, options))
  }

  /**
   * Writes a query's rows, in order, to a Parquet file that `parquet` reads. Gives the number of rows. Where the
   * columns are known, they need not be asked for.
   */
  async write(rows: Sql | Relation, file: string, options: Options = {}): Promise<number> {
    const {query, columns} = 'query' in rows ? rows : await this.relation(rows, options)
    const stored = parquetOptions(columns)
    const [row] = await this.rows(sql`copy (${query}) to ${file} ${stored}`, options)
    return Number(row!.Count)
  }

  /** A scan of a Parquet file that `write` made, with every column of the type that it was written with. */
  async parquet(file: string): Promise<Sql> {
    const all = sql`from read_parquet(${file})`
    return withImages(all, await this.#images(file, await this.columns(all)))
  }

  /** The columns of images in a file. */
  async #images(file: string, columns: readonly Column[]): Promise<Images> {
    if (!mayHoldImages(columns)) return {}
    const [found] = await this.rows(imagesQuery(file))
    return found ? imagesOf(found.text) : {}
  }

  /**
   * The rows in order, in chunks of DuckDB's own column vectors: the fast way to training arrays. They come as they
   * are made, or where they are `gathered` once all are made, which takes their size in memory and less than half
   * the time: to wait for a chunk takes longer than to make it, and a filter leaves chunks that are hardly filled.
   */
  async *chunks(
    query: Sql,
    {signal, gathered = false}: Options & {gathered?: boolean} = {},
  ): AsyncGenerator<DuckDBDataChunk> {
    const connection = await this.#take()
    const stop = () => connection.interrupt()
    signal?.addEventListener('abort', stop)
    try {
      signal?.throwIfAborted()
      if (gathered) {
        const result = await connection.run(query.text)
        for (let i = 0; i < result.chunkCount; i++) {
          yield result.getChunk(i)
          signal?.throwIfAborted()
        }
        return
      }
      const result = await connection.stream(query.text)
      for (
        let chunk = await result.fetchChunk();
        chunk?.rowCount;
        chunk = await result.fetchChunk()
      ) {
        yield chunk
        signal?.throwIfAborted()
      }
      // An interrupted stream ends as if it were complete.
      signal?.throwIfAborted()
    } catch (error) {
      throw duckdbError(error, query, signal)
    } finally {
      signal?.removeEventListener('abort', stop)
      // A half-read stream holds its connection, so it is not given back.
      connection.closeSync()
    }
  }

  /** Lends a connection for what has no call here: `getTableNames`, `extractStatements`, `progress`. */
  async borrow<T>(
    use: (connection: DuckDBConnection) => Promise<T>,
    options: Options = {},
  ): Promise<T> {
    return this.#with(options, undefined, use)
  }

  /**
   * Makes stored objects visible as `objects."<name>"`, where `name` is a path below the objects folder, and
   * as `numbered."<name>"`, which has the number of each row besides (`rowNumber`).
   */
  async mount(
    names: readonly string[],
    /** Other rows of a file than all of it, in either schema; a session always gives the same. */
    views: (file: string) => Promise<Partial<Views>> = async () => ({}),
  ): Promise<void> {
    for (const name of names) {
      if (this.#mounted.has(name)) continue
      const made = this.#view(name, views)
      this.#mounted.set(name, made)
      made.catch(() => this.#mounted.delete(name))
    }
    await Promise.all(names.map(name => this.#mounted.get(name)))
  }

  async #view(name: string, views: (file: string) => Promise<Partial<Views>>): Promise<void> {
    const file = joinPath(this.#objects, name)
    const all = sql`from read_parquet(${file})`
    const columns = await this.columns(all)
    // DuckDB numbers a file's rows on all its threads, unless a column has the name that it uses for that.
    const taken = columns.some(c => c.name.toLowerCase() === 'file_row_number')
    const allNumbered = taken
      ? sql`select *, row_number() over () - 1 as ${rowNumber} from read_parquet(${file})`
      : sql`select * exclude (file_row_number), file_row_number as ${rowNumber}
          from read_parquet(${file}, file_row_number = true)`
    const {rows = all, numbered = allNumbered} = await views(file)
    const images = await this.#images(file, columns)
    await this.define(
      sql`create or replace view ${id('objects', name)} as ${withImages(rows, images)}`,
    )
    await this.define(
      sql`create or replace view ${id('numbered', name)} as ${withImages(numbered, images)}`,
    )
  }

  async #take(): Promise<DuckDBConnection> {
    return this.#idle.pop() ?? (await this.#instance.connect())
  }

  async #with<T>(
    {signal, variables = {}}: Options,
    query: Sql | undefined,
    use: (connection: DuckDBConnection) => Promise<T>,
  ): Promise<T> {
    signal?.throwIfAborted()
    const connection = await this.#take()
    const stop = () => connection.interrupt()
    signal?.addEventListener('abort', stop)
    try {
      for (const [name, value] of Object.entries(variables))
        await connection.run(sql`set variable ${id(name)} = ${value}`.text)
      return await use(connection)
    } catch (error) {
      throw duckdbError(error, query, signal)
    } finally {
      signal?.removeEventListener('abort', stop)
      for (const name of Object.keys(variables))
        await connection.run(sql`reset variable ${id(name)}`.text)
      this.#idle.push(connection)
    }
  }
}

/** The column of a row's number in its file, from 0, in the `numbered` views. */
export const rowNumber = id('__bancada_row')

/** Scans a stored object, by its name below the objects folder. */
export const scan = (name: string) => raw(`from objects.${id(name).text}`)

// Values as JSON would have them, but for NaN and infinities, which stay numbers.
const plain: DuckDBValueConverter<unknown> = (value, type, converter) => {
  if (value === null) return null
  if (typeof value === 'bigint')
    return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER
      ? Number(value)
      : String(value)
  if (temporal.has(String(type).split('(')[0]!)) return String(value)
  const made = JSDuckDBValueConverter(value, type, converter as never)
  return typeof made === 'bigint' ? plain(made, type, converter) : made
}
const temporal = new Set([
  'DATE',
  'TIME',
  'TIMESTAMP',
  'TIMESTAMP_S',
  'TIMESTAMP_MS',
  'TIMESTAMP_NS',
  'TIME_NS',
  'TIMESTAMP WITH TIME ZONE',
  'TIME WITH TIME ZONE',
  'INTERVAL',
])
