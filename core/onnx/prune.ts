// Which values of a graph its outputs need: what is left when the rest is dropped.
import type onnxProto from 'onnx-proto'

type GraphProto = onnxProto.onnx.IGraphProto
type NodeProto = onnxProto.onnx.INodeProto

/** Names of all values that the outputs depend on, the outputs and inputs among them. */
export function needed(graph: GraphProto): Set<string> {
  const keep = new Set((graph.output ?? []).map(output => output.name!))
  // Nodes stand in topological order, so one pass from the end meets every user before its source.
  for (const node of [...(graph.node ?? [])].reverse())
    if (node.output?.some(name => keep.has(name))) for (const name of uses(node)) keep.add(name)
  return keep
}

/** What a node reads: its inputs, and every name inside its subgraphs, which may come from outside. */
function* uses(node: NodeProto): Generator<string> {
  for (const name of node.input ?? []) if (name) yield name
  for (const {g, graphs} of node.attribute ?? [])
    for (const graph of g ? [g] : (graphs ?? [])) {
      for (const inner of graph.node ?? []) yield* uses(inner)
      for (const output of graph.output ?? []) yield output.name!
    }
}
