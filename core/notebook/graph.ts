// The graph of a notebook: which cell needs which, what flows between them, and in what order they run.
import type {Session} from '../data/session.ts'
import {didYouMean, type Fault, faultOf} from '../error.ts'
import type {Cell, Problem} from '../schema/notebook.ts'
import type {Port} from '../schema/value.ts'
import {type Phrase, says} from '../words/says.ts'
import type {Parsed} from './document.ts'
import {place} from './lines.ts'
import {nameKey} from './names.ts'
import {circle, groups, reach} from './order.ts'
import {arriving, countFault, inputFault, type Ports} from './ports.ts'
import {type Use, type Uses, usesOf} from './uses.ts'

export type {Ports} from './ports.ts'

export type Edge = {
  from: string
  to: string
  /** `train` where the cell takes `parts.train`. */
  part?: string
}

export type GraphNode = {
  cell: Cell
  /** In the order of `from=`, or of the first mention in the text. */
  inputs: Edge[]
  /** What it gives, as far as its kind and its inputs tell. */
  out?: Port
  /** What a query reads beside the tables it names, such as `read_csv`; its result may be stale. */
  outside: string[]
  problems: Problem[]
}

export type NotebookGraph = {
  /** By name, in the order of the document. Of two cells of one name only the first is here. */
  nodes: Map<string, GraphNode>
  edges: Edge[]
  /**
   * The cells that can run: sound, and everything above them sound. Each comes after what it needs; apart
   * from that they stand as in the document.
   */
  order: string[]
  /** Sound cells below a cell with a problem, each with the cells with problems above it. */
  blocked: Map<string, string[]>
  /** All of them, those of the document included. */
  problems: Problem[]
}

export type GraphContext = {
  session: Session
  /** What a kind takes and gives; nothing for a kind that is not known. `sql` and `ts` are kinds too. */
  portsOf: (kind: string) => Ports | undefined
  /** All kinds, for the nearest one to a mistyped one. */
  kinds?: readonly string[]
  /** Names that a TypeScript cell may use beside the language's own, such as `tf`. */
  globals?: readonly string[]
}

/** Derives the graph. It never throws for what a document says: problems sit on their cells. */
export async function deriveGraph(
  {notebook, problems: found}: Parsed,
  context: GraphContext,
): Promise<NotebookGraph> {
  const {file} = notebook
  const nodes = new Map<string, GraphNode>()
  const uses = new Map<string, Uses>()
  const told = new Map<string, Problem[]>()
  for (const problem of found)
    if (problem.cell !== undefined)
      told.set(problem.cell, [...(told.get(problem.cell) ?? []), problem])
  for (const [i, read] of (await usesOf(notebook, context.session)).entries()) {
    const cell = notebook.cells[i]!
    if (nodes.has(cell.name)) continue
    const problems = [...(told.get(cell.name) ?? []), ...read.problems]
    nodes.set(cell.name, {cell, inputs: [], outside: read.outside, problems})
    uses.set(cell.name, read)
  }
  const places = connect(nodes, uses, context.globals ?? [])
  const needs = (name: string) => nodes.get(name)!.inputs.map(({from}) => from)
  const sorted = groups([...nodes.keys()], needs).flat()
  tellCircles(nodes, needs, file)
  for (const name of sorted) checkPorts(nodes.get(name)!, nodes, places, context, file)
  const broken = [...nodes].filter(([, {problems}]) => problems.length > 0).map(([name]) => name)
  const edges = [...nodes.values()].flatMap(({inputs}) => inputs)
  const below = reach(broken, following(edges))
  const sound = sorted.filter(name => nodes.get(name)!.problems.length === 0)
  return {
    nodes,
    edges,
    order: sound.filter(name => !below.has(name)),
    blocked: new Map(
      sound
        .filter(name => below.has(name))
        .map(name => {
          const above = reach([name], needs)
          return [name, broken.filter(other => above.has(other))]
        }),
    ),
    problems: [
      ...found,
      ...[...nodes.values()].flatMap(n => n.problems.filter(p => !found.includes(p))),
    ],
  }
}

/** Every cell that one of these needs, directly or not, in the order of the document. */
export function upstream({nodes}: NotebookGraph, names: Iterable<string>): string[] {
  const found = reach(names, name => nodes.get(name)?.inputs.map(({from}) => from) ?? [])
  return [...nodes.keys()].filter(name => found.has(name))
}

/** Every cell that needs one of these, directly or not, in the order of the document. */
export function downstream({nodes, edges}: NotebookGraph, names: Iterable<string>): string[] {
  const found = reach(names, following(edges))
  return [...nodes.keys()].filter(name => found.has(name))
}

function following(edges: readonly Edge[]) {
  const next = new Map<string, string[]>()
  for (const {from, to} of edges) {
    const known = next.get(from)
    if (known) known.push(to)
    else next.set(from, [to])
  }
  return (name: string) => next.get(name) ?? []
}

/** Fills in the edges. Gives where each stands in the file. */
function connect(
  nodes: Map<string, GraphNode>,
  uses: Map<string, Uses>,
  globals: readonly string[],
): Map<Edge, string> {
  const anyCase = new Map([...nodes.keys()].map(name => [nameKey(name), name]))
  const places = new Map<Edge, string>()
  for (const [to, node] of nodes) {
    const unknown = new Set<string>()
    for (const use of uses.get(to)!.uses) {
      const from = nodes.has(use.name) ? use.name : use.anyCase && anyCase.get(nameKey(use.name))
      if (from) {
        const edge: Edge = {from, to, ...(use.part !== undefined && {part: use.part})}
        // A list may name a cell twice, as a union with itself; a text only mentions it again.
        const again = node.inputs.some(input => input.from === from && input.part === use.part)
        if (again && node.cell.language !== 'yaml') continue
        node.inputs.push(edge)
        places.set(edge, use.where)
      } else if (!use.optional && !globals.includes(use.name) && !unknown.has(use.name)) {
        unknown.add(use.name)
        node.problems.push({...unknownName(use, nodes.keys()), where: use.where, cell: to})
      }
    }
  }
  return places
}

function unknownName({name, anyCase}: Use, known: Iterable<string>): Fault {
  const hint = didYouMean(name, known)
  const isFile = anyCase && /[./*\\]/.test(name)
  return faultOf('unknown-name', says`no cell is called "${name}"`, {
    hint:
      hint ??
      (isFile
        ? says`a file is read by a source cell: kind=source, and file: with its path`
        : says`name a cell of this document`),
  })
}

function tellCircles(
  nodes: Map<string, GraphNode>,
  needs: (name: string) => readonly string[],
  file: string,
) {
  for (const group of groups([...nodes.keys()], needs)) {
    if (group.length === 1 && !needs(group[0]!).includes(group[0]!)) continue
    for (const name of group) {
      const way = circle(name, needs)!
      const {cell, problems} = nodes.get(name)!
      const message =
        way.length === 1
          ? says`"${name}" needs itself`
          : says`cells need each other in a circle: ${[...way, name].reduce<Phrase | string>((a, b) => (a === '' ? b : says`${a} needs ${b}`), '')}`
      const hint = says`let one of them take its rows from somewhere else`
      problems.push({
        ...faultOf('cycle', message, {hint, where: place(file, cell.span)}),
        cell: name,
      })
    }
  }
}

function checkPorts(
  node: GraphNode,
  nodes: Map<string, GraphNode>,
  places: Map<Edge, string>,
  {portsOf, kinds = []}: GraphContext,
  file: string,
) {
  const {cell, inputs, problems} = node
  const where = place(file, cell.span)
  // A cell without a kind has been told so already.
  if (cell.kind === '') return
  const ports = portsOf(cell.kind)
  if (!ports) {
    const fault = faultOf('unknown-kind', says`there is no kind of cell called "${cell.kind}"`, {
      hint: didYouMean(cell.kind, kinds),
      where,
    })
    problems.push({...fault, cell: cell.name})
    return
  }
  const given = inputs.map(({from, part}) => ({name: from, part, gives: nodes.get(from)!.out}))
  for (const [i, input] of given.entries()) {
    const fault = inputFault(cell.kind, ports.in, input)
    if (fault) problems.push({...fault, where: places.get(inputs[i]!)!, cell: cell.name})
  }
  if (cell.language === 'yaml') {
    const fits = (other: GraphNode) =>
      other.out && other.cell.span.start < cell.span.start && ports.in.accepts.includes(other.out)
    const near = () => [...nodes.values()].findLast(fits)?.cell.name
    const fault = countFault(cell.kind, ports.in, cell.from.length, near)
    if (fault) problems.push({...fault, where, cell: cell.name})
  }
  const first = given[0] && arriving(given[0])
  // What does not fit goes no further, so that one mistake is told once.
  const out = ports.out === 'same' ? ports.in.accepts.find(port => port === first) : ports.out
  if (out) node.out = out
}
