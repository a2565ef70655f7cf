// A run's folder as a run: its file, what was said about it since, and whether its process still lives.
import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {AppError, fromFault, messageOf, toFault} from '../error.ts'
import {parseLines, readLines} from '../files.ts'
import type {Processes} from '../process.ts'
import {
  type Change,
  changeSchema,
  type Point,
  pointSchema,
  type Run,
  type RunFile,
  runRecord,
  type Status,
} from '../schema/run.ts'
import {readVersioned} from '../schema/versioned.ts'
import {says} from '../words/says.ts'
import {extended} from './writer.ts'

/**
 * Reads one run. Throws `unknown-name` when it is not there, `too-new` and `damaged` when it cannot be
 * understood. Synchronous, because the index reads thousands of small files in a row, and that is several
 * times faster so.
 */
export function readRun(folder: string, processes: Processes): Run {
  const file = join(folder, 'run.json')
  const stored = readVersioned(runRecord, parsed(file), file)
  const run = asSeen(stored, folder, processes)
  return parseLines(textOf(join(folder, 'changes.ndjson')) ?? '').reduce<Run>(
    (so, line) => changed(so, changeSchema.safeParse(line).data),
    {...run, notes: '', tags: [], star: false, archived: false, evaluations: {}, reports: {}},
  )
}

/** Every point that was logged, in order. */
export async function readPoints(folder: string): Promise<Point[]> {
  const lines = await readLines(join(folder, 'metrics.ndjson'))
  return lines.flatMap(line => pointSchema.safeParse(line).data ?? [])
}

/** What a status means now: a running run whose process is gone has crashed. */
export const statusNow = (status: Status, processes: Processes): Status =>
  status.state === 'running' && !processes.alive(status.process)
    ? {state: 'crashed', process: status.process}
    : status

type Seen = Omit<RunFile, 'status'> & {status: Status}

// A run that has not ended has its curves in the points alone.
function asSeen(stored: RunFile, folder: string, processes: Processes): Seen {
  if (stored.status.state !== 'running') return stored
  const curves: RunFile['curves'] = {}
  for (const line of parseLines(textOf(join(folder, 'metrics.ndjson')) ?? ''))
    for (const [name, value] of Object.entries(pointSchema.safeParse(line).data?.metrics ?? {}))
      curves[name] = extended(curves[name], value)
  const metrics = Object.fromEntries(Object.entries(curves).map(([name, {last}]) => [name, last]))
  return {...stored, status: statusNow(stored.status, processes), curves, metrics}
}

// A line that this version does not understand is left alone, not applied.
function changed(run: Run, change: Change | undefined): Run {
  if (!change) return run
  const {at: _, evaluation, ...flags} = change
  if (!evaluation) return {...run, ...flags}
  const {by, metrics, report} = evaluation
  const {[by]: _replaced, ...reports} = run.reports
  return {
    ...run,
    ...flags,
    reports: report === undefined ? reports : {...reports, [by]: report},
    evaluations: {...run.evaluations, [by]: metrics},
    metrics: {...run.metrics, ...Object.fromEntries(metrics.map(m => [m.name, m.value]))},
  }
}

function parsed(file: string): unknown {
  const text = textOf(file)
  if (text === undefined)
    throw new AppError('missing-file', says`this run has no run.json`, {where: file})
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new AppError('damaged', says`run.json is not JSON: ${messageOf(error)}`, {
      where: file,
      hint: says`take the file back from a copy, or remove the run`,
    })
  }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as {code?: string}).code ?? '')) return undefined
    throw fromFault({...toFault(error), where: file}, error)
  }
}
