// Eigenvectors of a symmetric matrix.

/**
 * Eigenvalues, greatest first, and their unit eigenvectors, by cyclic Jacobi rotations (Golub and Van
 * Loan, "Matrix Computations", algorithm 8.5.3). `vectors[k]` belongs to `values[k]`. Its sign is such that
 * its largest entry is positive, the first one where several are as large.
 */
export function eigen(symmetric: readonly (readonly number[])[]): {
  values: number[]
  vectors: number[][]
} {
  const n = symmetric.length
  // Made of size 1, so that squares of its entries neither overflow nor vanish.
  const scale = Math.max(...symmetric.flat().map(Math.abs)) || 1
  const a = symmetric.map(row => row.map(x => x / scale))
  const v = a.map((_, i) => a.map((_, j) => Number(i === j)))
  const size = Math.sqrt(a.reduce((sum, row) => sum + row.reduce((s, x) => s + x * x, 0), 0))
  for (let sweep = 0; sweep < 100 && offDiagonal(a) > 1e-15 * size; sweep++)
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, v, p, q)
  const order = a.map((_, i) => i).sort((i, j) => a[j]![j]! - a[i]![i]! || i - j)
  return {
    values: order.map(i => a[i]![i]! * scale),
    vectors: order.map(i => signed(v.map(row => row[i]!))),
  }
}

/** One rotation in the plane of p and q that makes `a[p][q]` zero. */
function rotate(a: number[][], v: number[][], p: number, q: number) {
  const apq = a[p]![q]!
  if (apq === 0) return
  const tau = (a[q]![q]! - a[p]![p]!) / (2 * apq)
  const t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau))
  const c = 1 / Math.sqrt(1 + t * t)
  const s = t * c
  for (const row of a) turn(row, p, q, c, s)
  const [ap, aq] = [a[p]!, a[q]!]
  for (let k = 0; k < a.length; k++) {
    const [x, y] = [ap[k]!, aq[k]!]
    ap[k] = c * x - s * y
    aq[k] = s * x + c * y
  }
  for (const row of v) turn(row, p, q, c, s)
}

function turn(row: number[], p: number, q: number, c: number, s: number) {
  const [x, y] = [row[p]!, row[q]!]
  row[p] = c * x - s * y
  row[q] = s * x + c * y
}

function offDiagonal(a: readonly (readonly number[])[]): number {
  let sum = 0
  for (const [i, row] of a.entries()) for (let j = 0; j < i; j++) sum += 2 * row[j]! * row[j]!
  return Math.sqrt(sum)
}

// Entries that are equal but for rounding must not decide the sign by chance.
function signed(vector: number[]): number[] {
  const largest = Math.max(...vector.map(Math.abs))
  const first = vector.find(x => Math.abs(x) >= largest * (1 - 1e-6)) ?? 1
  return first < 0 ? vector.map(x => -x) : vector
}
