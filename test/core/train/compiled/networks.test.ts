// Networks of more than one path, and what layers do with values that are not like any others.
import type * as Tf from '@tensorflow/tfjs'
import {beforeAll, expect, test} from 'vitest'
import {Graph} from '../../../../core/onnx/graph.ts'
import {apply} from '../../../../core/train/compiled/layer.ts'
import {refusal} from '../../../../core/train/compiled/network.ts'
import {lowerNetwork} from '../../../../core/train/lower.ts'
import {type Layers, loadTensorflow, type Tensorflow} from '../../../../core/train/tfjs/load.ts'
import {
  compiled,
  distance,
  featuresOf,
  gradientOf,
  network,
  rowsFor,
  type Shapes,
  stepOnAll,
  tfjsGradient,
} from './support.ts'

// The one backend of tfjs that has the gradients of all layers.
beforeAll(async () => {
  const {tf} = await loadTensorflow()
  await tf.setBackend('cpu')
})

type Add = (tf: Tensorflow, inputs: Tf.SymbolicTensor[]) => Tf.SymbolicTensor

const bothGradients = async (shapes: Shapes, add: Add, change?: (model: Layers) => void) => {
  const {model} = await network(shapes, add)
  change?.(model)
  const features = featuresOf(shapes)
  const rows = rowsFor(12, features, {classes: 3})
  const recipe = {loss: 'cross-entropy', optimizer: 'sgd'} as const
  const stepper = await compiled(model, recipe, {features, threads: 1})
  return [await gradientOf(stepper, rows), await tfjsGradient(model, shapes, rows)] as const
}

test('the gradients of a layer that is used twice add up', async () => {
  const [ours, wanted] = await bothGradients([[4], [4]], (tf, [a, b]) => {
    const shared = tf.layers.dense({units: 4, activation: 'tanh'})
    const twice = apply(shared, apply(shared, a!))
    return apply(tf.layers.concatenate(), [twice, apply(shared, b!)])
  })
  expect(distance(ours, wanted)).toBeLessThan(1e-4)
})

test('a model inside a model, used twice, is trained as one', async () => {
  const [ours, wanted] = await bothGradients([[4], [4]], (tf, inputs) => {
    const inner = tf.sequential({
      layers: [
        tf.layers.dense({units: 5, activation: 'relu', inputShape: [4]}),
        tf.layers.dense({units: 3}),
      ],
    })
    const [a, b] = inputs.map(x => inner.apply(x) as Tf.SymbolicTensor)
    return apply(tf.layers.multiply(), [a!, b!])
  })
  expect(distance(ours, wanted)).toBeLessThan(1e-4)
})

test('a residual network with squeezed channels is trained as in tfjs', async () => {
  const [ours, wanted] = await bothGradients([[6, 6, 2]], (tf, [x]) => {
    const conv = (filters: number) =>
      tf.layers.conv2d({filters, kernelSize: 3, padding: 'same', activation: 'relu'})
    const first = apply(conv(4), x!)
    const block = apply(tf.layers.batchNormalization(), apply(conv(4), first))
    const sum = apply(tf.layers.add(), [first, block])
    const pooled = apply(tf.layers.maxPooling2d({poolSize: 2}), sum)
    const squeezed = apply(tf.layers.globalAveragePooling2d({}), pooled)
    const gate = apply(tf.layers.dense({units: 4, activation: 'sigmoid'}), squeezed)
    return apply(tf.layers.multiply(), [
      pooled,
      apply(tf.layers.reshape({targetShape: [1, 1, 4]}), gate),
    ])
  })
  expect(distance(ours, wanted)).toBeLessThan(1e-4)
})

test('a layer that is told not to learn keeps its weights', async () => {
  const {model} = await network([[4]], (tf, [x]) =>
    apply(tf.layers.dense({units: 4}), apply(tf.layers.dense({units: 4, trainable: false}), x!)),
  )
  const before = model.layers[1]!.getWeights()[0]!.dataSync()
  const rows = rowsFor(6, 4, {classes: 3})
  const stepper = await compiled(model, {loss: 'cross-entropy'}, {features: 4, threads: 1})
  await stepOnAll(stepper, rows)
  expect(stepper.read().kept.slice(0, 16)).toEqual(before)
  expect(stepper.read().params.length).toBe(4 * 4 + 4 + 4 * 3 + 3)
})

for (const [title, pool] of [
  ['side by side', {poolSize: 2}],
  ['that overlap', {poolSize: 3, strides: 2, padding: 'same'}],
] as const)
  test(`of equal largest values the first has the gradient, in windows ${title}`, async () => {
    const [ours, wanted] = await bothGradients(
      [[4, 6, 1]],
      (tf, [x]) => {
        const spots = tf.layers.conv2d({filters: 2, kernelSize: 1, activation: 'hardSigmoid'})
        const sums = tf.layers.conv2d({filters: 2, kernelSize: 1})
        return apply(tf.layers.maxPooling2d(pool), apply(sums, apply(spots, x!)))
      },
      // A large kernel saturates the spots at 0 and 1, and equal ones then sum them: places with different
      // spots have the same sum, so that it matters which of them learns.
      model => {
        const [first, second] = model.layers.slice(1)
        first!.setWeights([first!.getWeights()[0]!.mul(1000), first!.getWeights()[1]!.mul(0)])
        second!.setWeights(second!.getWeights().map(weight => weight.mul(0).add(0.5)))
      },
    )
    expect(distance(ours, wanted)).toBeLessThan(1e-4)
  })

test('an embedding gives zeros for a number that it does not know, and learns nothing from it', async () => {
  const {model} = await network([[1]], (tf, [x]) =>
    apply(tf.layers.embedding({inputDim: 3, outputDim: 2}), x!),
  )
  const x = Float32Array.of(-1, 3, 1e9, Number.NaN, Number.NEGATIVE_INFINITY, 2)
  const stepper = await compiled(
    model,
    {loss: 'cross-entropy', optimizer: 'sgd'},
    {features: 1, threads: 1},
  )
  const gradient = await gradientOf(stepper, {rows: 6, x, y: Float32Array.of(0, 1, 2, 0, 1, 2)})
  const table = gradient.slice(0, 6)
  expect([...table.slice(0, 4)]).toEqual([0, 0, 0, 0])
  expect(Math.hypot(...table.slice(4))).toBeGreaterThan(0.01)
  const scores = await served(model, x, 1)
  expect(scores.slice(0, 3)).toEqual(scores.slice(3, 6))
  expect(scores.slice(0, 3)).not.toEqual(scores.slice(15, 18))
  expect(scores.every(Number.isFinite)).toBe(true)
})

test('what has no compiled form is refused, and said why', async () => {
  const {tf} = await loadTensorflow()
  const {conv2d, depthwiseConv2d, upSampling2d, embedding, dropout} = tf.layers
  const image = () => tf.input({shape: [8, 8, 2]})
  const reasons: [RegExp, () => {inputs: Tf.SymbolicTensor; outputs: Tf.SymbolicTensor}][] = [
    [
      /Conv2D .* channels first/,
      () => on(image(), conv2d({filters: 2, kernelSize: 3, dataFormat: 'channelsFirst'})),
    ],
    [
      /a depth multiplier of 5/,
      () => on(image(), depthwiseConv2d({kernelSize: 3, depthMultiplier: 5})),
    ],
    [/bilinear/, () => on(image(), upSampling2d({interpolation: 'bilinear'}))],
    [
      /Embedding .* a mask/,
      () => on(tf.input({shape: [2]}), embedding({inputDim: 2, outputDim: 2, maskZero: true})),
    ],
    [
      /Dropout .* a noise shape/,
      () => on(tf.input({shape: [2]}), dropout({rate: 0.5, noiseShape: [1, 2]})),
    ],
    [
      /Conv3D/,
      () => on(tf.input({shape: [4, 4, 4, 1]}), tf.layers.conv3d({filters: 1, kernelSize: 2})),
    ],
  ]
  for (const [reason, make] of reasons) {
    const model = tf.model(make())
    expect(String(refusal(model))).toMatch(reason)
    expect(() => lowerNetwork(model)).toThrow(reason)
    model.dispose()
  }
})

test('a recurrent layer with dropout inside is served, but not trained', async () => {
  const {model} = await network([[4, 2]], (tf, [x]) =>
    apply(tf.layers.lstm({units: 3, dropout: 0.5}), x!),
  )
  expect(String(refusal(model))).toMatch(/LSTM .* dropout inside/)
  const {x} = rowsFor(5, 8)
  const {tf} = await loadTensorflow()
  const wanted = tf.tidy(() => (model.predict(tf.tensor3d(x, [5, 4, 2])) as Tf.Tensor).dataSync())
  expect(distance(await served(model, x, 8), wanted)).toBeLessThan(1e-5)
})

const on = (inputs: Tf.SymbolicTensor, layer: Tf.layers.Layer) => ({
  inputs,
  outputs: apply(layer, inputs),
})

async function served(model: Layers, x: Float32Array, features: number): Promise<Float32Array> {
  const graph = new Graph()
  const given = graph.input('x', 'float32', ['rows', features])
  graph.output('y', lowerNetwork(model)(graph, given))
  const {InferenceSession, Tensor} = await import('onnxruntime-node')
  const session = await InferenceSession.create(graph.bytes(), {logSeverityLevel: 3})
  const {y} = await session.run({x: new Tensor('float32', x, [x.length / features, features])})
  await session.release()
  return y!.data as Float32Array
}
