// The power transforms that make a skewed column more like a normal one.
// Box & Cox, An analysis of transformations, J. R. Stat. Soc. B 26 (1964) 211–252;
// Yeo & Johnson, A new family of power transformations, Biometrika 87 (2000) 954–959.

export type Family = 'box-cox' | 'yeo-johnson'

/** λ is looked for from -5 to 5, as nobody would use others. */
const bound = 5

/**
 * The λ of greatest likelihood for values in a family; 1, which changes nothing but the zero, where there
 * are fewer than two different values. Box-Cox passes over values that are not positive.
 */
export function bestPower(family: Family, values: readonly number[]): number {
  const own = family === 'box-cox' ? values.filter(x => x > 0) : values
  if (!own.some(x => x !== own[0])) return 1
  const fits = likelihood(family, own)
  let best = 1
  for (let power = -bound; power <= bound; power += 0.25) if (fits(power) > fits(best)) best = power
  const found = highest(fits, Math.max(-bound, best - 0.25), Math.min(bound, best + 0.25))
  // More decimals would say more than a sample can, and a power that is 0 would be found near it only.
  return Number(found.toFixed(4)) + 0
}

/** One value transformed. Not for NaN, nor for what is not positive where Box-Cox is asked for. */
export function power(family: Family, lambda: number, x: number): number {
  const plain = (base: number, by: number) => (by === 0 ? Math.log(base) : (base ** by - 1) / by)
  if (family === 'box-cox') return plain(x, lambda)
  return x >= 0 ? plain(x + 1, lambda) : -plain(1 - x, 2 - lambda)
}

// The log likelihood of a normal distribution, up to a constant: -n/2 · ln(variance) + the log Jacobian.
function likelihood(family: Family, values: readonly number[]): (lambda: number) => number {
  let slope = 0
  for (const x of values)
    slope += family === 'box-cox' ? Math.log(x) : Math.sign(x) * Math.log1p(Math.abs(x))
  const known = new Map<number, number>()
  return lambda => {
    const had = known.get(lambda)
    if (had !== undefined) return had
    const spread = variance(values.map(x => power(family, lambda, x)))
    const fit = (-values.length / 2) * Math.log(spread) + (lambda - 1) * slope
    // Where the power overflows, or rounds all values to one, it is no candidate.
    const given = Number.isFinite(fit) ? fit : Number.NEGATIVE_INFINITY
    known.set(lambda, given)
    return given
  }
}

function variance(values: readonly number[]): number {
  const mean = values.reduce((sum, x) => sum + x / values.length, 0)
  return values.reduce((sum, x) => sum + (x - mean) ** 2 / values.length, 0)
}

/** Where a function with one peak between `low` and `high` is highest, by golden section. */
function highest(of: (x: number) => number, low: number, high: number): number {
  const golden = (Math.sqrt(5) - 1) / 2
  let [a, b] = [low, high]
  while (b - a > 1e-7) {
    const [left, right] = [b - golden * (b - a), a + golden * (b - a)]
    if (of(left) >= of(right)) b = right
    else a = left
  }
  return (a + b) / 2
}
