// Squared distances inside a graph.
import type {Graph, Tensor} from '../../onnx/graph.ts'

/**
 * float64 [rows, points]: squared Euclidean distances of `x` [rows, features], float64, to constant
 * points, flat [points, features]. By |x|² + |p|² − 2x·p, which one matrix product does; float64 keeps
 * the digits that the subtraction costs. Never below zero.
 */
export function squaredDistances(
  graph: Graph,
  x: Tensor,
  points: Float32Array | Float64Array,
  width: number,
): Tensor {
  const count = points.length / width
  const elem = points instanceof Float32Array ? 'float32' : 'float64'
  const p = graph.cast(graph.constant(elem, points, [count, width]), 'float64')
  const norms = new Float64Array(count)
  for (let i = 0; i < points.length; i++) norms[Math.floor(i / width)]! += points[i]! ** 2
  const own = graph.op('ReduceSum', [graph.op('Mul', [x, x]), graph.constant('int64', [1])])
  const crossed = graph.op('MatMul', [x, graph.op('Transpose', [p], {perm: [1, 0]})])
  const twice = graph.op('Mul', [crossed, graph.constant('float64', -2)])
  const sum = graph.op('Add', [graph.op('Add', [twice, graph.constant('float64', norms)]), own])
  return graph.op('Max', [sum, graph.constant('float64', 0)])
}
