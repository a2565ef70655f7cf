// Seeded pseudo-random numbers: the same seed gives the same sequence on every machine.

export type Random = {
  /** Uniform in [0, 1). */
  next: () => number
  /** An integer in [0, n). */
  below: (n: number) => number
}

/** Mulberry32 by Tommy Ettinger: 32 bits of state, enough for shuffles, initial points and dropout seeds. */
export function random(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  return {next, below: n => Math.floor(next() * n)}
}

/** 0 … n−1 in random order (Fisher–Yates). */
export function permutation(n: number, {below}: Random): Int32Array {
  const order = Int32Array.from({length: n}, (_, i) => i)
  for (let i = n - 1; i > 0; i--) {
    const j = below(i + 1)
    const kept = order[i]!
    order[i] = order[j]!
    order[j] = kept
  }
  return order
}

/** A seed of its own for each number, such as an epoch's or a step's: nothing has to be counted along. */
export function mix(seed: number, n: number): number {
  let h = (seed ^ Math.imul(n, 0x9e3779b1)) >>> 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
