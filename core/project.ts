// A project is a folder: create one, open one, list its documents.

import {access, constants, mkdir, readdir, readFile, stat, writeFile} from 'node:fs/promises'
import {basename, dirname, join, resolve} from 'node:path'
import {AppError, messageOf, toFault} from './error.ts'
import {onDisk, writeWhole} from './files.ts'
import {
  type Manifest,
  type ManifestChange,
  manifestSchema,
  projectVersion,
} from './schema/project.ts'
import {Store} from './store.ts'
import {says} from './words/says.ts'

export type Project = {
  /** Absolute path. */
  folder: string
  manifest: Manifest
  store: Store
  /** The disk takes no changes: it can be looked at, and nothing else. */
  readOnly?: true
}

const manifestFile = 'bancada.json'

/** The local store must not travel with the project's own history. */
const ignored =
  "# Bancada's local store. Keep `.bancada/models` if you want the registry in git.\n.bancada/objects/\n.bancada/runs/\n.bancada/tmp/\n.bancada/trash/\n.bancada/checkpoints/\n.bancada/index.*\n"

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
    throw new AppError('refused', says`${root} is a project already`, {
      hint: says`open it, or choose another folder`,
      where: join(root, manifestFile),
    })
  const strangers = present.filter(entry => !entry.startsWith('.'))
  if (strangers.length > 0)
    throw new AppError('refused', says`${root} is not empty: it holds "${strangers[0]}"`, {
      hint: says`choose a new folder; then copy your data file into its data folder`,
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

/**
 * Opens the project that a path lies in: the folder itself, or any file or folder below it. One that cannot be
 * written is an error, or with `look` opened all the same.
 */
export async function openProject(
  path: string,
  {look = false}: {look?: boolean} = {},
): Promise<Project> {
  const folder = await findProject(path)
  if (folder !== undefined) {
    const file = join(folder, manifestFile)
    const manifest = readManifest(file, await onDisk(file, () => readFile(file, 'utf8')))
    const store = new Store(folder)
    try {
      await store.prepare()
      await onDisk(folder, () => access(store.temp, constants.W_OK))
    } catch (error) {
      if (look && toFault(error).code === 'read-only')
        return {folder, manifest, store, readOnly: true}
      throw error
    }
    return {folder, manifest, store}
  }
  throw new AppError('missing-file', says`no project at ${resolve(path)}`, {
    hint: says`a project is a folder with a bancada.json; \`bancada new FOLDER\` makes one`,
  })
}

/** The folder of the project that a path lies in; undefined when it lies in none. */
export async function findProject(path: string): Promise<string | undefined> {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    const file = join(folder, manifestFile)
    const found = await onDisk(file, () =>
      stat(file).catch(error => {
        if (['ENOENT', 'ENOTDIR'].includes(error.code)) return undefined
        throw error
      }),
    )
    if (found) return folder
    if (folder === dirname(folder)) return undefined
  }
}

/** Changes fields of `bancada.json`; the others, and keys that this version does not know, stay. */
export async function updateManifest(project: Project, change: ManifestChange): Promise<Project> {
  const file = join(project.folder, manifestFile)
  // As it is now: another program may have changed it.
  const text = await onDisk(file, () => readFile(file, 'utf8'))
  readManifest(file, text)
  const said = Object.entries(change).filter(([, value]) => value !== undefined)
  const all = {...JSON.parse(text), ...Object.fromEntries(said)}
  const kept = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null))
  await writeWhole(file, `${JSON.stringify(kept, undefined, 2)}\n`)
  return {...project, manifest: manifestSchema.parse(kept)}
}

function readManifest(file: string, text: string): Manifest {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch (error) {
    throw new AppError('damaged', says`${manifestFile} is not JSON: ${messageOf(error)}`, {
      where: file,
      hint: says`mend it in an editor, or take it back from your version control`,
    })
  }
  // A newer one may have other keys, so its version comes first.
  const {version} = (data ?? {}) as {version?: unknown}
  if (typeof version === 'number' && version > projectVersion)
    throw new AppError('too-new', says`${manifestFile} is of version ${version}`, {
      where: file,
      hint: says`this Bancada knows version ${projectVersion}; update it`,
    })
  const {success, data: manifest, error} = manifestSchema.safeParse(data)
  if (!success) {
    const issue = error.issues[0]!
    throw new AppError('damaged', says`${manifestFile} does not fit: ${issue.message}`, {
      where: issue.path.length > 0 ? `${file}: ${issue.path.join('.')}` : file,
      hint: says`mend it in an editor, or take it back from your version control`,
    })
  }
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
