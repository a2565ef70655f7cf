// Whole trainings, step by step: the compiled engine and TensorFlow.js from the same weights on the same batches.
import fc from 'fast-check'
import {expect, test} from 'vitest'
import {batches} from '../../../../core/train/batches.ts'
import {apply} from '../../../../core/train/compiled/layer.ts'
import {optimizers} from '../../../../core/train/compiled/optimizers/index.ts'
import {mix, permutation, random} from '../../../../core/train/random.ts'
import {type Recipe, type RecipeSpec, toRecipe} from '../../../../core/train/recipe.ts'
import {learningRate} from '../../../../core/train/schedule.ts'
import type {Stepper} from '../../../../core/train/stepper.ts'
import {compiled, distance, network, reference, rowsFor} from './support.ts'

const features = 5
const perEpoch = 5

type Net = {
  hidden?: readonly number[]
  activation?: 'relu' | 'tanh' | 'elu'
  batchNorm?: boolean
  seed?: number
}

/** What both engines make of some steps of a recipe: see `after`. */
async function both(spec: RecipeSpec, steps: number, net: Net = {}) {
  const {hidden = [8], activation = 'tanh', batchNorm = true, seed = 1} = net
  const classes = {'cross-entropy': 3, 'binary-cross-entropy': 2}[spec.loss as string]
  const {model} = await network(
    [[features]],
    (tf, [x]) =>
      hidden.reduce((value, units) => {
        // Batch normalisation takes a bias away again: its gradient is rounding, which Adam makes steps of.
        const sums = apply(tf.layers.dense({units, useBias: !batchNorm}), value)
        const even = batchNorm ? apply(tf.layers.batchNormalization({}), sums) : sums
        return apply(tf.layers.activation({activation}), even)
      }, x!),
    {
      outputs: classes === 3 ? 3 : 1,
      activation: classes === 3 ? 'softmax' : classes ? 'sigmoid' : 'linear',
      seed,
    },
  )
  const recipe = toRecipe({epochs: 20, ...spec})
  const rows = rowsFor(60, features, {classes, weighted: true, seed})
  const held = rowsFor(30, features, {classes, seed: seed + 1})
  const mine = await after(await compiled(model, spec, {features, weighted: true}))
  const theirs = await after(await reference(model, spec, {classes}))
  return {mine, theirs}

  /** The weights after the steps, as they were and as they moved; the losses on the way; held rows' loss. */
  async function after(stepper: Stepper) {
    const begin = stepper.read().params
    const parts = batches(rows.rows, rows.rows / perEpoch)
    const losses: number[] = []
    for (let t = 0; t < steps; t += perEpoch) {
      const found = await stepper.step({
        rows,
        order: permutation(rows.rows, random(mix(seed, t))),
        ranges: Int32Array.from(parts.flatMap(({from, to}) => [from, to])),
        first: t + 1,
        rates: Float64Array.from(parts, (_, i) => learningRate(recipe, t + i, perEpoch)),
      })
      losses.push(...found.map(m => m.loss))
    }
    const {params, average, slots, kept} = stepper.read()
    const held_ = await stepper.measure(held)
    return {params, average, slots, kept, losses, held: held_, moved: distance(params, begin)}
  }
}

/**
 * How far apart 50 steps may end, relative to the weights' size. Rounding differs (sums in another order,
 * Adam's corrections in float32 in tfjs): 1e-7 was seen, and 1.5e-6 for Adam, which divides small gradients
 * by small roots; the steps move the weights by more than 0.1. A step of Lion has one length whatever the
 * gradient, so that rounding around zero may turn one of its 57 numbers around: 5e-4 was seen.
 */
const near = (optimizer: Recipe['optimizer'] = 'sgd') => (optimizer === 'lion' ? 3e-3 : 2e-5)

const losses = ['cross-entropy', 'binary-cross-entropy', 'squared-error'] as const
const rates: Record<Recipe['optimizer'], number> = {
  sgd: 0.05,
  adam: 0.01,
  adamw: 0.01,
  rmsprop: 0.005,
  adagrad: 0.05,
  lion: 0.002,
}

for (const optimizer of Object.keys(optimizers) as Recipe['optimizer'][])
  for (const loss of losses)
    test(`50 steps of ${optimizer} on ${loss} lead where those of tfjs lead`, async () => {
      const spec = {
        loss,
        optimizer,
        learningRate: rates[optimizer],
        momentum: 0.9,
        nesterov: true,
        weightDecay: 0.01,
      }
      const {mine, theirs} = await both(spec, 50)
      expect(mine.moved).toBeGreaterThan(0.1)
      expect(distance(mine.params, theirs.params)).toBeLessThan(near(optimizer))
      expect(distance(mine.losses, theirs.losses)).toBeLessThan(near(optimizer))
      if (mine.kept.length > 0)
        expect(distance(mine.kept, theirs.kept)).toBeLessThan(near(optimizer))
      expect(mine.held.loss / theirs.held.loss).toBeCloseTo(1, 2)
    })

const more: Record<string, Partial<Recipe>> = {
  'plain descent': {},
  momentum: {momentum: 0.9},
  'an L2 cost': {weightDecay: 0.1},
  'an L1 cost': {l1: 0.01},
  'decoupled decay': {optimizer: 'adamw', weightDecay: 0.5, learningRate: 0.01},
  'a short gradient': {clipNorm: 0.1, momentum: 0.9},
  'small numbers in the gradient': {clipValue: 0.01},
  'smoothed labels': {labelSmoothing: 0.2},
  'a running mean of the weights': {ema: 0.95},
  'one cycle': {schedule: 'one-cycle'},
  'a warm-up': {schedule: 'cosine', warmup: 0.3},
}
let plain: ReturnType<typeof both> | undefined
for (const [name, change] of Object.entries(more))
  test(`50 steps with ${name} lead where those of tfjs lead, and elsewhere than without`, async () => {
    const spec = {loss: 'cross-entropy', optimizer: 'sgd', learningRate: 0.05} as const
    const {mine, theirs} = await both({...spec, ...change}, 50)
    expect(distance(mine.params, theirs.params)).toBeLessThan(near())
    expect(mine.held.loss / theirs.held.loss).toBeCloseTo(1, 3)
    if (change.ema) {
      expect(distance(mine.average!, theirs.average!)).toBeLessThan(near())
      expect(distance(mine.average!, mine.params)).toBeGreaterThan(0.005)
    } else if (Object.keys(change).length > 0) {
      plain ??= both(spec, 50)
      expect(distance(mine.params, (await plain).mine.params)).toBeGreaterThan(0.01)
    }
  })

test('any small recipe leads where tfjs leads', async () => {
  const recipe = fc.record({
    loss: fc.constantFrom(...losses),
    optimizer: fc.constantFrom(
      'sgd' as const,
      'adam' as const,
      'rmsprop' as const,
      'adagrad' as const,
    ),
    learningRate: fc.constantFrom(0.001, 0.01),
    momentum: fc.constantFrom(0, 0.9),
    nesterov: fc.boolean(),
    schedule: fc.constantFrom('constant' as const, 'step' as const, 'one-cycle' as const),
    warmup: fc.constantFrom(0, 0.2),
    weightDecay: fc.constantFrom(0, 0.01),
    l1: fc.constantFrom(0, 0.001),
    clipNorm: fc.constantFrom(0, 0.5),
    ema: fc.constantFrom(0, 0.9),
    labelSmoothing: fc.constantFrom(0, 0.1),
  })
  const net = fc.record({
    hidden: fc.array(fc.integer({min: 1, max: 9}), {maxLength: 3}),
    activation: fc.constantFrom('relu' as const, 'tanh' as const, 'elu' as const),
    batchNorm: fc.constant(false),
    seed: fc.integer({min: 1, max: 1000}),
  })
  await fc.assert(
    fc.asyncProperty(recipe, net, async (spec, net) => {
      const {mine, theirs} = await both(spec, 10, net)
      expect(distance(mine.params, theirs.params)).toBeLessThan(near())
      expect(distance(mine.losses, theirs.losses)).toBeLessThan(near())
    }),
    {numRuns: 12, seed: 1},
  )
})

for (const optimizer of Object.keys(optimizers) as Recipe['optimizer'][])
  test(`a snapshot put back goes on bit for bit in both engines: ${optimizer}`, async () => {
    const {model} = await network(
      [[features]],
      (tf, [x]) =>
        apply(tf.layers.dropout({rate: 0.3}), apply(tf.layers.batchNormalization({}), x!)),
      {outputs: 3},
    )
    const spec = {loss: 'cross-entropy', optimizer, momentum: 0.9, ema: 0.9} as const
    const rows = rowsFor(60, features, {classes: 3})
    const order = permutation(60, random(1))
    const ranges = Int32Array.of(0, 20, 20, 40, 40, 60)
    const rates = Float64Array.of(0.01, 0.02, 0.03)
    for (const open of [
      () => compiled(model, spec, {features}),
      () => reference(model, spec, {classes: 3}),
    ]) {
      const stepper = await open()
      const begin = stepper.read()
      await stepper.step({rows, order, ranges, rates, first: 1})
      const middle = stepper.read()
      await stepper.step({rows, order, ranges, rates, first: 4})
      const end = stepper.read()
      expect(end.params).not.toEqual(middle.params)
      stepper.write(begin)
      const other = await open()
      other.write(middle)
      await other.step({rows, order, ranges, rates, first: 4})
      expect(other.read()).toEqual(end)
    }
  })
