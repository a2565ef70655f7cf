// Running an open document: one run after another, told to whoever watches, on its own when nobody does.
import {type Fault, toFault} from '../../error.ts'
import type {Project} from '../../project.ts'
import type {DocumentEvent, LivePoint} from '../../schema/live.ts'
import type {CellEvent, Progress} from '../../schema/result.ts'
import {runNotebook} from '../run.ts'

export type RunSettings = {memory?: string | undefined; threads?: number | undefined}
type Wanted = readonly string[] | 'all'

/** Between two words of one cell's progress, in ms. */
const pause = 100

export class Running {
  readonly #project: Project
  readonly #document: string
  readonly #tell: (event: DocumentEvent) => void
  readonly #settings: () => Promise<RunSettings>
  #stop: AbortController | undefined
  #next: Wanted | undefined
  #fault: Fault | undefined
  /** The last event of each cell of this run; afterwards those of the cells that gave no result. */
  readonly #cells = new Map<string, CellEvent>()
  readonly #curves = new Map<string, LivePoint[]>()
  /** How many points of a curve have been told. */
  readonly #told = new Map<string, number>()
  /** Cells of which something is still to be told, and when. */
  readonly #waiting = new Set<string>()
  #timer: NodeJS.Timeout | undefined

  constructor(
    project: Project,
    document: string,
    {
      tell,
      settings = async () => ({}),
    }: {tell: (event: DocumentEvent) => void; settings?: () => Promise<RunSettings>},
  ) {
    this.#project = project
    this.#document = document
    this.#tell = tell
    this.#settings = settings
  }

  get on(): boolean {
    return this.#stop !== undefined
  }

  /** What somebody who begins to watch now has missed. */
  soFar(): DocumentEvent[] {
    return [
      this.#state(),
      ...[...this.#cells.values()].map(event => ({type: 'cell', event}) as const),
      ...[...this.#curves].map(
        ([cell, points]) => ({type: 'curve', cell, from: 0, points}) as const,
      ),
    ]
  }

  /** Forgets what went wrong with cells that are not what they were; gives those that there were. */
  forget(cells: Iterable<string>): string[] {
    if (this.on) return []
    return [...cells].filter(cell => this.#cells.delete(cell))
  }

  /** Begins to run; what runs already is finished first. Resolves when nothing is left to run. */
  async start(cells?: readonly string[]): Promise<void> {
    const wanted = cells ?? 'all'
    this.#next = this.#next ? both(this.#next, wanted) : wanted
    if (this.on) return
    while (this.#next) {
      const only = this.#next
      this.#next = undefined
      await this.#run(only === 'all' ? undefined : only)
    }
  }

  stop(): void {
    this.#next = undefined
    this.#stop?.abort()
  }

  async #run(only: readonly string[] | undefined): Promise<void> {
    const stop = new AbortController()
    this.#stop = stop
    this.#fault = undefined
    this.#cells.clear()
    this.#curves.clear()
    this.#told.clear()
    this.#tell(this.#state())
    try {
      const settings = await this.#settings()
      await runNotebook(this.#project, this.#document, {
        ...settings,
        only,
        signal: stop.signal,
        tell: event => this.#heard(event),
      })
    } catch (error) {
      // Of the document as a whole, such as a file that is gone: there is no cell to tell it on.
      this.#fault = toFault(error)
    } finally {
      this.#flush()
      this.#stop = undefined
      // What was done, the store tells; of what failed nobody else knows.
      for (const [cell, {state}] of this.#cells)
        if (state !== 'failed' && state !== 'blocked') this.#cells.delete(cell)
      this.#tell(this.#state())
    }
  }

  /**
   * What a cell is becomes known at once; how far it has come, which a small net says a thousand times a second,
   * as often as eyes can follow.
   */
  #heard(event: CellEvent) {
    const {cell} = event
    const last = this.#cells.get(cell)
    const goesOn = event.state === 'running' && last?.state === 'running'
    if (event.state === 'running') this.#keepPoint(cell, event.progress)
    const whole = goesOn ? {...event, progress: further(last.progress, event.progress)} : event
    this.#cells.set(cell, whole)
    this.#waiting.add(cell)
    if (goesOn) this.#timer ??= setTimeout(() => this.#flush(), pause)
    else this.#flush()
  }

  #keepPoint(cell: string, {epoch, metrics}: Progress = {}) {
    if (epoch === undefined || metrics === undefined) return
    const points = this.#curves.get(cell) ?? []
    this.#curves.set(cell, points)
    points.push({epoch, metrics})
  }

  #flush() {
    clearTimeout(this.#timer)
    this.#timer = undefined
    for (const cell of this.#waiting) {
      this.#tell({type: 'cell', event: this.#cells.get(cell)!})
      const points = this.#curves.get(cell) ?? []
      const from = this.#told.get(cell) ?? 0
      if (points.length > from) this.#tell({type: 'curve', cell, from, points: points.slice(from)})
      this.#told.set(cell, points.length)
    }
    this.#waiting.clear()
  }

  #state(): DocumentEvent {
    return {type: 'running', on: this.on, ...(this.#fault && {fault: this.#fault})}
  }
}

/** One progress says the epoch, another the words: together they say how far it is. New words stand alone. */
export function further({message, said, ...before}: Progress = {}, now: Progress = {}): Progress {
  if (now.message !== undefined) return {...before, ...now}
  return {...before, ...(message !== undefined && {message}), ...(said && {said}), ...now}
}

const both = (a: Wanted, b: Wanted): Wanted =>
  a === 'all' || b === 'all' ? 'all' : [...new Set([...a, ...b])]
