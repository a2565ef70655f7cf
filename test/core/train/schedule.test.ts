import {expect, test} from 'vitest'
import {type Recipe, toRecipe} from '../../../core/train/recipe.ts'
import {learningRate} from '../../../core/train/schedule.ts'

const all = ['constant', 'step', 'cosine', 'linear', 'one-cycle'] as const
/** The rates of all steps: 10 epochs of 10 steps, at a height of 0.1. */
const rates = (spec: Partial<Recipe>) => {
  const recipe = toRecipe({loss: 'squared-error', learningRate: 0.1, epochs: 10, ...spec})
  return Array.from({length: 100}, (_, t) => learningRate(recipe, t, 10))
}

test('without a warm-up a schedule begins at the learning rate; cosine and linear end near zero', () => {
  for (const schedule of ['constant', 'step', 'cosine', 'linear'] as const)
    expect(rates({schedule})[0]).toBe(0.1)
  expect(rates({schedule: 'constant'})[99]).toBe(0.1)
  expect(rates({schedule: 'cosine'})[50]).toBeCloseTo(0.05, 9)
  expect(rates({schedule: 'cosine'})[99]).toBeLessThan(1e-4)
  expect(rates({schedule: 'linear'})[75]).toBeCloseTo(0.025, 9)
})

test('a step schedule falls after every so many epochs', () => {
  const found = rates({schedule: 'step', stepEvery: 4, stepFactor: 0.5})
  expect([found[39], found[40], found[79], found[80]]).toEqual([0.1, 0.05, 0.05, 0.025])
})

test('one cycle rises to the learning rate and falls far below where it began', () => {
  const found = rates({schedule: 'one-cycle'})
  expect(found[0]).toBeCloseTo(0.1 / 25, 9)
  expect(found[30]).toBeCloseTo(0.1, 9)
  expect(found[99]).toBeLessThan(0.1 / 1000)
  expect(rates({schedule: 'one-cycle', warmup: 0.5})[50]).toBeCloseTo(0.1, 9)
})

for (const schedule of all)
  test(`${schedule}: a warm-up rises from the first step on, and no rate is above the height`, () => {
    const found = rates({schedule, warmup: 0.2})
    expect(found[0]).toBeGreaterThan(0)
    for (let t = 1; t < 20; t++) expect(found[t]).toBeGreaterThan(found[t - 1]!)
    expect(Math.max(...found)).toBeCloseTo(0.1, 9)
    for (let t = 21; t < 100; t++) expect(found[t]).toBeLessThanOrEqual(found[t - 1]!)
  })
