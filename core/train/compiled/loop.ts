// Repetition inside a graph.
import {Graph, type Tensor} from '../../onnx/graph.ts'

/** What one turn leaves to the next, and what it adds to the results. */
export type Turn = {carried: readonly Tensor[]; scanned: readonly Tensor[]}

/**
 * ONNX's Loop: `turn` builds its body, from the number of the turn and what the turn before it left. What is
 * scanned is stacked, a turn after the other.
 */
export function loop(
  graph: Graph,
  count: Tensor,
  carried: readonly Tensor[],
  turn: (body: Graph, i: Tensor, values: Tensor[]) => Turn,
): {results: Tensor[]; scanned: Tensor[]} {
  const body = new Graph(graph)
  const i = body.input(body.fresh('i'), 'int64', [])
  const going = body.input(body.fresh('going'), 'bool', [])
  const values = carried.map(({elem, shape, name}) => body.input(body.fresh(name), elem, shape))
  const made = turn(body, i, values)
  for (const tensor of [going, ...made.carried, ...made.scanned])
    body.output(body.fresh('out'), tensor)
  const each = [...made.carried, ...made.scanned]
  const all = graph
    .ops('Loop', [count, undefined, ...carried], each.length, {body: {graph: body}})
    .map((tensor, i) => ({...tensor, elem: each[i]!.elem}))
  return {results: all.slice(0, made.carried.length), scanned: all.slice(made.carried.length)}
}
