// Where cells stand: as the document says, or from left to right along the edges.
import {Graph as Drawing, layout} from '@dagrejs/dagre'
import type {Graph} from './graph.ts'

/** Of a node, in pixels at zoom 1. */
export const size = {width: 232, height: 84}

export type Place = {x: number; y: number}
export type Places = ReadonlyMap<string, Place>

/** The top left corner of every cell when nobody moves it. */
export function automaticPlaces({cells, edges}: Graph): Map<string, Place> {
  const drawing = new Drawing()
  drawing.setGraph({rankdir: 'LR', nodesep: 24, ranksep: 56, ranker: 'tight-tree'})
  drawing.setDefaultEdgeLabel(() => ({}))
  for (const id of cells.keys()) drawing.setNode(id, {...size})
  for (const {from, to} of edges) if (from !== to) drawing.setEdge(from, to)
  layout(drawing)
  return new Map(
    [...cells.keys()].map(id => {
      const {x = 0, y = 0} = drawing.node(id)
      return [id, {x: Math.round(x - size.width / 2), y: Math.round(y - size.height / 2)}]
    }),
  )
}
