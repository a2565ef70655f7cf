// The files of a version, copied out of the cache so that clearing the cache loses no version.
import {createHash, randomBytes} from 'node:crypto'
import {createReadStream, createWriteStream} from 'node:fs'
import {mkdir, readdir, rename, rm} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {pipeline} from 'node:stream/promises'
import {AppError} from '../error.ts'
import {onDisk, syncFolder, writeSynced, writeWhole} from '../files.ts'
import {json} from '../schema/figure.ts'
import type {Artifact} from '../schema/run.ts'
import {says} from '../words/says.ts'

/** Files by name (a path with forward slashes): where each lies, or what is in it. */
export type Files = Record<string, string | Uint8Array>

export type Kept = {digest: string; files: Artifact[]}

/**
 * Copies files to `versions/<digest>`, whole or not at all. The digest is of names and contents, so the
 * same files always come to the same place, and a second process finds them there.
 */
export async function keep(versions: string, files: Files): Promise<Kept> {
  const aside = join(versions, `.new-${randomBytes(6).toString('hex')}`)
  return onDisk(versions, async () => {
    await mkdir(aside, {recursive: true})
    try {
      const kept: Artifact[] = []
      for (const name of Object.keys(files).sort()) kept.push(await take(aside, name, files[name]!))
      const digest = sha256(JSON.stringify(kept))
      const place = join(versions, digest)
      if (!(await moved(aside, place)) && (await damage(place, kept))) await mend(aside, place)
      await syncFolder(versions)
      return {digest, files: kept}
    } finally {
      await rm(aside, {recursive: true, force: true})
    }
  })
}

/** Adds a JSON file to a version, named by its content. Gives its path below the version's folder. */
export async function keepBeside(folder: string, kind: string, value: unknown): Promise<string> {
  const text = `${json(value, 1)}\n`
  const name = `${kind}/${sha256(text).slice(0, 16)}.json`
  await onDisk(folder, () => mkdir(join(folder, kind), {recursive: true}))
  await writeWhole(join(folder, name), text)
  return name
}

/** The first file that is missing or not what was registered; nothing when all are whole. */
export async function damage(
  folder: string,
  files: readonly Artifact[],
): Promise<string | undefined> {
  for (const {name, sha256} of files) {
    const found = await hashOf(join(folder, name)).catch(() => undefined)
    if (found?.sha256 !== sha256) return name
  }
  return undefined
}

async function take(folder: string, name: string, content: string | Uint8Array): Promise<Artifact> {
  if (name.split('/').some(part => part === '' || part.startsWith('.') || /[\\:\0]/.test(part)))
    throw new AppError('bad-params', says`"${name}" is no name for a file of a version`)
  const file = join(folder, name)
  await mkdir(dirname(file), {recursive: true})
  // A copy, not a hard link: what damages the cache must not damage the registry.
  if (typeof content === 'string')
    await pipeline(createReadStream(content), createWriteStream(file, {flags: 'wx', flush: true}))
  else await writeSynced(file, content)
  return {name, ...(await hashOf(file))}
}

// False when the place is taken: the same files were kept before.
async function moved(aside: string, place: string): Promise<boolean> {
  try {
    await rename(aside, place)
    return true
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST', 'EPERM'].includes((error as {code: string}).code)) return false
    throw error
  }
}

async function hashOf(file: string): Promise<{bytes: number; sha256: string}> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of createReadStream(file)) {
    bytes += chunk.length
    hash.update(chunk)
  }
  return {bytes, sha256: hash.digest('hex')}
}

// File by file, because reports and cards of the version lie beside them.
async function mend(aside: string, place: string) {
  for (const entry of await readdir(aside, {recursive: true, withFileTypes: true}))
    if (entry.isFile()) {
      const from = join(entry.parentPath, entry.name)
      const to = join(place, from.slice(aside.length + 1))
      await mkdir(dirname(to), {recursive: true})
      await rename(from, to)
    }
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
