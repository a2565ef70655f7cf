// The graph of the open document, made again only when it is another one: not while a text is typed or a cell runs.
import {useMemo, useRef} from 'react'
import type {CellBlock, LiveEdge} from '../../core/schema/live.ts'
import {cellsOf} from '../state/document.ts'
import {type State, useStore} from '../state/store.ts'
import {emptyGraph, type Graph, graphOf} from './graph.ts'

export function useGraph(): Graph {
  const kinds = useStore(state => state.kinds)
  const cells = useKept(state => (state.doc ? cellsOf(state.doc) : noCells), sameCells)
  const edges = useKept(state => state.doc?.edges ?? noEdges, sameEdges)
  return useMemo(
    () => (cells.length > 0 ? graphOf(cells, edges, kinds) : emptyGraph),
    [cells, edges, kinds],
  )
}

/** A part of the store that stays the same object while it says the same. */
export function useKept<T>(select: (state: State) => T, same: (a: T, b: T) => boolean): T {
  const last = useRef<T>(undefined)
  return useStore(state => {
    const now = select(state)
    if (last.current === undefined || !same(last.current, now)) last.current = now
    return last.current
  })
}

const noCells: CellBlock[] = []
const noEdges: LiveEdge[] = []

export const sameList = <T>(
  a: readonly T[],
  b: readonly T[],
  same: (a: T, b: T) => boolean = Object.is,
) => a === b || (a.length === b.length && a.every((item, i) => same(item, b[i]!)))

const sameCells = (a: CellBlock[], b: CellBlock[]) =>
  sameList(
    a,
    b,
    (x, y) =>
      x === y ||
      (x.id === y.id &&
        x.name === y.name &&
        x.kind === y.kind &&
        x.language === y.language &&
        sameList(x.from, y.from)),
  )

const sameEdges = (a: LiveEdge[], b: LiveEdge[]) =>
  sameList(a, b, (x, y) => x.from === y.from && x.to === y.to && x.part === y.part)
