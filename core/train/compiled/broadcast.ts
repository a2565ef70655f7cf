// Tensors of different shapes that meet, as ONNX spreads the smaller over the larger, and the way back.
import type {Tensor} from '../../onnx/graph.ts'
import type {Tape, Value} from './tape.ts'

/** A value's sizes after the batch in the order in which its tensor has them. */
export const sizesOf = ({shape, layout}: Pick<Value, 'shape' | 'layout'>): readonly number[] =>
  layout === 'first' ? [shape.at(-1)!, ...shape.slice(0, -1)] : shape

/** Sums a gradient over the axes along which a tensor of `sizes` was spread to `wide`; ranks are equal. */
export function sumTo(
  {graph}: Tape,
  gradient: Tensor,
  wide: readonly number[],
  sizes: readonly number[],
): Tensor {
  const axes = wide.flatMap((size, i) => (size !== sizes[i] ? [i - wide.length] : []))
  if (axes.length === 0) return gradient
  return graph.op('ReduceSum', [gradient, graph.constant('int64', axes)])
}

/**
 * A weight with as many axes as the values it meets, in their layout, and how its gradient is had from
 * one in the values' shape. A size of 1 is spread.
 */
export function weightOver(
  {graph, trials}: Tape,
  {tensor, shape, perTrial}: Value,
  value: Value,
): {tensor: Tensor; sum: (gradient: Tensor) => Tensor} {
  const dims = (sizes: readonly number[], ...before: number[]) =>
    graph.constant('int64', [...(perTrial ? [trials] : []), ...before, ...sizes])
  const [wide, own] = [sizesOf(value), sizesOf({shape, layout: value.layout})]
  const rank = shape.length
  const turns = value.layout === 'first' && shape.slice(0, -1).some(size => size > 1)
  const turn = (x: Tensor, perm: number[]) => (turns ? graph.op('Transpose', [x], {perm}) : x)
  const axes = Array.from({length: rank - 1}, (_, i) => i)
  return {
    tensor: graph.op('Reshape', [turn(tensor, [rank - 1, ...axes]), dims(own, 1)]),
    sum: gradient => {
      const over = wide.flatMap((size, i) => (size !== own[i] ? [i - rank] : []))
      const sum = graph.op('ReduceSum', [gradient, graph.constant('int64', [-1 - rank, ...over])])
      if (!turns) return graph.op('Reshape', [sum, dims(shape)])
      return turn(graph.op('Reshape', [sum, dims(own)]), [...axes.map(i => i + 1), 0])
    },
  }
}
