// The open documents of a project, by path.
import {randomBytes} from 'node:crypto'
import {access, mkdir, rename, rm} from 'node:fs/promises'
import {basename, dirname, join, relative, resolve} from 'node:path'
import {AppError} from '../../error.ts'
import {linkOrCopy, onDisk, writeSynced} from '../../files.ts'
import type {Project} from '../../project.ts'
import {fileName} from '../../schema/file-name.ts'
import {says} from '../../words/says.ts'
import {OpenDocument} from './document.ts'
import type {RunSettings} from './running.ts'

type Options = {
  settings?: () => Promise<RunSettings>
  /** Called when a cell has a new result. */
  ran?: () => void
  /** Called when the first document begins to run, and when the last one has ended. */
  busy?: (on: boolean) => void
}

export class Documents {
  readonly #project: Project
  readonly #options: Options
  readonly #open = new Map<string, OpenDocument>()
  readonly #running = new Set<OpenDocument>()

  constructor(project: Project, options: Options = {}) {
    this.#project = project
    this.#options = options
  }

  /** @throws AppError `refused` for a path outside of the project */
  get(document: string): OpenDocument {
    const name = this.#nameOf(document)
    const open = this.#open.get(name) ?? new OpenDocument(this.#project, name, this.#options)
    this.#open.set(name, open)
    return open
  }

  #nameOf(document: string): string {
    const path = relative(this.#project.folder, resolve(this.#project.folder, document))
    if (path.startsWith('..') || !path.endsWith('.md'))
      throw new AppError('refused', says`"${document}" is not a document of this project`, {
        hint: says`documents are the .md files in its notebooks folder`,
      })
    return path.replaceAll('\\', '/')
  }

  /** Runs a document: see `Running`. */
  async run(document: string, cells?: readonly string[]): Promise<void> {
    const open = this.get(document)
    const {busy} = this.#options
    if (this.#running.size === 0) busy?.(true)
    this.#running.add(open)
    await open.running.start(cells)
    if (open.running.on) return
    this.#running.delete(open)
    if (this.#running.size === 0) busy?.(false)
  }

  /** A new document in `notebooks/`, under a name made from the title; one that is there stays as it is. */
  async create(title: string, text: string): Promise<string> {
    const stem = fileName(title)
    for (let n = 1; ; n++) {
      const document = `notebooks/${n === 1 ? stem : `${stem}-${n}`}.md`
      const file = join(this.#project.folder, document)
      const made = await onDisk(file, async () => {
        await mkdir(dirname(file), {recursive: true})
        return writeSynced(file, text || `# ${title.trim()}\n`).then(
          () => true,
          error => {
            if (error.code === 'EEXIST') return false
            throw error
          },
        )
      })
      if (!made) continue
      return document
    }
  }

  /** Gives a document another file name, made from the title. @throws AppError `duplicate-name`, `refused` */
  async rename(document: string, title: string): Promise<string> {
    const {name, file} = this.#own(document)
    const to = `notebooks/${fileName(title)}.md`
    if (to === name) return name
    const target = join(this.#project.folder, to)
    await onDisk(file, () => linkOrCopy(file, target)).catch(error => {
      throw (error as {code?: string}).code === 'EEXIST'
        ? new AppError('duplicate-name', says`there is a document "${to}" already`, {
            hint: says`take another name`,
          })
        : error
    })
    await onDisk(file, () => rm(file))
    this.#leave(name)
    return to
  }

  /** Moves a document's file out of the way; gives where it lies then, for `restore`. */
  async remove(document: string): Promise<string> {
    const {name, file} = this.#own(document)
    const trash = `.bancada/trash/${randomBytes(6).toString('hex')}`
    await onDisk(file, async () => {
      await access(file)
      await mkdir(join(this.#project.folder, trash), {recursive: true})
      await rename(file, join(this.#project.folder, trash, basename(name)))
    })
    this.#leave(name)
    return `${trash}/${basename(name)}`
  }

  /** Puts a removed document back, under its own name or, where that is taken by now, one with a number. */
  async restore(trash: string): Promise<string> {
    if (!/^\.bancada\/trash\/[0-9a-f]{12}\/[^/\\]+\.md$/.test(trash))
      throw new AppError('refused', says`"${trash}" is no document that was removed`)
    const file = join(this.#project.folder, trash)
    const stem = basename(trash, '.md')
    for (let n = 1; ; n++) {
      const document = `notebooks/${n === 1 ? stem : `${stem}-${n}`}.md`
      const placed = await onDisk(file, () =>
        linkOrCopy(file, join(this.#project.folder, document)).then(
          () => true,
          error => {
            if (error.code === 'EEXIST') return false
            throw error
          },
        ),
      )
      if (!placed) continue
      await rm(dirname(file), {recursive: true, force: true})
      return document
    }
  }

  /** A document of the notebooks folder that does not run. */
  #own(document: string): {name: string; file: string} {
    const open = this.get(document)
    const name = this.#nameOf(document)
    if (dirname(name) !== 'notebooks')
      throw new AppError('refused', says`"${document}" is not in the notebooks folder`)
    if (open.running.on)
      throw new AppError('refused', says`"${document}" runs just now`, {hint: says`stop it first`})
    return {name, file: join(this.#project.folder, name)}
  }

  /** Who watches it hears from its folder that it is gone. */
  #leave(name: string) {
    this.#open.get(name)?.look()
    this.#open.delete(name)
  }

  refresh(): void {
    for (const document of this.#open.values()) document.refresh()
  }

  close(): void {
    for (const document of this.#open.values()) document.close()
  }
}
