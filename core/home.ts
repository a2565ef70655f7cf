// What a person has on this machine beside any one project: recent projects, settings, where projects are kept.
import {mkdir, readdir, readFile, stat} from 'node:fs/promises'
import {homedir} from 'node:os'
import {dirname, join, resolve} from 'node:path'
import {AppError} from './error.ts'
import {onDisk, writeWhole} from './files.ts'
import {openProject} from './project.ts'
import type {HomeHandlers} from './rpc.ts'
import {fileName} from './schema/file-name.ts'
import {
  type FolderEntry,
  type RecentProject,
  type Settings,
  type SettingsChange,
  settingsSchema,
} from './schema/settings.ts'
import {newProject, templates} from './templates.ts'
import {says} from './words/says.ts'

const mostRecent = 30

/** Bancada's own folder of settings; `BANCADA_HOME` puts it elsewhere. */
export function homeFolder(): string {
  if (process.env.BANCADA_HOME) return resolve(process.env.BANCADA_HOME)
  if (process.platform === 'win32' && process.env.APPDATA)
    return join(process.env.APPDATA, 'Bancada')
  if (process.platform === 'darwin')
    return join(homedir(), 'Library', 'Application Support', 'Bancada')
  return join(process.env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'bancada')
}

/** Where new projects go when the user does not say. */
const projectsFolder = () => process.env.BANCADA_PROJECTS || join(homedir(), 'Bancada')

export class Home {
  readonly #folder: string
  readonly #now: () => number
  #queue: Promise<unknown> = Promise.resolve()

  constructor({folder = homeFolder(), now = Date.now}: {folder?: string; now?: () => number} = {}) {
    this.#folder = folder
    this.#now = now
  }

  async settings(): Promise<Settings> {
    return settingsSchema.parse(await this.#stored())
  }

  /** Panels and screens are merged by name, so that two windows keep each other's. */
  set(change: SettingsChange): Promise<Settings> {
    return this.#inTurn(async () => {
      const stored = await this.#stored()
      const {window} = settingsSchema.parse(stored)
      // With the keys of a newer Bancada.
      const all = {...stored, ...change, window: {...window, ...change.window}}
      const kept = Object.entries(all).filter(([, value]) => value !== null && value !== undefined)
      await this.#write('settings.json', Object.fromEntries(kept))
      return settingsSchema.parse(Object.fromEntries(kept))
    })
  }

  /** Settings are a convenience: a file that cannot be read is as if it were not there. */
  async #stored(): Promise<Record<string, unknown>> {
    const stored = await this.#read('settings.json')
    return typeof stored === 'object' && stored !== null ? {...stored} : {}
  }

  async recent(): Promise<RecentProject[]> {
    const stored = await this.#read('recent.json')
    const list = Array.isArray(stored) ? (stored as RecentProject[]) : []
    return Promise.all(
      list
        .filter(({folder, name}) => typeof folder === 'string' && typeof name === 'string')
        .map(async ({folder, name, opened}) => {
          const there = await exists(join(folder, 'bancada.json'))
          return {folder, name, opened, ...(!there && {missing: true})}
        }),
    )
  }

  remember(folder: string, name: string): Promise<void> {
    const opened = new Date(this.#now()).toISOString()
    return this.#change(list => [{folder, name, opened}, ...list.filter(p => p.folder !== folder)])
  }

  forget(folder: string): Promise<void> {
    return this.#change(list => list.filter(project => project.folder !== folder))
  }

  #change(change: (list: RecentProject[]) => RecentProject[]): Promise<void> {
    return this.#inTurn(async () => {
      const list = change(await this.recent()).slice(0, mostRecent)
      await this.#write(
        'recent.json',
        list.map(({folder, name, opened}) => ({folder, name, opened})),
      )
    })
  }

  async #read(name: string): Promise<unknown> {
    try {
      return JSON.parse(await readFile(join(this.#folder, name), 'utf8'))
    } catch {
      return undefined
    }
  }

  async #write(name: string, value: unknown): Promise<void> {
    await onDisk(this.#folder, () => mkdir(this.#folder, {recursive: true}))
    await writeWhole(join(this.#folder, name), `${JSON.stringify(value, undefined, 2)}\n`)
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work)
    this.#queue = result.catch(() => {})
    return result
  }
}

/** The calls that need no project. */
export function homeHandlers(home: Home): HomeHandlers {
  return {
    'home.list': async () => ({
      recent: await home.recent(),
      templates: templates().map(name => ({name, title: name})),
      place: projectsFolder(),
    }),
    'home.create': async ({
      name,
      template,
      language,
      folder = join(projectsFolder(), fileName(name)),
    }) => {
      const project = await newProject(resolve(folder), {name, template, language})
      await home.remember(project.folder, project.manifest.name)
      return {folder: project.folder, name: project.manifest.name}
    },
    'home.open': async ({folder}) => {
      const {folder: found, manifest} = await openProject(folder, {look: true})
      await home.remember(found, manifest.name)
      return {folder: found, name: manifest.name}
    },
    'home.forget': async ({folder}) => {
      await home.forget(folder)
      return {folder}
    },
    'home.browse': ({folder = homedir()}) => browse(resolve(folder)),
    'settings.get': () => home.settings(),
    'settings.set': change => home.set(change),
  }
}

async function browse(folder: string) {
  const entries = await onDisk(folder, () => readdir(folder, {withFileTypes: true})).catch(
    error => {
      const {code} = error as {code?: string}
      if (code !== 'missing-file' && code !== 'ENOTDIR') throw error
      throw new AppError('missing-file', says`there is no folder ${folder}`, {where: folder})
    },
  )
  const shown = entries.filter(entry => !entry.name.startsWith('.'))
  const listed = await Promise.all(
    shown.map(async ({name}): Promise<FolderEntry> => {
      const path = join(folder, name)
      // Through links. What cannot be looked at is still listed.
      const found = await stat(path).catch(() => undefined)
      const is = found?.isDirectory() ?? false
      const project = is && (await exists(join(path, 'bancada.json')))
      return {name, folder: is, project, ...(found?.isFile() && {bytes: found.size})}
    }),
  )
  listed.sort((a, b) => Number(b.folder) - Number(a.folder) || a.name.localeCompare(b.name, 'en'))
  const parent = dirname(folder)
  return {folder, ...(parent !== folder && {parent}), entries: listed}
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )
