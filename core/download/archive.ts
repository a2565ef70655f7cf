// A flat folder as one ZIP archive. The same files give the same bytes on every machine.
import {createReadStream} from 'node:fs'
import {open, readdir, rm, stat} from 'node:fs/promises'
import {join} from 'node:path'
import {Zip, ZipDeflate} from 'fflate'
import {AppError} from '../error.ts'
import {onDisk} from '../files.ts'
import type {Progress} from '../schema/result.ts'
import {progressOf, says} from '../words/says.ts'

type Task = {signal?: AbortSignal | undefined; tell?: (progress: Progress) => void}

/** Sizes in the archive have four bytes; what is as large as this would need another format. */
const largest = 2 ** 32 - 1
/** The first that the format can say, by the clock on the wall: the archive is the same in every time zone. */
const noTime = () => new Date(1980, 0, 1)
const part = 256 * 1024

/**
 * Writes the files of `folder` to the new file `to`, in the order of their names and below a folder called `under`.
 * Nothing is left of it when it fails or is stopped. Errors: `missing-file`, `no-space`, `refused` where the files
 * are too large for the format, `cancelled`.
 */
export async function writeArchive(
  folder: string,
  to: string,
  {under, signal, tell}: Task & {under: string},
): Promise<void> {
  const {names, bytes} = await filesOf(folder)
  if (bytes > largest)
    throw new AppError('refused', says`${bytes} bytes are too many for one archive`, {
      hint: says`take the folder itself: \`bancada package --to DIR\``,
      where: folder,
    })
  const handle = await onDisk(to, () => open(to, 'wx'))
  try {
    const ready: Uint8Array[] = []
    const zip = new Zip((error, chunk) => {
      if (error) throw error
      ready.push(chunk)
    })
    const flush = () =>
      onDisk(to, async () => {
        for (const chunk of ready.splice(0)) await handle.writeFile(chunk)
      })
    let done = 0
    for (const name of names) {
      const entry = Object.assign(new ZipDeflate(`${under}/${name}`), {mtime: noTime()})
      zip.add(entry)
      const file = join(folder, name)
      await onDisk(file, async () => {
        for await (const chunk of createReadStream(file, {highWaterMark: part, signal})) {
          entry.push(chunk)
          done += chunk.length
          tell?.(progressOf(says`packing the files`, {done: bytes === 0 ? 1 : done / bytes}))
          await flush()
        }
      })
      entry.push(new Uint8Array(0), true)
    }
    zip.end()
    await flush()
    await handle.close()
  } catch (error) {
    await handle.close().catch(() => {})
    await rm(to, {force: true})
    throw error
  }
}

async function filesOf(folder: string): Promise<{names: string[]; bytes: number}> {
  return onDisk(folder, async () => {
    const names = (await readdir(folder)).sort()
    const sizes = await Promise.all(names.map(async name => (await stat(join(folder, name))).size))
    return {names, bytes: sizes.reduce((sum, size) => sum + size, 0)}
  })
}
