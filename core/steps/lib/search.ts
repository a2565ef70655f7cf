// Finding the interval that a number falls in, among sorted cuts.
import {type Sql, sql} from '../../data/sql.ts'
import type {Graph, Tensor} from '../../onnx/graph.ts'
import {double} from './numbers.ts'

/**
 * A tree of comparisons: `leaf(i)` where `i` cuts are at or below `x`. It costs each row the logarithm of
 * the number of cuts, where a list would cost all of them. Not for null.
 */
export function search(x: Sql, cuts: readonly number[], leaf: (below: number) => Sql): Sql {
  const tree = (from: number, to: number): Sql => {
    if (from === to) return leaf(from)
    const middle = (from + to) >> 1
    return sql`case when ${x} < ${double(cuts[middle]!)} then ${tree(from, middle)} else ${tree(middle + 1, to)} end`
  }
  return tree(0, cuts.length)
}

/** How many cuts are at or below each `x` (float64 [rows, 1]), as int64 [rows, 1]; 0 for NaN. */
export function searchInGraph(graph: Graph, x: Tensor, cuts: readonly number[]): Tensor {
  if (cuts.length === 0) return graph.cast(never(graph, x), 'int64')
  const reached = graph.op('GreaterOrEqual', [x, graph.constant('float64', cuts, [1, cuts.length])])
  return graph.op('ReduceSum', [graph.cast(reached, 'int64'), graph.constant('int64', [1])])
}

// False in every row, with the shape of `x`.
const never = (graph: Graph, x: Tensor) => graph.op('Less', [x, x])
