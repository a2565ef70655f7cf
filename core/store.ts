// The content-addressed store: one folder a result, made aside and moved into place in one step.
import {randomUUID} from 'node:crypto'
import {lstat, mkdir, readdir, readFile, rename, rm, stat, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {onDisk} from './files.ts'
import type {CellResult} from './schema/result.ts'
import type {Value} from './schema/value.ts'
import {ownTemp, sweepTemp} from './temp.ts'
import type {Told} from './words/says.ts'

/** What `put` is asked to keep; the store adds the rest. */
export type Made = {value: Value; rows?: number; warnings?: Told[]}

const resultFile = 'result.json'

/**
 * Results by hash. No locks: a result is written into a folder of its own and renamed into place, so two
 * processes may make the same one at the same time and the second simply finds it there.
 */
export class Store {
  /** `objects/<hash>/…` */
  readonly objects: string
  /** What processes of this project share and could make again. */
  readonly tmp: string
  /** This process's own below that: results in the making, and DuckDB's spilled pages. */
  readonly temp: string
  /** `checkpoints/<hash>/…`: how far long work on a result had come, for when it is killed. */
  readonly checkpoints: string

  constructor(folder: string) {
    this.objects = join(folder, '.bancada', 'objects')
    this.tmp = join(folder, '.bancada', 'tmp')
    this.temp = ownTemp(this.tmp)
    this.checkpoints = join(folder, '.bancada', 'checkpoints')
  }

  async prepare(): Promise<void> {
    await onDisk(this.objects, async () => {
      await mkdir(this.objects, {recursive: true})
      await mkdir(this.temp, {recursive: true})
      await sweepTemp(this.tmp)
      await this.#sweep()
    })
  }

  /** The hashes of all that is stored, damaged results included: to look once is quicker than for each. */
  async hashes(): Promise<Set<string>> {
    return new Set(await readdir(this.objects).catch(() => []))
  }

  /** The stored result, or nothing when there is none or it is damaged (then it is made again). */
  async get(hash: string): Promise<CellResult | undefined> {
    const folder = join(this.objects, hash)
    try {
      const result = JSON.parse(await readFile(join(folder, resultFile), 'utf8')) as CellResult
      if (result.version !== 1 || result.hash !== hash) return undefined
      for (const [name, bytes] of Object.entries(result.files))
        if ((await stat(join(folder, name))).size !== bytes) return undefined
      return result
    } catch {
      return undefined
    }
  }

  /**
   * Runs `make` in an empty folder and keeps what it leaves there. When it fails or is cancelled, nothing
   * is kept. `replace` puts it in the place of one that is there. Errors of the disk come as `no-space`
   * and `read-only`.
   */
  async put(
    hash: string,
    kind: string,
    make: (folder: string) => Promise<Made>,
    {now = Date.now, replace = false}: {now?: () => number; replace?: boolean} = {},
  ): Promise<CellResult> {
    const aside = join(this.temp, `${hash.slice(0, 16)}-${randomUUID()}`)
    const started = now()
    return onDisk(this.objects, async () => {
      await mkdir(aside, {recursive: true})
      const {value, rows, warnings = []} = await make(aside)
      const result: CellResult = {
        version: 1,
        hash,
        kind,
        value,
        rows,
        ms: now() - started,
        at: new Date(now()).toISOString(),
        warnings,
        files: await sizes(aside),
      }
      await writeFile(join(aside, resultFile), JSON.stringify(result, undefined, 1))
      const placed = await this.#place(aside, hash, result, replace)
      await this.#forget(hash)
      return placed
    }).finally(() => rm(aside, {recursive: true, force: true}).catch(() => {}))
  }

  // Checkpoints are of no use when the result is there.
  #forget(hash: string) {
    return rm(join(this.checkpoints, hash), {recursive: true, force: true}).catch(() => {})
  }

  // Those that a kill left beside their result, and those that nobody came back for.
  async #sweep() {
    for (const hash of await readdir(this.checkpoints).catch(() => [])) {
      const {mtimeMs} = await stat(join(this.checkpoints, hash)).catch(() => ({mtimeMs: Infinity}))
      const old = Date.now() - mtimeMs > 30 * 24 * 3_600_000
      if (old || (await this.get(hash))) await this.#forget(hash)
    }
  }

  async #place(
    aside: string,
    hash: string,
    result: CellResult,
    replace: boolean,
  ): Promise<CellResult> {
    const place = join(this.objects, hash)
    try {
      await rename(aside, place)
      return result
    } catch (error) {
      // Somebody else was first, or an outdated or damaged result is in the way.
      const theirs = replace ? undefined : await this.get(hash)
      if (theirs) return theirs
      if (!(await lstat(place).catch(() => undefined))) throw error
      const wreck = join(this.temp, `damaged-${randomUUID()}`)
      await rename(place, wreck)
      await rename(aside, place)
      await rm(wreck, {recursive: true, force: true})
      return result
    }
  }
}

async function sizes(folder: string): Promise<Record<string, number>> {
  const found: Record<string, number> = {}
  for (const entry of await readdir(folder, {recursive: true, withFileTypes: true}))
    if (entry.isFile()) {
      const path = join(entry.parentPath, entry.name)
      found[path.slice(folder.length + 1).replaceAll('\\', '/')] = (await stat(path)).size
    }
  return found
}
