// What is in sight, and which cell has the focus.
import {getViewportForBounds, useReactFlow, type Viewport} from '@xyflow/react'
import {type RefObject, useCallback, useEffect, useRef, useState} from 'react'
import {useStore} from '../state/store.ts'
import type {Graph} from './graph.ts'
import type {CellNode} from './node.tsx'
import {type Place, type Places, size} from './places.ts'
import type {CellEdge} from './use-nodes.ts'

/** The zoom at which a graph that is too large to be shown whole begins, and the least that a whole one may have. */
const readable = 0.8
const leastReadable = 0.6

/** The first view: all of it where that can be read; else its beginning. */
export function firstView(
  places: Places,
  {width, height}: {width: number; height: number},
): Viewport {
  const all = [...places.values()]
  const [x, y] = [Math.min(...all.map(at => at.x)), Math.min(...all.map(at => at.y))]
  const right = Math.max(...all.map(at => at.x)) + size.width
  const bottom = Math.max(...all.map(at => at.y)) + size.height
  const bounds = {x, y, width: right - x, height: bottom - y}
  const whole = getViewportForBounds(bounds, width, height, 0.01, 1, 0.1)
  if (whole.zoom >= leastReadable) return whole
  const first = all[0]!
  return {
    x: 32 - first.x * readable,
    y: height / 2 - (first.y + size.height / 2) * readable,
    zoom: readable,
  }
}

/** `show` brings cells into sight and gives the last one the focus, as soon as they are there. */
export function useSight(graph: Graph, places: Places, ground: RefObject<HTMLDivElement | null>) {
  const flow = useReactFlow<CellNode, CellEdge>()
  const selection = useStore(state => state.selection)
  const [focused, setCurrent] = useState<string>()
  const wanted = useRef<string[]>([])
  const latest = useRef(places)

  const bring = useCallback(
    (id: string) => {
      const place = latest.current.get(id)
      const box = ground.current?.getBoundingClientRect()
      if (!place || !box) return
      const {x, y, zoom} = flow.getViewport()
      const inside = (at: number, long: number, of: number) => at > 0 && at + long * zoom < of
      if (
        inside(place.x * zoom + x, size.width, box.width) &&
        inside(place.y * zoom + y, size.height, box.height)
      )
        return
      void flow.setCenter(place.x + size.width / 2, place.y + size.height / 2, {zoom})
    },
    [flow, ground],
  )

  const settle = useCallback(() => {
    const last = wanted.current.at(-1)
    if (last === undefined || !wanted.current.every(id => latest.current.has(id))) return
    wanted.current = []
    setCurrent(last)
    bring(last)
    focusSoon(ground, last)
  }, [bring, ground])

  const show = useCallback(
    (ids: string[]) => {
      wanted.current = ids
      settle()
    },
    [settle],
  )

  useEffect(() => {
    latest.current = places
    settle()
  }, [places, settle])

  // Chosen elsewhere: in the notebook, the palette, a list of problems.
  const last = selection.at(-1)
  useEffect(() => {
    const place = last === undefined ? undefined : latest.current.get(last)
    if (place && !touches(place, flow.getViewport(), ground.current)) bring(last!)
  }, [last, bring, flow, ground])

  const first = graph.cells.keys().next().value
  const current = [focused, last, first].find(id => id !== undefined && graph.cells.has(id))
  return {flow, current, setCurrent, show}
}

/** Tells whether any of a cell is in sight. */
function touches(
  place: Place,
  {x, y, zoom}: {x: number; y: number; zoom: number},
  ground: HTMLDivElement | null,
): boolean {
  const box = ground?.getBoundingClientRect()
  if (!box) return true
  const within = (at: number, long: number, of: number) => at + long * zoom > 0 && at < of
  return (
    within(place.x * zoom + x, size.width, box.width) &&
    within(place.y * zoom + y, size.height, box.height)
  )
}

/** A cell that was out of sight is drawn some frames later. */
function focusSoon(ground: RefObject<HTMLDivElement | null>, id: string, tries = 60) {
  const node = ground.current?.querySelector<HTMLElement>(
    `.react-flow__node[data-id="${CSS.escape(id)}"]`,
  )
  if (node) node.focus({preventScroll: true})
  else if (tries > 0) requestAnimationFrame(() => focusSoon(ground, id, tries - 1))
}
