// The bytes of a file, unpacked where it is gzip or zstd, as a stream: files may be larger than memory.
import {createReadStream} from 'node:fs'
import {createGunzip} from 'node:zlib'
import {Decompress} from 'fzstd'
import {AppError} from '../../error.ts'
import type {Task} from '../../plugin.ts'
import {progressOf, says} from '../../words/says.ts'
import type {SourceFile} from './files.ts'

export type Packing = 'gzip' | 'zstd' | undefined

/** What packing the first bytes of a file show. */
export const packingOf = (head: Buffer): Packing => {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip'
  return head.length >= 4 && head.readUInt32LE(0) === 0xfd2fb528 ? 'zstd' : undefined
}

/** The unpacked bytes in pieces of some 64 KiB, with progress by the bytes read. Throws `bad-data`. */
export async function* bytesOf(
  file: SourceFile,
  packing: Packing,
  task?: Task,
): AsyncGenerator<Buffer> {
  const raw = createReadStream(file.path, {highWaterMark: 256 * 1024})
  let read = 0
  raw.on('data', part => {
    read += part.length
  })
  let told = 0
  try {
    for await (const part of unpacked(raw, packing)) {
      task?.signal.throwIfAborted()
      if (read - told > 16 * 1024 * 1024) {
        told = read
        task?.tell(progressOf(says`reading ${file.name}`, {done: Math.min(1, read / file.bytes)}))
      }
      yield part
    }
  } catch (error) {
    if (packing && !(error instanceof AppError) && !task?.signal.aborted)
      throw new AppError('bad-data', says`"${file.name}" is a damaged ${packing} archive`, {
        where: file.name,
        hint: says`unpack it with another program, or copy it again from where it came`,
        cause: error,
      })
    throw error
  } finally {
    raw.destroy()
  }
}

/** The first `length` unpacked bytes, or fewer where the file is shorter. */
export async function firstBytes(
  file: SourceFile,
  packing: Packing,
  length: number,
): Promise<Buffer> {
  const parts: Buffer[] = []
  let have = 0
  for await (const part of bytesOf(file, packing)) {
    parts.push(part)
    have += part.length
    if (have >= length) break
  }
  return Buffer.concat(parts).subarray(0, length)
}

async function* unpacked(raw: NodeJS.ReadableStream, packing: Packing): AsyncGenerator<Buffer> {
  if (packing === 'zstd') yield* unzstd(raw)
  else
    for await (const part of packing === 'gzip' ? gunzip(raw) : raw) yield part as unknown as Buffer
}

function gunzip(raw: NodeJS.ReadableStream) {
  const gunzipped = raw.pipe(createGunzip())
  raw.on('error', error => gunzipped.destroy(error))
  return gunzipped
}

// Node 20 has no zstd of its own.
async function* unzstd(raw: AsyncIterable<unknown>): AsyncGenerator<Buffer> {
  let ready: Buffer[] = []
  const stream = new Decompress(part => {
    // The decoder writes into this memory again, so it is copied.
    if (part.length > 0) ready.push(Buffer.from(part))
  })
  for await (const part of raw) {
    stream.push(part as Buffer)
    const parts = ready
    ready = []
    yield* parts
  }
  stream.push(new Uint8Array(), true)
  yield* ready
}
