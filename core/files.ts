// Writing so that a kill at any moment leaves either the old or the new, and other processes never see half.
import {randomBytes} from 'node:crypto'
import {constants, copyFile, link, mkdir, open, readFile, rename, rm} from 'node:fs/promises'
import {basename, dirname, join} from 'node:path'
import {AppError, fromFault, toFault} from './error.ts'
import {json} from './schema/figure.ts'

/** Runs work on files; failures of the disk come as `no-space`, `read-only` or `missing-file` with `where`. */
export async function onDisk<T>(where: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (thrown) {
    const fault = toFault(thrown)
    if (thrown instanceof AppError || fault.code === 'internal') throw thrown
    throw fromFault({...fault, where}, thrown)
  }
}

/** Puts a whole file in place, on disk when this returns. */
export const writeWhole = (file: string, content: string | Uint8Array) =>
  onDisk(file, async () => {
    const aside = join(dirname(file), `.${basename(file)}.${randomBytes(4).toString('hex')}`)
    try {
      await writeSynced(aside, content)
      await rename(aside, file)
    } catch (error) {
      await rm(aside, {force: true})
      throw error
    }
    await syncFolder(dirname(file))
  })

/** Writes a new file and waits until it is on disk. */
export async function writeSynced(file: string, content: string | Uint8Array): Promise<void> {
  const handle = await open(file, 'wx')
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * Gives a file a second name, and fails with `EEXIST` where that is taken. Some file systems (exFAT, network
 * shares) have no hard links; there, the copy is exclusive but not atomic.
 */
export async function linkOrCopy(from: string, to: string) {
  try {
    await link(from, to)
  } catch (error) {
    const code = (error as {code?: string}).code ?? ''
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV'].includes(code)) throw error
    await copyFile(from, to, constants.COPYFILE_EXCL)
  }
}

/** Makes a rename or a new name in a folder survive a power cut. Windows does so by itself. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * Adds one JSON line to a file, on disk when this returns. Two processes may do so at once: each line is
 * one write in append mode. A line that a killed process left half-written is closed first.
 */
export const appendLine = (file: string, value: unknown) =>
  onDisk(file, async () => {
    await mkdir(dirname(file), {recursive: true})
    const handle = await open(file, 'a+')
    try {
      const {size} = await handle.stat()
      const last = Buffer.alloc(1, '\n')
      if (size > 0) await handle.read(last, 0, 1, size - 1)
      const torn = last.toString() !== '\n'
      const line = Buffer.from(`${torn ? '\n' : ''}${json(value)}\n`)
      const {bytesWritten} = await handle.write(line)
      if (bytesWritten < line.length)
        throw Object.assign(new Error('the disk took a part of the line'), {code: 'ENOSPC'})
      await handle.sync()
    } finally {
      await handle.close()
    }
  })

/**
 * The JSON values of a file of lines, in order; none when the file is not there. A line that is not JSON was
 * torn by a kill before it was reported as written, so it is left out.
 */
export async function readLines(file: string): Promise<unknown[]> {
  const text = await onDisk(file, () => readFile(file, 'utf8')).catch(error => {
    if (error instanceof AppError && error.code === 'missing-file') return ''
    throw error
  })
  return parseLines(text)
}

/** The same for text that was read already. */
export const parseLines = (text: string): unknown[] => {
  const values: unknown[] = []
  for (const line of text.split('\n')) {
    if (line === '') continue
    try {
      values.push(JSON.parse(line))
    } catch {
      // Torn: see above.
    }
  }
  return values
}
