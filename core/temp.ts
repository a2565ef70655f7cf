// Where a process keeps what it is making: a folder of its own below `.bancada/tmp`, named after the process, so
// that others can tell when nobody will come back for it.
import {readdir, rm, stat} from 'node:fs/promises'
import {hostname} from 'node:os'
import {join} from 'node:path'
import {type Processes, processes as realProcesses} from './process.ts'
import type {ProcessMark} from './schema/run.ts'

const prefix = 'of-'

/** The folder of this process below a project's `.bancada/tmp`; whoever uses it makes it. */
export const ownTemp = (tmp: string, {self}: Pick<Processes, 'self'> = realProcesses): string => {
  const {pid, host, started} = self()
  const mark = Buffer.from(JSON.stringify([pid, host, started])).toString('base64url')
  return join(tmp, `${prefix}${mark}`)
}

/** The process that a folder is named after. */
function ownerOf(name: string): ProcessMark | undefined {
  try {
    const mark = Buffer.from(name.slice(prefix.length), 'base64url').toString()
    const [pid, host, started] = JSON.parse(mark) as [number, string, string]
    return {pid, host, started}
  } catch {
    return undefined
  }
}

const patience = 30 * 24 * 3_600_000

/**
 * Removes what processes that are gone have left. Those of another machine that shares the project cannot be
 * asked: their folders are taken when nothing has changed in them for 30 days.
 */
export async function sweepTemp(
  tmp: string,
  {alive}: Pick<Processes, 'alive'> = realProcesses,
  now = Date.now(),
): Promise<void> {
  const names = (await readdir(tmp).catch(() => [])).filter(name => name.startsWith(prefix))
  for (const name of names) {
    const owner = ownerOf(name)
    const folder = join(tmp, name)
    const gone = owner && !alive(owner)
    if (gone || (owner?.host !== hostname() && (await untouched(folder, now))))
      await rm(folder, {recursive: true, force: true}).catch(() => {})
  }
}

async function untouched(folder: string, now: number): Promise<boolean> {
  const {mtimeMs} = await stat(folder).catch(() => ({mtimeMs: now}))
  return now - mtimeMs > patience
}
