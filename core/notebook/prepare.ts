// From a document's text to cells that can be planned: graph, parameters, files, targets downstream.
import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import type {Session} from '../data/session.ts'
import {AppError, didYouMean, toFault} from '../error.ts'
import type {Project} from '../project.ts'
import type {Problem} from '../schema/notebook.ts'
import {ports} from '../schema/value.ts'
import {says} from '../words/says.ts'
import {readParams} from './body.ts'
import {kinds, later} from './cells/index.ts'
import {parseNotebook} from './document.ts'
import {Fingerprints} from './fingerprint.ts'
import {deriveGraph, type Edge, type GraphNode, type Ports, upstream} from './graph.ts'
import {parseParams} from './params.ts'
import {cellOf, type Planned} from './plan.ts'

export type Prepared = {
  /** In an order in which inputs come first. */
  cells: Planned[]
  /** Their names in the order of the document. */
  names: string[]
  /** Faults that are not on a cell that runs. */
  problems: Problem[]
  /** Of the whole document. */
  edges: Edge[]
}

/** Reads a document and makes its cells ready to plan. Throws `missing-file`. */
export async function prepare(
  project: Project,
  document: string,
  session: Session,
  {only}: {only?: readonly string[]} = {},
): Promise<Prepared> {
  const source = await readFile(join(project.folder, document), 'utf8').catch(error => {
    throw new AppError('missing-file', says`no document "${document}"`, {
      hint: says`\`bancada status\` lists the documents of the project`,
      cause: error,
    })
  })
  const parsed = parseNotebook(source, document)
  // Its cells may mean something else by now.
  if (parsed.notebook.readOnly) return {cells: [], names: [], problems: parsed.problems, edges: []}
  const graph = await deriveGraph(parsed, {session, portsOf, kinds: Object.keys(kinds)})
  const fingerprints = new Fingerprints(project.folder, project.store)
  const wanted = only && new Set([...only.map(known), ...upstream(graph, only)])
  // Inputs first; a cell with a problem needs none, since it does not run.
  const broken = [...graph.nodes].filter(([, {problems}]) => problems.length > 0)
  const order = [...broken.map(([name]) => name), ...graph.order, ...graph.blocked.keys()]
  const all: Planned[] = []
  for (const name of order) {
    const node = graph.nodes.get(name)!
    if (!later.has(node.cell.kind)) all.push(await planned(node))
  }
  // Before any is left out: what a model downstream predicts is to be left alone whoever runs.
  protectTargets(all)
  const cells = wanted ? all.filter(c => wanted.has(c.name)) : all
  await fingerprints.save()
  const running = new Set(cells.map(c => c.name))
  const elsewhere = graph.problems.filter(p => p.cell === undefined || !graph.nodes.has(p.cell))
  const names = [...graph.nodes.keys()].filter(name => running.has(name))
  return {cells, names, problems: elsewhere, edges: graph.edges}

  function known(name: string): string {
    if (graph.nodes.has(name)) return name
    throw new AppError('unknown-name', says`no cell named "${name}"`, {
      hint: didYouMean(name, graph.nodes.keys()),
    })
  }

  async function planned({cell, inputs, outside, problems}: GraphNode): Promise<Planned> {
    const kind = kinds[cell.kind]
    const base: Planned = {
      name: cell.name,
      kind: cell.kind,
      version: kind?.version ?? 0,
      params: {},
      body: cell.language === 'sql' ? cell.body : '',
      needs: inputs.map(({from, part}) => (part === undefined ? from : `${from}.${part}`)),
      files: {},
      protect: [],
      // What a query reads by itself, such as a file, may change without a trace in the document.
      fresh: (kind?.fresh ?? false) || outside.length > 0,
      problem: problems[0],
    }
    if (!kind || base.problem) return base
    try {
      const {params = {}, problems: [fault] = []} =
        cell.language === 'yaml' ? readParams(cell, document) : {}
      if (fault) return {...base, problem: fault}
      base.params = parseParams(kind, params, cell.name)
      const paths = (await kind.files?.(base.params, project, session)) ?? []
      base.files = await fingerprints.ofAll(paths)
      return base
    } catch (error) {
      return {...base, problem: toFault(error, cell.name)}
    }
  }
}

/** Cells that do not run yet take anything, so that they stay in the document without a complaint. */
const portsOf = (kind: string): Ports | undefined =>
  later.has(kind) ? {in: {min: 0, max: 1000, accepts: ports}, out: 'table'} : kinds[kind]?.ports

// A step that is not told which columns to work on leaves alone what a model downstream predicts.
function protectTargets(cells: Planned[]) {
  const targets = new Map<string, Set<string>>()
  for (const cell of [...cells].reverse()) {
    const mine = targets.get(cell.name) ?? new Set<string>()
    const target = (cell.params as {target?: unknown} | undefined)?.target
    if (typeof target === 'string') mine.add(target)
    cell.protect = [...mine].sort()
    for (const need of cell.needs.map(cellOf)) {
      const theirs = targets.get(need) ?? new Set()
      for (const t of mine) theirs.add(t)
      targets.set(need, theirs)
    }
  }
}
