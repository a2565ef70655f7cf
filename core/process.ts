// Does the process that began a run, or left a folder, still live? A pid alone does not tell: systems use them again.
import {execFileSync} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {hostname} from 'node:os'
import type {ProcessMark} from './schema/run.ts'

/** What is asked of processes; given in, so that a test can end one without killing it. */
export type Processes = {
  self: () => ProcessMark
  alive: (mark: ProcessMark) => boolean
}

export const processes: Processes = {
  self: () => {
    self ??= {pid: process.pid, host: hostname(), started: startOf(process.pid) ?? ''}
    return self
  },
  // A process on another machine cannot be asked; its run is taken at its word.
  alive: ({pid, host, started}) => {
    if (host !== hostname()) return true
    const now = startOf(pid)
    return now !== undefined && (started === '' || now === '' || now === started)
  },
}
let self: ProcessMark | undefined

/**
 * When a process began, as text that is equal for the same process only; nothing when there is no such
 * process; empty where the system does not tell (Windows, where the pid alone has to do).
 */
function startOf(pid: number): string | undefined {
  if (!exists(pid)) return undefined
  try {
    if (process.platform === 'linux') return linuxStart(pid)
    if (process.platform === 'win32') return ''
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {encoding: 'utf8'}).trim()
  } catch {
    return exists(pid) ? '' : undefined
  }
}

// Clock ticks since boot, and which boot: fields of proc(5). The name in brackets may hold anything.
function linuxStart(pid: number): string | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  // A zombie has ended; only its parent has not looked yet.
  if (state === 'Z' || state === 'X') return undefined
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  return `${boot}:${fields[18]}`
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as {code?: string}).code === 'EPERM'
  }
}
