// Columns of images as DuckDB's client holds them: arrays in arrays, with all pixels of a chunk side by side.
import {ARRAY, type DuckDBType, type DuckDBVector, UTINYINT} from '@duckdb/node-api'
import {type ImageShape, pixelsOf} from '../schema/image.ts'

/** What the client keeps to itself of a vector in its types only. */
type Bare = {items?: Uint8Array; childData?: Bare; validity: {data: BigUint64Array | null}}

/** The type of a column of images. */
export function imageVectorType({width, height, channels}: ImageShape): DuckDBType {
  const pixel = channels === 3 ? ARRAY(UTINYINT, 3) : UTINYINT
  return ARRAY(ARRAY(pixel, width), height)
}

/** The pixels of the first `rows` images of a vector, one after the other; after filling them, `flush` it. */
export function pixelsIn(vector: DuckDBVector, shape: ImageShape, rows: number): Uint8Array {
  let level = vector as unknown as Bare
  while (!level.items) level = level.childData!
  return level.items.subarray(0, rows * pixelsOf(shape))
}

/** Which of the images are null, or have a pixel that is; nothing where none is. */
export function missingIn(
  vector: DuckDBVector,
  {width, height}: ImageShape,
  rows: number,
): readonly boolean[] | undefined {
  let missing: boolean[] | undefined
  // Images, their rows, pixels, and channels: each has so many in an image.
  const sizes = [1, height, height * width, height * width * 3]
  let level: Bare | undefined = vector as unknown as Bare
  for (let depth = 0; level; level = level.childData, depth++) {
    const {data} = level.validity
    if (!data) continue
    const valid = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    const size = sizes[depth]!
    for (let i = 0; i < rows * size; i++) {
      if (valid[i >>> 3]! & (1 << (i & 7))) continue
      missing ??= new Array<boolean>(rows).fill(false)
      missing[Math.floor(i / size)] = true
    }
  }
  return missing
}
