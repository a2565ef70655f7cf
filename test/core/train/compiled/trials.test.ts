// Two trials in one program take the steps that each would take alone.
import {InferenceSession, Tensor} from 'onnxruntime-node'
import {expect, test} from 'vitest'
import type {Matrix} from '../../../../core/plugin.ts'
import {apply} from '../../../../core/train/compiled/layer.ts'
import {losses} from '../../../../core/train/compiled/losses/index.ts'
import {stepNumbers} from '../../../../core/train/compiled/optimizer.ts'
import {optimizers} from '../../../../core/train/compiled/optimizers/index.ts'
import {compile} from '../../../../core/train/compiled/program.ts'
import {toRecipe} from '../../../../core/train/recipe.ts'
import type {Snapshot} from '../../../../core/train/stepper.ts'
import {compiled, distance, network, rowsFor} from './support.ts'

const features = 4
const costs = {weightDecay: 0.01, l1: 0.01, clipNorm: 0.2, clipValue: 0.1, ema: 0.9}
const cases = [
  ...Object.keys(optimizers).map(optimizer => ({optimizer, loss: 'cross-entropy'})),
  ...Object.keys(losses).map(loss => ({optimizer: 'sgd', loss})),
]

for (const {optimizer, loss} of cases)
  test(`two trials of ${optimizer} on ${loss}, each at its own rate, do as they do alone`, async () => {
    const [{outputs, ends, targets, recipe: own}] = losses[loss]!.examples
    const {model} = await network(
      [[features]],
      (tf, [x]) => apply(tf.layers.batchNormalization({}), x!),
      {outputs, activation: ends},
    )
    const spec = {...own, ...costs, loss, optimizer, momentum: 0.9} as Parameters<
      typeof toRecipe
    >[0]
    const classes = typeof targets === 'object' ? targets.classes : undefined
    const rows = rowsFor(24, features, {classes, counts: targets === 'counts', weighted: true})
    const order = Int32Array.from({length: 24}, (_, i) => (5 * i) % 24)
    const ranges = Int32Array.of(0, 8, 8, 16, 16, 24)
    const rates = [
      [0.01, 0.02, 0.03],
      [0.1, 0.05, 0.02],
    ]

    const alone = []
    let begin: Snapshot | undefined
    for (const each of rates) {
      const stepper = await compiled(model, spec, {features, weighted: true})
      begin = stepper.read()
      const found = await stepper.step({
        rows,
        order,
        ranges,
        first: 1,
        rates: Float64Array.from(each),
      })
      const held = await stepper.measure(rows)
      alone.push({...stepper.read(), losses: found.map(m => m.loss), held: held.loss})
    }

    const recipe = toRecipe(spec)
    const program = compile({model, recipe, features, weighted: true, trials: 2})
    const session = await InferenceSession.create(program.bytes, {logSeverityLevel: 3})
    const twice = (v: Float32Array) => new Tensor('float32', [...v, ...v], [2, v.length])
    const numbers = rates.map(each =>
      each.map((rate, t) => stepNumbers(recipe, optimizers[optimizer]!, rate, t + 1)),
    )
    const wide = numbers[0]![0]!.length
    const steps = [0, 1, 2].flatMap(t =>
      Array.from({length: wide}, (_, j) => [numbers[0]![t]![j]!, numbers[1]![t]![j]!]).flat(),
    )
    const int64 = (n: number) => new Tensor('int64', BigInt64Array.of(BigInt(n)), [])
    const found = await session.run({
      ...feeds('', rows),
      ...feeds('v', rows),
      order: new Tensor('int32', order, [24]),
      ranges: new Tensor('int64', BigInt64Array.from(ranges, BigInt), [3, 2]),
      steps: new Tensor('float32', steps, [3, wide, 2]),
      count: int64(3),
      params: twice(begin!.params),
      average: twice(begin!.average!),
      kept: twice(begin!.kept),
      ...Object.fromEntries(begin!.slots.map((slot, i) => [`slot_${i}`, twice(slot)])),
      vranges: new Tensor('int64', BigInt64Array.of(0n, 24n), [1, 2]),
      vcount: int64(1),
    })
    const of = (name: string, trial: number) => {
      const all = found[name]!.data as Float32Array
      return all.slice((trial * all.length) / 2, ((trial + 1) * all.length) / 2)
    }
    for (const [trial, one] of alone.entries()) {
      expect(distance(of('new_params', trial), one.params)).toBeLessThan(1e-5)
      expect(distance(of('new_average', trial), one.average!)).toBeLessThan(1e-5)
      expect(distance(of('new_kept', trial), one.kept)).toBeLessThan(1e-5)
      for (const [i, slot] of one.slots.entries())
        expect(distance(of(`new_slot_${i}`, trial), slot)).toBeLessThan(1e-4)
      const lossOf = (name: string) => [...(found[name]!.data as Float32Array)]
      expect(
        distance(
          lossOf('loss').filter((_, i) => i % 2 === trial),
          one.losses,
        ),
      ).toBeLessThan(1e-5)
      expect(lossOf('vloss')[trial]! / one.held).toBeCloseTo(1, 4)
    }
    expect(distance(alone[0]!.params, alone[1]!.params)).toBeGreaterThan(1e-3)
    await session.release()
  })

const feeds = (prefix: string, {rows, x, y, weights}: Matrix) => ({
  [`${prefix}x`]: new Tensor('float32', x, [rows, features]),
  [`${prefix}y`]: new Tensor('float32', y!, [rows]),
  [`${prefix}w`]: new Tensor('float32', weights!, [rows]),
})
