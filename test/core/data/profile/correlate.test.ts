// Every measure beside the figure that its formula gives by hand.
import {expect, test} from 'vitest'
import {profile} from '../../../../core/data/profile/index.ts'
import type {Row} from '../../../../core/plugin.ts'
import type {Correlation} from '../../../../core/schema/profile.ts'
import {session} from '../../../support/step.ts'
import {tableOf} from '../../../support/table.ts'

const task = {signal: new AbortController().signal, tell: () => {}}

async function correlations(rows: Row[], types?: Record<string, string>) {
  const db = await session()
  const {correlations} = await profile(db, await tableOf(db, rows, types), task)
  return (measure: Correlation['measure'], a: string, b: string) =>
    correlations.find(c => c.measure === measure && c.a === a && c.b === b)?.value
}

test('Pearson is the covariance over both spreads', async () => {
  // Deviations -2 -1 0 1 2 and -2 0 -1 2 1: products 4 + 0 + 0 + 2 + 2 = 8, squares 10 each.
  const value = await correlations([2, 4, 3, 6, 5].map((y, i) => ({x: i + 1, y})))
  expect(value('pearson', 'x', 'y')).toBeCloseTo(8 / 10, 12)
  expect(value('spearman', 'x', 'y')).toBeCloseTo(8 / 10, 12)
})

test('a rising curve has the ranks of a line, and only the ranks', async () => {
  const value = await correlations([1, 2, 3, 4, 5].map(x => ({x, y: x ** 4, z: -x})))
  // Σ(x - 3)(x⁴ - 195.8) = 1488, over √(10 · 271594.8): the deviations of 1, 16, 81, 256, 625.
  const y = [1, 16, 81, 256, 625].map(v => v - 195.8)
  const [xy, yy] = [y.reduce((s, v, i) => s + v * (i - 2), 0), y.reduce((s, v) => s + v * v, 0)]
  expect(value('pearson', 'x', 'y')).toBeCloseTo(xy / Math.sqrt(10 * yy), 12)
  expect(value('spearman', 'x', 'y')).toBeCloseTo(1, 12)
  expect(value('spearman', 'y', 'z')).toBeCloseTo(-1, 12)
})

test('equal values share their mean rank', async () => {
  // Ranks 1.5 1.5 3 4 and 1 2 3.5 3.5: Σd² = 1, both with Σ(r - 2.5)² = 4.5, product sum 4.
  const value = await correlations([
    {x: 1, y: 10},
    {x: 1, y: 20},
    {x: 2, y: 30},
    {x: 3, y: 30},
  ])
  expect(value('spearman', 'x', 'y')).toBeCloseTo(4 / 4.5, 12)
})

test('only rows with both values count', async () => {
  const rows = [1, 2, 3, 4].map(x => ({x, y: 2 * x}))
  const value = await correlations([...rows, {x: 1000, y: null}, {x: null, y: -77}])
  expect(value('pearson', 'x', 'y')).toBeCloseTo(1, 12)
})

test('a column that is constant where the other has values has no correlation', async () => {
  const value = await correlations([
    {x: 0.1, y: 1},
    {x: 0.1, y: 2},
    {x: 0.1, y: 3},
    {x: 5, y: null},
  ])
  expect(value('pearson', 'x', 'y')).toBeUndefined()
})

test('a column of infinities leaves the others alone', async () => {
  const types = {x: 'DOUBLE', y: 'DOUBLE'}
  const rows = [1, 2, 3, 4].map(x => ({x, y: x === 2 ? Number.POSITIVE_INFINITY : -x}))
  expect((await correlations(rows, types))('pearson', 'x', 'y')).toBeCloseTo(-1, 12)
})

/** Rows of a contingency table. */
const table = (counts: number[][]) =>
  counts.flatMap((row, i) =>
    row.flatMap((n, j) => Array.from({length: n}, () => ({a: `a${i}`, b: `b${j}`}))),
  )

test('Cramér’s V has the correction of Bergsma', async () => {
  // χ² of 30 10 / 20 40 is 100 (30·40 - 10·20)² / (40·60·50·50) = 16.667, φ² = 1/6; with two by two and
  // n = 100: φ̃² = 1/6 - 1/99, r̃ = k̃ = 2 - 1/99.
  const value = await correlations(
    table([
      [30, 10],
      [20, 40],
    ]),
  )
  expect(value('cramers-v', 'a', 'b')).toBeCloseTo(Math.sqrt((1 / 6 - 1 / 99) / (1 - 1 / 99)), 12)
})

test('categories that have nothing to do with each other have a V of 0, and the same ones of 1', async () => {
  expect(
    (
      await correlations(
        table([
          [5, 5],
          [5, 5],
        ]),
      )
    )('cramers-v', 'a', 'b'),
  ).toBe(0)
  const same = await correlations(
    table([
      [9, 0, 0],
      [0, 9, 0],
      [0, 0, 9],
    ]),
  )
  expect(same('cramers-v', 'a', 'b')).toBeCloseTo(1, 12)
})

test('the correlation ratio is the share of variance between the categories, as a root', async () => {
  // The classic example: scores in algebra, geometry and statistics; 9640 of 9640, 6780 between.
  const scores = {
    algebra: [45, 70, 29, 15, 21],
    geometry: [40, 20, 30, 42],
    statistics: [65, 95, 80, 70, 85, 73],
  }
  const rows = Object.entries(scores).flatMap(([a, xs]) => xs.map(x => ({a, x})))
  expect((await correlations(rows))('correlation-ratio', 'a', 'x')).toBeCloseTo(
    Math.sqrt(6780 / 9640),
    12,
  )
})

test('true and false are categories', async () => {
  const value = await correlations([1, 2, 3, 10, 11, 12].map(x => ({b: x > 5, x})))
  // Means 2 and 11 around 6.5, variance within 2/3 each: 20.25 / (20.25 + 2/3).
  expect(value('correlation-ratio', 'b', 'x')).toBeCloseTo(Math.sqrt(20.25 / (20.25 + 2 / 3)), 12)
})
