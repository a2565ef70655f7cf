// Rows in the order of a score: what ROC, precision–recall and lift are read from.
import type {Labels} from './confusion.ts'

/** Rows from the highest score to the lowest. All arrays follow that order. */
export type Ranking = {
  /** The row at each rank. */
  row: Uint32Array
  score: Float32Array
  /** 1 where the row is of the class. */
  positive: Uint8Array
  /** 1 at the last of each group of equal scores: the only places where a threshold can cut. */
  last: Uint8Array
}

/** Ranks rows by `score`; a row is positive where its label is `positive`. −0 and 0 are equal. */
export function ranking(score: Float32Array, labels: Labels, positive: number): Ranking {
  const row = descending(score)
  const sorted = new Float32Array(row.length)
  const isPositive = new Uint8Array(row.length)
  const last = new Uint8Array(row.length)
  for (const [rank, i] of row.entries()) {
    sorted[rank] = score[i]!
    isPositive[rank] = labels[i] === positive ? 1 : 0
    if (rank > 0 && sorted[rank - 1] !== sorted[rank]) last[rank - 1] = 1
  }
  if (row.length > 0) last[row.length - 1] = 1
  return {row, score: sorted, positive: isPositive, last}
}

/**
 * Row numbers by falling score. Each score and row number become one 64-bit key, which a typed array
 * sorts several times faster than a comparison function would. Little-endian, as every platform of Node.
 */
function descending(score: Float32Array): Uint32Array {
  const n = score.length
  // Adding 0 turns −0 into 0.
  const bits = new Uint32Array(score.map(x => x + 0).buffer)
  const words = new Uint32Array(2 * n)
  for (let i = 0; i < n; i++) {
    // As unsigned integers, positive floats rise and negative ones fall; this makes all of them fall.
    const b = bits[i]!
    words[2 * i] = i
    words[2 * i + 1] = b >>> 31 ? b : ~b & 0x7fffffff
  }
  new BigUint64Array(words.buffer).sort()
  const rows = new Uint32Array(n)
  for (let i = 0; i < n; i++) rows[i] = words[2 * i]!
  return rows
}

/** One column of a row-major table. */
export function columnOf(table: Float32Array, width: number, at: number): Float32Array {
  const column = new Float32Array(table.length / width)
  for (let i = 0; i < column.length; i++) column[i] = table[i * width + at]!
  return column
}
