// Whether one cell may feed another, what that changes, and why not. Pure: the host has the last word.
import type {Port} from '../../core/schema/value.ts'
import {below, type Graph, type GraphCell, referenceOf} from './graph.ts'

export const parts = ['train', 'validation', 'test'] as const
export type Part = (typeof parts)[number]

export type Refusal =
  | {why: 'circle'}
  /** The text of a query or a program names what it takes. */
  | {why: 'text'; language: 'sql' | 'ts'}
  | {why: 'unknown'}
  | {why: 'none'}
  | {why: 'already'}
  | {why: 'full'; most: number}
  | {why: 'type'; gives: Port; takes: readonly Port[]}

export type Verdict =
  /** What `from=` is to say then. */
  | {do: 'from'; from: string[]}
  /** A split, where one of its parts is needed. */
  | {do: 'ask-part'}
  | ({do: 'refuse'} & Refusal)

const refuse = (refusal: Refusal): Verdict => ({do: 'refuse', ...refusal})

/** What becomes of an edge from one cell to another, or from a part of it. Both must be in the graph. */
export function judge(graph: Graph, from: string, to: string, part?: Part): Verdict {
  const [source, target] = [graph.cells.get(from)!, graph.cells.get(to)!]
  if (target.inputs.some(edge => edge.from === from && edge.part === part))
    return refuse({why: 'already'})
  if (from === to || below(graph, to).has(from)) return refuse({why: 'circle'})
  if (target.language !== 'yaml') return refuse({why: 'text', language: target.language})
  if (!target.info) return refuse({why: 'unknown'})
  const {accepts, max} = target.info.ports.in
  if (max === 0) return refuse({why: 'none'})
  const gives = part ? 'table' : source.gives
  if (gives && !accepts.includes(gives)) {
    if (gives === 'split' && accepts.includes('table')) return {do: 'ask-part'}
    return refuse({why: 'type', gives, takes: accepts})
  }
  const reference = referenceOf({from: source.name, part})
  // A single input is replaced: there is nothing else that could be meant.
  if (max === 1) return {do: 'from', from: [reference]}
  if (target.from.length >= max) return refuse({why: 'full', most: max})
  return {do: 'from', from: [...target.from, reference]}
}

/** The cells that one may feed, in the order of the document. */
export const fitting = (graph: Graph, from: string): GraphCell[] =>
  [...graph.cells.values()].filter(({id}) => judge(graph, from, id).do !== 'refuse')

/** What `from=` says without one edge; nothing where the cell's text names it. */
export function without(target: GraphCell, edge: {from: string; part?: string | undefined}) {
  if (target.language !== 'yaml') return undefined
  const at = target.from.indexOf(referenceOf(edge))
  return at < 0 ? undefined : target.from.filter((_, i) => i !== at)
}
