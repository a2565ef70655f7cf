// Products of matrices, with or without a leading axis of trials.
import type {Graph, Tensor} from '../../onnx/graph.ts'
import type {Tape, Value} from './tape.ts'

/** A matrix, or one matrix for each trial. */
export type Matrices = {tensor: Tensor; perTrial: boolean}

/** a·b (+ bias, one number a column), each transposed where asked. A matrix without trials serves all of them. */
export function matMul(
  graph: Graph,
  a: Matrices,
  b: Matrices,
  {
    transposeA = false,
    transposeB = false,
    bias,
  }: {transposeA?: boolean; transposeB?: boolean; bias?: Matrices | undefined} = {},
): Tensor {
  if (!a.perTrial && !b.perTrial)
    return graph.op('Gemm', bias ? [a.tensor, b.tensor, bias.tensor] : [a.tensor, b.tensor], {
      transA: {int: Number(transposeA)},
      transB: {int: Number(transposeB)},
    })
  const turned = (m: Matrices, turn: boolean) => {
    if (!turn) return m.tensor
    return graph.op('Transpose', [m.tensor], {perm: m.perTrial ? [0, 2, 1] : [1, 0]})
  }
  const product = graph.op('MatMul', [turned(a, transposeA), turned(b, transposeB)])
  return bias ? graph.op('Add', [product, overRows(graph, bias)]) : product
}

/** One number a column for each trial, ready to be added to the rows: [trials, 1, columns]. */
export const overRows = (graph: Graph, {tensor, perTrial}: Matrices): Tensor =>
  perTrial ? graph.op('Unsqueeze', [tensor, graph.constant('int64', [1])]) : tensor

/** The sum of all rows: one number a column. */
export const sumRows = (graph: Graph, {tensor}: Matrices): Tensor =>
  graph.op('ReduceSum', [tensor, graph.constant('int64', [-2])], {keepdims: {int: 0}})

/** Weighted sums of the features of each row: x·kernel (+ bias). */
export function affine(tape: Tape, x: Value, kernel: Value, bias: Value | undefined): Value {
  const {graph} = tape
  const {perTrial} = kernel
  return tape.record(
    bias ? [x, kernel, bias] : [x, kernel],
    {tensor: matMul(graph, x, kernel, {bias}), shape: kernel.shape.slice(-1)},
    tensor => {
      const dy = {tensor, perTrial}
      return [
        () => matMul(graph, dy, kernel, {transposeB: true}),
        () => matMul(graph, x, dy, {transposeA: true}),
        () => sumRows(graph, dy),
      ]
    },
  )
}
