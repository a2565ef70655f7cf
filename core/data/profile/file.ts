// The profile of a data file, wherever it lies: read as a source cell would read it, then looked at.
import {mkdir, mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {basename, dirname, join, resolve} from 'node:path'
import type {Task} from '../../plugin.ts'
import type {Profile} from '../../schema/profile.ts'
import {readSource, sourceParams} from '../read/index.ts'
import {Session} from '../session.ts'
import {relation} from '../sql.ts'
import {profile} from './index.ts'

/** A profile, and what reading the file had to say. */
export type FileProfile = Profile & {file: string; rejected: number; notes: string[]}

/**
 * Reads a file and profiles its rows. Nothing is written beside the file. Errors as those of `readSource`
 * and `profile`.
 */
export async function profileFile(
  file: string,
  {target}: {target?: string | undefined},
  task: Task,
): Promise<FileProfile> {
  const path = resolve(file)
  const scratch = await mkdtemp(join(tmpdir(), 'bancada-profile-'))
  const outFolder = join(scratch, 'read')
  await mkdir(outFolder)
  const session = await Session.open({
    folder: dirname(path),
    objects: scratch,
    temp: join(scratch, 'tmp'),
  })
  try {
    const params = sourceParams.parse({file: basename(path)})
    const read = await readSource({session, projectFolder: dirname(path), params, outFolder}, task)
    const found = await profile(session, relation(read.query, read.columns), {target, ...task})
    return {...found, file: path, rejected: read.rejects.count, notes: read.notes}
  } finally {
    session.close()
    await rm(scratch, {recursive: true, force: true})
  }
}
