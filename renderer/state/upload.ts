// Files of the user's machine into the project's `data/`, part by part, so that a large one shows how far it is.
import {AppError} from '../../core/error.ts'
import type {Progress} from '../../core/schema/result.ts'
import {says} from '../../core/words/says.ts'
import {store} from './store.ts'

/** Bytes of a part; a message may have 64 MiB. */
const part = 4 * 2 ** 20

export type BringInTask = {
  signal?: AbortSignal | undefined
  /** `message` is the name of the file that is on its way, `done` the share of all bytes. */
  tell?: ((progress: Progress) => void) | undefined
}

/** A file, and the folder below `data/` that it goes into. */
export type Given = {file: File; folder?: string | undefined}

/**
 * Brings files into `data/` of the open project and answers their paths there, in the same order. A name that
 * is taken gets a number. Throws `cancelled` when it is stopped: files that came before stay.
 */
export async function bringIn(
  files: readonly Given[],
  {signal, tell}: BringInTask = {},
): Promise<string[]> {
  const total = files.reduce((sum, {file}) => sum + file.size, 0)
  const paths: string[] = []
  let before = 0
  for (const given of files) {
    const {file} = given
    const at = (sent: number) =>
      tell?.({message: file.name, done: total === 0 ? 1 : (before + sent) / total})
    paths.push(await send(given, at, signal))
    before += file.size
  }
  return paths
}

async function send(
  {file, folder}: Given,
  tell: (sent: number) => void,
  signal: AbortSignal | undefined,
): Promise<string> {
  const {call} = store.getState()
  const upload = crypto.randomUUID()
  tell(0)
  for (let offset = 0; ; offset += part) {
    if (signal?.aborted) throw new AppError('cancelled', says`stopped`)
    const bytes = await readPart(file, offset)
    const last = offset + part >= file.size
    const input = {upload, name: file.name, ...(folder && {folder}), offset, bytes, last}
    const {path} = await call('data.put', input, {...(signal && {signal})})
    tell(offset + bytes.length)
    if (path !== undefined) return path
  }
}

/** A folder can be dropped as well, and a file can go while it is read; the browser tells neither by its cause. */
async function readPart(file: File, offset: number): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.slice(offset, offset + part).arrayBuffer())
  } catch {
    throw new AppError('missing-file', says`"${file.name}" cannot be read`, {
      hint: says`is it a folder, or was it moved? choose the file again`,
    })
  }
}
