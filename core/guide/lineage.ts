// Which cells feed which, near and far.
import type {LiveEdge} from '../schema/live.ts'

/** All cells that a cell needs, near and far. */
export const above = (edges: readonly LiveEdge[], cell: string) => reach(edges, cell, 'to', 'from')

/** All cells that need a cell, near and far. */
export const below = (edges: readonly LiveEdge[], cell: string) => reach(edges, cell, 'from', 'to')

function reach(
  edges: readonly LiveEdge[],
  start: string,
  here: 'from' | 'to',
  there: 'from' | 'to',
) {
  const found = new Set<string>()
  const todo = [start]
  for (let cell = todo.pop(); cell !== undefined; cell = todo.pop())
    for (const edge of edges)
      if (edge[here] === cell && !found.has(edge[there])) {
        found.add(edge[there])
        todo.push(edge[there])
      }
  return found
}
