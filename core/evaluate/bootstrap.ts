// How sure a metric is: the spread that it has over resamples of the test rows.

import {breathe} from '../breathe.ts'
import type {Task} from '../plugin.ts'
import {progressOf, says} from '../words/says.ts'
import type {Battery} from './battery.ts'
import {quantile} from './quantile.ts'
import {below, type Random, random} from './random.ts'

export type BootstrapSpec = {
  seed: number
  /** Share of the distribution between the ends, such as 0.95. */
  level: number
  repeats: number
}

/** One interval a metric; absent where the resamples cannot give one, with the reason. */
export type Interval =
  | {low: number; high: number}
  | {low?: undefined; high?: undefined; none: 'constant' | 'undefined' | 'unfair'}

/**
 * Percentile bootstrap (Efron and Tibshirani 1993, ch. 13): rows are drawn with replacement, as many as
 * there are, and the interval lies between the (1 ± level)/2 quantiles of the metric over the resamples.
 *
 * Resampling is not stratified by class: the test rows' class shares are themselves a draw, and fixing
 * them would hide that part of the uncertainty. A resample in which a metric is undefined (no row of a
 * rare class) is left out; where more than one in twenty are, or where all resamples agree, there is no
 * interval, since it would claim more than is known.
 *
 * All metrics see the same resamples, so their intervals belong together. A resample is a count for
 * each row, multiplied into `weights`: nothing is copied or sorted again.
 */
export async function bootstrap(
  battery: Battery,
  weights: Float64Array,
  {seed, level, repeats}: BootstrapSpec,
  {signal, tell}: Task,
): Promise<Interval[]> {
  const {rows, metrics} = battery
  const draw = random(seed)
  const values = metrics.map(() => new Float64Array(repeats))
  const counts = new Uint16Array(rows)
  const resample = new Float64Array(rows)
  const turn = breathe(signal)
  for (let r = 0; r < repeats; r++) {
    resampleInto(counts, draw)
    for (let i = 0; i < rows; i++) resample[i] = counts[i]! * weights[i]!
    for (const [m, value] of battery.at(resample, {resampled: true}).entries())
      values[m]![r] = value
    const waiting = turn()
    if (waiting) {
      await waiting
      tell(progressOf(says`resample ${r} of ${repeats}`, {done: r / repeats}))
    }
  }
  return metrics.map(({interval}, m) =>
    interval === false ? {none: 'unfair'} : percentile(values[m]!, level),
  )
}

/**
 * 1,000 repeats, or as many as fit a budget of row visits, but not fewer than 200 (Efron and Tibshirani:
 * 50 to 200 give a fair spread, 1,000 a fair quantile). `passes`: visits of a row in one repeat.
 */
export const repeatsFor = (rows: number, passes: number) =>
  Math.min(1000, Math.max(200, Math.floor(100_000_000 / Math.max(1, rows * passes))))

/**
 * How often each row is drawn, when as many are drawn as there are: a multinomial draw. First the
 * blocks of 4,096 rows are drawn and then the rows within each, so that the random writes of millions
 * of rows stay in the processor's cache.
 */
export function resampleInto(counts: Uint16Array, draw: Random) {
  const rows = counts.length
  counts.fill(0)
  if (rows <= 4 * block) {
    for (let i = 0; i < rows; i++) counts[below(draw, rows)]!++
    return
  }
  const drawn = new Uint32Array(Math.ceil(rows / block))
  for (let i = 0; i < rows; i++) drawn[Math.floor(below(draw, rows) / block)]!++
  for (const [b, n] of drawn.entries()) {
    const from = b * block
    const size = Math.min(block, rows - from)
    for (let i = 0; i < n; i++) counts[from + below(draw, size)]!++
  }
}
const block = 4096

function percentile(values: Float64Array, level: number): Interval {
  const known = values.filter(v => !Number.isNaN(v)).sort()
  if (known.length < values.length * 0.95) return {none: 'undefined'}
  if (known[0] === known.at(-1)) return {none: 'constant'}
  return {low: quantile(known, (1 - level) / 2), high: quantile(known, (1 + level) / 2)}
}
