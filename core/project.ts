// A project is a folder: create one, open one, list its documents.

import {access, constants, mkdir, readdir, readFile, writeFile} from 'node:fs/promises'
import {basename, dirname, join, resolve} from 'node:path'
import {AppError, toFault} from './error.ts'
import {onDisk, writeWhole} from './files.ts'
import {type Manifest, manifestSchema, projectVersion} from './schema/project.ts'
import {Store} from './store.ts'

export type Project = {
  /** Absolute path. */
  folder: string
  manifest: Manifest
  store: Store
}

const manifestFile = 'bancada.json'

/** The local store must not travel with the project's own history. */
const ignored =
  "# Bancada's local store. Keep `.bancada/models` if you want the registry in git.\n.bancada/objects/\n.bancada/runs/\n.bancada/tmp/\n.bancada/checkpoints/\n.bancada/index.*\n"

/**
 * Makes a project in a new or empty folder. Throws `refused` when there is one already or the folder holds
 * other things.
 */
export async function createProject(
  folder: string,
  {name = basename(resolve(folder)), ...rest}: Partial<Manifest> = {},
): Promise<Project> {
  const root = resolve(folder)
  const present = await entries(root)
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
  const manifest = manifestSchema.parse({version: projectVersion, name, ...rest})
  await onDisk(root, async () => {
    await mkdir(join(root, 'notebooks'), {recursive: true})
    await mkdir(join(root, 'data'), {recursive: true})
    if (!present.includes('.gitignore')) await writeFile(join(root, '.gitignore'), ignored)
    await writeWhole(join(root, manifestFile), `${JSON.stringify(manifest, undefined, 2)}\n`)
  })
  return openProject(root)
}

/** What a folder holds; nothing when it is not there. */
const entries = (folder: string): Promise<string[]> =>
  onDisk(folder, () =>
    readdir(folder).catch(error => {
      if (error.code === 'ENOENT') return []
      throw error
    }),
  )

/** Opens the project that a path lies in: the folder itself, or any file or folder below it. */
export async function openProject(path: string): Promise<Project> {
  const start = resolve(path)
  for (let folder = start; ; folder = dirname(folder)) {
    const file = join(folder, manifestFile)
    const text = await onDisk(file, () =>
      readFile(file, 'utf8').catch(error => {
        if (['ENOENT', 'ENOTDIR'].includes(error.code)) return undefined
        throw error
      }),
    )
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
  await store.prepare()
  await onDisk(folder, () => access(store.temp, constants.W_OK))
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
  const found = await entries(join(folder, 'notebooks'))
  return found
    .filter(name => name.endsWith('.md'))
    .sort()
    .map(name => `notebooks/${name}`)
}
