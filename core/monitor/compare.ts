// Does one feature still look as it did in training? Tests that know how many rows there are, and sizes
// that say whether a difference matters.
import type {
  CategoricalBaseline,
  FeatureBaseline,
  Spread,
  TextBaseline,
} from '../schema/baseline.ts'
import type {Counted, CountedText} from './baseline.ts'
import {chiSquareTail, fisherTail, fisherTwoSided, kolmogorovTail} from './stats.ts'

/** One thing that may have changed about a feature. */
export type Finding = {
  /**
   * `distribution`: of its values. `characters`, `words`: of how long its texts are. `unseen`: categories that
   * training did not have. `missing`: gaps.
   */
  about: 'distribution' | 'characters' | 'words' | 'unseen' | 'missing'
  test: 'Kolmogorov–Smirnov' | 'chi-squared' | 'Fisher'
  statistic: number
  /** Chance of a difference this large when nothing changed; not yet corrected for the other tests. */
  p: number
  /** How large: PSI less what chance alone gives for a distribution, the rise in share for the others. */
  effect: number
  /** Population stability index of a distribution as it is commonly written, over at most ten bins. */
  psi?: number
}

export type Comparison = {
  n: number
  m: number
  /** Whether there were enough values on both sides to compare them. */
  enough: boolean
  /** The largest of its findings. */
  psi: number | undefined
  missing: {before: number; now: number}
  findings: Finding[]
}

/** Bins that the PSI is taken over; ten is its convention. */
const psiBins = 10
/** Pearson's rule: a cell of a chi-squared test should expect at least five. */
const leastExpected = 5

/**
 * Compares rows counted like the baseline with it. `least`: values needed on both sides to test a
 * distribution at all.
 */
export function compare(
  base: FeatureBaseline,
  now: Counted | CountedText,
  least: number,
): Comparison {
  const n = base.n - base.missing
  const m = now.n - now.missing
  const missing = {before: share(base.missing, base.n), now: share(now.missing, now.n)}
  const findings: Finding[] = []
  const enough = n >= least && m >= least
  if (enough) findings.push(...distributions(base, now, n, m))
  if (base.n >= least && now.n >= least)
    findings.push({
      about: 'missing',
      test: 'Fisher',
      statistic: missing.now - missing.before,
      p: fisherTwoSided(base.missing, base.n, now.missing, now.n),
      effect: Math.abs(missing.now - missing.before),
    })
  const stabilities = findings.flatMap(finding => finding.psi ?? [])
  const psi = stabilities.length > 0 ? Math.max(...stabilities) : undefined
  return {n, m, enough, psi, missing, findings}
}

function distributions(
  base: FeatureBaseline,
  now: Counted | CountedText,
  n: number,
  m: number,
): Finding[] {
  // Dates move on by their nature, so their values say nothing about drift.
  if (base.kind === 'date') return []
  if (base.kind === 'text') return texts(base, now as CountedText, n, m)
  const counted = now as Counted
  return 'edges' in base
    ? [{about: 'distribution', ...numeric(base, counted.counts, n, m)}]
    : categorical(base, counted, n, m)
}

/** How long texts are, by either measure: a text that nobody sent before is nothing new by itself. */
const texts = (base: TextBaseline, now: CountedText, n: number, m: number): Finding[] =>
  (['characters', 'words'] as const).map(about => ({
    about,
    ...numeric(base[about], now[about], n, m),
  }))

function numeric(
  base: Spread,
  now: readonly number[],
  n: number,
  m: number,
): Omit<Finding, 'about'> {
  const moved = stability(...merged(base.counts, now), n, m)
  if (base.discrete) return {test: 'chi-squared', ...chiSquared(base.counts, now), ...moved}
  const statistic = distance(base.counts, now, n, m)
  return {test: 'Kolmogorov–Smirnov', statistic, p: kolmogorovTail(statistic, n, m), ...moved}
}

function categorical(base: CategoricalBaseline, now: Counted, n: number, m: number): Finding[] {
  // The last cell holds what the baseline does not name: rare categories, and unseen ones.
  const before = [...base.counts, base.rest.count]
  const after = [...now.counts, now.outside]
  const moved = stability(...top(before, after), n, m)
  // What has no name cannot have a cell of its own: in training an unseen category counts 0 by definition,
  // which would look like a change even without one. With the rare ones it is compared fairly.
  const tested = chiSquared(base.counts, now.counts, [base.rest.count, now.outside])
  const findings: Finding[] = [{about: 'distribution', test: 'chi-squared', ...tested, ...moved}]
  // Where rare categories have no names, an unseen one cannot be told from them.
  if (base.rest.categories === 0) findings.push(unseen(base, now, n, m))
  return findings
}

/**
 * Some unseen categories are to be expected: about as large a share as stood exactly once in training
 * (Good 1953). Only more than that is news.
 */
function unseen(
  {singletons}: CategoricalBaseline,
  {outside}: Counted,
  n: number,
  m: number,
): Finding {
  const expected = (singletons + 1) / (n + 1)
  const rise = outside / m - expected
  return {
    about: 'unseen',
    test: 'Fisher',
    statistic: outside / m,
    p: fisherTail(outside, m, singletons + 1, n + 1),
    effect: Math.max(0, rise),
  }
}

/** Largest distance between two cumulative distributions over the same bins. */
function distance(before: readonly number[], after: readonly number[], n: number, m: number) {
  let [a, b, most] = [0, 0, 0]
  for (const [i, count] of before.entries()) {
    a += count
    b += after[i]!
    most = Math.max(most, Math.abs(a / n - b / m))
  }
  return most
}

/**
 * PSI = Σ (q − p) ln(q / p). Half a row in each bin keeps empty bins finite. Without any drift it is about
 * (1/n + 1/m) χ²(B−1) on average (Yurdakul 2018), so that much is taken off to get the effect.
 */
function stability(before: readonly number[], after: readonly number[], n: number, m: number) {
  const bins = before.length
  let psi = 0
  for (const [i, count] of before.entries()) {
    const p = (count + 0.5) / (n + bins / 2)
    const q = (after[i]! + 0.5) / (m + bins / 2)
    psi += (q - p) * Math.log(q / p)
  }
  return {psi, effect: Math.max(0, psi - (1 / n + 1 / m) * (bins - 1))}
}

/** Neighbouring bins put together until each holds about a tenth of the training rows. */
function merged(before: readonly number[], after: readonly number[]): [number[], number[]] {
  const total = sum(before)
  const [p, q]: [number[], number[]] = [[], []]
  let [a, b] = [0, 0]
  for (const [i, count] of before.entries()) {
    a += count
    b += after[i]!
    // The tolerance keeps a tenth a tenth where rows do not divide evenly.
    if (a < (total / psiBins) * 0.95) continue
    p.push(a)
    q.push(b)
    a = 0
    b = 0
  }
  if (a > 0 || b > 0) {
    p.push(a)
    q.push(b)
  }
  return [p, q]
}

/** The most frequent categories, and all others as one. Both lists start with the most frequent. */
function top(before: readonly number[], after: readonly number[]): [number[], number[]] {
  const last = Math.min(psiBins, before.length) - 1
  const fold = (counts: readonly number[]) => [...counts.slice(0, last), sum(counts.slice(last))]
  return [fold(before), fold(after)]
}

type Cell = [before: number, now: number]

/** Two-sample chi-squared; cells that expect fewer than five in either sample are put together with `pool`. */
function chiSquared(before: readonly number[], after: readonly number[], pool: Cell = [0, 0]) {
  const [n, m] = [sum(before) + pool[0], sum(after) + pool[1]]
  const part = Math.min(n, m) / (n + m)
  const cells: Cell[] = []
  for (const [i, a] of before.entries()) {
    const b = after[i]!
    if ((a + b) * part >= leastExpected) cells.push([a, b])
    else pool = [pool[0] + a, pool[1] + b]
  }
  const rare = pool[0] + pool[1]
  if (rare * part >= leastExpected || cells.length === 0) cells.push(pool)
  else if (rare > 0) {
    // Too few even together: they join the smallest cell.
    const least = cells.reduce((at, cell, i) => (sum(cell) < sum(cells[at]!) ? i : at), 0)
    cells[least] = [cells[least]![0] + pool[0], cells[least]![1] + pool[1]]
  }
  let statistic = 0
  for (const [a, b] of cells) {
    const expected = ((a + b) * n) / (n + m)
    const other = ((a + b) * m) / (n + m)
    if (a + b > 0) statistic += (a - expected) ** 2 / expected + (b - other) ** 2 / other
  }
  return {statistic, p: chiSquareTail(statistic, cells.length - 1)}
}

const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0)
const share = (part: number, whole: number) => (whole > 0 ? part / whole : 0)
