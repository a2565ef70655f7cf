// Who is at the keyboard, for the audit log: as git knows them, else as the system does.
import {execFile} from 'node:child_process'
import {userInfo} from 'node:os'
import {promisify} from 'node:util'
import type {Person} from '../schema/registry.ts'

/** `folder` is the project, whose own git settings come before the user's. */
export async function whoAmI(folder: string): Promise<Person> {
  const [name, email] = await Promise.all([git(folder, 'user.name'), git(folder, 'user.email')])
  return {name: name ?? userInfo().username, ...(email === undefined ? {} : {email})}
}

// No git, no repository or no such setting: all mean that git cannot tell.
const git = (folder: string, key: string) =>
  promisify(execFile)('git', ['config', '--get', key], {cwd: folder}).then(
    ({stdout}) => stdout.trim() || undefined,
    () => undefined,
  )
