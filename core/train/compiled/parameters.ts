// A model's weights in a graph: one vector for the optimizer, a tensor each for the layers.
import type {Graph, Tensor} from '../../onnx/graph.ts'
import type {Vector} from '../weights.ts'
import type {Value} from './tape.ts'

/** The pieces of a vector, by the id of their weight. With trials the vector is [trials, size]. */
export function split(
  graph: Graph,
  all: Tensor,
  {size, slots}: Vector,
  {trials, live}: {trials: number; live: boolean},
): Map<number, Value> {
  if (size === 0) return new Map()
  const perTrial = trials > 1
  const sizes = graph.constant(
    'int64',
    slots.map(slot => slot.size),
  )
  const pieces =
    slots.length > 1 ? graph.ops('Split', [all, sizes], slots.length, {axis: {int: -1}}) : [all]
  return new Map(
    slots.map(({weight: {id, shape}}, i) => {
      const dims = graph.constant('int64', perTrial ? [trials, ...shape] : [...shape])
      const tensor = shape.length === 1 ? pieces[i]! : graph.op('Reshape', [pieces[i]!, dims])
      return [id, {tensor, shape, layout: 'last', live, perTrial}]
    }),
  )
}

/** The vector of such pieces; zeros for one that is left out. */
export function join(
  graph: Graph,
  pieces: readonly (Tensor | undefined)[],
  {slots}: Vector,
  {trials}: {trials: number},
): Tensor {
  const dims = (size: number) => (trials > 1 ? [trials, size] : [size])
  const flat = slots.map(({weight, size}, i) => {
    const piece = pieces[i]
    if (!piece) return graph.constant('float32', new Float32Array(size * trials), dims(size))
    if (weight.shape.length === 1) return piece
    return graph.op('Reshape', [piece, graph.constant('int64', dims(size))])
  })
  return flat.length > 1 ? graph.op('Concat', flat, {axis: {int: -1}}) : flat[0]!
}
