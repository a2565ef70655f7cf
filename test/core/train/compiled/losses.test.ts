// Every loss's examples, through both engines: the value, the gradient, row weights, extreme answers.
import type * as Tf from '@tensorflow/tfjs'
import {expect, test} from 'vitest'
import {apply} from '../../../../core/train/compiled/layer.ts'
import {losses} from '../../../../core/train/compiled/losses/index.ts'
import {random} from '../../../../core/train/random.ts'
import type {RecipeSpec} from '../../../../core/train/recipe.ts'
import type {Stepper} from '../../../../core/train/stepper.ts'
import {judges} from '../../../../core/train/tfjs/losses.ts'
import {
  compiled,
  distance,
  gradientOf,
  lossOf,
  network,
  reference,
  rowsFor,
  stepOnAll,
} from './support.ts'

test('every loss that tfjs has is compiled too', () => {
  expect(Object.keys(losses).sort()).toEqual(Object.keys(judges).sort())
})

const features = 4
const cases = Object.values(losses).flatMap(({name, examples}) =>
  examples.flatMap(({title, targets, recipe, ...rest}) =>
    [false, true].map(weighted => ({
      ...rest,
      name: `${name} of ${title}${weighted ? ', weighted rows' : ''}`,
      weighted,
      // Its activation as a layer of its own, and inside the dense layer.
      fused: !weighted,
      classes: typeof targets === 'object' ? targets.classes : undefined,
      counts: targets === 'counts',
      spec: {...recipe, loss: name, optimizer: 'sgd'} satisfies RecipeSpec,
    })),
  ),
)

for (const {name, outputs, ends, classes, counts, weighted, fused, spec} of cases) {
  const rows = rowsFor(12, features, {classes, counts, weighted})
  const small = async () => {
    const {model} = await network(
      [[features]],
      (tf, [x]) => apply(tf.layers.dense({units: 5, activation: 'tanh'}), x!),
      {outputs, activation: ends, fused},
    )
    const stepper = await compiled(model, spec, {features, weighted})
    return {stepper, tfjs: await reference(model, spec, {classes})}
  }

  test(`${name}: its value and gradient are those of tfjs and of finite differences`, async () => {
    const {stepper, tfjs} = await small()
    const gradient = await gradientOf(stepper, rows)
    expect(distance(gradient, await gradientOf(tfjs, rows))).toBeLessThan(1e-4)
    const [mine, theirs] = [await firstOf(stepper), await firstOf(tfjs)]
    expect(Math.abs(mine.loss / theirs.loss - 1)).toBeLessThan(1e-5)
    if (classes) expect(mine.accuracy).toBeCloseTo(theirs.accuracy!, 6)
    const {loss, accuracy} = await stepper.measure(rows)
    expect(loss).toBeCloseTo(mine.loss, 5)
    expect(accuracy).toBe(classes ? mine.accuracy : undefined)

    const {params, ...rest} = stepper.read()
    const {next} = random(7)
    const scale = Math.hypot(...gradient) / Math.sqrt(gradient.length)
    const direction = gradient.map(g => g + scale * (2 * next() - 1))
    const along = direction.map(d => d / Math.hypot(...direction))
    const at = async (h: number) => {
      stepper.write({...rest, params: params.map((p, i) => p + h * along[i]!)})
      return lossOf(stepper, rows)
    }
    // Small enough to stay on one side of most kinks.
    const h = 0.002
    const slope = ((await at(h)) - (await at(-h))) / (2 * h)
    const exact = gradient.reduce((sum, g, i) => sum + g * along[i]!, 0)
    expect(Math.abs(slope - exact) / Math.abs(exact)).toBeLessThan(1e-2)
  })

  if (!weighted)
    test(`${name}: answers around ±10,000 give a finite loss and gradient, as in tfjs`, async () => {
      const {stepper, tfjs} = await small()
      const {params, ...rest} = stepper.read()
      for (const far of [1e4, -1e4]) {
        // Every other output far away, so that classes lie far apart.
        const bias = Float32Array.from({length: outputs}, (_, i) => (i % 2 ? -far : far))
        params.set(bias, params.length - outputs)
        stepper.write({...rest, params})
        tfjs.write({...rest, params})
        const gradient = await gradientOf(stepper, rows)
        expect(gradient.every(Number.isFinite)).toBe(true)
        // Near 10,000 a float32 goes by steps of 0.001, so classes that lie close differ by as much.
        expect(distance(gradient, await gradientOf(tfjs, rows))).toBeLessThan(5e-3)
        const [mine, theirs] = [await firstOf(stepper), await firstOf(tfjs)]
        expect(Number.isFinite(mine.loss)).toBe(true)
        const apart = Math.abs(mine.loss - theirs.loss)
        expect(apart).toBeLessThanOrEqual(2e-3 + 1e-5 * Math.abs(theirs.loss))
      }
    })

  async function firstOf(stepper: Stepper) {
    const before = stepper.read()
    const [found] = await stepOnAll(stepper, rows, {rate: 0})
    stepper.write(before)
    return found!
  }
}

test('binary cross-entropy counts a row as told rightly when its logit is on the right side of zero', async () => {
  const {tf, model} = await network([[1]], (_, [x]) => x!, {outputs: 1, activation: 'sigmoid'})
  tf.tidy(() => model.setWeights([tf.tensor2d([[1]]), tf.tensor1d([0])]))
  const rows = {rows: 4, x: Float32Array.of(-2, -0.1, 0.1, 3), y: Float32Array.of(0, 1, 1, 0)}
  const stepper = await compiled(model, {loss: 'binary-cross-entropy'}, {features: 1})
  expect((await stepper.measure(rows)).accuracy).toBe(0.5)
})

for (const [loss, ends] of [
  ['cross-entropy', 'sigmoid'],
  ['binary-cross-entropy', 'softmax'],
  ['squared-error', 'sigmoid'],
] as const)
  test(`${loss} does not look behind a ${ends}: what comes out of that is what it compares`, async () => {
    const outputs = loss === 'cross-entropy' ? 3 : 1
    const classes = loss === 'cross-entropy' ? 3 : 2
    const rows = rowsFor(12, features, {classes})
    const {tf, model} = await network(
      [[features]],
      (tf, [x]) => apply(tf.layers.dense({units: 5, activation: 'tanh'}), x!),
      {outputs, activation: ends},
    )
    const spec = {loss, optimizer: 'sgd'} as const
    const [mine, theirs] = [
      await compiled(model, spec, {features}),
      await reference(model, spec, {classes}),
    ]
    const told = tf.tidy(() => [
      ...(model.predict(tf.tensor2d(rows.x, [12, features])) as Tf.Tensor).dataSync(),
    ])
    const {loss: measured} = await mine.measure(rows)
    const of = {
      'cross-entropy': (y: number, all: number[]) =>
        Math.log(all.reduce((sum, z) => sum + Math.exp(z), 0)) - all[y]!,
      'binary-cross-entropy': (y: number, [z]: number[]) => Math.log(1 + Math.exp(z!)) - y * z!,
      'squared-error': (y: number, [z]: number[]) => (z! - y) ** 2,
    }[loss]
    const each = [...rows.y!].map((y, i) => of(y, told.slice(outputs * i, outputs * (i + 1))))
    expect(measured).toBeCloseTo(each.reduce((sum, l) => sum + l, 0) / 12, 5)
    const gradient = await gradientOf(theirs, rows)
    expect(distance(await gradientOf(mine, rows), gradient)).toBeLessThan(1e-4)
  })

test('a softmax layer at the end is looked behind as a softmax activation is, in both engines', async () => {
  const rows = rowsFor(12, features, {classes: 3})
  const spec = {loss: 'cross-entropy', optimizer: 'sgd'} as const
  const {tf, model} = await network([[features]], (_, [x]) => x!, {activation: 'linear'})
  const ended = tf.model({
    inputs: model.inputs,
    outputs: apply(tf.layers.softmax(), model.outputs[0]!),
  })
  const plain = await compiled(model, spec, {features})
  const losses = [
    await compiled(ended, spec, {features}),
    await reference(ended, spec, {classes: 3}),
  ].map(stepper => stepper.measure(rows))
  const {loss} = await plain.measure(rows)
  for (const found of await Promise.all(losses)) expect(found.loss).toBeCloseTo(loss, 5)
})
