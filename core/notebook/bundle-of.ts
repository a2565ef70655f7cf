// The bundle that was packaged of a registered version.
import {join} from 'node:path'
import {AppError} from '../error.ts'
import type {Project} from '../project.ts'
import {says} from '../words/says.ts'

/** The folder of the newest one in the store. @throws AppError `missing-file` where none was packaged */
export async function bundleOf(
  {store}: Project,
  {name, version}: {name: string; version: number},
): Promise<string> {
  let newest: {at: string; folder: string} | undefined
  for (const hash of await store.hashes()) {
    const result = await store.get(hash)
    if (result?.value.type !== 'bundle') continue
    const {value, at} = result
    if (value.name !== name || value.version !== version) continue
    if (!newest || at > newest.at) newest = {at, folder: value.folder}
  }
  if (newest) return join(store.objects, newest.folder)
  throw new AppError('missing-file', says`${name} ${version} was not packaged`, {
    hint: says`add a package cell after the one that registers it, and run it`,
  })
}
