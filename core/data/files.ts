// The user's data files: what is there, and bringing one in.
import {randomBytes} from 'node:crypto'
import {mkdir, open, readdir, rm, stat} from 'node:fs/promises'
import {join, parse, relative} from 'node:path'
import {AppError} from '../error.ts'
import {linkOrCopy, onDisk, syncFolder} from '../files.ts'
import {says} from '../words/says.ts'

export type DataFile = {path: string; bytes: number; modified: string}

/** The files below `data/`, by path; hidden ones are left out. */
export async function dataFiles(folder: string): Promise<DataFile[]> {
  const root = join(folder, 'data')
  const entries = await readdir(root, {recursive: true, withFileTypes: true}).catch(error => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const files = entries.filter(entry => entry.isFile() && !entry.name.startsWith('.'))
  const found = await Promise.all(
    files.map(async entry => {
      const file = join(entry.parentPath, entry.name)
      // A file may go while the folder is read.
      const {size, mtime} = await stat(file).catch(() => ({size: 0, mtime: undefined}))
      const path = relative(folder, file).replaceAll('\\', '/')
      return mtime && {path, bytes: size, modified: mtime.toISOString()}
    }),
  )
  return found.filter(file => file !== undefined).sort((a, b) => (a.path < b.path ? -1 : 1))
}

type Part = {upload: string; name: string; offset: number; bytes: Uint8Array; last: boolean}

/**
 * Files that come part by part. Each is written aside and gets its name at the end, so a half one is never
 * seen; where the name is taken it gets a number.
 */
export class Uploads {
  readonly #folder: string
  readonly #temp: string
  readonly #open = new Map<string, {file: string; bytes: number}>()

  constructor({folder, temp}: {folder: string; temp: string}) {
    this.#folder = folder
    this.#temp = temp
  }

  /** @throws AppError `refused` for a name that is none, `bad-request` for a part out of order, `no-space` */
  async put({upload, name, offset, bytes, last}: Part): Promise<{path?: string}> {
    const clean = checkName(name)
    const known = this.#open.get(upload)
    if (offset !== (known?.bytes ?? 0)) {
      await this.#drop(upload)
      throw new AppError('bad-request', says`the file comes out of order at byte ${offset}`, {
        hint: says`bring it in again`,
      })
    }
    const file = known?.file ?? join(this.#temp, `upload-${randomBytes(8).toString('hex')}`)
    try {
      await onDisk(file, async () => {
        await mkdir(this.#temp, {recursive: true})
        const handle = await open(file, known ? 'a' : 'wx')
        try {
          await handle.writeFile(bytes)
          if (last) await handle.sync()
        } finally {
          await handle.close()
        }
      })
    } catch (error) {
      await this.#drop(upload)
      // Of a first part there is nothing to drop yet.
      await rm(file, {force: true}).catch(() => {})
      throw error
    }
    if (!last) {
      this.#open.set(upload, {file, bytes: offset + bytes.length})
      return {}
    }
    this.#open.delete(upload)
    return {path: await this.#place(file, clean)}
  }

  async #drop(upload: string) {
    const known = this.#open.get(upload)
    this.#open.delete(upload)
    if (known) await rm(known.file, {force: true}).catch(() => {})
  }

  async #place(file: string, name: string): Promise<string> {
    const data = join(this.#folder, 'data')
    const {name: stem, ext} = parse(name)
    await onDisk(data, () => mkdir(data, {recursive: true}))
    for (let n = 1; ; n++) {
      const own = n === 1 ? name : `${stem}-${n}${ext}`
      const free = await onDisk(data, () =>
        // A link fails where the name is taken, a rename would write over it.
        linkOrCopy(file, join(data, own)).then(
          () => true,
          error => {
            if (error.code === 'EEXIST') return false
            throw error
          },
        ),
      )
      if (!free) continue
      await rm(file, {force: true})
      await syncFolder(data)
      return `data/${own}`
    }
  }
}

function checkName(name: string): string {
  const last = name.split(/[\\/]/).at(-1)!.trim()
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what no file name may hold
  if (last === '' || last.startsWith('.') || /[\x00-\x1f<>:"|?*]/.test(last))
    throw new AppError('refused', says`"${name}" cannot be the name of a file`, {
      hint: says`rename the file and bring it in again`,
    })
  return last
}
