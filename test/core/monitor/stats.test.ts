import {expect, test} from 'vitest'
import {
  chiSquareTail,
  fisherTail,
  fisherTwoSided,
  holm,
  kolmogorovTail,
  logGamma,
} from '../../../core/monitor/stats.ts'

// Expected values: SciPy 1.11 (gammaln, chi2.sf, kstwobign.sf, fisher_exact, hypergeom.sf).
test('ln Γ', () => {
  expect(logGamma(10)).toBeCloseTo(Math.log(362_880), 12)
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 12)
})

test('the tail of χ², by series and by continued fraction', () => {
  expect(chiSquareTail(3.841458820694124, 1)).toBeCloseTo(0.05, 12)
  expect(chiSquareTail(10, 5)).toBeCloseTo(0.07523524614651217, 12)
  expect(chiSquareTail(2, 2)).toBeCloseTo(Math.exp(-1), 12)
  expect(chiSquareTail(60, 2) / Math.exp(-30)).toBeCloseTo(1, 10)
  expect(chiSquareTail(0, 3)).toBe(1)
})

test('the tail of the Kolmogorov distribution', () => {
  // With many rows the correction vanishes, and √(nm/(n+m)) · d is the argument itself.
  const [n, m] = [1e12, 1e12]
  const at = (t: number) => kolmogorovTail(t / Math.sqrt((n * m) / (n + m)), n, m)
  expect(at(1)).toBeCloseTo(0.26999967167735456, 6)
  expect(at(1.6276)).toBeCloseTo(0.01, 4)
  expect(at(0)).toBe(1)
})

test('Fisher’s exact test', () => {
  expect(fisherTwoSided(8, 10, 1, 6)).toBeCloseTo(0.03496503496503495, 10)
  expect(fisherTwoSided(0, 50, 0, 60)).toBeCloseTo(1, 10)
  expect(fisherTail(8, 10, 1, 6)).toBeCloseTo(0.02447552447552448, 10)
  // Many rows: the chi-squared form takes over and agrees.
  expect(fisherTwoSided(210, 1000, 250, 1000)).toBeCloseTo(0.0334, 2)
})

test('Holm’s correction', () => {
  const adjusted = holm([0.01, 0.04, 0.03, 0.005])
  for (const [i, p] of [0.03, 0.06, 0.06, 0.02].entries()) expect(adjusted[i]).toBeCloseTo(p, 12)
})
