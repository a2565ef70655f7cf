// The rows of a view as a grid reads them: some pages in memory, the others fetched when they are seen.
import type {OutputOf} from '../../core/contract.ts'
import {type Fault, toFault} from '../../core/error.ts'
import type {Progress} from '../../core/schema/result.ts'
import type {Condition} from '../../core/schema/view.ts'
import type {State} from '../state/store.ts'

export type Ask = {
  document: string
  table: string
  filter: Condition[]
  search: string
  sort: {by: string; order: 'asc' | 'desc'}[]
  /** What is searched; other columns are asked for when they are seen. */
  columns: string[]
}

type Page = {rows: number; columns: Map<string, unknown[]>}

/** Rows of a page. */
const size = 200
/** Values that stay in memory, an image for as many as eight bytes go into it; pages that were not looked at for the longest time go. */
const mostValues = 300_000
/** Pages that are on their way at once. */
const mostCalls = 2
/** Milliseconds that a scroll must rest before its rows are asked for. */
const rest = 30

// Arrow is read when the first page comes, so its code is fetched then.
const decoder = () => import('../../core/wire/page.ts')

export class Rows {
  /** The view without its columns: what is searched is every column of it. */
  readonly #view: Omit<Ask, 'columns'> & {columns?: string[]}
  readonly #call: State['call']
  readonly #heard = new Set<() => void>()
  /** The one that was looked at last is last. */
  readonly #pages = new Map<number, Page>()
  readonly #coming = new Map<number, {stop: AbortController; columns: string[]}>()
  #wanted: {first: number; last: number; columns: string[]} | undefined
  #timer: number | undefined
  #counting: AbortController | undefined
  #found = 0
  #closed = false

  version = 0
  /** The result that the rows are of. */
  result: string | undefined
  /** Rows in the view; absent until it is counted. */
  total: number | undefined
  fault: Fault | undefined
  stopped = false
  /** What is waited for, and since when. */
  waiting: {since: number; progress?: Progress} | undefined

  /** `known`: rows in the view, where that is known already. */
  constructor(call: State['call'], ask: Ask, known?: number) {
    this.#call = call
    const {columns, ...view} = ask
    this.#view = ask.search === '' ? view : {...view, columns}
    this.total = known
  }

  readonly subscribe = (heard: () => void) => {
    this.#heard.add(heard)
    return () => void this.#heard.delete(heard)
  }

  /** Rows that can be scrolled through: all, or those that were found so far. */
  get length(): number {
    return this.total ?? this.#found
  }

  /** A value; `undefined` while it is not here. */
  at(row: number, column: string): unknown {
    return this.#pages.get(Math.floor(row / size))?.columns.get(column)?.[row % size]
  }

  /** Says what is seen, so that it is fetched. */
  want(first: number, last: number, columns: string[]) {
    const begins = this.#wanted === undefined
    this.#wanted = {first: Math.floor(first / size), last: Math.floor(last / size), columns}
    clearTimeout(this.#timer)
    if (begins) this.#fetch()
    else this.#timer = window.setTimeout(() => this.#fetch(), rest)
  }

  /** Gives up what is waited for, until `again`. */
  stop() {
    this.stopped = true
    this.#abort()
    this.#tell()
  }

  again() {
    this.stopped = false
    this.fault = undefined
    this.#fetch()
    if (this.#found > 0 && this.total === undefined) void this.#count()
    this.#tell()
  }

  close() {
    this.#closed = true
    this.#abort()
    this.#pages.clear()
  }

  /** Rows from outside of what is seen, for a copy. */
  async read(
    first: number,
    count: number,
    columns: string[],
    signal: AbortSignal,
  ): Promise<Record<string, unknown>[]> {
    const [{rowsOfPage}, page] = await Promise.all([
      decoder(),
      this.#call('table.page', {columns, ...this.#view, offset: first, limit: count}, {signal}),
    ])
    return rowsOfPage(page.arrow)
  }

  #abort() {
    clearTimeout(this.#timer)
    for (const {stop} of this.#coming.values()) stop.abort()
    this.#coming.clear()
    this.#counting?.abort()
    this.#counting = undefined
    this.waiting = undefined
  }

  #tell() {
    this.version++
    for (const heard of this.#heard) heard()
  }

  /** Asks for what is wanted and not here: what is seen first, then the pages beside it. */
  #fetch() {
    const wanted = this.#wanted
    if (this.#closed || this.stopped) return
    if (!wanted || this.fault) return this.#waitFor()
    const {first, last} = wanted
    for (const [page, {stop}] of this.#coming)
      if (page < first - 1 || page > last + 1) {
        stop.abort()
        this.#coming.delete(page)
      }
    const pages = Array.from({length: last - first + 1}, (_, i) => first + i)
    if (this.#found > 0 || this.total !== undefined) pages.push(last + 1, first - 1)
    for (const page of pages) {
      if (this.#coming.size >= mostCalls) break
      if (page < 0 || this.#coming.has(page)) continue
      if (page * size >= this.length && page > 0) continue
      const missing = this.#missing(page, wanted.columns)
      if (missing.length > 0) void this.#load(page, missing)
    }
    this.#waitFor()
  }

  #missing(page: number, columns: string[]): string[] {
    const here = this.#pages.get(page)
    if (!here) return columns
    this.#pages.delete(page)
    this.#pages.set(page, here)
    return columns.filter(name => !here.columns.has(name))
  }

  async #load(page: number, columns: string[]) {
    const stop = new AbortController()
    this.#coming.set(page, {stop, columns})
    try {
      const [{rowsOfPage}, came] = await Promise.all([
        decoder(),
        this.#call(
          'table.page',
          {columns, ...this.#view, offset: page * size, limit: size},
          {signal: stop.signal, tell: progress => this.#progress(progress)},
        ),
      ])
      if (stop.signal.aborted || this.#closed) return
      this.#take(page, came, rowsOfPage(came.arrow))
    } catch (error) {
      const fault = toFault(error)
      if (stop.signal.aborted || this.#closed) return
      // A line that broke is opened again, and this is asked for once more.
      if (fault.code === 'crashed') window.setTimeout(() => this.#fetch(), 300)
      else this.fault = fault
    } finally {
      if (this.#coming.get(page)?.stop === stop) this.#coming.delete(page)
    }
    this.#fetch()
    this.#tell()
  }

  #take(page: number, came: OutputOf<'table.page'>, rows: Record<string, unknown>[]) {
    // The cell ran again between two pages: what is here is of another table.
    if (this.result !== undefined && this.result !== came.result) {
      this.#pages.clear()
      this.total = undefined
      this.#found = 0
    }
    this.result = came.result
    const columns = this.#pages.get(page)?.columns ?? new Map<string, unknown[]>()
    for (const {name} of came.columns)
      columns.set(
        name,
        rows.map(row => row[name]),
      )
    this.#pages.delete(page)
    this.#pages.set(page, {rows: rows.length, columns})
    this.#forget()
    const end = page * size + rows.length
    this.#found = Math.max(this.#found, end)
    if (came.total !== undefined) this.total = came.total
    else if (rows.length < size && (rows.length > 0 || page === 0)) this.total = end
    if (this.total === undefined && !this.#counting) void this.#count()
  }

  /** Keeps memory bounded, however far anybody scrolls. */
  #forget() {
    let values = 0
    for (const page of this.#pages.values()) values += sizeOf(page)
    for (const [number, page] of this.#pages) {
      if (values <= mostValues || this.#pages.size <= 4) return
      this.#pages.delete(number)
      values -= sizeOf(page)
    }
  }

  async #count() {
    const stop = new AbortController()
    this.#counting = stop
    this.#waitFor()
    try {
      const {total} = await this.#call('table.count', this.#view, {
        signal: stop.signal,
        tell: progress => this.#progress(progress),
      })
      if (!stop.signal.aborted) this.total = total
    } catch (error) {
      if (!stop.signal.aborted && !this.#closed) this.fault = toFault(error)
    }
    if (this.#counting === stop) this.#counting = undefined
    if (stop.signal.aborted || this.#closed) return
    this.#fetch()
    this.#tell()
  }

  #progress(progress: Progress) {
    if (!this.waiting) return
    this.waiting = {...this.waiting, progress}
    this.#tell()
  }

  #waitFor() {
    const busy = this.#coming.size > 0 || this.#counting !== undefined
    if (!busy) this.waiting = undefined
    else if (!this.waiting) {
      this.waiting = {since: performance.now()}
      this.#tell()
    }
  }
}

function sizeOf({rows, columns}: Page): number {
  let values = 0
  for (const [first] of columns.values())
    values += rows * (first instanceof Uint8Array ? first.length / 8 : 1)
  return values
}
