// The reference engine: TensorFlow.js's own gradients and optimizers, batch by batch.
import type * as Tf from '@tensorflow/tfjs'
import type {Matrix} from '../../plugin.ts'
import {batches, gather} from '../batches.ts'
import type {Engine, Training} from '../engine.ts'
import {pacer} from '../pace.ts'
import type {Recipe} from '../recipe.ts'
import {average, type Measure, type Snapshot, type Stepper, type Steps} from '../stepper.ts'
import {decays, readVector, type Weights, weightsOf, writeVector} from '../weights.ts'
import {type Layers, loadTensorflow, type Tensorflow} from './load.ts'

export const tfjsEngine: Engine = {
  name: 'tfjs',
  refuses: async () => undefined,
  open: async training => {
    const {tf, backend, passed} = await loadTensorflow()
    return new TfjsStepper(tf, [backend, ...passed].join(', '), training)
  },
}

/** How many rows are measured at once. */
const block = 4096

/** One model, its optimizer, and the tensors that they keep between batches. */
class TfjsStepper implements Stepper {
  readonly device: string
  readonly #tf: Tensorflow
  /** Up to the logits where the model ends in a softmax: the loss is taken from those. */
  readonly #scores: Layers
  readonly #classes: number
  readonly #recipe: Recipe
  readonly #optimizer: Tf.Optimizer & {learningRate: number}
  readonly #weights: Weights
  readonly #variables: Tf.Variable[]
  readonly #kernels: Tf.Variable[]
  readonly #pace = pacer(new AbortController().signal)

  constructor(tf: Tensorflow, device: string, {model, recipe, data}: Training) {
    this.#tf = tf
    this.device = device
    this.#recipe = recipe
    this.#classes = data.task === 'classification' ? data.classes!.length : 0
    this.#scores = this.#classes
      ? tf.model({inputs: model.inputs, outputs: model.layers.at(-1)!.input})
      : model
    this.#weights = weightsOf(model)
    // The weights of a LayersModel are variables; its types do not say so.
    const {slots} = this.#weights.learned
    this.#variables = slots.map(({weight}) => weight.read() as Tf.Variable)
    this.#kernels = this.#variables.filter((_, i) => decays(slots[i]!.weight))
    this.#optimizer = makeOptimizer(tf, recipe)
  }

  async step({rows, order, ranges, rates}: Steps): Promise<Measure[]> {
    const found: Measure[] = []
    for (const [i, rate] of rates.entries()) {
      found.push(this.#one(gather(rows, order.subarray(ranges[2 * i]!, ranges[2 * i + 1]!)), rate))
      await this.#pace()
    }
    return found
  }

  async measure(rows: Matrix): Promise<Measure> {
    const all = Int32Array.from({length: rows.rows}, (_, i) => i)
    return average(
      batches(rows.rows, block).map(({from, to}) =>
        this.#tf.tidy(() =>
          read(to - from, this.#measure(gather(rows, all.subarray(from, to)), false)),
        ),
      ),
    )
  }

  read(): Snapshot {
    const {learned, kept} = this.#weights
    return {params: readVector(learned), slots: [], kept: readVector(kept)}
  }

  write({params, kept}: Snapshot) {
    writeVector(this.#tf, this.#weights.learned, params)
    writeVector(this.#tf, this.#weights.kept, kept)
  }

  async dispose() {
    this.#optimizer.dispose()
  }

  /** One update; gives the loss (without weight decay) and accuracy before it. */
  #one(batch: Matrix, rate: number): Measure {
    const {optimizer, weightDecay} = this.#recipe
    this.#optimizer.learningRate = rate
    return this.#tf.tidy(() => {
      // `minimize` disposes of what it is given, so copies are kept of what is told.
      let told: Told | undefined
      if (optimizer === 'adamw' && weightDecay > 0)
        for (const kernel of this.#kernels) kernel.assign(kernel.mul(1 - rate * weightDecay))
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
      const found = read(batch.rows, told!)
      this.#tf.dispose(told)
      return found
    })
  }

  #measure({rows, x, y, weights}: Matrix, training: boolean): Told {
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

type Told = {loss: Tf.Scalar; accuracy?: Tf.Scalar}

const read = (rows: number, {loss, accuracy}: Told): Measure => ({
  rows,
  loss: loss.dataSync()[0]!,
  ...(accuracy ? {accuracy: accuracy.dataSync()[0]!} : {}),
})

function makeOptimizer(tf: Tensorflow, {optimizer, learningRate: rate, ...recipe}: Recipe) {
  const {momentum, nesterov, beta1, beta2, epsilon} = recipe
  const adam = () => tf.train.adam(rate, beta1, beta2, epsilon)
  const make: Partial<Record<Recipe['optimizer'], () => Tf.Optimizer>> = {
    sgd: () => (momentum > 0 ? tf.train.momentum(rate, momentum, nesterov) : tf.train.sgd(rate)),
    adam,
    adamw: adam,
    rmsprop: () => tf.train.rmsprop(rate, 0.9, 0, epsilon),
  }
  // Each reads `learningRate` anew for every step; its types keep it protected.
  return make[optimizer]!() as Tf.Optimizer as Tf.Optimizer & {learningRate: number}
}
