// How two columns go together, on arrays of their values: NaN, and the code 0, are missing.
import {levels, places} from './values.ts'

/** Categories by number: 0 is missing, the others count from 1 to `most`. */
export type Codes = {codes: Uint32Array; most: number}

/** Numbers that stand for categories (`mark`), counted through. */
export function codesOf(values: Float64Array): Codes {
  const at = levels(values)
  return {codes: places(values, at), most: at.length}
}

/** Centred, in units of the standard deviation (of the population), NaN where not finite, and where nothing varies. */
export function standardised(values: Float64Array): Float64Array {
  // From one of them, in halves: a spread far from zero is not lost, and nothing overflows.
  const start = values.find(Number.isFinite) ?? 0
  const made = new Float64Array(values.length)
  let furthest = 0
  let n = 0
  for (let i = 0; i < values.length; i++) {
    const x = values[i]! / 2 - start / 2
    made[i] = Number.isFinite(x) ? x : Number.NaN
    if (Number.isNaN(made[i])) continue
    n++
    if (Math.abs(x) > furthest) furthest = Math.abs(x)
  }
  // In units of the furthest value, so that no square overflows.
  let sum = 0
  for (let i = 0; i < made.length; i++) {
    made[i] = made[i]! / (furthest || 1)
    if (!Number.isNaN(made[i])) sum += made[i]!
  }
  let squares = 0
  for (let i = 0; i < made.length; i++) {
    made[i] = made[i]! - sum / n
    if (!Number.isNaN(made[i])) squares += made[i]! ** 2
  }
  const sd = Math.sqrt(squares / n)
  for (let i = 0; i < made.length; i++) made[i] = made[i]! / sd
  return made
}

/** Pearson's correlation of standardised values; NaN where one of them does not vary over the rows of both. */
export function pearson(a: Float64Array, b: Float64Array): number {
  const product = dot(a, b)
  // Without gaps, that is all: the other sums are known.
  return Number.isNaN(product) ? pearsonOfPairs(a, b) : between(product / a.length)
}

const between = (r: number) => Math.max(-1, Math.min(1, r))

/** In four sums, which a processor adds side by side. */
function dot(a: Float64Array, b: Float64Array): number {
  let s0 = 0
  let s1 = 0
  let s2 = 0
  let s3 = 0
  let i = 0
  for (; i + 3 < a.length; i += 4) {
    s0 += a[i]! * b[i]!
    s1 += a[i + 1]! * b[i + 1]!
    s2 += a[i + 2]! * b[i + 2]!
    s3 += a[i + 3]! * b[i + 3]!
  }
  for (; i < a.length; i++) s0 += a[i]! * b[i]!
  return s0 + s1 + s2 + s3
}

/** Over the rows that have both, in two passes: what lies beside them may be far off. */
function pearsonOfPairs(a: Float64Array, b: Float64Array): number {
  let n = 0
  let sa = 0
  let sb = 0
  for (let i = 0; i < a.length; i++) {
    if (Number.isNaN(a[i]! + b[i]!)) continue
    n++
    sa += a[i]!
    sb += b[i]!
  }
  const ma = sa / n
  const mb = sb / n
  let va = 0
  let vb = 0
  let product = 0
  for (let i = 0; i < a.length; i++) {
    if (Number.isNaN(a[i]! + b[i]!)) continue
    const x = a[i]! - ma
    const y = b[i]! - mb
    va += x * x
    vb += y * y
    product += x * y
  }
  // What is left of a column that does not vary is rounding.
  const varies = (v: number, mean: number) => v > n * (1e-14 * mean) ** 2
  return varies(va, ma) && varies(vb, mb) ? between(product / Math.sqrt(va * vb)) : Number.NaN
}

/** Each finite number by its rank among the others, from 0; equal ones share their mean rank. */
export function ranks(values: Float64Array): Float64Array {
  const made = new Float64Array(values.length)
  for (let i = 0; i < values.length; i++)
    made[i] = Number.isFinite(values[i]) ? values[i]! : Number.NaN
  const {codes, most} = codesOf(made)
  const counts = new Float64Array(most + 1)
  for (let i = 0; i < codes.length; i++) counts[codes[i]!]!++
  counts[0] = 0
  let below = 0
  const rank = counts.map(n => {
    below += n
    return below - (n + 1) / 2
  })
  rank[0] = Number.NaN
  for (let i = 0; i < codes.length; i++) made[i] = rank[codes[i]!]!
  return made
}

/**
 * Cramér's V with the correction of Bergsma (A bias-correction for Cramér's V and Tschuprow's T, Journal of the
 * Korean Statistical Society 42, 2013), without which many categories look related by chance.
 */
export function cramersV(a: Codes, b: Codes): number {
  const width = b.most + 1
  const table = new Float64Array((a.most + 1) * width)
  for (let i = 0; i < a.codes.length; i++) table[a.codes[i]! * width + b.codes[i]!]!++
  const [rows, columns] = [new Float64Array(a.most + 1), new Float64Array(width)]
  let n = 0
  for (let r = 1; r <= a.most; r++)
    for (let c = 1; c < width; c++) {
      const count = table[r * width + c]!
      rows[r]! += count
      columns[c]! += count
      n += count
    }
  let phi2 = -1
  for (let r = 1; r <= a.most; r++)
    for (let c = 1; c < width; c++) {
      const count = table[r * width + c]!
      if (count > 0) phi2 += count ** 2 / (rows[r]! * columns[c]!)
    }
  // Categories that only stand where the other column is missing do not count.
  const [r, k] = [rows, columns].map(sums => sums.filter(sum => sum > 0).length) as [number, number]
  if (n < 2) return Number.NaN
  const corrected = Math.max(0, phi2 - ((k - 1) * (r - 1)) / (n - 1))
  const least = Math.min(r - (r - 1) ** 2 / (n - 1), k - (k - 1) ** 2 / (n - 1)) - 1
  return least > 0 ? Math.min(1, Math.sqrt(corrected / least)) : Number.NaN
}

/**
 * The correlation ratio η of standardised numbers over categories (Fisher 1925): the root of the share of their
 * variance that lies between the categories.
 */
export function correlationRatio({codes, most}: Codes, numbers: Float64Array): number {
  const [counts, sums] = [new Float64Array(most + 1), new Float64Array(most + 1)]
  let squares = 0
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!
    const x = numbers[i]!
    if (code === 0 || Number.isNaN(x)) continue
    counts[code]!++
    sums[code]! += x
    squares += x * x
  }
  let [n, sum, within] = [0, 0, 0]
  for (let code = 1; code <= most; code++) {
    if (counts[code] === 0) continue
    n += counts[code]!
    sum += sums[code]!
    within += sums[code]! ** 2 / counts[code]!
  }
  const [all, between] = [squares - sum ** 2 / n, within - sum ** 2 / n]
  if (!(all > 1e-12 * squares)) return Number.NaN
  return Math.sqrt(Math.max(0, Math.min(1, between / all)))
}
