import {expect, test} from 'vitest'
import {ones} from '../../../core/evaluate/battery.ts'
import {inertia} from '../../../core/evaluate/inertia.ts'
import {silhouette} from '../../../core/evaluate/silhouette.ts'
import {f32} from './cases.ts'

test('silhouettes on a line agree with distances worked by hand', async () => {
  // Clusters {0, 1} and {4, 6}.
  const [first, second, third, fourth] = await silhouette(f32(0, 1, 4, 6), 1, [0, 0, 1, 1])
  expect(first).toBeCloseTo((5 - 1) / 5, 12)
  expect(second).toBeCloseTo((4 - 1) / 4, 12)
  expect(third).toBeCloseTo((3.5 - 2) / 3.5, 12)
  expect(fourth).toBeCloseTo((5.5 - 2) / 5.5, 12)
})

test('distances are Euclidean over all features', async () => {
  const [first] = await silhouette(f32(0, 0, 3, 4, 6, 8, 6, 8), 2, [0, 0, 1, 1])
  expect(first).toBeCloseTo((10 - 5) / 10, 12)
})

test('a row alone in its cluster has the silhouette 0; a cluster without rows is passed over', async () => {
  const made = await silhouette(f32(0, 5, 6), 1, [0, 2, 2])
  expect(made[0]).toBe(0)
  expect(made[1]).toBeCloseTo((5 - 1) / 5, 12)
})

test('equal rows in two clusters have the silhouette 0', async () => {
  expect(Array.from(await silhouette(f32(1, 1, 1, 1), 1, [0, 0, 1, 1]))).toEqual([0, 0, 0, 0])
})

test('silhouettes are undefined for one cluster, and where each row is its own', async () => {
  expect(Array.from(await silhouette(f32(1, 2), 1, [0, 0]))).toEqual([Number.NaN, Number.NaN])
  expect(Array.from(await silhouette(f32(1, 2), 1, [0, 1]))).toEqual([Number.NaN, Number.NaN])
})

test('inertia is the sum of squared distances', () => {
  expect(inertia([1, 2, 3])(ones(3))).toBe(14)
})
