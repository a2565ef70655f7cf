// A project is a folder: create one, open one, list its documents.

import {randomUUID} from 'node:crypto'
import {access, constants, mkdir, readdir, readFile, rename, writeFile} from 'node:fs/promises'
import {basename, dirname, join, resolve} from 'node:path'
import {AppError, toFault} from './error.ts'
import {type Manifest, manifestSchema, projectVersion} from './schema/project.ts'
import {diskError, Store} from './store.ts'

export type Project = {
  /** Absolute path. */
  folder: string
  manifest: Manifest
  store: Store
}

const manifestFile = 'bancada.json'

/** The local store must not travel with the project's own history. */
const ignored =
  "# Bancada's local store. Keep `.bancada/models` if you want the registry in git.\n.bancada/objects/\n.bancada/runs/\n.bancada/tmp/\n.bancada/index.*\n"

/**
 * Makes a project in a new or empty folder. Throws `refused` when there is one already or the folder holds
 * other things.
 */
export async function createProject(
  folder: string,
  {name = basename(resolve(folder)), ...rest}: Partial<Manifest> = {},
): Promise<Project> {
  const root = resolve(folder)
  const present = await readdir(root).catch((error): string[] => {
    if (error.code === 'ENOENT') return []
    throw diskError(error)
  })
  if (present.includes(manifestFile))
    throw new AppError('refused', `${root} is a project already`, {
      hint: 'open it, or choose another folder',
      where: join(root, manifestFile),
    })
  const strangers = present.filter(entry => !entry.startsWith('.'))
  if (strangers.length > 0)
    throw new AppError('refused', `${root} is not empty: it holds "${strangers[0]}"`, {
      hint: 'choose a new folder; then copy your data file into its data folder',
    })
  try {
    await mkdir(join(root, 'notebooks'), {recursive: true})
    await mkdir(join(root, 'data'), {recursive: true})
    const manifest = manifestSchema.parse({version: projectVersion, name, ...rest})
    await writeAtomically(join(root, manifestFile), `${JSON.stringify(manifest, undefined, 2)}\n`)
    if (!present.includes('.gitignore')) await writeFile(join(root, '.gitignore'), ignored)
  } catch (error) {
    throw diskError(error)
  }
  return openProject(root)
}

/** Opens the project that a path lies in: the folder itself, or any file or folder below it. */
export async function openProject(path: string): Promise<Project> {
  const start = resolve(path)
  for (let folder = start; ; folder = dirname(folder)) {
    const file = join(folder, manifestFile)
    const text = await readFile(file, 'utf8').catch(error => {
      if (['ENOENT', 'ENOTDIR'].includes(error.code)) return undefined
      throw diskError(error)
    })
    if (text !== undefined) return opened(folder, file, text)
    if (folder === dirname(folder)) break
  }
  throw new AppError('missing-file', `no project at ${start}`, {
    hint: 'a project is a folder with a bancada.json; `bancada new FOLDER` makes one',
  })
}

async function opened(folder: string, file: string, text: string): Promise<Project> {
  const manifest = readManifest(file, text)
  const store = new Store(folder)
  try {
    await store.prepare()
    await access(store.temp, constants.W_OK)
  } catch (error) {
    throw diskError(error)
  }
  return {folder, manifest, store}
}

function readManifest(file: string, text: string): Manifest {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch (error) {
    throw new AppError('damaged', `${manifestFile} is not JSON: ${toFault(error).message}`, {
      where: file,
      hint: 'mend it in an editor, or take it back from your version control',
    })
  }
  const {success, data: manifest, error} = manifestSchema.safeParse(data)
  if (!success) {
    const issue = error.issues[0]!
    throw new AppError('damaged', `${manifestFile}: ${issue.message}`, {
      where: `${file}: ${issue.path.join('.') || 'top level'}`,
    })
  }
  if (manifest.version > projectVersion)
    throw new AppError('too-new', `${manifestFile} is of version ${manifest.version}`, {
      where: file,
      hint: `this Bancada knows version ${projectVersion}; update it`,
    })
  return manifest
}

/** The documents of a project, as paths relative to its folder, in alphabetical order. */
export async function documents({folder}: Project): Promise<string[]> {
  const entries = await readdir(join(folder, 'notebooks')).catch(() => [])
  return entries
    .filter(name => name.endsWith('.md'))
    .sort()
    .map(name => `notebooks/${name}`)
}

/** Writes a file so that it is there whole or not at all. */
export async function writeAtomically(file: string, content: string | Uint8Array): Promise<void> {
  const aside = join(dirname(file), `.${basename(file)}.${randomUUID().slice(0, 8)}`)
  await writeFile(aside, content, {flush: true})
  await rename(aside, file)
}
