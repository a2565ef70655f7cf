// The few distributions that a drift check needs.

/** ln Γ(x) for x > 0: Lanczos with g = 7, n = 9, about 15 digits (P. Godfrey, 2001). */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  let sum = lanczos[0]!
  for (let i = 1; i < lanczos.length; i++) sum += lanczos[i]! / (x - 1 + i)
  const t = x + 6.5
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum)
}
const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
  -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
  1.5056327351493116e-7,
]

/**
 * P(χ² ≥ x) with `df` degrees of freedom: the regularised upper incomplete gamma function Q(df/2, x/2), by
 * its series below df/2 + 1 and by Lentz's continued fraction above (Numerical Recipes, 6.2).
 */
export function chiSquareTail(x: number, df: number): number {
  if (!(x > 0) || df <= 0) return 1
  const [a, t] = [df / 2, x / 2]
  const front = Math.exp(a * Math.log(t) - t - logGamma(a))
  if (t < a + 1) {
    let term = 1 / a
    let sum = term
    for (let n = 1; n < 10_000 && term > sum * 1e-16; n++) {
      term *= t / (a + n)
      sum += term
    }
    return clip(1 - front * sum)
  }
  let b = t + 1 - a
  let c = 1e300
  let d = 1 / b
  let h = d
  for (let n = 1; n < 10_000; n++) {
    const an = -n * (n - a)
    b += 2
    d = 1 / (an * d + b)
    c = b + an / c
    h *= c * d
    if (Math.abs(c * d - 1) < 1e-15) break
  }
  return clip(front * h)
}

/**
 * P(D ≥ d) for the two-sample Kolmogorov–Smirnov statistic with n and m values: the limiting distribution
 * at Stephens' (1970) corrected argument. With ties or bins the true value is smaller.
 */
export function kolmogorovTail(d: number, n: number, m: number): number {
  const root = Math.sqrt((n * m) / (n + m))
  const t = (root + 0.12 + 0.11 / root) * d
  // Below 0.2 the tail is 1 to twelve digits, and the series alternates without end.
  if (t < 0.2) return 1
  let sum = 0
  for (let k = 1; k <= 100; k++) {
    const term = Math.exp(-2 * k * k * t * t)
    sum += k % 2 ? term : -term
    if (term < 1e-18) break
  }
  return clip(2 * sum)
}

/**
 * Fisher's exact test, two-sided: the chance of a 2 × 2 table no likelier than this one, where `a` of `n` and
 * `b` of `m` have a property. With at least a hundred expected in each cell, the chi-squared test instead:
 * there they agree, and the sum would have very many terms.
 */
export function fisherTwoSided(a: number, n: number, b: number, m: number): number {
  const have = a + b
  const least = (Math.min(n, m) * Math.min(have, n + m - have)) / (n + m)
  if (least >= 100) {
    const rate = have / (n + m)
    const z2 = (a / n - b / m) ** 2 / (rate * (1 - rate) * (1 / n + 1 / m))
    return chiSquareTail(z2, 1)
  }
  const chance = tables(have, n, m)
  // Equal probabilities differ in their last digits when they come from logarithms.
  const mark = chance(a) * (1 + 1e-7)
  let sum = 0
  for (let i = Math.max(0, have - m); i <= Math.min(n, have); i++) {
    const p = chance(i)
    if (p <= mark) sum += p
  }
  return clip(sum)
}

/** Fisher's exact test, one-sided: the chance that `a` or more of `n` have the property, given `b` of `m`. */
export function fisherTail(a: number, n: number, b: number, m: number): number {
  const have = a + b
  const chance = tables(have, n, m)
  let sum = 0
  for (let i = a; i <= Math.min(n, have); i++) {
    const term = chance(i)
    sum += term
    // Past the mean the terms only fall.
    if (i > (have * n) / (n + m) && term < sum * 1e-16) break
  }
  return clip(sum)
}

/** Chance that i of those who have the property are among the n: hypergeometric. */
const tables = (have: number, n: number, m: number) => {
  const whole = logChoose(n + m, have)
  return (i: number) =>
    i < 0 || i > n || have - i < 0 || have - i > m
      ? 0
      : Math.exp(logChoose(n, i) + logChoose(m, have - i) - whole)
}

const logChoose = (n: number, k: number) => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1)

/**
 * Holm's step-down: p-values such that all below α together are wrong with chance at most α, whatever
 * their dependence (Holm 1979).
 */
export function holm(p: readonly number[]): number[] {
  const order = p.map((_, i) => i).sort((i, j) => p[i]! - p[j]!)
  const adjusted = new Array<number>(p.length)
  let floor = 0
  for (const [rank, i] of order.entries()) {
    floor = Math.max(floor, Math.min(1, p[i]! * (p.length - rank)))
    adjusted[i] = floor
  }
  return adjusted
}

const clip = (p: number) => Math.min(1, Math.max(0, p))
