// The profile of a data file: read as a source cell would read it, then looked at.
import {mkdir, mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import type {Task} from '../../plugin.ts'
import type {TableProfile} from '../../schema/profile.ts'
import {readSource, sourceParams} from '../read/index.ts'
import {Session} from '../session.ts'
import {relation} from '../sql.ts'
import {profile} from './index.ts'

export type FileSpec = {
  /** The only folder whose files are read. */
  folder: string
  /** A path in it, or a pattern such as `data/*.csv`. */
  file: string
  target?: string | undefined
  /** Where what is made on the way goes; default the system's folder for temporary files. */
  temp?: string
}

/** Reads a file and profiles its rows; leaves nothing behind. Errors as those of `readSource` and `profile`. */
export async function profileFile(
  {folder, file, target, temp = tmpdir()}: FileSpec,
  task: Task,
): Promise<TableProfile> {
  const scratch = await mkdtemp(join(temp, 'profile-'))
  const outFolder = join(scratch, 'read')
  await mkdir(outFolder)
  const session = await Session.open({folder, objects: scratch, temp: join(scratch, 'spilled')})
  try {
    const params = sourceParams.parse({file})
    const read = await readSource({session, projectFolder: folder, params, outFolder}, task)
    const found = await profile(session, relation(read.query, read.columns), {target, ...task})
    return {...found, rejected: read.rejects.count, notes: read.notes}
  } finally {
    session.close()
    await rm(scratch, {recursive: true, force: true})
  }
}
