// Which cells have to run: pure decisions over hashes.
import {createHash} from 'node:crypto'
import type {Fault} from '../error.ts'

/** A cell as the planner sees it. `needs` are names of cells, in the order in which they are given. */
export type Planned = {
  name: string
  kind: string
  /** Version of the kind. */
  version: number
  /** Normalised parameters, with every default filled in. */
  params: unknown
  /** The text of a `sql` cell. */
  body: string
  /** Each input as it is named: `parts`, or `parts.train`. */
  needs: string[]
  /** Content hashes of the files that it reads, by path. */
  files: Record<string, string>
  protect: readonly string[]
  fresh: boolean
  problem?: Fault
}

/** What is to be done with a cell. */
export type Todo =
  | {do: 'run'; hash: string}
  | {do: 'reuse'; hash: string}
  | {do: 'fail'; fault: Fault}
  | {do: 'block'; by: string}

/** The name of the cell that an input names: `parts` of `parts.train`. */
export const cellOf = (need: string) => need.split('.')[0]!

/**
 * A cell's hash: of its kind and version, its parameters or text, its inputs' hashes and its files' contents.
 */
export function hashOf(cell: Planned, inputs: readonly string[]): string {
  const {kind, version, params, body, needs, files, protect} = cell
  const parts = needs.map((need, i) => [need.split('.').slice(1).join('.'), inputs[i]])
  // A SQL cell sees its inputs by their names; anything else by their order.
  const names = kind === 'sql' ? needs : []
  return createHash('sha256')
    .update(canonical([kind, version, params, body, parts, names, files, [...protect].sort()]))
    .digest('hex')
}

/**
 * What to do with each cell, in the order given (inputs first). `cached` tells whether a hash has a stored
 * result. A cell is only named `reuse` when the result is there now.
 */
export async function plan(
  cells: readonly Planned[],
  cached: (hash: string) => Promise<boolean>,
): Promise<Map<string, Todo>> {
  const todo = new Map<string, Todo>()
  const hashes = new Map<string, string>()
  for (const cell of cells) {
    todo.set(cell.name, await decide(cell))
  }
  return todo

  async function decide(cell: Planned): Promise<Todo> {
    if (cell.problem) return {do: 'fail', fault: cell.problem}
    const blocker = cell.needs.map(cellOf).find(name => !hashes.has(name))
    if (blocker) return {do: 'block', by: blocker}
    const hash = hashOf(
      cell,
      cell.needs.map(need => hashes.get(cellOf(need))!),
    )
    hashes.set(cell.name, hash)
    return !cell.fresh && (await cached(hash)) ? {do: 'reuse', hash} : {do: 'run', hash}
  }
}

/** JSON with sorted keys, so that the order in which parameters were written does not matter. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, v: unknown) => {
    if (typeof v === 'number' && !Number.isFinite(v)) return {number: String(v)}
    if (v && typeof v === 'object' && !Array.isArray(v))
      return Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1)))
    return v
  })
}
