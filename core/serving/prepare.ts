// The part of a preparation that DuckDB replays inside the bundle, where a step serves by SQL.
import {readFile} from 'node:fs/promises'
import {join as joinPath} from 'node:path'
import {id, join, raw, type Sql, sql} from '../data/sql.ts'
import {AppError} from '../error.ts'
import {missingText} from '../onnx/frame.ts'
import type {BundleSignature} from '../schema/bundle.ts'
import {imageShape, pixelsOf} from '../schema/image.ts'
import type {Column} from '../schema/table.ts'
import type {Encoded} from './encode.ts'
import type {Batch} from './request.ts'
import type {Load} from './scorer.ts'

export type Prepare = {
  /** Columns of the request → columns of the graph. */
  run(batch: Batch): Promise<Encoded[]>
  close(): void
}

/** Undefined for a bundle whose whole preparation is in the graph. */
export async function openPrepare(
  folder: string,
  {inputs, graph}: Pick<BundleSignature, 'inputs' | 'graph'>,
  load: Load,
): Promise<Prepare | undefined> {
  const text = await readFile(joinPath(folder, 'prepare.sql'), 'utf8').catch(absent)
  if (text === undefined) return undefined
  const {DuckDBInstance} = load('@duckdb/node-api') as typeof import('@duckdb/node-api')
  const instance = await DuckDBInstance.create(':memory:', {threads: '1'})
  const setup = await instance.connect()
  // A request's values are data and never SQL, but a locked engine cannot reach a file whatever happens.
  await setup.run('set enable_external_access = false')
  await setup.run('set lock_configuration = true')
  setup.closeSync()
  return {
    async run(batch) {
      const connection = await instance.connect()
      try {
        const result = await connection.runAndReadAll(query(text, inputs, graph, batch).text)
        if (result.currentRowCount !== batch.rows)
          throw new AppError(
            'internal',
            `the preparation gave ${result.currentRowCount} rows for ${batch.rows}`,
          )
        return result.getColumns().map((values, i) => decoded(graph[i]!, values))
      } finally {
        connection.closeSync()
      }
    },
    close: () => instance.closeSync(),
  }
}

/** `prepare.sql` over the batch as a table `request`; numbers, booleans and dates come back as DOUBLE. */
export const query = (
  prepare: string,
  inputs: readonly Column[],
  graph: readonly Column[],
  batch: Batch,
): Sql =>
  sql`with request as (${batchTable(inputs, batch)}) select ${join(graph.map(toGraph))} from (${raw(prepare)})`

/** A batch as rows of the inputs' own types. */
export function batchTable(inputs: readonly Column[], {rows, columns}: Batch): Sql {
  if (inputs.length === 0) return sql`select unnest(range(${rows})) as _`
  // A list a column, in half the time of an object a row; by number, so that no name has to survive JSON.
  const lists = Object.fromEntries(
    columns.map((values, i) => [
      `c${i}`,
      Array.from({length: rows}, (_, row) =>
        values instanceof Float32Array ? image(values, inputs[i]!, row) : plain(values[row]!),
      ),
    ]),
  )
  const shape = Object.fromEntries(
    columns.map((values, i) => [`c${i}`, [jsonType(values, inputs[i]!)]]),
  )
  const each = join(columns.map((_, i) => sql`unnest(lists.${id(`c${i}`)}) as ${id(`c${i}`)}`))
  const table = sql`select ${each} from (
    select from_json(${JSON.stringify(lists)}, ${JSON.stringify(shape)}) as lists)`
  const typed = inputs.map((c, i) => sql`${fromGraph(c, id(`c${i}`))} as ${id(c.name)}`)
  return sql`select ${join(typed)} from (${table})`
}

// JSON has no infinity, but DuckDB reads the word as a DOUBLE.
const plain = (value: number | string) =>
  typeof value === 'number'
    ? Number.isNaN(value)
      ? null
      : Number.isFinite(value)
        ? value
        : String(value)
    : value === missingText
      ? null
      : value

/** The type of a column as it stands in JSON. */
function jsonType(values: Encoded, {type}: Column): string {
  if (values instanceof Float64Array) return 'DOUBLE'
  return values instanceof Float32Array ? type.replaceAll(/\[\d+\]/g, '[]') : 'VARCHAR'
}

/** An image as lists in lists. */
function image(values: Float32Array, {type}: Column, row: number): unknown {
  const shape = imageShape(type)!
  const {width, height, channels} = shape
  const own = values.subarray(row * pixelsOf(shape), (row + 1) * pixelsOf(shape))
  if (Number.isNaN(own[0])) return null
  const pixel = (i: number) =>
    channels === 1 ? own[i]! : Array.from(own.subarray(3 * i, 3 * i + 3))
  return Array.from({length: height}, (_, y) =>
    Array.from({length: width}, (_, x) => pixel(y * width + x)),
  )
}

/** A graph's number or text as the column's own type. */
function fromGraph({kind, type}: Column, value: Sql): Sql {
  if (kind !== 'date') return sql`${value}::${raw(type)}`
  const made = type.endsWith('WITH TIME ZONE') ? raw('make_timestamptz') : raw('make_timestamp')
  return sql`${made}(${value}::bigint)::${raw(type)}`
}

/** A column as a graph holds it: DOUBLE (dates in microseconds since 1970, UTC), or text. */
export function toGraph({name, kind}: Column): Sql {
  if (kind === 'category') return sql`${id(name)}::varchar as ${id(name)}`
  if (kind === 'image') return id(name)
  const number = kind === 'date' ? sql`epoch_us(${id(name)})` : id(name)
  return sql`${number}::double as ${id(name)}`
}

/** DuckDB's values of a column made by `toGraph`, as a graph takes them. */
export function decoded({kind, type}: Column, values: readonly unknown[]): Encoded {
  if (kind === 'category')
    return values.map(value => (value === null ? missingText : String(value)))
  if (kind !== 'image')
    return Float64Array.from(values, value => (value === null ? Number.NaN : Number(value)))
  const size = pixelsOf(imageShape(type)!)
  const pixels = new Float32Array(values.length * size)
  for (const [row, value] of values.entries())
    if (value === null) pixels.fill(Number.NaN, row * size, (row + 1) * size)
    else pixels.set(flat(value), row * size)
  return pixels
}

/** The numbers of lists in lists, as the client gives them or as plain arrays. */
export const flat = (value: unknown): number[] => {
  if (typeof value === 'number') return [value]
  const {items = value} = value as {items?: unknown}
  return (items as unknown[]).flatMap(flat)
}

const absent = (error: NodeJS.ErrnoException) => {
  if (error.code === 'ENOENT') return undefined
  throw error
}
