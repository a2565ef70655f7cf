// The user's data files: what is there, and bringing one in.
import {randomBytes} from 'node:crypto'
import {mkdir, open, readdir, realpath, rm, stat} from 'node:fs/promises'
import {join, parse, relative} from 'node:path'
import {AppError} from '../error.ts'
import {linkOrCopy, onDisk, syncFolder} from '../files.ts'
import {type DataFile, imageFolder} from '../schema/data-file.ts'
import {says} from '../words/says.ts'
import {inside} from './read/files.ts'

/** The files below `data/`, by path; hidden ones are left out, and each folder of images stands as one. */
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
  return together(found.filter(file => file !== undefined)).sort((a, b) =>
    a.path < b.path ? -1 : 1,
  )
}

/** Images that lie in a folder, however deep, as that folder of `data/`: nobody looks through ten thousand names. */
function together(files: readonly DataFile[]): DataFile[] {
  const others: DataFile[] = []
  const folders = new Map<string, Required<DataFile>>()
  for (const file of files) {
    const path = imageFolder(file.path)
    if (path === undefined) {
      others.push(file)
      continue
    }
    const folder = folders.get(path) ?? {path, bytes: 0, modified: '', images: 0}
    folder.bytes += file.bytes
    folder.images++
    if (file.modified > folder.modified) folder.modified = file.modified
    folders.set(path, folder)
  }
  return [...others, ...folders.values()]
}

type Part = {
  upload: string
  name: string
  /** The folder below `data/` that it goes into, with `/` between names. */
  folder?: string | undefined
  offset: number
  bytes: Uint8Array
  last: boolean
}

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
  async put({upload, name, folder, offset, bytes, last}: Part): Promise<{path?: string}> {
    const clean = checkName(name)
    const folders = folder === undefined ? [] : checkFolder(folder)
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
    return {path: await this.#place(file, folders, clean)}
  }

  async #drop(upload: string) {
    const known = this.#open.get(upload)
    this.#open.delete(upload)
    if (known) await rm(known.file, {force: true}).catch(() => {})
  }

  async #place(file: string, folders: readonly string[], name: string): Promise<string> {
    const place = ['data', ...folders]
    const data = join(this.#folder, ...place)
    const {name: stem, ext} = parse(name)
    await onDisk(data, () => mkdir(data, {recursive: true}))
    // A folder of that name may be a link to another place.
    inside(await realpath(this.#folder), await realpath(data), place.join('/'))
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
      return [...place, own].join('/')
    }
  }
}

/** Deeper folders than this are no collection of data. */
const deepest = 8

function checkFolder(folder: string): string[] {
  const names = folder.split('/')
  if (names.length <= deepest) return names.map(checkName)
  throw new AppError('refused', says`"${folder}" is more than ${deepest} folders deep`, {
    hint: says`bring in a folder that lies further down`,
  })
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
