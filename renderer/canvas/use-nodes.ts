// The graph as what is drawn: nodes with places, marks and labels; only those that changed are new objects.
import {type Edge, type NodeChange, type NodeHandle, Position} from '@xyflow/react'
import {useCallback, useMemo, useRef, useState} from 'react'
import type {Port} from '../../core/schema/value.ts'
import {type CellState, stateOf} from '../state/document.ts'
import {store, useStore} from '../state/store.ts'
import {useKindWords, useT} from '../ui/i18n.ts'
import {type Graph, type GraphCell, referenceOf} from './graph.ts'
import type {CellData, CellNode} from './node.tsx'
import {automaticPlaces, type Place, type Places, size} from './places.ts'
import {sameList, useKept} from './use-graph.ts'

/** Where cells are put that are being moved, or were and are not saved yet. */
export type Moved = Record<string, Place>

/** `base`: as the document says; `places`: with what is being moved. */
export function usePlaces(graph: Graph) {
  const layout = useStore(state => state.doc?.layout)
  const [moved, setMoved] = useState<Moved>({})
  const automatic = useMemo(() => automaticPlaces(graph), [graph])
  const base: Places = useMemo(() => {
    const made = new Map(automatic)
    for (const [id, [x, y]] of Object.entries(layout ?? {})) if (made.has(id)) made.set(id, {x, y})
    return made
  }, [automatic, layout])
  const places: Places = useMemo(() => {
    const made = new Map(base)
    for (const [id, place] of Object.entries(moved)) if (made.has(id)) made.set(id, place)
    return made
  }, [base, moved])

  /** Writes places down; until the document says so itself, they hold here. */
  const save = useCallback(async (places: Moved) => {
    setMoved(before => ({...before, ...places}))
    await store.getState().edit({
      do: 'layout',
      places: Object.fromEntries(Object.entries(places).map(([id, {x, y}]) => [id, [x, y]])),
    })
    setMoved(before =>
      Object.fromEntries(Object.entries(before).filter(([id, at]) => places[id] !== at)),
    )
  }, [])
  return {base, places, setMoved, save}
}

/** `current`: the one node that the Tab key stops at. */
export function useNodes(graph: Graph, places: Places, current: string | undefined): CellNode[] {
  const selection = useStore(state => state.selection)
  const label = useLabel(graph)
  const t = useT()
  const known = useRef(new Map<string, {key: string; node: CellNode}>())
  return useMemo(() => {
    const selected = new Set(selection)
    const role = t('canvas.node')
    const made = new Map<string, {key: string; node: CellNode}>()
    for (const cell of graph.cells.values()) {
      const {id, name} = cell
      const position = places.get(id) ?? {x: 0, y: 0}
      const parts = {
        position,
        data: dataOf(cell),
        selected: selected.has(id),
        ariaLabel: label(cell),
        domAttributes: {tabIndex: id === current ? 0 : -1, 'aria-roledescription': role},
        // The place of a cell that shares its name cannot be kept.
        draggable: id === name ? undefined : false,
      }
      const key = JSON.stringify(parts)
      const before = known.current.get(id)
      made.set(id, before?.key === key ? before : {key, node: nodeOf(id, parts)})
    }
    known.current = made
    return [...made.values()].map(({node}) => node)
  }, [graph, places, current, selection, label, t])
}

const nodeOf = (id: string, parts: Pick<CellNode, 'position' | 'data'>): CellNode => ({
  ...size,
  // Of all, since what is out of sight is never measured, and "show all" means those, too.
  measured: size,
  id,
  type: 'cell',
  handles: handlesOf(parts.data),
  ...parts,
})

const portSize = 12

/** Told beforehand, so that edges are drawn to nodes that are out of sight. */
function handlesOf(data: CellData): NodeHandle[] {
  const one = {y: (size.height - portSize) / 2, width: portSize, height: portSize}
  const handles: NodeHandle[] = []
  if (data.in) handles.push({...one, type: 'target', position: Position.Left, x: -portSize / 2})
  if (data.out)
    handles.push({...one, type: 'source', position: Position.Right, x: size.width - portSize / 2})
  return handles
}

function dataOf({name, kind, gives, arrives, info, inputs, outputs}: GraphCell): CellData {
  const takes: Port | undefined = arrives ?? info?.ports.in.accepts[0]
  return {
    name,
    kind,
    // An edge that should not be there is drawn, too.
    in: (info?.ports.in.max ?? 0) > 0 || inputs.length > 0,
    out: gives !== undefined || outputs.length > 0,
    connected: inputs.length > 0,
    ...(takes && {takes}),
    ...(gives && {gives}),
  }
}

/** Says of a cell all that the picture shows. */
export function useLabel(graph: Graph): (cell: GraphCell) => string {
  const t = useT()
  const words = useKindWords()
  const ids = useMemo(() => [...graph.cells.keys()], [graph])
  const states: readonly CellState[] = useKept(
    ({doc}) => ids.map(id => (doc ? stateOf(doc, id) : 'unknown')),
    sameList,
  )
  return useMemo(() => {
    const stateById = new Map(ids.map((id, i) => [id, states[i] ?? 'unknown']))
    return ({id, name, kind, info, inputs, outputs, gives}) => {
      const takes = inputs.map(referenceOf).join(', ')
      const to = outputs.map(edge => edge.to).join(', ')
      return [
        t('canvas.label.what', {
          kind: info ? words(kind, info).title : kind,
          name,
          state: t(`canvas.states.${stateById.get(id) ?? 'unknown'}`),
        }),
        takes ? t('canvas.label.takes', {from: takes}) : t('canvas.label.takesNothing'),
        gives ? t('canvas.label.gives', {port: t(`common.what.${gives}`)}) : '',
        to ? t('canvas.label.feeds', {to}) : t('canvas.label.feedsNone'),
      ]
        .filter(Boolean)
        .join(' ')
    }
  }, [ids, states, t, words])
}

export type CellEdge = Edge<{from: string; part?: string; to: string}>

export function useEdges(graph: Graph, chosen: ReadonlySet<string>): CellEdge[] {
  const t = useT()
  return useMemo(() => {
    const count = new Map<string, number>()
    return graph.edges.map(({from, part, to}) => {
      const reference = referenceOf({from, part})
      // A list may name a cell twice.
      const n = (count.get(`${reference}→${to}`) ?? 0) + 1
      count.set(`${reference}→${to}`, n)
      const id = `${reference}→${to}${n > 1 ? ` ${n}` : ''}`
      return {
        id,
        source: from,
        target: to,
        selected: chosen.has(id),
        data: {from, to, ...(part !== undefined && {part})},
        ariaLabel: t('canvas.edge', {from: reference, to}),
        ...(part !== undefined && {label: part}),
      }
    })
  }, [graph, chosen, t])
}

/** What a change of the drawing says of the selection, as the store keeps it. */
export function selectionAfter(changes: readonly NodeChange<CellNode>[], before: string[]) {
  let now = before
  for (const change of changes) {
    if (change.type !== 'select') continue
    const {id, selected} = change
    if (selected === now.includes(id)) continue
    now = selected ? [...now, id] : now.filter(other => other !== id)
  }
  return now
}
