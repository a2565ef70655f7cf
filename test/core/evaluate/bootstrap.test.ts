import {expect, test} from 'vitest'
import {battery, meanOf, ones} from '../../../core/evaluate/battery.ts'
import {bootstrap, repeatsFor, resampleInto} from '../../../core/evaluate/bootstrap.ts'
import {quantile} from '../../../core/evaluate/quantile.ts'
import {below, random, sampleOf} from '../../../core/evaluate/random.ts'
import {quiet} from './cases.ts'

const meanBattery = (values: Float64Array) =>
  battery(values.length, [{name: 'mean', better: 'high', measure: meanOf(values)}])

test('the interval of a mean is close to the normal one', async () => {
  const draw = random(3)
  const values = Float64Array.from({length: 400}, () => draw() / 2 ** 32)
  const mean = meanOf(values)(ones(400))
  const [interval] = await bootstrap(
    meanBattery(values),
    ones(400),
    {seed: 1, level: 0.95, repeats: 2000},
    quiet(),
  )
  // Uniform on [0, 1): sd 1/√12, so the half width is 1.96 / √(12 · 400).
  const half = 1.96 / Math.sqrt(12 * 400)
  expect(interval!.low).toBeCloseTo(mean - half, 2)
  expect(interval!.high).toBeCloseTo(mean + half, 2)
})

test('about 95 of 100 intervals hold the true mean', async () => {
  const draw = random(11)
  let held = 0
  for (let trial = 0; trial < 200; trial++) {
    const values = Float64Array.from({length: 100}, () => draw() / 2 ** 32)
    const [interval] = await bootstrap(
      meanBattery(values),
      ones(100),
      {seed: trial, level: 0.95, repeats: 300},
      quiet(),
    )
    if (interval!.low! <= 0.5 && 0.5 <= interval!.high!) held++
  }
  // Binomial(200, 0.95): 180 to 199 holds all but one in a thousand; percentile intervals run a little narrow.
  expect(held).toBeGreaterThanOrEqual(176)
  expect(held).toBeLessThanOrEqual(199)
})

test('a resample draws as many rows as there are, each about once, in every block', () => {
  for (const rows of [1, 100, 50_000]) {
    const counts = new Uint16Array(rows)
    resampleInto(counts, random(5))
    expect(counts.reduce((a, b) => a + b, 0)).toBe(rows)
    if (rows < 1000) continue
    // A row is left out with a chance of 1/e, whichever block it lies in; the last one is short.
    for (const from of [0, 4096, 49_152]) {
      const part = counts.subarray(from, from + 4096)
      const left = part.filter(n => n === 0).length / part.length
      expect(Math.abs(left - 1 / Math.E)).toBeLessThan(4 / Math.sqrt(part.length) / 2)
    }
  }
})

test('one seed gives one interval, another seed another', async () => {
  const values = Float64Array.from({length: 50}, (_, i) => i)
  const make = (seed: number) =>
    bootstrap(meanBattery(values), ones(50), {seed, level: 0.9, repeats: 200}, quiet())
  expect(await make(7)).toEqual(await make(7))
  expect(await make(8)).not.toEqual(await make(7))
})

test('a higher level gives a wider interval', async () => {
  const values = Float64Array.from({length: 50}, (_, i) => i)
  const make = async (level: number) => {
    const spec = {seed: 7, level, repeats: 500}
    const [interval] = await bootstrap(meanBattery(values), ones(50), spec, quiet())
    return interval!.high! - interval!.low!
  }
  expect(await make(0.99)).toBeGreaterThan(await make(0.8))
})

test('where all resamples agree, or many are undefined, there is no interval', async () => {
  const never = {
    name: 'sometimes',
    better: 'high' as const,
    measure: (w: Float64Array) => (w[0] === 0 ? Number.NaN : w[0]!),
  }
  const made = await bootstrap(
    battery(20, [
      {name: 'constant', better: 'high', measure: meanOf(new Float64Array(20).fill(1))},
      never,
    ]),
    ones(20),
    {seed: 1, level: 0.95, repeats: 200},
    quiet(),
  )
  expect(made).toEqual([{none: 'constant'}, {none: 'undefined'}])
})

test('a stopped bootstrap throws', async () => {
  const stop = new AbortController()
  const slow = {
    name: 'slow',
    better: 'high' as const,
    measure: () => {
      const until = performance.now() + 60
      while (performance.now() < until);
      return 0
    },
  }
  const made = bootstrap(
    battery(1, [slow]),
    ones(1),
    {seed: 1, level: 0.95, repeats: 1000},
    {signal: stop.signal, tell: () => stop.abort()},
  )
  await expect(made).rejects.toMatchObject({name: 'AbortError'})
})

test('repeats fall from 1,000 to no fewer than 200 as rows grow', () => {
  expect(repeatsFor(10_000, 6)).toBe(1000)
  expect(repeatsFor(50_000, 6)).toBe(333)
  expect(repeatsFor(10_000_000, 6)).toBe(200)
})

test('quantiles lie linearly between neighbours', () => {
  expect([0, 0.25, 0.5, 1].map(q => quantile([1, 2, 4, 8], q))).toEqual([1, 1.75, 3, 8])
})

test('random integers repeat for a seed, fill their range, and differ between near seeds', () => {
  const take = (seed: number) => {
    const draw = random(seed)
    return Array.from({length: 6000}, () => below(draw, 6))
  }
  expect(take(1)).toEqual(take(1))
  expect(take(2)).not.toEqual(take(1))
  const counts = [0, 1, 2, 3, 4, 5].map(k => take(1).filter(v => v === k).length)
  // χ² with 5 degrees of freedom stays below 20.5 in 999 of 1,000 cases.
  expect(counts.reduce((a, n) => a + (n - 1000) ** 2 / 1000, 0)).toBeLessThan(20.5)
})

test('a sample holds different rows in rising order, and all rows when asked for more', () => {
  const sample = Array.from(sampleOf(100, 10, 4))
  expect(new Set(sample).size).toBe(10)
  expect(sample).toEqual([...sample].sort((a, b) => a - b))
  expect(Array.from(sampleOf(3, 9, 4))).toEqual([0, 1, 2])
})
