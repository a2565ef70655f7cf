// The folder of runs: begin one, read one, say something about one, remove one.
import {randomBytes} from 'node:crypto'
import {mkdir, readdir, rename, rm} from 'node:fs/promises'
import {join} from 'node:path'
import {AppError, didYouMean} from '../error.ts'
import {appendLine, onDisk, syncFolder, writeSynced} from '../files.ts'
import type {Explanation} from '../schema/explanation.ts'
import type {LogLine} from '../schema/log.ts'
import type {Metric, Report} from '../schema/report.ts'
import {
  type Change,
  type Environment,
  type Point,
  type Run,
  type RunFile,
  type RunSpec,
  runSpecSchema,
  runVersion,
} from '../schema/run.ts'
import {says} from '../words/says.ts'
import {environment} from './environment.ts'
import {readLog} from './log.ts'
import {type Processes, processes as realProcesses} from './process.ts'
import {readPoints, readRun} from './read.ts'
import {keepExplanation, keepReport, readExplanation, readReport} from './reports.ts'
import {touchRun, touchRuns} from './touch.ts'
import {RunWriter, runText} from './writer.ts'

export type RunsOptions = {
  /** Milliseconds since 1970. */
  now?: () => number
  processes?: Processes
  environment?: () => Environment
}

/**
 * `.bancada/runs`: one folder a run. `run.json` is written by the run's own process alone; what others say
 * about it later (notes, tags, an evaluation) is appended to `changes.ndjson`. So no two processes ever
 * rewrite one file, and no lock is needed.
 */
export class Runs {
  readonly folder: string
  readonly processes: Processes
  readonly #now: () => number
  readonly #environment: () => Environment

  constructor(
    folder: string,
    {now = Date.now, processes = realProcesses, environment: env = environment}: RunsOptions = {},
  ) {
    this.folder = folder
    this.processes = processes
    this.#now = now
    this.#environment = env
  }

  /** Begins a run. It is there whole, for every process, when this returns. */
  begin(spec: RunSpec): Promise<RunWriter> {
    const now = this.#now()
    const id = newId(now)
    const run: RunFile = {
      ...runSpecSchema.parse(spec),
      version: runVersion,
      id,
      created: new Date(now).toISOString(),
      environment: this.#environment(),
      status: {state: 'running', process: this.processes.self()},
      curves: {},
      metrics: {},
      artifacts: [],
      warnings: [],
    }
    return onDisk(this.folder, async () => {
      await mkdir(this.folder, {recursive: true})
      await this.#sweep(now)
      const aside = join(this.folder, `.new-${id}`)
      const place = this.path(id)
      await mkdir(aside)
      await writeSynced(join(aside, 'run.json'), runText(run))
      await writeSynced(join(aside, 'metrics.ndjson'), '')
      await writeSynced(join(aside, 'changes.ndjson'), '')
      await rename(aside, place)
      await syncFolder(this.folder)
      await touchRuns(this.folder)
      return new RunWriter(place, run, this.#now)
    })
  }

  /** The folder of a run. Throws `unknown-name` for what cannot be the name of one. */
  path(id: string): string {
    if (!/^[\w-]+$/.test(id))
      throw new AppError('unknown-name', says`"${id}" is not the id of a run`)
    return join(this.folder, id)
  }

  /** Ids of all runs, oldest first. */
  async ids(): Promise<string[]> {
    const entries = await onDisk(this.folder, () => readdir(this.folder)).catch(error => {
      if (error instanceof AppError && error.code === 'missing-file') return []
      throw error
    })
    return entries.filter(isId).sort()
  }

  /** One run as it is now. */
  async get(id: string): Promise<Run> {
    await this.#known(id)
    return readRun(this.path(id), this.processes)
  }

  /** Every point of its learning curves. */
  async points(id: string): Promise<Point[]> {
    await this.#known(id)
    return readPoints(this.path(id))
  }

  /** What was said while it trained. */
  async log(id: string): Promise<LogLine[]> {
    await this.#known(id)
    return readLog(this.path(id))
  }

  /** Adds what an evaluation found. `by` is the cell that evaluated. */
  addMetrics(id: string, by: string, metrics: readonly Metric[]): Promise<void> {
    return this.#say(id, {evaluation: {by, metrics: [...metrics]}})
  }

  /** Adds what an evaluation found, and keeps its whole report with the run. */
  async addReport(id: string, by: string, report: Report): Promise<void> {
    await this.#known(id)
    const name = await keepReport(this.path(id), report)
    await this.#say(id, {evaluation: {by, metrics: report.metrics, report: name}})
  }

  /** The report that a cell left last. Throws `unknown-name` where it left none, `damaged` where it is torn. */
  async report(id: string, by: string): Promise<Report> {
    const {reports} = await this.get(id)
    const name = Object.hasOwn(reports, by) ? reports[by] : undefined
    if (name !== undefined) return readReport(join(this.path(id), name))
    throw new AppError('unknown-name', says`run ${id} has no report of "${by}"`, {
      hint: didYouMean(by, Object.keys(reports)) ?? says`run the evaluation again to keep one`,
    })
  }

  /** Keeps what its model leans on, in the place of what was known of that before. */
  async addExplanation(id: string, explanation: Explanation): Promise<void> {
    await this.#known(id)
    await this.#say(id, {explanation: await keepExplanation(this.path(id), explanation)})
  }

  /** The explanation that was kept last. Throws `unknown-name` where there is none, `damaged` where it is torn. */
  async explanation(id: string): Promise<Explanation> {
    const {explanation} = await this.get(id)
    if (explanation !== undefined) return readExplanation(join(this.path(id), explanation))
    throw new AppError('unknown-name', says`run ${id} was not explained yet`)
  }

  /** Where a file of the run lies, by its name as an artifact. */
  artifact(id: string, name: string): string {
    return join(this.path(id), 'artifacts', ...name.split('/'))
  }

  setNotes(id: string, notes: string): Promise<void> {
    return this.#say(id, {notes})
  }

  setTags(id: string, tags: readonly string[]): Promise<void> {
    return this.#say(id, {tags: [...new Set(tags)]})
  }

  setStar(id: string, star: boolean): Promise<void> {
    return this.#say(id, {star})
  }

  /** Archived runs are not listed unless asked for. */
  setArchived(id: string, archived: boolean): Promise<void> {
    return this.#say(id, {archived})
  }

  /** Removes a run and its artifacts for good. Throws `refused` while it is running. */
  async remove(id: string): Promise<void> {
    await this.#known(id)
    const folder = this.path(id)
    if (this.#runs(folder))
      throw new AppError('refused', says`run ${id} is still running`, {hint: says`stop it first`})
    await onDisk(folder, async () => {
      // Out of sight in one step; what a kill leaves of the rest, the next sweep takes.
      const aside = join(this.folder, `.gone-${id}`)
      await rename(folder, aside)
      await touchRuns(this.folder)
      await rm(aside, {recursive: true, force: true})
    })
  }

  async #say(id: string, change: Omit<Change, 'at'>) {
    await this.#known(id)
    const at = new Date(this.#now()).toISOString()
    await appendLine(join(this.path(id), 'changes.ndjson'), {at, ...change})
    await touchRun(this.path(id))
  }

  async #known(id: string) {
    const ids = await this.ids()
    if (!ids.includes(id))
      throw new AppError('unknown-name', says`no run "${id}"`, {
        hint: didYouMean(id, ids) ?? '`bancada runs` lists them',
      })
  }

  // A run that cannot be read may be removed.
  #runs(folder: string): boolean {
    try {
      return readRun(folder, this.processes).status.state === 'running'
    } catch {
      return false
    }
  }

  // What a kill left half-made or half-removed. A young one may be another process at work.
  async #sweep(now: number) {
    for (const name of await readdir(this.folder)) {
      const [, what, id] = /^\.(new|gone)-(.+)$/.exec(name) ?? []
      const left = what === 'gone' || (what === 'new' && timeOf(id!) < now - 3_600_000)
      if (left) await rm(join(this.folder, name), {recursive: true, force: true})
    }
  }
}

/** Whether an entry of the folder is a run: not hidden, and nothing that a file manager drops. */
export const isId = (name: string) => /^\w[\w-]*$/.test(name)

// `20261124-004720-123-9f3c61ab`: sorts by time, UTC; the rest is chance, so that processes never agree.
function newId(now: number): string {
  const [date, time] = new Date(now).toISOString().split('T') as [string, string]
  const clock = `${time.slice(0, 8).replaceAll(':', '')}-${time.slice(9, 12)}`
  return `${date.replaceAll('-', '')}-${clock}-${randomBytes(4).toString('hex')}`
}

function timeOf(id: string): number {
  const found = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-(\d{3})-/.exec(id)
  if (!found) return 0
  const [year, month, day, hour, minute, second, ms] = found.slice(1).map(Number) as number[]
  return Date.UTC(year!, month! - 1, day, hour, minute, second, ms)
}
