import fc from 'fast-check'
import {expect, test} from 'vitest'
import {batches} from '../../../core/train/batches.ts'
import {permutation, random} from '../../../core/train/random.ts'

test('batches cover every row once, none is too large, and none is much smaller than another', () => {
  fc.assert(
    fc.property(fc.integer({min: 1, max: 5000}), fc.integer({min: 1, max: 600}), (rows, size) => {
      const made = batches(rows, size)
      expect(made[0]!.from).toBe(0)
      expect(made.at(-1)!.to).toBe(rows)
      made.slice(1).forEach((batch, i) => {
        expect(batch.from).toBe(made[i]!.to)
      })
      const sizes = made.map(({from, to}) => to - from)
      expect(Math.max(...sizes)).toBeLessThanOrEqual(size)
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
    }),
  )
})

test('a permutation holds each row once and repeats for its seed', () => {
  const order = permutation(1000, random(3))
  expect([...order].sort((a, b) => a - b)).toEqual(Array.from({length: 1000}, (_, i) => i))
  expect(permutation(1000, random(3))).toEqual(order)
  expect(permutation(1000, random(4))).not.toEqual(order)
})
