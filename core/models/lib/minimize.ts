// L-BFGS, and OWL-QN where weights carry an L1 penalty: smooth convex functions in float64.

export type Problem = {
  size: number
  /** The smooth part: its value at `w`; writes its gradient. */
  smooth: (w: Float64Array, gradient: Float64Array) => Promise<number>
  /** What |w_j| costs, for each weight; left out: nothing. */
  l1?: Float64Array | undefined
}

type Options = {
  maxIterations: number
  /** Done when no part of the (pseudo-)gradient is larger. */
  tolerance: number
  /** Called after each iteration with the full value; awaited. */
  step: (iteration: number, value: number) => Promise<void> | undefined
}

export type Minimum = {w: Float64Array; value: number; iterations: number; converged: boolean}

/** How many updates the curvature is kept from. */
const memory = 10

/**
 * Minimises `smooth(w) + Σ l1_j·|w_j|` from zero.
 * Nocedal & Wright, Numerical Optimization, algorithm 7.4, and Andrew & Gao, Scalable training of
 * L1-regularized log-linear models (2007), with backtracking line search.
 */
export async function minimize(
  {size, smooth, l1}: Problem,
  {maxIterations, tolerance, step}: Options,
): Promise<Minimum> {
  const w = new Float64Array(size)
  const gradient = new Float64Array(size)
  const full = (at: Float64Array, value: number) => value + (l1 ? penalty(at, l1) : 0)
  let value = full(w, await smooth(w, gradient))
  const history: Pair[] = []

  for (let iteration = 1; iteration <= maxIterations; iteration++) {
    const slope = l1 ? pseudoGradient(w, gradient, l1) : gradient
    if (largest(slope) <= tolerance) return {w, value, iterations: iteration - 1, converged: true}
    const direction = towards(slope, history)
    // OWL-QN: a direction may not leave the side of zero that the pseudo-gradient points to.
    if (l1) for (let j = 0; j < size; j++) if (direction[j]! * slope[j]! >= 0) direction[j] = 0

    const next = new Float64Array(size)
    const nextGradient = new Float64Array(size)
    let length = history.length ? 1 : 1 / Math.max(1, norm(slope))
    let nextValue = Number.NaN
    let found = false
    for (let tries = 0; tries < 60 && !found; tries++, length /= 2) {
      for (let j = 0; j < size; j++) {
        const moved = w[j]! + length * direction[j]!
        const side = l1?.[j] ? Math.sign(w[j]! || -slope[j]!) : 0
        next[j] = side && Math.sign(moved) !== side ? 0 : moved
      }
      nextValue = full(next, await smooth(next, nextGradient))
      let expected = 0
      for (let j = 0; j < size; j++) expected += slope[j]! * (next[j]! - w[j]!)
      found =
        expected < 0 &&
        (nextValue <= value + 1e-4 * expected ||
          (!l1 &&
            flatter(nextValue - value, value, dot(nextGradient, direction), dot(slope, direction))))
    }
    if (!found) {
      // Rounding hides the way down. Curvature from far away may be why: try once more without it.
      if (history.length === 0)
        return {w, value, iterations: iteration - 1, converged: largest(slope) <= 100 * tolerance}
      history.length = 0
      continue
    }
    remember(history, next, w, nextGradient, gradient)
    w.set(next)
    gradient.set(nextGradient)
    value = nextValue
    await step(iteration, value)
  }
  return {w, value, iterations: maxIterations, converged: false}
}

// Near the minimum the change of the value is lost in rounding, but the slope still tells (the
// approximate Wolfe condition of Hager & Zhang 2005).
const flatter = (change: number, value: number, after: number, before: number) =>
  change <= 1e-12 * Math.abs(value) && Math.abs(after) <= 0.9 * Math.abs(before)

type Pair = {s: Float64Array; y: Float64Array; rho: number}

// −H·slope by the two-loop recursion.
function towards(slope: Float64Array, history: readonly Pair[]): Float64Array {
  const d = slope.map(v => -v)
  const alphas: number[] = []
  for (let i = history.length - 1; i >= 0; i--) {
    const {s, y, rho} = history[i]!
    const alpha = rho * dot(s, d)
    alphas[i] = alpha
    add(d, y, -alpha)
  }
  const last = history.at(-1)
  if (last) scale(d, 1 / (last.rho * dot(last.y, last.y)))
  for (const [i, {s, y, rho}] of history.entries()) add(d, s, alphas[i]! - rho * dot(y, d))
  return d
}

function remember(
  history: Pair[],
  next: Float64Array,
  w: Float64Array,
  nextGradient: Float64Array,
  gradient: Float64Array,
) {
  const s = next.map((v, j) => v - w[j]!)
  const y = nextGradient.map((v, j) => v - gradient[j]!)
  const sy = dot(s, y)
  if (sy <= 1e-14 * dot(y, y)) return
  history.push({s, y, rho: 1 / sy})
  if (history.length > memory) history.shift()
}

// The steepest one-sided slope of the penalised function; 0 where |w| holds a weight at zero.
function pseudoGradient(w: Float64Array, gradient: Float64Array, l1: Float64Array): Float64Array {
  return gradient.map((g, j) => {
    const cost = l1[j]!
    if (w[j]! !== 0) return g + cost * Math.sign(w[j]!)
    if (g + cost < 0) return g + cost
    return Math.max(g - cost, 0)
  })
}

function penalty(w: Float64Array, l1: Float64Array): number {
  let sum = 0
  for (let j = 0; j < w.length; j++) sum += l1[j]! * Math.abs(w[j]!)
  return sum
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!
  return sum
}

const norm = (a: Float64Array) => Math.sqrt(dot(a, a))

function largest(a: Float64Array): number {
  let most = 0
  for (const v of a) most = Math.max(most, Math.abs(v))
  return most
}

function add(to: Float64Array, from: Float64Array, factor: number) {
  for (let j = 0; j < to.length; j++) to[j]! += factor * from[j]!
}

function scale(a: Float64Array, factor: number) {
  for (let j = 0; j < a.length; j++) a[j]! *= factor
}
