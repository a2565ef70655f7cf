import {expect, test} from 'vitest'
import {normalQuantile} from '../../../core/steps/lib/normal.ts'
import {bestPower, power} from '../../../core/steps/lib/power.ts'

const even = Array.from({length: 199}, (_, i) => ((((i + 1) * 7919) % 1000) + 1) / 100)
const skewed = even.map(x => Math.exp(x / 3))

// References: scipy 1.x, stats.boxcox and stats.yeojohnson on the same values.
test.each([
  ['box-cox', skewed, 0.006889],
  ['box-cox', even.map(x => x * x), 0.355584],
  ['yeo-johnson', skewed.map(x => x - 20), 0.738071],
  ['yeo-johnson', even.map(x => x - 5), 1.005229],
] as const)('the power of greatest likelihood is that of scipy: %s', (family, values, wanted) => {
  expect(Math.abs(bestPower(family, values) - wanted)).toBeLessThan(1e-4)
})

test('the power stays within -5 and 5', () => {
  // scipy finds 23.7 here: any power makes a narrow column look the same.
  expect(
    bestPower(
      'box-cox',
      even.map(x => 1000 + x / 10),
    ),
  ).toBe(5)
})

test('where there is nothing to learn the power is 1', () => {
  for (const family of ['box-cox', 'yeo-johnson'] as const)
    for (const values of [[], [3], [3, 3, 3]]) expect(bestPower(family, values)).toBe(1)
  expect(bestPower('box-cox', [-1, 0, 2])).toBe(1)
})

test('huge and tiny values give a finite power', () => {
  const extreme = [1e-300, 1e-10, 1, 1e10, 1e140, -1e140]
  expect(Math.abs(bestPower('box-cox', extreme))).toBeLessThanOrEqual(5)
  expect(Math.abs(bestPower('yeo-johnson', extreme))).toBeLessThanOrEqual(5)
})

test('Yeo-Johnson is odd about 0 in its two branches', () => {
  for (const lambda of [0, 0.5, 1, 2])
    for (const x of [0.1, 1, 30])
      expect(power('yeo-johnson', 2 - lambda, -x)).toBeCloseTo(-power('yeo-johnson', lambda, x), 12)
})

// References: Python's statistics.NormalDist().inv_cdf.
test.each([
  [1e-300, -37.0470962993612],
  [1e-7, -5.199337582192817],
  [0.05, -1.6448536269514726],
  [0.5, 0],
  [0.93, 1.4757910281791708],
])('the quantile of the normal distribution at %d', (share, wanted) => {
  expect(normalQuantile(share)).toBeCloseTo(wanted, 13)
})
