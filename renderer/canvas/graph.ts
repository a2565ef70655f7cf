// The document's cells as a graph: what each takes, from whom, and what it gives.
import type {KindInfo} from '../../core/schema/kind.ts'
import type {CellBlock, LiveEdge} from '../../core/schema/live.ts'
import type {Language} from '../../core/schema/notebook.ts'
import type {Port} from '../../core/schema/value.ts'

export type GraphCell = {
  id: string
  name: string
  kind: string
  language: Language
  /** What `from=` says. */
  from: readonly string[]
  /** Nothing for a kind that is not known. */
  info?: KindInfo
  inputs: LiveEdge[]
  outputs: LiveEdge[]
  /** What comes along the first input, as far as that is known. */
  arrives?: Port
  /** What comes out, as far as its kind and its inputs tell. */
  gives?: Port
}

/** By id, in the order of the document. */
export type Graph = {cells: Map<string, GraphCell>; edges: LiveEdge[]}

export const emptyGraph: Graph = {cells: new Map(), edges: []}

/** `parts.train`, as `from=` writes it. */
export const referenceOf = ({from, part}: {from: string; part?: string | undefined}) =>
  part === undefined ? from : `${from}.${part}`

/**
 * Derives the graph. What a cell with a form takes stands in its `from=` and is known at once; what a query
 * or a program takes is known when the host has read it, as `told`.
 */
export function graphOf(
  blocks: readonly CellBlock[],
  told: readonly LiveEdge[],
  kinds: Record<string, KindInfo>,
): Graph {
  const cells = new Map(
    blocks.map(({id, name, kind, language, from}): [string, GraphCell] => [
      id,
      {id, name, kind, language, from, info: kinds[kind], inputs: [], outputs: []},
    ]),
  )
  const edges: LiveEdge[] = []
  for (const cell of cells.values()) {
    const all =
      cell.language === 'yaml'
        ? cell.from.map(reference => ({...parsed(reference), to: cell.id}))
        : told.filter(({to}) => to === cell.id)
    for (const edge of all) {
      const source = cells.get(edge.from)
      if (!source) continue
      edges.push(edge)
      cell.inputs.push(edge)
      source.outputs.push(edge)
    }
  }
  const open = new Set<string>()
  for (const id of cells.keys()) settle(id, cells, open)
  return {cells, edges}
}

function parsed(reference: string): {from: string; part?: string} {
  const dot = reference.indexOf('.')
  return dot < 0
    ? {from: reference}
    : {from: reference.slice(0, dot), part: reference.slice(dot + 1)}
}

/** Works out what a cell gives, after those that it takes from. `open` holds what is begun, for circles. */
function settle(id: string, cells: Map<string, GraphCell>, open: Set<string>): Port | undefined {
  const cell = cells.get(id)!
  if (open.has(id)) return cell.gives
  open.add(id)
  const ports = cell.info?.ports
  if (!ports) return undefined
  const first = cell.inputs[0]
  const arrives = first && (first.part ? 'table' : settle(first.from, cells, open))
  if (arrives) cell.arrives = arrives
  const gives = ports.out === 'same' ? ports.in.accepts.find(port => port === arrives) : ports.out
  if (gives) cell.gives = gives
  return gives
}

/** All that can be reached from a cell along its outputs, without itself unless it is in a circle. */
export function below({cells}: Graph, id: string): Set<string> {
  const found = new Set<string>()
  const todo = [id]
  for (let at = todo.pop(); at !== undefined; at = todo.pop())
    for (const {to} of cells.get(at)?.outputs ?? [])
      if (!found.has(to)) {
        found.add(to)
        todo.push(to)
      }
  return found
}
