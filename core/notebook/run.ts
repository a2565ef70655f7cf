// Running a document: what is stale, side by side, with progress, cancel and a cache.
import {join} from 'node:path'
import {Session} from '../data/session.ts'
import {AppError, type Fault, toFault} from '../error.ts'
import {Runs} from '../history/runs.ts'
import type {Project} from '../project.ts'
import {openRegistry} from '../registry/open.ts'
import type {CellEvent, CellResult, Settled} from '../schema/result.ts'
import type {SplitValue, Value} from '../schema/value.ts'
import {says} from '../words/says.ts'
import type {CellKind, Input} from './cell-kind.ts'
import {kinds} from './cells/index.ts'
import {cellOf, type Planned, plan, type Todo} from './plan.ts'
import {prepare} from './prepare.ts'

export type RunOptions = {
  /** Only these cells and what they need; all when left out. */
  only?: readonly string[]
  signal?: AbortSignal
  /** DuckDB's memory limit, such as `4GB`. */
  memory?: string
  threads?: number
  /** How many cells may run at the same time. */
  atOnce?: number
  /** Seconds from one checkpoint of a training to the next. */
  checkpointEvery?: number
  tell?: (event: CellEvent) => void
}

/** The last word on every cell, in the order of the document. */
export type Outcome = {
  cells: Map<string, Settled>
  /** Faults of the document itself, such as a fence that cannot be read. */
  problems: Fault[]
}

/** Runs a document of a project. Never throws for what goes wrong in a cell: that is in the outcome. */
export async function runNotebook(
  project: Project,
  document: string,
  {
    only,
    signal = new AbortController().signal,
    memory,
    threads,
    atOnce = 4,
    checkpointEvery: every,
    tell = () => {},
  }: RunOptions = {},
): Promise<Outcome> {
  const session = await Session.open({folder: project.folder, memory, threads})
  try {
    const {cells, names, problems} = await prepare(project, document, session, {only})
    const {store} = project
    const todo = await plan(cells, async hash => (await store.get(hash)) !== undefined)
    const results = new Map<string, CellResult>()
    const settled = new Map<string, Settled>()
    const turn = turns(atOnce)
    const runs = new Runs(join(project.folder, '.bancada', 'runs'))
    const registry = openRegistry(project.folder)

    const say = (event: CellEvent) => {
      if (event.state === 'done') results.set(event.cell, event.result)
      if (event.state !== 'queued' && event.state !== 'running') settled.set(event.cell, event)
      tell(event)
    }
    const finished = new Map<string, Promise<void>>()
    for (const cell of cells) {
      const inputs = cell.needs.map(need => finished.get(cellOf(need)))
      finished.set(
        cell.name,
        Promise.all(inputs).then(() => settle(cell, todo.get(cell.name)!)),
      )
    }
    await Promise.all(finished.values())
    return {problems, cells: new Map(names.map(name => [name, settled.get(name)!]))}

    async function settle(cell: Planned, what: Todo): Promise<void> {
      const {name, kind} = cell
      const failedInput = cell.needs.map(cellOf).find(need => !results.has(need))
      if (what.do === 'fail') return say({cell: name, kind, state: 'failed', fault: what.fault})
      if (what.do === 'block' || failedInput)
        return say({
          cell: name,
          kind,
          state: 'blocked',
          by: failedInput ?? (what as {by: string}).by,
        })
      if (what.do === 'reuse') {
        const result = await store.get(what.hash)
        if (result) return say({cell: name, kind, state: 'done', cached: true, result})
      }
      say({cell: name, kind, state: 'queued'})
      const leave = await turn()
      try {
        signal.throwIfAborted()
        say({cell: name, kind, state: 'running'})
        const result = await execute(cell, what.hash)
        say({cell: name, kind, state: 'done', cached: false, result})
      } catch (error) {
        say({cell: name, kind, state: 'failed', fault: toFault(stopped(error), name)})
      } finally {
        leave()
      }
    }

    function execute(cell: Planned, hash: string): Promise<CellResult> {
      const kind = kinds[cell.kind] as CellKind
      const inputs: Input[] = cell.needs.map(need => {
        const {hash: from, value} = results.get(cellOf(need))!
        return {name: need, hash: from, value: partOf(value, need)}
      })
      return store.put(
        hash,
        cell.kind,
        folder =>
          kind.run({
            project,
            session,
            runs,
            registry,
            document,
            cell: cell.name,
            body: cell.body,
            params: cell.params,
            inputs,
            protect: cell.protect,
            hash,
            folder,
            checkpoints: {folder: join(store.checkpoints, hash), every},
            limits: {memory, threads},
            lineage: Object.fromEntries(upstream(cell.name)),
            signal,
            tell: progress => say({cell: cell.name, kind: cell.kind, state: 'running', progress}),
          }),
        {replace: cell.fresh},
      )
    }

    function upstream(name: string, seen = new Map<string, string>()): Map<string, string> {
      for (const need of cells.find(c => c.name === name)!.needs.map(cellOf)) {
        if (seen.has(need)) continue
        seen.set(need, results.get(need)!.hash)
        upstream(need, seen)
      }
      return seen
    }

    function stopped(error: unknown) {
      return signal.aborted ? new AppError('cancelled', says`stopped`, {cause: error}) : error
    }
  } finally {
    session.close()
  }
}

/** `parts.train` is a table; `parts` is the split. */
function partOf(value: Value, need: string): Value {
  const part = need.slice(cellOf(need).length + 1) as keyof SplitValue['parts'] | ''
  if (part === '' || value.type !== 'split') return value
  const table = value.parts[part]
  if (table) return {type: 'table', table, recipe: value.recipe}
  throw new AppError('unknown-name', says`"${cellOf(need)}" has no ${part} part`, {
    hint: says`it has ${Object.keys(value.parts).join(', ')}; give the split a share for ${part}`,
  })
}

/** Lets so many in at once; each gets a function to call when it leaves. */
function turns(atOnce: number): () => Promise<() => void> {
  let free = atOnce
  const waiting: (() => void)[] = []
  const leave = () => {
    const next = waiting.shift()
    if (next) next()
    else free++
  }
  return async () => {
    if (free > 0) free--
    else await new Promise<void>(resolve => waiting.push(resolve))
    return leave
  }
}
