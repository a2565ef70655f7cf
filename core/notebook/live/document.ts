// One open document: its text, who edits it, and how its cells stand. The file is the truth; this follows it.
import {type FSWatcher, watch} from 'node:fs'
import {readFile} from 'node:fs/promises'
import {basename, dirname, join} from 'node:path'
import {AppError, toFault} from '../../error.ts'
import {onDisk, writeWhole} from '../../files.ts'
import type {Project} from '../../project.ts'
import type {Block, DocumentEvent, Edit, Edited, EditKind} from '../../schema/live.ts'
import type {Notebook} from '../../schema/notebook.ts'
import type {CellStatus} from '../../schema/result.ts'
import {says} from '../../words/says.ts'
import {parseNotebook} from '../document.ts'
import {statusOf} from '../status.ts'
import {applyEdit} from './apply.ts'
import {type Blocks, blocksOf, difference} from './blocks.ts'
import {Running, type RunSettings} from './running.ts'
import {keyOf, Undo} from './undo.ts'

type Watcher = (event: DocumentEvent) => void
type Version = {notebook: Notebook; blocks: Blocks; revision: number}

/** Milliseconds without an edit after which the cells' states are looked up again. */
const settle = 120

/** Milliseconds after which another program has mostly written what it began to. */
const written = 30

export class OpenDocument {
  readonly running: Running
  readonly #project: Project
  readonly #document: string
  readonly #file: string
  readonly #watchers = new Set<Watcher>()
  readonly #undo = new Undo()
  readonly #now: () => number
  #version: Version | undefined
  /** When each body and text was last changed, as a revision. */
  readonly #touched = new Map<string, number>()
  #queue: Promise<unknown> = Promise.resolve()
  #missing = false
  #files: FSWatcher | undefined
  #statuses = new Map<string, string>()
  #lastStatus: Extract<DocumentEvent, {type: 'status'}> | undefined
  #statusTimer: NodeJS.Timeout | undefined
  #lookTimer: NodeJS.Timeout | undefined
  #statusTurn = 0

  constructor(
    project: Project,
    document: string,
    {
      now = Date.now,
      settings,
      ran = () => {},
    }: {now?: () => number; settings?: () => Promise<RunSettings>; ran?: () => void} = {},
  ) {
    this.#project = project
    this.#document = document
    this.#file = join(project.folder, document)
    this.#now = now
    this.running = new Running(project, document, {
      settings,
      tell: event => {
        this.#tell(event)
        if (event.type === 'cell' && event.event.state === 'done') ran()
        if (event.type === 'running' && !event.on) this.#statusSoon(0)
      },
    })
  }

  /** Tells all there is, then every change, until `signal` aborts. */
  async watch(tell: Watcher, signal: AbortSignal): Promise<void> {
    try {
      await this.#inTurn(async () => {
        // Before it is read, so that no change falls between.
        this.#watchFile()
        await this.#readAgain()
        tell(this.#blocksEvent(undefined))
        if (this.#lastStatus) tell(this.#lastStatus)
        for (const event of this.running.soFar()) tell(event)
        this.#watchers.add(tell)
      })
      this.#statusSoon(0)
      await new Promise<void>(resolve => {
        if (signal.aborted) return resolve()
        signal.addEventListener('abort', () => resolve(), {once: true})
      })
    } finally {
      this.#watchers.delete(tell)
      if (this.#watchers.size === 0) {
        this.#files?.close()
        this.#files = undefined
      }
    }
  }

  /** Applies an edit and saves. Edits are applied one after the other. */
  edit(edit: Edit, base?: number): Promise<Edited> {
    return this.#inTurn(async () => {
      const now = await this.#readAgain()
      this.#checkConflict(edit, base)
      const {text, made} = await applyEdit(now, edit, this.#project)
      await this.#become(text, edit.do, {key: keyOf(edit)})
      return {revision: this.#version!.revision, ...(made !== undefined && {made})}
    })
  }

  /** With `base`, only what led to that revision. @throws AppError `conflict` when something came after */
  undo(base?: number): Promise<Edited> {
    return this.#travel('undo', base)
  }

  redo(): Promise<Edited> {
    return this.#travel('redo')
  }

  /** Something that the cells depend on changed: a data file, or another process ran them. */
  refresh(): void {
    this.#statusSoon()
  }

  close(): void {
    this.running.stop()
    this.#files?.close()
    clearTimeout(this.#statusTimer)
    clearTimeout(this.#lookTimer)
  }

  #travel(what: 'undo' | 'redo', base?: number): Promise<Edited> {
    return this.#inTurn(async () => {
      const {revision} = await this.#readAgain()
      if (base !== undefined && base !== revision)
        throw new AppError('conflict', says`the document was changed after that`, {
          hint: says`undo takes back one change after the other, the newest first`,
        })
      const text = this.#undo.peek(what)
      if (text === undefined)
        throw new AppError(
          'bad-request',
          what === 'undo' ? says`there is nothing to undo` : says`there is nothing to redo`,
        )
      await writeWhole(this.#file, text)
      this.#undo.go(what)
      this.#take(text)
      return {revision: this.#version!.revision}
    })
  }

  async #become(text: string, kind: EditKind, {key}: {key?: string | undefined}): Promise<void> {
    const before = this.#version!.notebook.source
    if (text === before) return
    await writeWhole(this.#file, text)
    this.#undo.add({kind, before, after: text, key, at: this.#now()})
    this.#take(text)
  }

  /** The text on disk now, taken up when another program changed it. Throws `missing-file`. */
  async #readAgain(): Promise<Version> {
    const text = await readText(this.#file, this.#document).catch(error => {
      // The text that is known comes back with the next edit.
      if (this.#version && toFault(error).code === 'missing-file') return undefined
      throw error
    })
    const known = this.#version?.notebook.source
    if (text === undefined) return this.#version!
    const back = this.#missing
    this.#missing = false
    if (text === known) {
      if (back) this.#tell(this.#blocksEvent(this.#version!.blocks))
      return this.#version!
    }
    // An editor that writes a file in place may be met halfway: its pieces are one step.
    if (known !== undefined)
      this.#undo.add({kind: 'outside', key: 'outside', before: known, after: text, at: this.#now()})
    this.#take(text, {outside: known !== undefined})
    return this.#version!
  }

  #take(text: string, {outside = false} = {}) {
    const old = this.#version
    const {notebook} = parseNotebook(text, this.#document)
    const blocks = blocksOf(notebook, old?.blocks)
    this.#version = {notebook, blocks, revision: (old?.revision ?? 0) + 1}
    const event = this.#blocksEvent(old?.blocks, outside)
    for (const {id} of event.changed) this.#touched.set(id, this.#version.revision)
    this.#tell(event)
    this.#forgetFailures(event.changed)
    this.#statusSoon()
  }

  /** What failed may be mended: its cell, and what is below it, stand as the next status tells. */
  #forgetFailures(changed: readonly Block[]) {
    const names = new Set(changed.flatMap(block => (block.type === 'cell' ? [block.name] : [])))
    for (const name of names)
      for (const {from, to} of this.#lastStatus?.edges ?? []) if (from === name) names.add(to)
    for (const name of this.running.forget(names)) this.#statuses.delete(name)
  }

  #blocksEvent(old: Blocks | undefined, outside = false) {
    const {notebook, blocks, revision} = this.#version!
    const {undo, redo} = this.#undo
    return {
      type: 'blocks',
      revision,
      ...difference(old, blocks),
      layout: placesOf(notebook),
      ...(undo && {undo}),
      ...(redo && {redo}),
      readOnly: notebook.readOnly !== undefined || this.#project.readOnly === true,
      ...(outside && {outside}),
    } satisfies DocumentEvent
  }

  #checkConflict(edit: Edit, base: number | undefined) {
    if (base === undefined) return
    const id = edit.do === 'body' ? edit.cell : edit.do === 'text' ? edit.id : undefined
    if (id === undefined || (this.#touched.get(id) ?? 0) <= base) return
    throw new AppError('conflict', says`"${id}" was changed meanwhile`, {
      hint: says`keep yours, or take the other`,
      where: id,
    })
  }

  #statusSoon(after = settle) {
    clearTimeout(this.#statusTimer)
    if (this.#watchers.size === 0) return
    this.#statusTimer = setTimeout(() => void this.#tellStatus(), after)
  }

  async #tellStatus() {
    const turn = ++this.#statusTurn
    const found = await statusOf(this.#project, this.#document).catch(error => ({
      cells: [] as CellStatus[],
      edges: [],
      problems: [toFault(error)],
    }))
    if (turn !== this.#statusTurn || this.#missing) return
    const now = new Map(found.cells.map(cell => [cell.cell, fingerprint(cell)]))
    const {edges, problems} = found
    this.#lastStatus = {type: 'status', cells: found.cells, gone: [], edges, problems}
    const changed = found.cells.filter(({cell}) => this.#statuses.get(cell) !== now.get(cell))
    const gone = [...this.#statuses.keys()].filter(cell => !now.has(cell))
    this.#statuses = now
    this.#tell({...this.#lastStatus, cells: changed, gone})
  }

  #watchFile() {
    if (this.#files) return
    const name = basename(this.#file)
    try {
      // The folder, since a file that is put in place whole is another file each time.
      this.#files = watch(dirname(this.#file), (_, changed) => {
        if (changed !== null && changed !== name) return
        // A file that is being written in place is empty at first.
        clearTimeout(this.#lookTimer)
        this.#lookTimer = setTimeout(() => void this.look(), written)
      })
      this.#files.on('error', () => {})
    } catch {
      // A folder that cannot be watched is looked at with the next edit.
    }
  }

  /** Looks whether the file is there, and what is in it. */
  look = (): Promise<void> =>
    this.#inTurn(async () => {
      const here = await readFile(this.#file).then(
        () => true,
        () => false,
      )
      if (here) await this.#readAgain()
      else if (!this.#missing) {
        this.#missing = true
        this.#tell({type: 'missing'})
      }
    }).catch(() => {})

  #tell(event: DocumentEvent) {
    for (const tell of this.#watchers) tell(event)
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work)
    this.#queue = result.catch(() => {})
    return result
  }
}

/** @throws AppError `missing-file`; `bad-document` for what is no UTF-8, which an edit would spoil for good. */
async function readText(file: string, document: string): Promise<string> {
  const bytes = await onDisk(file, () => readFile(file)).catch(error => {
    throw toFault(error).code === 'missing-file'
      ? new AppError('missing-file', says`no document "${document}"`, {where: file})
      : error
  })
  try {
    return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes)
  } catch {
    throw new AppError('bad-document', says`"${document}" is not written in UTF-8`, {
      hint: says`save it as UTF-8 in the program that made it`,
      where: file,
    })
  }
}

/** Tells whether a cell stands as before. */
const fingerprint = (status: CellStatus) =>
  status.state === 'fresh'
    ? `fresh ${status.result.hash} ${status.result.at}`
    : JSON.stringify(status)

function placesOf({frontMatter}: Notebook): Record<string, [number, number]> {
  const {layout} = frontMatter
  if (typeof layout !== 'object' || layout === null) return {}
  return Object.fromEntries(
    Object.entries(layout).filter(
      (entry): entry is [string, [number, number]] =>
        Array.isArray(entry[1]) && entry[1].length === 2 && entry[1].every(Number.isFinite),
    ),
  )
}
