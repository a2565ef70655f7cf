// From a query to Arrow: DuckDB's chunks as record batches of an IPC stream.
import {
  DuckDBBlobVector,
  type DuckDBDataChunk,
  DuckDBVarCharVector,
  type DuckDBVector,
} from '@duckdb/node-api'
import {
  type Data,
  Field,
  FixedSizeBinary,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
} from 'apache-arrow'
import {type ImageShape, pixelsOf} from '../schema/image.ts'
import {largest} from '../wire/frame.ts'
import {type Form, formOf, tooLarge} from './arrow-form.ts'
import {missingIn, pixelsIn} from './image-vector.ts'
import type {Session} from './session.ts'
import type {Sql} from './sql.ts'

/**
 * The rows of a query, in its order, as the bytes of an Arrow IPC stream that begins at a multiple of eight.
 * A page of them: throws `bad-request` when they are more than a wire carries.
 */
export async function toArrow(
  session: Session,
  query: Sql,
  options: {
    signal?: AbortSignal | undefined
    variables?: Readonly<Record<string, number>> | undefined
  } = {},
): Promise<{bytes: Uint8Array; rows: number}> {
  return session.borrow(async connection => {
    const result = await connection.run(query.text)
    const forms = result.columnTypes().map(formOf)
    const schema = new Schema(
      result.columnNames().map((name, i) => new Field(name, forms[i]!.type, true)),
    )
    const writer = new RecordBatchStreamWriter()
    writer.reset(undefined, schema)
    let [rows, size] = [0, 0]
    for (
      let chunk = await result.fetchChunk();
      chunk?.rowCount;
      chunk = await result.fetchChunk()
    ) {
      options.signal?.throwIfAborted()
      const batch = batchOf(schema, forms, chunk)
      rows += batch.numRows
      size += batch.data.byteLength
      if (size > largest) throw tooLarge()
      writer.write(batch)
    }
    writer.finish()
    return {bytes: writer.toUint8Array(true), rows}
  }, options)
}

function batchOf(schema: Schema, forms: readonly Form[], chunk: DuckDBDataChunk): RecordBatch {
  const length = chunk.rowCount
  const children = forms.map((form, i) => column(form, chunk.getColumnVector(i), length))
  const type = new Struct(schema.fields)
  return new RecordBatch(schema, makeData({type, length, nullCount: 0, children}))
}

/**
 * What the client keeps to itself of a vector in its types only: its typed array or bytes, and a bit for each
 * value.
 */
type Bare = {
  items?: ArrayBufferView
  dataView: DataView
  validity: {data: BigUint64Array | null; offset: number}
  vector: ConstructorParameters<typeof DuckDBBlobVector>[2]
}

/** The pixels of each image as bytes. */
function images(vector: DuckDBVector, shape: ImageShape, length: number): Data {
  const size = pixelsOf(shape)
  const missing = missingIn(vector, shape, length)
  const nullBitmap = new Uint8Array(Math.ceil(length / 8)).fill(255)
  for (const [i, gone] of missing?.entries() ?? []) if (gone) nullBitmap[i >> 3]! &= ~(1 << (i & 7))
  return makeData({
    type: new FixedSizeBinary(size),
    length,
    // A copy, since the chunk's memory goes with the chunk.
    data: pixelsIn(vector, shape, length).slice(),
    ...(missing ? {nullBitmap} : {nullCount: 0}),
  })
}

function column({type, same, image, data}: Form, vector: DuckDBVector, length: number): Data {
  if (image) return images(vector, image, length)
  const {items, validity, ...bare} = vector as unknown as Bare
  // Text as the bytes that it is: the client's own decoder drops a byte order mark.
  if (vector instanceof DuckDBVarCharVector)
    return data(
      new DuckDBBlobVector(bare.dataView, validity as never, bare.vector, 0, length).toArray(),
    )
  if (!same || !(items instanceof same) || validity.offset !== 0) return data(vector.toArray())
  // Copies, as above.
  const bits = validity.data
  const nullBitmap =
    bits && new Uint8Array(bits.buffer, bits.byteOffset, Math.ceil(length / 8)).slice()
  const values = (items as unknown as Int32Array).slice(0, length)
  const nulls = nullBitmap ? {nullBitmap} : {nullCount: 0}
  return makeData({type, length, data: values, ...nulls} as never)
}
