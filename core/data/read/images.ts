// A folder of images as a table: one row a file, its label the folder that it lies in.
import {readdir, readFile, realpath, stat} from 'node:fs/promises'
import {join as joinPath, resolve} from 'node:path'
import {DuckDBDataChunk, VARCHAR} from '@duckdb/node-api'
import {z} from 'zod'
import {AppError, messageOf} from '../../error.ts'
import {Decoder, type Fitted} from '../../image/decoder.ts'
import type {Task} from '../../plugin.ts'
import {isImage} from '../../schema/data-file.ts'
import {type ImageShape, pixelsOf} from '../../schema/image.ts'
import {progressOf, says} from '../../words/says.ts'
import {imageVectorType, pixelsIn} from '../image-vector.ts'
import type {Session} from '../session.ts'
import {chunkRows, writeChunks} from './append.ts'
import {inside, missing} from './files.ts'
import type {Rejects} from './rejects.ts'

const side = z.int().min(1).max(256).default(32)

export const imagesParams = z.strictObject({
  folder: z
    .string()
    .min(1)
    .describe('A folder of the project; the names of the folders in it become the labels'),
  width: side.describe('Pixels from left to right that each image is scaled to'),
  height: side.describe('Pixels from top to bottom that each image is scaled to'),
  colour: z
    .enum(['rgb', 'grey'])
    .default('rgb')
    .describe('rgb: red, green and blue of each pixel; grey: its brightness alone'),
})
export type ImagesParams = z.infer<typeof imagesParams>

/** An image file: `path` for the computer, `name` relative to the folder, and its label. */
export type ImageFile = {path: string; name: string; label: string | null}

/**
 * The image files below a folder, by name; hidden ones, links and other files are left out. Throws
 * `missing-file` where there is no such folder or no image in it, `refused` for one outside the project.
 */
export async function imageFiles(projectFolder: string, folder: string): Promise<ImageFile[]> {
  const path = resolve(projectFolder, folder)
  inside(resolve(projectFolder), path, folder)
  const found = await stat(path).catch(() => undefined)
  if (!found) throw await missing(projectFolder, folder)
  inside(await realpath(projectFolder), await realpath(path), folder)
  if (!found.isDirectory())
    throw new AppError('bad-data', says`"${folder}" is a file, not a folder of images`, {
      hint: says`name the folder that it lies in`,
    })
  const entries = await readdir(path, {recursive: true, withFileTypes: true})
  const files = entries.flatMap(entry => {
    const name = joinPath(entry.parentPath, entry.name)
      .slice(path.length + 1)
      .replaceAll('\\', '/')
    const hidden = name.split('/').some(part => part.startsWith('.'))
    if (!entry.isFile() || hidden || !isImage(name)) return []
    const slash = name.indexOf('/')
    return [{path: joinPath(path, name), name, label: slash < 0 ? null : name.slice(0, slash)}]
  })
  if (files.length === 0)
    throw new AppError('missing-file', says`there is no image in "${folder}"`, {
      hint: says`put PNG or JPEG files into it, those of each class in a folder of its own`,
    })
  return files.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Larger files are put aside unread. */
const mostBytes = 64 * 2 ** 20
/** Files that are read from disk side by side. */
const readAhead = 16
/** Pixels that wait to be handed over, in bytes. */
const waiting = 16 * 2 ** 20

export type ImagesRequest = {
  session: Session
  files: readonly ImageFile[]
  params: ImagesParams
  /** Where the table is written. */
  outFile: string
  rejects: Rejects
}

type Row = {name: string; label: string | null; pixels: Uint8Array}

/**
 * Writes the table: `file` (its name below the folder), `label`, and `image`. Files that cannot be decoded go
 * to the rejects. Gives the rows, and how many of their images had quite another ratio of sides.
 */
export async function readImages(
  {session, files, params, outFile, rejects}: ImagesRequest,
  {signal, tell}: Task,
): Promise<{rows: number; stretched: number}> {
  const shape = shapeOf(params)
  const decoder = new Decoder(shape)
  const stop = () => void decoder.close()
  signal.addEventListener('abort', stop)
  let stretched = 0

  async function* rows(): AsyncGenerator<Row> {
    for (let at = 0; at < files.length; at += readAhead) {
      tell(progressOf(says`${at} of ${files.length} images read`, {done: at / files.length}))
      const some = files.slice(at, at + readAhead)
      const decoded = await Promise.allSettled(
        some.map(async file => decoder.fit(await load(file))),
      )
      signal.throwIfAborted()
      for (const [i, {name, label}] of some.entries()) {
        const found = decoded[i]!
        if (found.status === 'fulfilled') {
          const {pixels} = found.value
          if (isStretched(found.value, shape)) stretched++
          yield {name, label, pixels}
        } else {
          const error = found.reason
          if (!(error instanceof AppError && error.code === 'bad-data')) throw error
          const file = `${params.folder.replace(/\/+$/, '')}/${name}`
          await rejects.add({file, line: null, column: null, reason: error.message, text: ''})
        }
      }
    }
  }

  const type = imageVectorType(shape)
  const columns = [
    {name: 'file', type: VARCHAR},
    {name: 'label', type: VARCHAR},
    {name: 'image', type},
  ]
  const most = Math.max(1, Math.min(chunkRows, Math.floor(waiting / pixelsOf(shape))))
  async function* chunks(): AsyncGenerator<DuckDBDataChunk> {
    let batch: Row[] = []
    for await (const row of rows()) {
      batch.push(row)
      if (batch.length < most) continue
      yield chunkOf(batch, shape)
      batch = []
    }
    if (batch.length > 0) yield chunkOf(batch, shape)
  }
  try {
    const count = await writeChunks(session, columns, chunks(), outFile, signal)
    return {rows: count, stretched}
  } finally {
    signal.removeEventListener('abort', stop)
    await decoder.close()
  }
}

const shapeOf = ({width, height, colour}: ImagesParams): ImageShape => ({
  width,
  height,
  channels: colour === 'rgb' ? 3 : 1,
})

/** A file's bytes. Throws `bad-data` for one that is put aside. */
async function load({path}: ImageFile): Promise<Uint8Array> {
  const content = await stat(path)
    .then(({size}) => (size <= mostBytes ? readFile(path) : undefined))
    .catch(error => {
      throw new AppError('bad-data', says`cannot be read: ${messageOf(error)}`)
    })
  if (content) return content
  throw new AppError('bad-data', says`larger than ${mostBytes / 2 ** 20} MiB`)
}

function isStretched({width, height}: Fitted, shape: ImageShape): boolean {
  const ratio = (width * shape.height) / (height * shape.width)
  return ratio > 1.1 || ratio < 1 / 1.1
}

function chunkOf(rows: readonly Row[], shape: ImageShape): DuckDBDataChunk {
  const chunk = DuckDBDataChunk.create([VARCHAR, VARCHAR, imageVectorType(shape)], rows.length)
  chunk.setColumnValues(
    0,
    rows.map(r => r.name),
  )
  chunk.setColumnValues(
    1,
    rows.map(r => r.label),
  )
  const vector = chunk.getColumnVector(2)
  const pixels = pixelsIn(vector, shape, rows.length)
  for (const [i, row] of rows.entries()) pixels.set(row.pixels, i * pixelsOf(shape))
  vector.flush()
  return chunk
}
