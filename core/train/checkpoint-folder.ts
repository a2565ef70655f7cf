// Where checkpoints lie while a job is trained: a folder of its own, one file for each fit.
import {mkdir, readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {onDisk, writeWhole} from '../files.ts'
import type {Checkpoints} from '../plugin.ts'

export type CheckpointSpec = {
  /** Its name must tell this training from any other: the hash of the cell. */
  folder: string
  /** Seconds from one checkpoint to the next; default 30. */
  every?: number | undefined
  /** See `Checkpoints`. */
  version: string
}

/**
 * The checkpoints of a job's fits, by name. Files are replaced whole, so a kill leaves the one before; two
 * processes that train the same come by the same states, so either one's file is good for both.
 */
export function checkpointsIn({folder, every = 30, version}: CheckpointSpec) {
  let last = performance.now()
  return (name: string): Checkpoints => {
    const file = join(folder, `${name}.checkpoint`)
    return {
      version,
      // The end of a fit is worth more than any place in it: the next one need not wait for it again.
      due: ({end = false, stop = false}) =>
        stop || performance.now() - last >= every * (end ? 100 : 1000),
      read: () =>
        readFile(file).catch(error => {
          if (error.code === 'ENOENT') return undefined
          throw error
        }),
      write: async bytes => {
        // Another process that trains the same may have finished and removed the folder.
        await onDisk(folder, () => mkdir(folder, {recursive: true}))
        await writeWhole(file, bytes)
        last = performance.now()
      },
    }
  }
}
