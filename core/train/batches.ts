// How rows are drawn and cut into batches.
import type {Matrix} from '../plugin.ts'

/**
 * Where batches of at most `size` rows begin and end, as even as can be: a last batch of one row would give batch
 * normalisation nothing to measure. Batch `i` of `count` has the rows `cut(i) … cut(i + 1)`.
 */
export function batching(rows: number, size: number): {count: number; cut: (i: number) => number} {
  const count = Math.ceil(rows / size)
  // ⌊i·rows / count⌋, without a product that outgrows whole numbers.
  const [each, over] = [Math.floor(rows / count), rows % count]
  return {count, cut: i => i * each + Math.floor((i * over) / count)}
}

/** All of them in a list. */
export function batches(rows: number, size: number): {from: number; to: number}[] {
  const {count, cut} = batching(rows, size)
  return Array.from({length: count}, (_, i) => ({from: cut(i), to: cut(i + 1)}))
}

/** Rows of a matrix in the order of `index`. */
export function gather({x, y, weights, rows}: Matrix, index: Int32Array): Matrix {
  const width = x.length / rows
  const some: Matrix = {rows: index.length, x: new Float32Array(index.length * width)}
  for (const [i, at] of index.entries())
    some.x.set(x.subarray(at * width, (at + 1) * width), i * width)
  if (y) some.y = Float32Array.from(index, at => y[at]!)
  if (weights) some.weights = Float32Array.from(index, at => weights[at]!)
  return some
}
