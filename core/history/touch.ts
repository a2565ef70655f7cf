// How a process that changed something tells the indexes of all others, without a word between them.
import {stat, utimes} from 'node:fs/promises'
import {dirname} from 'node:path'

/**
 * Shows every index that something about a run is new: its `run.json` has another time, so that one file a run need be
 * looked at, and so has the folder of all runs, so that none need be where that has the time that it had.
 */
export async function touchRun(folder: string): Promise<void> {
  await touch(`${folder}/run.json`)
  await touchRuns(dirname(folder))
}

/** The same of the folder alone: a run came or went. */
export async function touchRuns(folder: string): Promise<void> {
  // Where this may not be, what changed is found a little later.
  await touch(folder).catch(() => {})
}

// Never the same time twice: later than it was, by a chance that two processes do not share.
async function touch(path: string): Promise<void> {
  const {atimeMs, mtimeMs} = await stat(path)
  await utimes(path, atimeMs / 1000, (Math.max(Date.now(), mtimeMs + 1) + Math.random()) / 1000)
}
