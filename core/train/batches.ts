// How rows are drawn and cut into batches.
import type {Matrix} from '../plugin.ts'

/**
 * Ranges of at most `size` rows, as even as can be: a last batch of one row would give batch
 * normalisation nothing to measure.
 */
export function batches(rows: number, size: number): {from: number; to: number}[] {
  const count = Math.ceil(rows / size)
  const cut = (i: number) => Math.floor((i * rows) / count)
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
