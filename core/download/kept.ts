// Files that were made to be taken away: each under an id that nobody can guess, until who asked for it has gone.
import {createHash, randomUUID} from 'node:crypto'
import {createReadStream} from 'node:fs'
import {open, readdir, rm, stat} from 'node:fs/promises'
import {join} from 'node:path'
import {AppError} from '../error.ts'
import {onDisk} from '../files.ts'
import type {Download} from '../schema/download.ts'
import {says} from '../words/says.ts'

/** How many may wait to be taken; the oldest goes for one more. */
const most = 16
/** Bytes of one part. */
const part = 2 ** 20
/** What a kill left behind is removed when it is this old, in ms. */
const old = 24 * 3_600_000
const prefix = 'download-'

type Kept = {download: Download; file: string; own: boolean; leaving?: NodeJS.Timeout}

export type Made = Pick<Download, 'name' | 'type'> & {
  file: string
  /** Made for this alone, at a place of `aside`: it is removed afterwards. */
  own: boolean
}

export class KeptDownloads {
  readonly #temp: string
  readonly #linger: number
  readonly #kept = new Map<string, Kept>()

  /** `linger`: ms for which a file can still be read after who asked for it has gone; a host without clients lives longer. */
  constructor(temp: string, {linger = 20_000}: {linger?: number} = {}) {
    this.#temp = temp
    this.#linger = linger
  }

  /** A place for a file that is made for this alone. */
  async aside(): Promise<string> {
    for (const name of await readdir(this.#temp).catch(() => [])) {
      if (!name.startsWith(prefix)) continue
      const file = join(this.#temp, name)
      const {mtimeMs} = await stat(file).catch(() => ({mtimeMs: Number.POSITIVE_INFINITY}))
      if (Date.now() - mtimeMs > old) await rm(file, {force: true})
    }
    return join(this.#temp, `${prefix}${randomUUID()}`)
  }

  /** Keeps a file to be read until some time after `gone`. Errors: `missing-file`, `cancelled`. */
  async keep(
    {file, own, name, type}: Made,
    {gone, signal}: {gone: AbortSignal; signal?: AbortSignal | undefined},
  ): Promise<Download> {
    const {bytes, sha256} = await digest(file, signal).catch(async error => {
      if (own) await rm(file, {force: true})
      throw error
    })
    const download = {id: randomUUID(), name, type, bytes, sha256}
    const kept: Kept = {download, file, own}
    this.#kept.set(download.id, kept)
    for (const [id] of [...this.#kept].slice(0, -most)) await this.drop(id)
    if (gone.aborted) this.#leave(kept)
    else gone.addEventListener('abort', () => this.#leave(kept), {once: true})
    return download
  }

  /** The bytes from an offset on, a part of them at a time; none at the end. Errors: `unknown-name`, `damaged`. */
  async read(id: string, offset: number): Promise<Download & {part: Uint8Array}> {
    const kept = this.#kept.get(id)
    if (!kept)
      throw new AppError('unknown-name', says`this download is not there any more`, {
        hint: says`ask for it again`,
      })
    const {download, file} = kept
    // While it is read it stays.
    if (kept.leaving) this.#leave(kept)
    const length = Math.max(0, Math.min(part, download.bytes - offset))
    return {...download, part: await onDisk(file, () => bytesOf(file, offset, length))}
  }

  async close(): Promise<void> {
    await Promise.all([...this.#kept.keys()].map(id => this.drop(id)))
  }

  /** Whoever asked for it has it. */
  async drop(id: string): Promise<void> {
    const kept = this.#kept.get(id)
    this.#kept.delete(id)
    clearTimeout(kept?.leaving)
    // One that cannot be removed now is removed when it is old.
    if (kept?.own) await rm(kept.file, {force: true}).catch(() => {})
  }

  #leave(kept: Kept) {
    clearTimeout(kept.leaving)
    kept.leaving = setTimeout(() => void this.drop(kept.download.id), this.#linger)
    kept.leaving.unref()
  }
}

async function digest(file: string, signal: AbortSignal | undefined) {
  return onDisk(file, async () => {
    const hash = createHash('sha256')
    let bytes = 0
    for await (const chunk of createReadStream(file, {highWaterMark: part, signal})) {
      hash.update(chunk)
      bytes += chunk.length
    }
    return {bytes, sha256: hash.digest('hex')}
  })
}

async function bytesOf(file: string, offset: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length)
  const handle = await open(file)
  try {
    let at = 0
    while (at < length) {
      const {bytesRead} = await handle.read(bytes, at, length - at, offset + at)
      if (bytesRead === 0)
        throw new AppError('damaged', says`the file was cut short while it was read`, {where: file})
      at += bytesRead
    }
    return bytes
  } finally {
    await handle.close()
  }
}
