// A thread beside the training that works while JavaScript is busy: it ends the process when its
// parent is gone or its memory is spent.
import {Worker} from 'node:worker_threads'

/** How a process that ran out of memory says so on stderr: V8's words, C++'s, and the watch's own. */
export const outOfMemory =
  /heap out of memory|Reached heap limit|Array buffer allocation failed|bad_alloc|memory limit of the training/

// Plain JavaScript in a string, because a bundle has no file of its own for it.
const program = `
const {workerData: {parent, limit}} = require('node:worker_threads')
const {writeSync} = require('node:fs')
const orphaned = () => {
  if (process.platform !== 'win32') return process.ppid !== parent
  try { process.kill(parent, 0); return false } catch (error) { return error.code === 'ESRCH' }
}
const end = () => process.kill(process.pid, 'SIGKILL')
setInterval(() => {
  if (orphaned()) end()
  if (process.memoryUsage.rss() <= limit) return
  writeSync(2, 'over the memory limit of the training')
  end()
}, 200)`

/** Watches this process. `memory` is the limit in MiB. */
export function watchProcess(memory: number) {
  new Worker(program, {
    eval: true,
    workerData: {parent: process.ppid, limit: memory * 2 ** 20},
  }).unref()
}
