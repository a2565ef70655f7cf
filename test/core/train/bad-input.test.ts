// What a network meets that it cannot learn from, or only just: an answer in words, or defined numbers.

import type * as Tf from '@tensorflow/tfjs'
import {expect, onTestFinished, test} from 'vitest'
import type {FitContext, TrainingData} from '../../../core/plugin.ts'
import {apply} from '../../../core/train/compiled/layer.ts'
import {trainNetwork} from '../../../core/train/engine.ts'
import {type RecipeSpec, toRecipe} from '../../../core/train/recipe.ts'
import {loadTensorflow} from '../../../core/train/tfjs/load.ts'
import {english} from '../../../core/words/says.ts'
import {blobs, data, learn, matrix, plane} from '../models/support.ts'
import {network, rowsFor} from './compiled/support.ts'

const short = {hidden: [8], epochs: 4, batchSize: 16}
const quiet = (): FitContext => ({
  seed: 1,
  signal: new AbortController().signal,
  tell: () => {},
  log: () => {},
})

for (const [what, change, message] of [
  [
    'NaN in a feature',
    ({train}) => void train.x.set([Number.NaN], 7),
    '"f1" is NaN in the training rows',
  ],
  [
    'infinity in a feature of the validation rows',
    ({validation}) => void validation!.x.set([Number.NEGATIVE_INFINITY], 0),
    '"f0" is -Infinity in the validation rows',
  ],
  ['NaN in a target', ({train}) => void train.y!.set([Number.NaN], 3), 'a target is NaN'],
  [
    'a weight below zero',
    ({train}) => {
      train.weights = new Float32Array(train.rows).fill(-1)
    },
    'a row weight is -1 in the training rows',
  ],
] as [string, (given: TrainingData) => void, string][])
  test(`${what} is refused in words`, async () => {
    const {x, y} = plane({rows: 40})
    const given = {...data('regression', matrix(x, y)), validation: matrix(x, y)}
    change(given)
    await expect(learn('mlp', short, given)).rejects.toMatchObject({
      code: 'bad-data',
      message: expect.stringContaining(message),
      hint: expect.stringContaining('impute'),
    })
  })

test('the number of a class that there is not is refused in words', async () => {
  const {x, y} = blobs({rows: 30})
  y[4] = 3
  await expect(learn('mlp', short, data('classification', matrix(x, y), 3))).rejects.toMatchObject({
    code: 'bad-data',
    message: 'the number of a class is 3 in the training rows',
  })
})

for (const engine of ['compiled', 'tfjs']) {
  test(`features that never change are learned from without a trace: ${engine}`, async () => {
    const y = Array.from({length: 40}, (_, i) => Number(i % 4 === 0))
    const x = y.map(() => [7, -3])
    const given = data('classification', matrix(x, y), 2)
    const params = {...short, epochs: 60, learningRate: 0.03, patience: 0, engine}
    const {probabilities} = await (await learn('mlp', params, given)).predict([[7, -3]])
    // What is left to learn is how often each class comes.
    expect(probabilities![1]).toBeCloseTo(0.25, 1)
    // Their variance is zero in every batch.
    const even = await learn('mlp', {...params, batchNorm: true}, given)
    expect((await even.predict([[7, -3]])).probabilities!.every(Number.isFinite)).toBe(true)
    expect(even.summary!.loss).toBeCloseTo(0.25 * Math.log(4) - 0.75 * Math.log(0.75), 1)
  })

  test(`more classes than rows are learned, and those without a row stay unlikely: ${engine}`, async () => {
    const x = [
      [1, 0],
      [0, 1],
      [-1, 0],
    ]
    const given = data('classification', matrix(x, [0, 2, 4]), 6)
    const params = {...short, epochs: 200, learningRate: 0.05, patience: 0, engine}
    const {probabilities} = await (await learn('mlp', params, given)).predict(x)
    for (const [i, k] of [0, 2, 4].entries()) expect(probabilities![6 * i + k]).toBeGreaterThan(0.9)
  })
}

/** A network without a compiled form, on images of 4 × 4 pixels with two colours. */
const images = {
  convolutions: {
    lacks: 'Conv2DBackpropFilter',
    refused: 'a UpSampling2D layer with bilinear interpolation has no compiled form',
    add: (tf, x) => {
      const {conv2d, upSampling2d} = tf.layers
      const wide = apply(upSampling2d({interpolation: 'bilinear'}), x)
      return apply(conv2d({filters: 3, kernelSize: 3, activation: 'relu'}), wide)
    },
  },
  'depthwise convolutions': {
    lacks: 'DepthwiseConv2dNativeBackpropFilter',
    refused: 'a DepthwiseConv2D layer with a depth multiplier of 5 has no compiled form',
    add: (tf, x) => apply(tf.layers.depthwiseConv2d({kernelSize: 3, depthMultiplier: 5}), x),
  },
  embeddings: {
    lacks: 'UnsortedSegmentSum',
    refused: 'a Embedding layer with a mask has no compiled form',
    add: (tf, x) => {
      const {embedding, flatten, lstm, reshape} = tf.layers
      const numbers = apply(reshape({targetShape: [32]}), apply(flatten(), x))
      const vectors = apply(embedding({inputDim: 4, outputDim: 3, maskZero: true}), numbers)
      return apply(lstm({units: 3}), vectors)
    },
  },
} satisfies Record<
  string,
  {
    lacks: string
    refused: string
    add: (tf: typeof Tf, x: Tf.SymbolicTensor) => Tf.SymbolicTensor
  }
>

const task = (categories = false) => ({
  task: 'classification' as const,
  features: Array.from({length: 32}, (_, j) => `pixel ${j}`),
  classes: ['a', 'b', 'c'],
  train: rowsFor(24, 32, {classes: 3, below: categories ? 4 : undefined}),
})

for (const [what, {lacks, refused, add}] of Object.entries(images))
  test(`${what} that do not compile train on the backend that has their gradients, and the run says so`, async () => {
    const {tf, model} = await network([[4, 4, 2]], (tf, [x]) => add(tf, x!))
    const recipe = toRecipe({loss: 'cross-entropy', epochs: 3, batchSize: 8, learningRate: 0.01})
    const given = task(what === 'embeddings')
    const before = model.getWeights().map(w => w.dataSync().slice())
    const tensors = tf.memory().numTensors
    const trained = await trainNetwork({model, recipe, data: given}, quiet())
    expect([trained.engine, ...trained.because.map(english)]).toEqual([
      'tfjs·cpu',
      `not wasm: it lacks ${lacks}`,
      `not compiled: ${refused}`,
    ])
    expect(trained.metrics.loss).toBeGreaterThan(0)
    // Every layer has learned.
    for (const [i, weight] of model.getWeights().entries())
      expect(weight.dataSync()).not.toEqual(before[i])
    expect(tf.memory().numTensors).toBe(tensors)
    // Whoever comes next has the quick backend again.
    expect(tf.getBackend()).toBe('wasm')
    for (const asked of ['compiled', 'webgpu'] as const)
      await expect(
        trainNetwork({model, recipe, data: given}, quiet(), asked),
      ).rejects.toMatchObject({code: 'not-available', message: `not compiled: ${refused}`})
  })

test('a training that is cancelled while it compiles takes no step and leaves nothing behind', async () => {
  const {tf, model} = await network([[32]], (_, [x]) => x!)
  const before = model.getWeights().map(w => w.dataSync().slice())
  const tensors = tf.memory().numTensors
  const stop = new AbortController()
  const told: (string | undefined)[] = []
  const context: FitContext = {
    ...quiet(),
    signal: stop.signal,
    tell: ({message}) => {
      told.push(message)
      if (message === 'compiling') stop.abort(new Error('no more'))
    },
  }
  const recipe = toRecipe({loss: 'cross-entropy'})
  await expect(trainNetwork({model, recipe, data: task()}, context)).rejects.toThrow('no more')
  expect(told).toEqual(['compiling'])
  expect(model.getWeights().map(w => w.dataSync())).toEqual(before)
  expect(tf.memory().numTensors).toBe(tensors)
})

test('the end of a network must be that of its loss, or none', async () => {
  const {tf} = await loadTensorflow()
  const model = (units: number, activation: 'sigmoid' | 'softmax' | 'linear') => {
    const dense = tf.layers.dense({units, activation, inputShape: [32]})
    const made = tf.sequential({layers: [dense]})
    onTestFinished(() => {
      made.dispose()
    })
    return made
  }
  const given = task()
  const train = (units: number, end: 'sigmoid' | 'softmax' | 'linear', spec: RecipeSpec) => {
    const two = spec.loss === 'binary-cross-entropy'
    const {train, ...rest} = given
    const rows = two ? {...train, y: train.y!.map(k => k % 2)} : train
    const data = {...rest, train: rows, classes: two ? ['a', 'b'] : rest.classes}
    const recipe = toRecipe({epochs: 2, ...spec})
    return trainNetwork({model: model(units, end), recipe, data}, quiet())
  }
  await expect(train(3, 'sigmoid', {loss: 'cross-entropy'})).rejects.toMatchObject({
    code: 'bad-params',
    message: 'cross-entropy needs a softmax at the end, or nothing, and the model has a sigmoid',
  })
  await expect(train(1, 'softmax', {loss: 'binary-cross-entropy'})).rejects.toMatchObject({
    code: 'bad-params',
    message:
      'binary-cross-entropy needs a sigmoid at the end, or nothing, and the model has a softmax',
  })
  expect((await train(3, 'linear', {loss: 'cross-entropy'})).epochs).toBe(2)
  expect((await train(1, 'sigmoid', {loss: 'binary-cross-entropy'})).epochs).toBe(2)
})
