// Seeded random integers: the same seed gives the same resamples on every machine.

/** Gives 32 random bits as an unsigned integer. */
export type Random = () => number

/**
 * xoshiro128** 1.1 by Blackman and Vigna (2018), its state filled from the seed by splitmix32.
 * The seed may be any number; its fraction is dropped.
 */
export function random(seed: number): Random {
  let mixed = Math.trunc(seed) | 0
  const next = () => {
    mixed = (mixed + 0x9e3779b9) | 0
    let z = mixed
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b)
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35)
    return z ^ (z >>> 16)
  }
  // A typed array, since JavaScript would box each 32-bit integer that a closure keeps.
  const state = Int32Array.of(next(), next(), next(), next())
  return () => {
    const b = state[1]!
    const x = Math.imul(b, 5)
    const result = Math.imul((x << 7) | (x >>> 25), 9)
    const c = state[2]! ^ state[0]!
    const d = state[3]! ^ b
    state[1] = b ^ c
    state[0] = state[0]! ^ d
    state[2] = c ^ (b << 9)
    state[3] = (d << 11) | (d >>> 21)
    return result >>> 0
  }
}

/** An integer in [0, n). For n below 2²⁶ no value is favoured by more than one in 64. */
export const below = (draw: Random, n: number) => Math.floor(draw() * (n / 2 ** 32))

/** `k` different integers of [0, n), in rising order: Knuth's selection sampling (TAOCP 2, 3.4.2 S). */
export function sampleOf(n: number, k: number, seed: number): Uint32Array {
  const draw = random(seed)
  const chosen = new Uint32Array(Math.min(k, n))
  for (let i = 0, taken = 0; taken < chosen.length; i++)
    if ((n - i) * (draw() / 2 ** 32) < chosen.length - taken) chosen[taken++] = i
  return chosen
}
