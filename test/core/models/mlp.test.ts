import {expect, test} from 'vitest'
import type {TrainingData} from '../../../core/plugin.ts'
import {random} from '../../../core/train/random.ts'
import {loadTensorflow} from '../../../core/train/tfjs/load.ts'
import {english} from '../../../core/words/says.ts'
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

for (const optimizer of ['sgd', 'adam', 'adamw', 'rmsprop', 'adagrad', 'lion'])
  test(`${optimizer} learns, and its weight decay keeps weights small`, async () => {
    const {x, y} = blobs({rows: 90})
    const given = data('classification', matrix(x, y), 3)
    const learningRate = optimizer === 'adagrad' ? 0.1 : 0.01
    const params = {hidden: [8], epochs: 30, patience: 0, optimizer, learningRate}
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
  expect(few.warnings!.map(english)).toEqual([
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

for (const engine of ['compiled', 'tfjs'])
  test(`a loss that explodes after good epochs leaves the last good weights: ${engine}`, async () => {
    const {x, y} = plane()
    const given = data('regression', matrix(x, y))
    // The rate rises in a straight line: small enough at first, and far too large later on.
    const params = {
      hidden: [],
      epochs: 40,
      patience: 0,
      optimizer: 'sgd',
      momentum: 0,
      learningRate: 20,
      warmup: 0.99,
      engine,
    }
    const fitted = await learn('mlp', params, given)
    const {epochs, bestEpoch, loss} = fitted.summary as Record<string, number>
    expect(epochs).toBeLessThan(40)
    expect(epochs).toBeGreaterThan(2)
    expect(bestEpoch).toBe(epochs)
    expect(fitted.warnings!.map(english)).toEqual([
      expect.stringMatching(
        /^in epoch \d+ the loss (is no number any more|grows without end): the training stopped there and kept the weights of epoch \d+; lower `learningRate`, set `clipNorm`/,
      ),
    ])
    expect(Number.isFinite(loss)).toBe(true)
    expect((await fitted.predict(x)).prediction!.every(Number.isFinite)).toBe(true)
    // With patience it goes back to the best epoch, which had learned the plane.
    const best = await learn('mlp', {...params, patience: 30}, given)
    expect(best.warnings!.map(english)).toEqual([
      expect.stringContaining('the training stopped there'),
    ])
    const {prediction} = await best.predict(x)
    expect(Math.max(...prediction!.map((v, i) => Math.abs(v - y[i]!)))).toBeLessThan(1)
  })

test('a short gradient keeps such a training from exploding', async () => {
  const {x, y} = plane()
  const given = data('regression', matrix(x, y))
  const params = {hidden: [], epochs: 20, optimizer: 'sgd', momentum: 0, learningRate: 1.5}
  expect((await learn('mlp', params, given)).warnings).toHaveLength(1)
  expect((await learn('mlp', {...params, clipNorm: 0.1}, given)).warnings).toEqual([])
})

/** Skewed numbers: exp of a normal number of spread 1 around 3a. */
function skewed(rows: number) {
  const normal = normals(3)
  const x = Array.from({length: rows}, (_, i) => [(i % 2) - 0.5])
  return {x, y: x.map(([a]) => 1000 + 50 * Math.exp(a! + normal()))}
}
const centre: Record<string, number> = {
  squared: Math.exp(0.5),
  absolute: 1,
  quantile: Math.exp(1.2816),
}
for (const [loss, factor] of Object.entries(centre))
  test(`${loss} learns its own centre of skewed numbers, in their unit`, async () => {
    const {x, y} = skewed(4000)
    const given = data('regression', matrix(x, y))
    const params = {hidden: [4], loss, quantile: 0.9, learningRate: 0.01, batchSize: 200}
    const fitted = await learn('mlp', {...params, epochs: 60, patience: 0, ema: 0.99}, given)
    const {prediction} = await fitted.predict([[-0.5], [0.5]])
    for (const [i, a] of [-0.5, 0.5].entries())
      expect(Math.abs((prediction![i]! - 1000) / (50 * Math.exp(a) * factor) - 1)).toBeLessThan(
        0.15,
      )
    // The loss is in the target's unit too.
    const own = await fitted.predict(x)
    const errors = own.prediction!.map((v, i) => v - y[i]!)
    const of: Record<string, (e: number) => number> = {
      squared: e => e * e,
      absolute: Math.abs,
      quantile: e => Math.max(0.1 * e, -0.9 * e),
    }
    const mean = errors.reduce((s, e) => s + of[loss]!(e), 0) / errors.length
    expect(fitted.summary!.loss! / mean).toBeCloseTo(1, 1)
  })

test(`poisson learns the rate of counts, large or small`, async () => {
  const {next} = random(5)
  // Counts by the waiting times of a process (Knuth).
  const count = (rate: number) => {
    let n = 0
    let time = -Math.log(1 - next())
    for (; time < rate; n++) time += -Math.log(1 - next())
    return n
  }
  for (const size of [0.5, 400]) {
    const x = Array.from({length: 1000}, (_, i) => [(i % 2) - 0.5])
    const y = x.map(([a]) => count(size * Math.exp(a!)))
    const params = {hidden: [4], loss: 'poisson', learningRate: 0.02, batchSize: 50, epochs: 20}
    const fitted = await learn('mlp', {...params, patience: 0}, data('regression', matrix(x, y)))
    const {prediction} = await fitted.predict([[-0.5], [0.5]])
    const mean = (k: number) => y.reduce((s, v, i) => s + (i % 2 === k ? v : 0), 0) / 500
    for (const k of [0, 1]) {
      expect(Math.abs(prediction![k]! / mean(k) - 1)).toBeLessThan(0.15)
      expect((await reopened(fitted, [[k - 0.5]]))[0]! / prediction![k]!).toBeCloseTo(1, 5)
    }
    // The loss is that of the counts as they are.
    const {prediction: rates} = await fitted.predict(x)
    const loss = rates!.reduce((s, p, i) => s + p - y[i]! * Math.log(p), 0) / 1000
    expect(Math.abs(fitted.summary!.loss! - loss)).toBeLessThan(0.02 * Math.max(1, Math.abs(loss)))
  }
})

test('poisson refuses numbers below zero, and classes take no loss for numbers', async () => {
  const counts = data('regression', matrix([[1], [2]], [1, -2]))
  await expect(learn('mlp', {loss: 'poisson'}, counts)).rejects.toMatchObject({
    code: 'bad-data',
    message: 'poisson learns counts, and a target is -2',
    where: 'loss',
  })
  const {given} = classes()
  await expect(learn('mlp', {loss: 'huber'}, given)).rejects.toMatchObject({
    code: 'bad-params',
    message: 'huber is a loss for numbers, and the target is a class',
    where: 'loss',
  })
})

test('the running mean is what is measured and kept', async () => {
  const {x, given} = classes()
  const fitted = await learn(
    'mlp',
    {...short, ema: 0.99, patience: 0},
    {...given, validation: given.train},
  )
  const {probabilities} = await fitted.predict(x)
  const loss = x.reduce((s, _, i) => s - Math.log(probabilities![3 * i + given.train.y![i]!]!), 0)
  expect(fitted.summary!.val_loss).toBeCloseTo(loss / x.length, 4)
  const last = await learn('mlp', {...short, patience: 0}, {...given, validation: given.train})
  expect(last.summary!.val_loss).not.toBeCloseTo(fitted.summary!.val_loss!, 2)
})

test('an L1 cost drives weights that help little to nothing', async () => {
  const normal = normals(2)
  const x = Array.from({length: 200}, () => [normal(), normal(), normal(), normal()])
  const given = data(
    'regression',
    matrix(
      x,
      x.map(([a]) => 2 * a!),
    ),
  )
  const params = {hidden: [], epochs: 40, learningRate: 0.01, patience: 0}
  const useless = async (l1: number) => {
    const fitted = await learn('mlp', {...params, l1}, given)
    const kernel = new Float32Array(fitted.files!['tfjs/weights.bin']!.slice(0, 16).buffer)
    return kernel.slice(1).reduce((s, w) => s + Math.abs(w), 0)
  }
  expect(await useless(0.05)).toBeLessThan(0.02)
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
  const {engine, because} = await learn('mlp', {...short, engine: 'tfjs'}, given)
  expect([engine, ...because!.map(english)]).toEqual(['tfjs·wasm', 'tfjs was asked for'])
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
  for (const optimizer of ['sgd', 'adam', 'rmsprop', 'adagrad', 'lion'])
    await learn(
      'mlp',
      {...short, optimizer, ema: 0.9, dropout: 0.1, l1: 0.1, clipNorm: 1, engine: 'tfjs'},
      given,
    )
  expect(tf.memory().numTensors).toBe(before)
})
