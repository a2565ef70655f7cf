// One run while it trains: points as they come, artifacts, and in the end how it ended.
import {createHash} from 'node:crypto'
import {closeSync, fsyncSync, openSync, writeSync} from 'node:fs'
import {mkdir} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {AppError, type Fault, fromFault, toFault} from '../error.ts'
import {onDisk, writeSynced, writeWhole} from '../files.ts'
import {json} from '../schema/figure.ts'
import {type LogLevel, type LogLine, ownLine} from '../schema/log.ts'
import type {Artifact, CurveSummary, RunFile} from '../schema/run.ts'
import {Phrase, says} from '../words/says.ts'
import {RunLog} from './log.ts'
import {touchRuns} from './touch.ts'

/** What a finished training adds to its run. */
export type RunResult = {
  engine: string
  /** Figures of the fit: epochs run, best epoch, iterations … */
  metrics?: Record<string, number>
  warnings?: string[]
}

type End = {engine?: string; metrics?: Record<string, number>; warnings?: string[]}

export class RunWriter {
  readonly id: string
  /** The run's own folder. */
  readonly folder: string
  readonly #file: RunFile
  readonly #now: () => number
  readonly #points: number
  readonly #log: RunLog
  readonly #began: number
  readonly #curves: Record<string, CurveSummary> = {}
  readonly #artifacts: Artifact[] = []
  #ended = false

  /** Made by `Runs.begin`. */
  constructor(folder: string, file: RunFile, now: () => number) {
    this.id = file.id
    this.folder = folder
    this.#file = file
    this.#now = now
    this.#began = Date.parse(file.created)
    this.#points = openSync(join(folder, 'metrics.ndjson'), 'a')
    this.#log = new RunLog(folder, now)
  }

  /**
   * Keeps one point of the learning curve; `epoch` counts from 1. Written at once, so that a kill loses
   * no point that was logged.
   */
  log(epoch: number, metrics: Record<string, number>): void {
    this.#open()
    const seconds = (this.#now() - this.#began) / 1000
    const line = Buffer.from(`${json({epoch, seconds, metrics})}\n`)
    try {
      // A full disk may take a part of a line; the rest must follow or fail loudly.
      for (let at = 0; at < line.length; ) at += writeSync(this.#points, line, at)
    } catch (thrown) {
      throw fromFault(toFault(thrown, this.folder))
    }
    for (const [name, value] of Object.entries(metrics))
      this.#curves[name] = extended(this.#curves[name], value)
  }

  /** Keeps a line of the log; one that comes after the end of the run is late, and dropped. */
  add(line: LogLine): void {
    if (!this.#ended) this.#log.add(line)
  }

  /** Says something in the log. */
  note(what: Phrase | string, level: LogLevel = 'info'): void {
    this.add(ownLine(what, level, this.#now()))
  }

  /** Keeps a file of the run, such as a tfjs `model.json`. `name` is a path below `artifacts/`. */
  async save(name: string, bytes: Uint8Array): Promise<Artifact> {
    this.#open()
    const parts = name.split('/')
    if (parts.some(part => part === '' || part === '.' || part === '..' || /[\\:\0]/.test(part)))
      throw new AppError('bad-params', `"${name}" is no name for an artifact`, {
        hint: 'use letters, digits, dots and slashes, such as model/weights.bin',
      })
    if (this.#artifacts.some(a => a.name === name))
      throw new AppError('duplicate-name', `this run has an artifact "${name}" already`)
    const artifact = {
      name,
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    }
    const file = join(this.folder, 'artifacts', ...parts)
    await onDisk(file, async () => {
      await mkdir(dirname(file), {recursive: true})
      await writeSynced(file, bytes)
    })
    this.#artifacts.push(artifact)
    return artifact
  }

  /** It trained to the end. */
  finish(result: RunResult): Promise<void> {
    this.note(says`finished`)
    return this.#end({state: 'finished', ended: this.#time()}, result)
  }

  /** It could not. What was logged until then is kept. */
  fail(fault: Fault, known: End = {}): Promise<void> {
    const {message, hint, said} = fault
    this.note(said?.message ? new Phrase(said.message) : message, 'error')
    if (hint !== undefined) this.note(said?.hint ? new Phrase(said.hint) : hint)
    return this.#end({state: 'failed', ended: this.#time(), fault}, known)
  }

  /** The user stopped it. */
  cancel(known: End = {}): Promise<void> {
    this.note(says`stopped`)
    return this.#end({state: 'cancelled', ended: this.#time()}, known)
  }

  async #end(status: RunFile['status'], {engine, metrics = {}, warnings = []}: End) {
    this.#open()
    this.#ended = true
    this.#log.close()
    await onDisk(this.folder, async () => {
      // The points first: a run that says it is finished has them all.
      fsyncSync(this.#points)
      closeSync(this.#points)
    })
    const last = Object.fromEntries(Object.entries(this.#curves).map(([n, c]) => [n, c.last]))
    const ended: RunFile = {
      ...this.#file,
      status,
      engine,
      curves: this.#curves,
      metrics: {...last, ...metrics},
      artifacts: this.#artifacts,
      warnings,
    }
    await writeWhole(join(this.folder, 'run.json'), runText(ended))
    await touchRuns(dirname(this.folder))
  }

  #open() {
    if (this.#ended) throw new Error(`run ${this.id} has ended`)
  }

  #time = () => new Date(this.#now()).toISOString()
}

/** The text of `run.json`. */
export const runText = (run: RunFile) => `${json(run, 1)}\n`

/** A curve's summary with one more point. */
export function extended(curve: CurveSummary | undefined, value: number): CurveSummary {
  const {min, max, points = 0} = curve ?? {}
  const finite = Number.isFinite(value)
  return {
    last: value,
    min: finite ? Math.min(value, min ?? value) : min,
    max: finite ? Math.max(value, max ?? value) : max,
    points: points + 1,
  }
}
