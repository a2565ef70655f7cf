import {expect, test} from 'vitest'
import type {TrainingData} from '../../../core/plugin.ts'
import {loadTensorflow} from '../../../core/train/tfjs/load.ts'
import {blobs, data, type Fit, labels, learn, matrix, normals, plane} from './support.ts'

const short = {hidden: [8], epochs: 5, batchSize: 16}
const classes = () => {
  const {x, y} = blobs({rows: 60})
  return {x, given: data('classification', matrix(x, y), 3)}
}

/** What TensorFlow.js itself answers, from the files that the model left. */
async function reopened(fitted: Fit, x: number[][]): Promise<number[]> {
  const {tf} = await loadTensorflow()
  const {modelTopology, weightsManifest} = JSON.parse(
    new TextDecoder().decode(fitted.files!['tfjs/model.json']),
  )
  const model = await tf.loadLayersModel(
    tf.io.fromMemory({
      modelTopology,
      weightSpecs: weightsManifest[0].weights,
      weightData: new Uint8Array(fitted.files!['tfjs/weights.bin']!).buffer,
    }),
  )
  return [...(model.predict(tf.tensor2d(x)) as import('@tensorflow/tfjs').Tensor).dataSync()]
}

for (const activation of ['relu', 'elu', 'gelu', 'swish', 'tanh', 'sigmoid'])
  test(`the graph answers as the saved LayersModel does: ${activation}, batch norm, dropout`, async () => {
    const {x, given} = classes()
    const fitted = await learn(
      'mlp',
      {...short, hidden: [8, 5], activation, batchNorm: true, dropout: 0.2},
      given,
    )
    const {probabilities} = await fitted.predict(x)
    const own = await reopened(fitted, x)
    own.forEach((p, i) => {
      expect(probabilities![i]).toBeCloseTo(p, 5)
    })
  })

test('a regression answers in the unit of its target, in both files', async () => {
  const {x, y} = plane()
  const far = y.map(v => 1e5 + 300 * v)
  const fitted = await learn(
    'mlp',
    {epochs: 60, learningRate: 0.01},
    data('regression', matrix(x, far)),
  )
  const {prediction} = await fitted.predict(x)
  const own = await reopened(fitted, x)
  prediction!.forEach((v, i) => {
    expect(v / own[i]!).toBeCloseTo(1, 5)
  })
  const rmse = Math.sqrt(prediction!.reduce((s, v, i) => s + (v - far[i]!) ** 2, 0) / x.length)
  expect(rmse).toBeLessThan(300)
  // So does the learning curve.
  const last = fitted.curve.at(-1)!.metrics
  expect(Math.sqrt(last.val_loss!)).toBeGreaterThan(rmse / 5)
  expect(Math.sqrt(last.val_loss!)).toBeLessThan(rmse * 5)
})

for (const optimizer of ['sgd', 'adam', 'adamw', 'rmsprop'])
  test(`${optimizer} learns, and its weight decay keeps weights small`, async () => {
    const {x, y} = blobs({rows: 90})
    const given = data('classification', matrix(x, y), 3)
    const params = {hidden: [8], epochs: 30, patience: 0, optimizer, learningRate: 0.01}
    const plain = await learn('mlp', params, given)
    expect(plain.curve.at(-1)!.metrics.accuracy).toBeGreaterThan(0.95)
    const decayed = await learn('mlp', {...params, weightDecay: 0.5}, given)
    const size = (fitted: Fit) =>
      new Float32Array(fitted.files!['tfjs/weights.bin']!.slice().buffer).reduce(
        (s, w) => s + w * w,
        0,
      )
    expect(size(decayed)).toBeLessThan(0.8 * size(plain))
  })

test('each epoch logs loss and accuracy of the training and of the validation rows', async () => {
  const {given} = classes()
  const validation = {...given.train}
  const {curve, summary} = await learn('mlp', short, {...given, validation})
  expect(curve.map(p => p.epoch)).toEqual([1, 2, 3, 4, 5])
  for (const {metrics} of curve)
    expect(Object.keys(metrics).sort()).toEqual(['accuracy', 'loss', 'val_accuracy', 'val_loss'])
  expect(summary).toMatchObject({epochs: 5, weights: 3 * 8 + 8 + 8 * 3 + 3})
})

test('early stopping ends the training and goes back to the best epoch', async () => {
  // Labels at random: what is learned cannot hold for the validation rows.
  const normal = normals(1)
  const noise = () => {
    const x = Array.from({length: 40}, () => [normal(), normal(), normal()])
    return matrix(
      x,
      x.map(() => (normal() > 0 ? 1 : 0)),
    )
  }
  const given: TrainingData = {...data('classification', noise(), 2), validation: noise()}
  const params = {hidden: [32], epochs: 500, learningRate: 0.02, patience: 4}
  const fitted = await learn('mlp', params, given)
  const {epochs, bestEpoch} = fitted.summary as {epochs: number; bestEpoch: number}
  expect(epochs).toBe(bestEpoch + 4)
  const losses = fitted.curve.map(p => p.metrics.val_loss!)
  expect(losses[bestEpoch - 1]).toBe(Math.min(...losses))
  const {x, y} = given.validation!
  const rows = Array.from({length: 40}, (_, i) => [...x.subarray(3 * i, 3 * i + 3)])
  const {probabilities} = await fitted.predict(rows)
  const loss = rows.reduce((s, _, i) => s - Math.log(probabilities![2 * i + y![i]!]!), 0) / 40
  expect(loss).toBeCloseTo(Math.min(...losses), 4)
})

test('without validation rows some training rows are held back, unless there are too few', async () => {
  const {given} = classes()
  const held = await learn('mlp', short, given)
  expect(held.curve[0]!.metrics.val_loss).toBeGreaterThan(0)
  expect(held.warnings).toEqual([])
  const whole = await learn('mlp', {...short, patience: 0}, given)
  expect(whole.curve[0]!.metrics.val_loss).toBeUndefined()
  const few = await learn('mlp', short, data('regression', matrix([[1], [2]], [1, 2])))
  expect(few.warnings).toEqual([
    '2 rows are too few to hold some back: early stopping watches the training loss',
  ])
})

test('one row, and a batch larger than all rows, are trained on as they are', async () => {
  const one = data('regression', matrix([[1, 2]], [7]))
  const fitted = await learn(
    'mlp',
    {...short, epochs: 200, learningRate: 0.01, patience: 0, batchSize: 512},
    one,
  )
  expect((await fitted.predict([[1, 2]])).prediction![0]).toBeCloseTo(7, 0)
})

test('a loss that is lost stops the training, with a way out', async () => {
  const {x, y} = plane()
  const given = data(
    'regression',
    matrix(
      x.map(row => row.map(v => 1e15 * v)),
      y,
    ),
  )
  await expect(
    learn('mlp', {...short, optimizer: 'sgd', learningRate: 10}, given),
  ).rejects.toMatchObject({
    code: 'bad-data',
    message: expect.stringMatching(/in epoch \d+ the loss/),
    hint: 'lower `learningRate`, set `clipNorm`, or add a scale step before the model',
  })
})

test('dropout draws another mask for each batch, the same ones for the same seed', async () => {
  const {given} = classes()
  const params = {
    ...short,
    hidden: [4],
    dropout: 0.5,
    learningRate: 1e-12,
    batchSize: 60,
    patience: 0,
  }
  // The weights hardly move, so the loss of an epoch changes by its mask alone.
  const losses = async (seed: number) =>
    (await learn('mlp', params, given, {seed})).curve.map(p => p.metrics.loss)
  const first = await losses(1)
  expect(new Set(first).size).toBe(5)
  expect(await losses(1)).toEqual(first)
  expect(await losses(2)).not.toEqual(first)
})

test('balanced classes make a rare class count', async () => {
  const normal = normals(4)
  const y = Array.from({length: 200}, (_, i) => (i % 20 === 0 ? 1 : 0))
  const x = y.map(k => [k + 0.7 * normal()])
  const given = data('classification', matrix(x, y), 2)
  const params = {hidden: [8], epochs: 30, learningRate: 0.02}
  const rare = async (more: object) => {
    const fitted = await learn('mlp', {...params, ...more}, given)
    return labels((await fitted.predict(x)).probabilities!, 2).filter(k => k === 1).length
  }
  expect(await rare({classWeights: 'balanced'})).toBeGreaterThan((await rare({})) + 10)
})

test('the run says which engine it used', async () => {
  const {given} = classes()
  expect((await learn('mlp', short, given)).engine).toBe('compiled·cpu')
  expect((await learn('mlp', {...short, engine: 'tfjs'}, given)).engine).toBe(
    'tfjs·wasm, it was asked for',
  )
})

test('no tensor is left behind by a training', async () => {
  const {given} = classes()
  await learn('mlp', short, given)
  const {tf} = await loadTensorflow()
  const before = tf.memory().numTensors
  await learn(
    'mlp',
    {...short, batchNorm: true, dropout: 0.1, optimizer: 'adamw', weightDecay: 0.1},
    given,
  )
  expect(tf.memory().numTensors).toBe(before)
})
