// The open documents of a project, by path.
import {access} from 'node:fs/promises'
import {join, relative, resolve} from 'node:path'
import {AppError} from '../../error.ts'
import {onDisk, writeSynced} from '../../files.ts'
import type {Project} from '../../project.ts'
import {fileName} from '../../schema/file-name.ts'
import {OpenDocument} from './document.ts'
import type {RunSettings} from './running.ts'

export class Documents {
  readonly #project: Project
  readonly #options: {settings?: () => Promise<RunSettings>; ran?: () => void}
  readonly #open = new Map<string, OpenDocument>()

  constructor(
    project: Project,
    options: {settings?: () => Promise<RunSettings>; ran?: () => void} = {},
  ) {
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

  /** A new document in `notebooks/`, under a name made from the title; one that is there stays as it is. */
  async create(title: string, text: string): Promise<string> {
    const stem = fileName(title)
    for (let n = 1; ; n++) {
      const document = `notebooks/${n === 1 ? stem : `${stem}-${n}`}.md`
      const file = join(this.#project.folder, document)
      const taken = await access(file).then(
        () => true,
        () => false,
      )
      if (taken) continue
      await onDisk(file, () => writeSynced(file, text || `# ${title.trim()}\n`))
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
