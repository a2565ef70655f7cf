// From node to node by keyboard: along the edges, up and down the picture, through the document.
import type {Graph} from './graph.ts'
import type {Place, Places} from './places.ts'

/** The cell that a key leads to, or nothing. */
export function walk(graph: Graph, places: Places, at: string, key: string): string | undefined {
  const cell = graph.cells.get(at)
  const here = places.get(at)
  if (!cell || !here) return undefined
  const ids = [...graph.cells.keys()]
  switch (key) {
    case 'ArrowRight':
      return nearest(
        here,
        cell.outputs.map(({to}) => to),
        places,
      )
    case 'ArrowLeft':
      return nearest(
        here,
        cell.inputs.map(({from}) => from),
        places,
      )
    case 'ArrowDown':
      return nearest(
        here,
        ids.filter(id => (places.get(id)?.y ?? 0) > here.y),
        places,
      )
    case 'ArrowUp':
      return nearest(
        here,
        ids.filter(id => (places.get(id)?.y ?? 0) < here.y),
        places,
      )
    case 'PageDown':
      return ids[ids.indexOf(at) + 1]
    case 'PageUp':
      return ids[ids.indexOf(at) - 1]
    case 'Home':
      return ids[0]
    case 'End':
      return ids.at(-1)
    default:
      return undefined
  }
}

/** A step sideways costs double, so that up and down stay in a column where there is one. */
function nearest(from: Place, ids: readonly string[], places: Places): string | undefined {
  let best: {id: string; far: number} | undefined
  for (const id of ids) {
    const place = places.get(id)
    if (!place) continue
    const far = 2 * Math.abs(place.x - from.x) + Math.abs(place.y - from.y)
    if (!best || far < best.far) best = {id, far}
  }
  return best?.id
}
