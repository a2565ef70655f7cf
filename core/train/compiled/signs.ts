// The signs of numbers.
import type {Graph, Tensor} from '../../onnx/graph.ts'

/** 1 above zero and else 0, in one op: a line so steep that it is one or the other. */
export const positive = (graph: Graph, x: Tensor): Tensor =>
  graph.op('HardSigmoid', [x], {alpha: 1e38, beta: 0})

/** 1, 0 or −1. Not ONNX's own Sign, which leaves the GPU for the CPU. */
export const sign = (graph: Graph, x: Tensor): Tensor => {
  const below = graph.cast(graph.op('Less', [x, graph.constant('float32', 0)]), 'float32')
  return graph.op('Sub', [positive(graph, x), below])
}
