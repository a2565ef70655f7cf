// The tables of a project's documents, page by page.
import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {type Page, Pages, type Task} from '../data/pages.ts'
import type {Project} from '../project.ts'
import type {Table} from '../schema/table.ts'
import type {View} from '../schema/view.ts'
import {findTable} from './status.ts'

export type Named = {document: string; table: string}

/** Milliseconds after which another process may have run the cell, or changed its data file. */
const trusted = 1000

type Found = {table: Table; hash: string}

export class Tables {
  readonly #project: Project
  readonly #pages: Pages
  readonly #now: () => number
  /** A scroll asks for many pages a second, and to see whether a cell is fresh takes longer than a page. */
  readonly #found = new Map<string, {until: number; text: string; found: Promise<Found>}>()

  constructor(project: Project, {now = Date.now}: {now?: () => number} = {}) {
    this.#project = project
    this.#pages = new Pages(project.folder)
    this.#now = now
  }

  /** To be called when a cell ran. */
  forget() {
    this.#found.clear()
  }

  /** Some rows of a view of a table, and which result they are of. */
  async page(
    named: Named,
    view: View,
    range: {offset: number; limit: number},
    task: Task = {},
  ): Promise<Page & {result: string}> {
    const {table, hash} = await this.#find(named)
    return {result: hash, ...(await this.#pages.page(table, view, range, task))}
  }

  /** How many rows a view has. */
  async count(named: Named, view: View, task: Task = {}): Promise<{result: string; total: number}> {
    const {table, hash} = await this.#find(named)
    return {result: hash, total: await this.#pages.count(table, view, task)}
  }

  close(): Promise<void> {
    return this.#pages.close()
  }

  async #find({document, table}: Named): Promise<Found> {
    const key = `${document}\0${table}`
    // Without the document, finding the table says so.
    const text = await readFile(join(this.#project.folder, document), 'utf8').catch(() => '')
    const known = this.#found.get(key)
    if (known && known.text === text && this.#now() < known.until) return known.found
    const found = findTable(this.#project, document, table)
    const entry = {until: this.#now() + trusted, text, found}
    this.#found.set(key, entry)
    found.catch(() => {
      if (this.#found.get(key) === entry) this.#found.delete(key)
    })
    return found
  }
}
