// Content hashes of data files, remembered by size and time of change so that large files are read once.
import {createHash} from 'node:crypto'
import {createReadStream} from 'node:fs'
import {readFile, stat} from 'node:fs/promises'
import {isAbsolute, join} from 'node:path'
import {pipeline} from 'node:stream/promises'
import {AppError} from '../error.ts'
import {writeWhole} from '../files.ts'
import type {Store} from '../store.ts'
import {says} from '../words/says.ts'

/** Bytes that are read at once. */
const part = 1 << 20
/** Files that are looked at side by side. */
const sideBySide = 32

type Known = Record<string, {size: number; changed: number; inode: number; hash: string}>

/** Hashes the files of one run; `save` keeps what was learned for the next one. */
export class Fingerprints {
  readonly #root: string
  readonly #file: string
  #known: Promise<Known> | undefined
  #dirty = false

  constructor(root: string, store: Store) {
    this.#root = root
    this.#file = join(store.tmp, 'files.json')
  }

  /** SHA-256 of a file's content. Throws `missing-file`. */
  async of(path: string): Promise<string> {
    this.#known ??= readFile(this.#file, 'utf8').then(
      text => JSON.parse(text) as Known,
      () => ({}),
    )
    const known = await this.#known.catch(() => ({}) as Known)
    const full = isAbsolute(path) ? path : join(this.#root, path)
    const info = await stat(full).catch(() => {
      throw new AppError('missing-file', says`no file "${path}" in the project`)
    })
    const last = known[path]
    const same =
      last && last.size === info.size && last.changed === info.mtimeMs && last.inode === info.ino
    // A file changed within the last two seconds may change again without its time telling.
    if (same && Date.now() - info.mtimeMs > 2000) return last.hash
    const digest = createHash('sha256')
    // A stream costs ten times what a small file does, and there may be ten thousand.
    if (info.size <= part) digest.update(await readFile(full))
    else await pipeline(createReadStream(full, {highWaterMark: part}), digest)
    const hash = digest.digest('hex')
    known[path] = {size: info.size, changed: info.mtimeMs, inode: info.ino, hash}
    this.#dirty = true
    return hash
  }

  /** Of several files, some of them at a time: there may be ten thousand images. */
  async ofAll(paths: readonly string[]): Promise<Record<string, string>> {
    const hashes: string[] = []
    for (let at = 0; at < paths.length; at += sideBySide)
      hashes.push(
        ...(await Promise.all(paths.slice(at, at + sideBySide).map(path => this.of(path)))),
      )
    return Object.fromEntries(paths.map((path, i) => [path, hashes[i]!]))
  }

  async save(): Promise<void> {
    if (!this.#dirty) return
    await writeWhole(this.#file, JSON.stringify(await this.#known)).catch(() => {
      // Only a memory of hashes: the next run reads the files again.
    })
  }
}
