// The signs of numbers.
import type {Graph, Tensor} from '../../onnx/graph.ts'

/** 1 above zero and 0 elsewhere. */
export const positive = (graph: Graph, x: Tensor): Tensor =>
  graph.cast(graph.op('Greater', [x, graph.constant('float32', 0)]), 'float32')

/** 1, 0 or −1. Not ONNX's own Sign, which leaves the GPU for the CPU. */
export const sign = (graph: Graph, x: Tensor): Tensor => {
  const below = graph.cast(graph.op('Less', [x, graph.constant('float32', 0)]), 'float32')
  return graph.op('Sub', [positive(graph, x), below])
}
