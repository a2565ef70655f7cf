// The index over runs: DuckDB in memory, kept up with the folder, and a snapshot so that the next start is quick.
//
// Not one `index.duckdb`, because a DuckDB file has one writing process at a time, and the window and the
// command line work on one project together. Each process has its own table; the snapshot is a Parquet file
// that whoever last had much to add puts in place whole. It holds nothing that the folders do not.

import {randomBytes} from 'node:crypto'
import {readdirSync, type Stats, statSync} from 'node:fs'
import {mkdir, mkdtemp, rename, rm, stat, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {setImmediate as breathe} from 'node:timers/promises'
import {Session} from '../data/session.ts'
import {id as name, raw, type Sql, sql, join as sqlJoin} from '../data/sql.ts'
import {AppError, type Fault, fromFault, toFault} from '../error.ts'
import type {Task} from '../plugin.ts'
import type {Processes} from '../process.ts'
import type {RunProblem, RunRow} from '../schema/history.ts'
import {type ProcessMark, processSchema} from '../schema/run.ts'
import {ownTemp} from '../temp.ts'
import {progressOf, says} from '../words/says.ts'
import {readRun} from './read.ts'
import {columns, fromIndex, indexLine, views} from './row.ts'
import {isId} from './runs.ts'

/** Raised when the table changes: an older or newer snapshot is then not read but made again. */
const snapshotName = 'index.runs-1.parquet'

/** A snapshot is written when this many rows, or one in fifty, are not in it. */
const enoughToSave = 32

/** Milliseconds for which a folder that nobody touched is believed: an editor may have changed a file in one of its folders. */
const believed = 5000

/** How many runs are looked at before others get a turn. */
const slice = 500

export class RunIndex {
  readonly session: Session
  readonly #folder: string
  readonly #temp: string
  readonly #writable: boolean
  readonly #processes: Processes
  readonly #clock: () => number
  /** What each run's files looked like when they were read. */
  readonly #stamps = new Map<string, Stamp>()
  readonly #problems = new Map<string, Fault>()
  readonly #running = new Map<string, ProcessMark>()
  /** Rows as they were last shown, because taking ten thousand out of DuckDB again costs more than finding them. */
  readonly #shown = new Map<string, RunRow>()
  #unsaved = 0
  /** The folder's time when all of its runs were last looked at, and when that was. */
  #looked = {time: -1, at: 0}
  #busy: Promise<unknown> = Promise.resolve()

  private constructor(
    folder: string,
    {
      processes,
      clock,
      session,
      temp,
    }: {
      processes: Processes
      clock: () => number
      session: Session
      temp: Temp
    },
  ) {
    this.#folder = folder
    this.#processes = processes
    this.#clock = clock
    this.session = session
    this.#temp = temp.folder
    this.#writable = temp.writable
  }

  /** `folder` is `.bancada/runs`; it need not be there yet. */
  static async open(folder: string, processes: Processes, clock: () => number): Promise<RunIndex> {
    const store = dirname(folder)
    const temp = await temporary(store)
    const session = await Session.open({folder: store, temp: temp.folder})
    const index = new RunIndex(folder, {processes, clock, session, temp})
    await index.#load()
    for (const view of views) await session.run(view)
    return index
  }

  async close(): Promise<void> {
    await this.#busy.catch(() => {})
    this.session.close()
    await rm(this.#temp, {recursive: true, force: true})
  }

  /** Brings the table up to the folder as it is. Gives the runs that cannot be shown, with why. */
  refresh(task?: Partial<Task>): Promise<RunProblem[]> {
    // One after the other: two at once would add a run twice.
    const mine = this.#busy.catch(() => {}).then(() => this.#refresh(task))
    this.#busy = mine
    return mine
  }

  /** The rows of a query that gives `id` and `state`, in its order. */
  async rows(found: Sql, signal?: AbortSignal): Promise<RunRow[]> {
    const rows = await this.session.rows(found, {signal})
    const missing = rows.map(row => String(row.id)).filter(id => !this.#shown.has(id))
    if (missing.length > 0) {
      const stored = sql`select id, shown from stored where id in (select unnest(${missing}))`
      for (const {id, shown} of await this.session.rows(stored, {signal}))
        this.#shown.set(String(id), fromIndex(String(shown)))
    }
    // The state comes apart, because a process may have died since.
    return rows.map(({id, state}) => ({
      ...this.#shown.get(String(id))!,
      state: state as RunRow['state'],
    }))
  }

  async #refresh({signal, tell}: Partial<Task> = {}): Promise<RunProblem[]> {
    const time = look(this.#folder)?.mtimeMs ?? 0
    const at = this.#clock()
    const untouched = time === this.#looked.time && at - this.#looked.at < believed
    // What runs writes its points without a touch, and what cannot be read is mended by hand.
    if (untouched)
      await this.#lookAt([...this.#running.keys(), ...this.#problems.keys()], {signal, tell})
    else {
      await this.#lookAtAll({signal, tell})
      this.#looked = {time, at}
    }
    await this.#markCrashed()
    if (this.#unsaved > Math.max(enoughToSave, this.#stamps.size / 50)) await this.#save()
    return [...this.#problems].map(([run, fault]) => ({run, fault}))
  }

  async #lookAtAll(task: Partial<Task>) {
    const ids = entries(this.#folder)
    const here = new Set(ids)
    const gone = [...this.#stamps.keys()].filter(id => !here.has(id))
    await this.#remove(gone)
    await this.#lookAt(ids, task)
  }

  /** Reads those whose files changed. */
  async #lookAt(ids: string[], {signal, tell}: Partial<Task>) {
    for (let at = 0; at < ids.length; at += slice) {
      signal?.throwIfAborted()
      const looked = ids.slice(at, at + slice)
      const changed = looked.filter(id => !same(this.#stamp(id), this.#stamps.get(id)))
      if (changed.length > 0) {
        await this.#read(changed)
        tell?.(
          progressOf(says`reading runs ${at + looked.length}/${ids.length}`, {
            done: at / ids.length,
          }),
        )
      }
      await breathe()
    }
  }

  async #read(ids: string[]) {
    const lines: string[] = []
    const known = ids.filter(id => this.#stamps.has(id))
    for (const id of ids) {
      // Before reading: what changes meanwhile is then seen next time.
      const stamp = this.#stamp(id)
      this.#problems.delete(id)
      this.#running.delete(id)
      this.#shown.delete(id)
      this.#stamps.set(id, stamp)
      try {
        const run = readRun(join(this.#folder, id), this.#processes)
        // A copied folder would show one run twice.
        if (run.id !== id)
          throw new AppError('damaged', says`this folder holds the run ${run.id}`, {where: id})
        if (run.status.state === 'running') this.#running.set(id, run.status.process)
        lines.push(indexLine(run, stamp.join(' ')))
      } catch (error) {
        this.#problems.set(id, toFault(error, id))
      }
    }
    await this.#delete(known)
    await this.#insert(lines)
    this.#unsaved += lines.length
  }

  // Through a file: DuckDB reads ten thousand JSON lines in a third of a second, ten times faster than literals.
  async #insert(lines: string[]) {
    if (lines.length === 0) return
    const file = join(this.#temp, `runs-${randomBytes(6).toString('hex')}.ndjson`)
    try {
      await writeFile(file, lines.join('\n'))
      await this.session.run(
        sql`insert into stored by name from read_json(${file}, format = 'newline_delimited',
          maximum_object_size = 268435456, columns = {${sqlJoin(
            Object.entries(columns).map(([column, type]) => sql`${name(column)}: ${type}`),
          )}})`,
      )
    } finally {
      await rm(file, {force: true})
    }
  }

  async #remove(ids: string[]) {
    for (const id of ids) {
      this.#stamps.delete(id)
      this.#problems.delete(id)
      this.#running.delete(id)
      this.#shown.delete(id)
    }
    await this.#delete(ids)
    this.#unsaved += ids.length
  }

  async #delete(ids: string[]) {
    if (ids.length > 0)
      await this.session.run(sql`delete from stored where id in (select unnest(${ids}))`)
  }

  // A process dies without touching a file.
  async #markCrashed() {
    const dead = [...this.#running].flatMap(([id, mark]) =>
      this.#processes.alive(mark) ? [] : [id],
    )
    for (const id of dead) this.#running.delete(id)
    if (dead.length > 0)
      await this.session.run(
        sql`update stored set state = 'crashed', process = null where id in (select unnest(${dead}))`,
      )
  }

  // run.json is renamed into place by its run and touched by every change; points grow until the run ends.
  #stamp(id: string): Stamp {
    const run = look(`${this.#folder}/${id}/run.json`)
    const points = this.#running.has(id) ? look(`${this.#folder}/${id}/metrics.ndjson`) : undefined
    return [run?.ino ?? 0, run?.mtimeMs ?? 0, run?.size ?? 0, points?.size ?? 0]
  }

  async #load() {
    const file = join(dirname(this.#folder), snapshotName)
    const table = sqlJoin(Object.entries(columns).map(([c, type]) => sql`${name(c)} ${raw(type)}`))
    await this.session.run(sql`create table stored (${table})`)
    try {
      await this.session.run(sql`insert into stored by name from read_parquet(${file})`)
      const rows = await this.session.rows(sql`select id, stamp, process from stored`)
      for (const {id, stamp, process} of rows) {
        this.#stamps.set(String(id), String(stamp).split(' ').map(Number))
        if (process !== null)
          this.#running.set(String(id), processSchema.parse(JSON.parse(String(process))))
      }
    } catch {
      // Not there, torn, or of another shape: everything is read again.
      this.#stamps.clear()
      this.#running.clear()
      await this.session.run(sql`delete from stored`)
    }
  }

  async #save() {
    // A store that cannot be written has no snapshot; the next start reads the folders.
    if (!this.#writable) return
    const aside = join(this.#temp, `runs-${randomBytes(6).toString('hex')}.parquet`)
    try {
      await this.session.write(sql`from stored`, aside)
      await rename(aside, join(dirname(this.#folder), snapshotName))
      this.#unsaved = 0
    } finally {
      await rm(aside, {force: true})
    }
  }
}

/** What the files of a run look like from outside: when they change, one of these does. */
type Stamp = number[]

const same = (a: Stamp, b: Stamp | undefined) => b !== undefined && a.every((x, i) => x === b[i])

type Temp = {folder: string; writable: boolean}

/** A folder below the process's own in `.bancada/tmp`, or elsewhere where the project is not there or read-only. */
async function temporary(store: string): Promise<Temp> {
  const place = ownTemp(join(store, 'tmp'))
  try {
    await stat(store)
    await mkdir(place, {recursive: true})
    return {folder: await mkdtemp(join(place, 'runs-')), writable: true}
  } catch (error) {
    if (!['missing-file', 'read-only'].includes(toFault(error).code)) throw error
    return {folder: await mkdtemp(join(tmpdir(), 'bancada-runs-')), writable: false}
  }
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder).filter(isId)
  } catch (error) {
    if ((error as {code?: string}).code === 'ENOENT') return []
    throw fromFault({...toFault(error), where: folder}, error)
  }
}

// Synchronous: five times faster than promises for thousands of small looks, and cut into slices.
const look = (file: string): Stats | undefined => statSync(file, {throwIfNoEntry: false})
