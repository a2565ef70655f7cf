// The open documents of a project, by path.
import {mkdir} from 'node:fs/promises'
import {dirname, join, relative, resolve} from 'node:path'
import {AppError} from '../../error.ts'
import {onDisk, writeSynced} from '../../files.ts'
import type {Project} from '../../project.ts'
import {fileName} from '../../schema/file-name.ts'
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
    const path = relative(this.#project.folder, resolve(this.#project.folder, document))
    if (path.startsWith('..') || !path.endsWith('.md'))
      throw new AppError('refused', `"${document}" is not a document of this project`, {
        hint: 'documents are the .md files in its notebooks folder',
      })
    const name = path.replaceAll('\\', '/')
    const open = this.#open.get(name) ?? new OpenDocument(this.#project, name, this.#options)
    this.#open.set(name, open)
    return open
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

  refresh(): void {
    for (const document of this.#open.values()) document.refresh()
  }

  close(): void {
    for (const document of this.#open.values()) document.close()
  }
}
