// The body of a cell with a form: parameters in YAML, and where each stands.

import {isNode, isPair, isScalar, type Node, type Pair} from 'yaml'
import {faultOf} from '../error.ts'
import type {Cell, Problem} from '../schema/notebook.ts'
import {says} from '../words/says.ts'
import {isMap, readYaml, type Yaml} from './yaml.ts'

export type Params = {
  /** As written, without defaults; `{}` for an empty body and where it cannot be read. */
  params: Record<string, unknown>
  problems: Problem[]
  /** Where a parameter stands, as `file:line:column`; the nearest one that is there. */
  where: (path: readonly PropertyKey[]) => string
}

/** What sound bodies say, by their text: a document is read again with each edit, most of its cells unchanged. */
const sound = new Map<string, Record<string, unknown>>()
const mostSound = 5000

/** Reads a cell's parameters. The kind's own schema checks them; here only the YAML is. */
export function readParams(cell: Cell, file = 'notebook.md'): Params {
  const known = sound.get(cell.body)
  if (known)
    return {
      params: structuredClone(known),
      problems: [],
      where: path => readBody(cell, file).where(path),
    }
  const read = readBody(cell, file)
  if (read.problems.length > 0 || cell.body.length > 10_000) return read
  if (sound.size >= mostSound) sound.clear()
  sound.set(cell.body, structuredClone(read.params))
  return read
}

function readBody(cell: Cell, file: string): Params {
  const yaml = readYaml(cell.body, file, cell.bodySpan)
  const problems: Problem[] = yaml.faults.map(fault => ({...fault, cell: cell.name}))
  const where = (path: readonly PropertyKey[]) => yaml.where(offsetOf(yaml, path))
  const value = yaml.value ?? {}
  if (isMap(value)) return {params: value, problems, where}
  const given = Array.isArray(value) ? says`a list` : `"${value}"`
  const fault = faultOf(
    'bad-params',
    says`parameters are a list of "name: value" lines, not ${given}`,
    {hint: says`write one a line, such as test: 0.2`, where: where([])},
  )
  problems.push({...fault, cell: cell.name})
  return {params: {}, problems, where}
}

function offsetOf({doc}: Yaml, path: readonly PropertyKey[]): number {
  let at = start(doc.contents)
  for (const [i] of path.entries()) {
    const parent = doc.getIn(path.slice(0, i), true)
    const found = childOf(parent, path[i]!)
    if (found === undefined) break
    at = found
  }
  return at
}

function childOf(parent: unknown, key: PropertyKey): number | undefined {
  const items = (parent as {items?: unknown[]} | undefined)?.items
  if (!items) return undefined
  if (typeof key === 'number' && isNode(items[key])) return start(items[key])
  const pair = items.find(
    (item): item is Pair<Node> =>
      isPair(item) && isScalar(item.key) && String(item.key.value) === String(key),
  )
  return pair && start(pair.key)
}

const start = (node: Node | null | undefined) => node?.range?.[0] ?? 0
