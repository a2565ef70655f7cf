// Small dense linear problems in float64: symmetric matrices as flat arrays, row by row.

/**
 * Solves A·x = b for a symmetric, positive semidefinite A [n, n] by Cholesky's decomposition. A row that
 * is a combination of those before it, to ten digits, gets x = 0 and is listed in `dependent`.
 */
export function solve(A: Float64Array, b: Float64Array): {x: Float64Array; dependent: number[]} {
  const n = b.length
  const L = new Float64Array(n * n)
  const dependent: number[] = []
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = A[i * n + j]!
      for (let k = 0; k < j; k++) sum -= L[i * n + k]! * L[j * n + k]!
      if (j < i) L[i * n + j] = L[j * n + j] ? sum / L[j * n + j]! : 0
      else if (sum > 1e-10 * A[i * n + i]!) L[i * n + i] = Math.sqrt(sum)
      else {
        L.fill(0, i * n, i * n + i)
        dependent.push(i)
      }
    }
  }
  const x = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    let sum = b[i]!
    for (let k = 0; k < i; k++) sum -= L[i * n + k]! * x[k]!
    x[i] = L[i * n + i] ? sum / L[i * n + i]! : 0
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i]!
    for (let k = i + 1; k < n; k++) sum -= L[k * n + i]! * x[k]!
    x[i] = L[i * n + i] ? sum / L[i * n + i]! : 0
  }
  return {x, dependent}
}

/**
 * Minimises ½xᵀAx − bᵀx + Σ l1_j|x_j| by cyclic coordinate descent (Friedman, Hastie & Tibshirani 2010).
 * Done when no coordinate moves by more than `tolerance` in a round.
 */
export function descend(
  A: Float64Array,
  b: Float64Array,
  l1: Float64Array,
  {maxIterations, tolerance}: {maxIterations: number; tolerance: number},
): {x: Float64Array; iterations: number; converged: boolean} {
  const n = b.length
  const x = new Float64Array(n)
  const slope = b.slice()
  for (let round = 1; round <= maxIterations; round++) {
    let largest = 0
    for (let j = 0; j < n; j++) {
      const own = A[j * n + j]!
      if (own <= 0) continue
      const pull = slope[j]! + own * x[j]!
      const moved = (Math.sign(pull) * Math.max(Math.abs(pull) - l1[j]!, 0)) / own
      const change = moved - x[j]!
      if (change === 0) continue
      for (let k = 0; k < n; k++) slope[k]! -= A[j * n + k]! * change
      x[j] = moved
      largest = Math.max(largest, Math.abs(change))
    }
    if (largest <= tolerance) return {x, iterations: round, converged: true}
  }
  return {x, iterations: maxIterations, converged: false}
}
