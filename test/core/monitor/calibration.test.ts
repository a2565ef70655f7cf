// The promise behind every alarm: without drift, at most alpha of the checks raise one.
import {expect, test} from 'vitest'
import {compare, type Finding} from '../../../core/monitor/compare.ts'
import type {FeatureBaseline} from '../../../core/schema/baseline.ts'
import {normal, random} from '../../support/random.ts'

type Draw = (next: () => number) => number | string | null

/** The baseline of some numbers, with one edge at each 40th of them. */
function ofNumbers(values: (number | null)[]): FeatureBaseline {
  const known = values.filter(v => v !== null).sort((a, b) => a - b)
  const edges = [
    ...new Set(
      Array.from({length: 39}, (_, i) => known[Math.floor(((i + 1) * known.length) / 40)]!),
    ),
  ]
  const common = {name: 'x', n: values.length, missing: values.length - known.length}
  const counts = binned(known, edges)
  return {kind: 'number', ...common, edges, counts, discrete: false, mean: 0, sd: 1, min: 0, max: 0}
}

function binned(values: number[], edges: number[]): number[] {
  const counts = new Array<number>(edges.length + 1).fill(0)
  for (const value of values) {
    const at = edges.findIndex(edge => value <= edge)
    counts[at < 0 ? edges.length : at]!++
  }
  return counts
}

function ofText(values: (string | null)[]): FeatureBaseline {
  const seen = new Map<string, number>()
  for (const value of values) if (value !== null) seen.set(value, (seen.get(value) ?? 0) + 1)
  const sorted = [...seen].sort((a, b) => b[1] - a[1])
  return {
    kind: 'category',
    name: 'x',
    n: values.length,
    missing: values.filter(v => v === null).length,
    values: sorted.map(([value]) => value),
    counts: sorted.map(([, count]) => count),
    rest: {categories: 0, count: 0},
    singletons: sorted.filter(([, count]) => count === 1).length,
  }
}

/** p-values of comparing a sample with another of the same source, many times. */
function withoutDrift(draw: Draw, n: number, m: number, times: number): Finding[][] {
  const next = random(20_260)
  return Array.from({length: times}, () => {
    const before = Array.from({length: n}, () => draw(next))
    const after = Array.from({length: m}, () => draw(next))
    const missing = after.filter(v => v === null).length
    const known = after.filter(v => v !== null)
    if (known.some(v => typeof v === 'string')) {
      const base = ofText(before as (string | null)[])
      const names = 'values' in base ? base.values : []
      const counts = names.map(name => known.filter(v => v === name).length)
      const outside = known.length - counts.reduce((a, b) => a + b, 0)
      return compare(base, {n: m, missing, counts, outside}, 20).findings
    }
    const base = ofNumbers(before as (number | null)[])
    const edges = 'edges' in base ? base.edges : []
    const counts = binned(known as number[], edges)
    return compare(base, {n: m, missing, counts, outside: 0}, 20).findings
  })
}

const sources: Record<string, Draw> = {
  normal,
  'heavy-tailed': next => normal(next) / (Math.abs(normal(next)) + 1e-9),
  'rounded to whole numbers': next => Math.round(normal(next) * 3),
  'with gaps': next => (next() < 0.2 ? null : normal(next)),
  'few categories': next => 'aaaabbc'[Math.floor(next() * 7)]!,
  'many rare categories': next => `c${Math.floor(1 / (next() + 0.002))}`,
  'an id': next => `id${next()}`,
}
const sizes: [number, number][] = [
  [230, 25],
  [230, 100],
  [100, 400],
]

for (const [name, draw] of Object.entries(sources))
  test(`no more false alarms than alpha: ${name}`, () => {
    for (const [n, m] of sizes) {
      const times = 600
      const runs = withoutDrift(draw, n, m, times)
      for (const alpha of [0.01, 0.05])
        for (const about of ['distribution', 'unseen', 'missing'] as const) {
          const wrong = runs.filter(found =>
            found.some(f => f.about === about && f.p <= alpha),
          ).length
          // Three standard deviations of the simulation itself.
          const slack = 3 * Math.sqrt((alpha * (1 - alpha)) / times)
          expect(wrong / times, `${about}, ${n} against ${m}, at ${alpha}`).toBeLessThanOrEqual(
            alpha + slack,
          )
        }
    }
  })

test('chance alone gives PSI above its usual thresholds; the effect takes that off', () => {
  const found = withoutDrift(normal, 200, 50, 500).map(
    f => f.find(x => x.about === 'distribution')!,
  )
  const mean = found.reduce((total, f) => total + f.effect, 0) / found.length
  expect(mean).toBeLessThan(0.1)
})
