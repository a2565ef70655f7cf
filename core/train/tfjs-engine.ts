// The reference engine: TensorFlow.js's own gradients and optimizers, batch by batch.
import type * as Tf from '@tensorflow/tfjs'
import {AppError} from '../error.ts'
import type {FitContext, Matrix, TrainingData} from '../plugin.ts'
import {batches, gather, learningRate} from './batches.ts'
import type {Engine, Recipe, Trained} from './engine.ts'
import {pacer} from './pace.ts'
import {permutation, random} from './random.ts'
import {type Layers, loadTensorflow, type Tensorflow} from './tfjs.ts'

export const tfjsEngine: Engine = {
  name: 'tfjs',
  refuses: async () => undefined,
  fit: async (model, recipe, data, context) => {
    const {tf, backend} = await loadTensorflow()
    const loop = new Loop(tf, model, recipe, data)
    try {
      return {...(await run(loop, recipe, data, context)), device: backend}
    } finally {
      loop.dispose()
    }
  },
}

async function run(
  loop: Loop,
  recipe: Recipe,
  {train, validation}: TrainingData,
  {seed, signal, tell, log}: FitContext,
): Promise<Omit<Trained, 'device'>> {
  const source = random(seed)
  const pace = pacer(signal)
  let best:
    | {epoch: number; value: number; metrics: Record<string, number>; weights: Float32Array[]}
    | undefined
  let first = Number.NaN
  let epoch = 0
  while (epoch < recipe.epochs) {
    epoch++
    const order = permutation(train.rows, source)
    const sum = new Mean()
    const parts = batches(train.rows, recipe.batchSize)
    for (const [i, {from, to}] of parts.entries()) {
      const rate = learningRate(recipe, (epoch - 1 + i / parts.length) / recipe.epochs)
      const found = loop.step(gather(train, order.subarray(from, to)), rate)
      if (!Number.isFinite(found.loss)) throw diverged(epoch, 'is no number any more')
      sum.add(found, to - from)
      await pace()
    }
    const metrics: Record<string, number> = {...sum.means()}
    if (epoch === 1) first = metrics.loss!
    if (metrics.loss! > 1e6 * Math.max(first, 1e-6)) throw diverged(epoch, 'grows without end')
    if (validation) {
      const held = loop.evaluate(validation)
      for (const [name, value] of Object.entries(held.means())) metrics[`val_${name}`] = value
      if (!Number.isFinite(metrics.val_loss))
        throw diverged(epoch, 'is no number on the validation rows')
    }
    log(epoch, metrics)
    tell({message: `epoch ${epoch}/${recipe.epochs}`, done: epoch / recipe.epochs, metrics})
    const value = validation ? metrics.val_loss! : metrics.loss!
    if (recipe.patience === 0) best = {epoch, value, metrics, weights: []}
    else if (!best || value < best.value) best = {epoch, value, metrics, weights: loop.weights()}
    else if (epoch - best.epoch >= recipe.patience) break
  }
  if (recipe.patience > 0) loop.restore(best!.weights)
  return {epochs: epoch, bestEpoch: best!.epoch, metrics: best!.metrics}
}

const diverged = (epoch: number, how: string) =>
  new AppError('bad-data', `in epoch ${epoch} the loss ${how}`, {
    hint: 'lower `learningRate`, or add a scale step before the model',
  })

type Found = {loss: number; accuracy?: number}
type Measured = {loss: Tf.Scalar; accuracy?: Tf.Scalar}

class Mean {
  #rows = 0
  readonly #sums: Record<string, number> = {}
  add(found: Found, rows: number) {
    this.#rows += rows
    for (const [name, value] of Object.entries(found))
      this.#sums[name] = (this.#sums[name] ?? 0) + value * rows
  }
  means = () =>
    Object.fromEntries(Object.entries(this.#sums).map(([name, sum]) => [name, sum / this.#rows]))
}

/** One model, its optimizer, and the tensors that they keep between batches. */
class Loop {
  readonly #tf: Tensorflow
  readonly #model: Layers
  /** Up to the logits where the model ends in a softmax: the loss is taken from those. */
  readonly #scores: Layers
  readonly #classes: number
  readonly #recipe: Recipe
  readonly #optimizer: Tf.Optimizer & {learningRate: number}
  readonly #variables: Tf.Variable[]
  readonly #kernels: Tf.Variable[]

  constructor(tf: Tensorflow, model: Layers, recipe: Recipe, {task, classes}: TrainingData) {
    this.#tf = tf
    this.#model = model
    this.#recipe = recipe
    this.#classes = task === 'classification' ? classes!.length : 0
    this.#scores = this.#classes
      ? tf.model({inputs: model.inputs, outputs: model.layers.at(-1)!.input})
      : model
    // The weights of a LayersModel are variables; its types do not say so.
    const variables = (layer: Tf.layers.Layer) =>
      layer.trainableWeights.map(w => w.read() as Tf.Variable)
    this.#variables = model.layers.flatMap(variables)
    this.#kernels = model.layers
      .filter(layer => layer.getClassName() === 'Dense')
      .map(layer => variables(layer)[0]!)
    this.#optimizer = makeOptimizer(tf, recipe)
  }

  /** One update; gives the loss (without weight decay) and accuracy before it. */
  step(batch: Matrix, rate: number): Found {
    const {optimizer, weightDecay} = this.#recipe
    this.#optimizer.learningRate = rate
    return this.#tf.tidy(() => {
      // `minimize` disposes of what it is given, so copies are kept of what is told.
      let told: Measured | undefined
      this.#optimizer.minimize(
        () => {
          const {loss, ...rest} = this.#measure(batch, true)
          told = {loss: loss.clone(), ...rest}
          for (const t of Object.values(told)) this.#tf.keep(t)
          return weightDecay > 0 && optimizer !== 'adamw' ? loss.add(this.#decay()) : loss
        },
        false,
        this.#variables,
      )
      if (optimizer === 'adamw' && weightDecay > 0)
        for (const kernel of this.#kernels) kernel.assign(kernel.mul(1 - rate * weightDecay))
      const found = read(told!)
      this.#tf.dispose(told)
      return found
    })
  }

  evaluate(rows: Matrix): Mean {
    const mean = new Mean()
    const all = Int32Array.from({length: rows.rows}, (_, i) => i)
    for (const {from, to} of batches(rows.rows, 4096))
      mean.add(
        this.#tf.tidy(() => read(this.#measure(gather(rows, all.subarray(from, to)), false))),
        to - from,
      )
    return mean
  }

  weights = () => this.#model.getWeights().map(w => (w.dataSync() as Float32Array).slice())

  restore(weights: readonly Float32Array[]) {
    this.#tf.tidy(() => {
      const shapes = this.#model.getWeights().map(w => w.shape)
      this.#model.setWeights(weights.map((w, i) => this.#tf.tensor(w, shapes[i])))
    })
  }

  dispose() {
    this.#optimizer.dispose()
  }

  #measure({rows, x, y, weights}: Matrix, training: boolean): Measured {
    const tf = this.#tf
    const input = tf.tensor2d(x, [rows, x.length / rows])
    const out = this.#scores.apply(input, {training}) as Tf.Tensor2D
    const weighted = (losses: Tf.Tensor) =>
      (weights ? losses.mul(tf.tensor1d(weights)) : losses).mean() as Tf.Scalar
    if (this.#classes === 0)
      return {loss: weighted(out.reshape<Tf.Tensor1D>([rows]).sub(tf.tensor1d(y!)).square())}
    const own = tf.tensor1d(Int32Array.from(y!), 'int32')
    const picked = tf.oneHot(own, this.#classes).mul(out).sum<Tf.Tensor1D>(1)
    return {
      loss: weighted(out.logSumExp(1).sub(picked)),
      accuracy: out.argMax(1).equal(own).cast('float32').mean() as Tf.Scalar,
    }
  }

  #decay(): Tf.Scalar {
    const squares = this.#kernels.map(kernel => kernel.square().sum() as Tf.Scalar)
    return this.#tf.addN(squares).mul(this.#recipe.weightDecay / 2) as Tf.Scalar
  }
}

const read = (scalars: Measured) =>
  Object.fromEntries(Object.entries(scalars).map(([name, t]) => [name, t.dataSync()[0]!])) as Found

function makeOptimizer(tf: Tensorflow, {optimizer, learningRate: rate, momentum}: Recipe) {
  const make = {
    sgd: () => (momentum > 0 ? tf.train.momentum(rate, momentum) : tf.train.sgd(rate)),
    adam: () => tf.train.adam(rate),
    adamw: () => tf.train.adam(rate),
    rmsprop: () => tf.train.rmsprop(rate, 0.9),
  }
  // Each reads `learningRate` anew for every step; its types keep it protected.
  return make[optimizer]() as Tf.Optimizer as Tf.Optimizer & {learningRate: number}
}
