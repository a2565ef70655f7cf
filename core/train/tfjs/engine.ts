// The reference engine: TensorFlow.js's own gradients and optimizers, batch by batch.
import type * as Tf from '@tensorflow/tfjs'
import type {Matrix} from '../../plugin.ts'
import {type Said, says} from '../../words/says.ts'
import {batches, gather} from '../batches.ts'
import {losses} from '../compiled/losses/index.ts'
import type {Engine, Training} from '../engine.ts'
import {pacer} from '../pace.ts'
import {averageKeeps, type Recipe} from '../recipe.ts'
import {sampleOf} from '../rows.ts'
import {average, type Measure, type Snapshot, type Stepper, type Steps} from '../stepper.ts'
import {decays, readVector, type Weights, weightsOf, writeVector} from '../weights.ts'
import type {Best} from './backends.ts'
import {type Dropouts, dropoutsOf} from './dropouts.ts'
import {loadTensorflow, type Tensorflow} from './load.ts'
import {judges} from './losses.ts'
import {assignAll, joined, type Optimizer, openOptimizer} from './optimizer.ts'
import {logitsOf, outputOf, type Scores} from './scores.ts'

export const tfjsEngine: Engine = {
  name: 'tfjs',
  refuses: async () => undefined,
  open: async training => {
    const best = await loadTensorflow()
    const stepper = new TfjsStepper(best, training)
    const lacking = await stepper.lacking(await sampleOf(training.data.train, 1))
    if (lacking === undefined) return stepper
    await stepper.dispose()
    const passed = [...best.passed, says`not ${best.backend}: it lacks ${lacking}`]
    // Plain JavaScript has every gradient.
    return new TfjsStepper({...best, backend: 'cpu', own: 'cpu', passed}, training)
  },
}

/** How many rows are measured at once. */
const block = 4096

/** One model, its optimizer, and the tensors that they keep between batches. */
class TfjsStepper implements Stepper {
  readonly device: string
  readonly because: readonly Said[]
  readonly #tf: Tensorflow
  /** Its own backend, which it sets again where another training has set another, and the one before. */
  readonly #backend: string
  readonly #before: string
  readonly #inputs: readonly (readonly number[])[]
  /** Up to the logits where the loss is taken from those. */
  readonly #scores: Scores
  readonly #recipe: Recipe
  readonly #optimizer: Optimizer
  readonly #dropouts: Dropouts
  readonly #weights: Weights
  readonly #variables: Tf.Variable[]
  /** Which of them weight decay pulls at. */
  readonly #decays: boolean[]
  /** Their running mean; empty where the recipe has none. */
  readonly #average: Tf.Variable[]
  readonly #pace = pacer(new AbortController().signal)

  constructor({tf, backend, own, passed}: Best, {model, recipe, seed}: Training) {
    this.#tf = tf
    this.#backend = own
    this.#before = tf.getBackend()
    this.device = backend
    this.because = passed.map(({said}) => said)
    this.#recipe = recipe
    this.#inputs = model.inputs.map(({shape}) => shape.slice(1) as number[])
    const end = losses[recipe.loss]?.logitsOf
    this.#scores = end ? logitsOf(tf, model, end) : outputOf(model)
    this.#dropouts = dropoutsOf(model, seed)
    this.#weights = weightsOf(model)
    // The weights of a LayersModel are variables; its types do not say so.
    const {slots} = this.#weights.learned
    this.#variables = slots.map(({weight}) => weight.read() as Tf.Variable)
    this.#decays = slots.map(({weight}) => decays(weight))
    this.#average = recipe.ema > 0 ? this.#variables.map(v => tf.variable(v, false)) : []
    this.#optimizer = openOptimizer(tf, recipe, this.#variables)
  }

  async step({rows, order, ranges, first, rates}: Steps): Promise<Measure[]> {
    const found: Measure[] = []
    for (const [i, rate] of rates.entries()) {
      const batch = gather(rows, order.subarray(ranges[2 * i]!, ranges[2 * i + 1]!))
      await this.#onBackend()
      found.push(this.#one(batch, rate, first + i))
      await this.#pace()
    }
    return found
  }

  async measure(rows: Matrix): Promise<Measure> {
    await this.#onBackend()
    const all = Int32Array.from({length: rows.rows}, (_, i) => i)
    const measured = () =>
      batches(rows.rows, block).map(({from, to}) =>
        this.#tf.tidy(() =>
          read(to - from, this.#measure(gather(rows, all.subarray(from, to)), false)),
        ),
      )
    if (this.#average.length === 0) return average(measured())
    const own = joined(this.#variables)
    assignAll(this.#tf, this.#variables, joined(this.#average))
    try {
      return average(measured())
    } finally {
      assignAll(this.#tf, this.#variables, own)
    }
  }

  read(): Snapshot {
    const {learned, kept} = this.#weights
    return {
      params: readVector(learned),
      ...(this.#average.length > 0 ? {average: joined(this.#average)} : {}),
      slots: this.#optimizer.read(),
      kept: readVector(kept),
    }
  }

  write({params, average, slots, kept}: Snapshot) {
    writeVector(this.#tf, this.#weights.learned, params)
    writeVector(this.#tf, this.#weights.kept, kept)
    if (average) assignAll(this.#tf, this.#average, average)
    this.#optimizer.write(slots)
  }

  async dispose() {
    this.#optimizer.dispose()
    this.#dropouts.restore()
    this.#tf.dispose(this.#average)
    if (this.#tf.getBackend() !== this.#before) await this.#tf.setBackend(this.#before)
  }

  /**
   * The kernel that its backend lacks for a step of this training, if one is lacking: WASM has no gradients of
   * convolutions and embeddings, and TensorFlow.js says so no earlier than in the step.
   */
  async lacking({rows, ...all}: Matrix): Promise<string | undefined> {
    if (this.#backend === 'cpu' || rows === 0) return undefined
    const before = this.read()
    try {
      await this.step({
        rows: {rows, ...all},
        order: Int32Array.of(0),
        ranges: Int32Array.of(0, 1),
        first: 1,
        rates: Float64Array.of(0),
      })
      return undefined
    } catch (error) {
      // What a gradient puts aside stays on TensorFlow.js's tape when it fails.
      for (const {saved} of this.#tf.engine().state.activeTape ?? [])
        if (saved) this.#tf.dispose(saved)
      const kernel = /Kernel '(\w+)' not registered for backend/.exec(String(error))?.[1]
      if (kernel) return kernel
      throw error
    } finally {
      this.write(before)
    }
  }

  async #onBackend() {
    if (this.#tf.getBackend() !== this.#backend) await this.#tf.setBackend(this.#backend)
  }

  /** Step `t`, from 1; gives the loss (without the costs of weights) and accuracy before it. */
  #one(batch: Matrix, rate: number, t: number): Measure {
    const {optimizer, weightDecay} = this.#recipe
    this.#dropouts.reseed(t)
    return this.#tf.tidy(() => {
      let hits: Tf.Scalar | undefined
      const told = () => {
        const {loss, accuracy} = this.#measure(batch, true)
        // What the loss does not need is gone when the gradients are there.
        hits = accuracy && this.#tf.keep(accuracy)
        return loss
      }
      let found: Measure
      let grads: Tf.NamedTensorMap
      try {
        const {value: loss, ...all} = this.#tf.variableGrads(told, this.#variables)
        grads = all.grads
        found = read(batch.rows, {loss, ...(hits ? {accuracy: hits} : {})})
      } finally {
        hits?.dispose()
      }
      const gradients = this.#variables.map(v => grads[v.name] ?? this.#tf.zerosLike(v))
      const decoupled = optimizer === 'adamw' || optimizer === 'lion'
      const costs = this.#costs(this.#clipped(gradients), decoupled ? 0 : weightDecay)
      if (decoupled && weightDecay > 0)
        for (const [i, v] of this.#variables.entries())
          if (this.#decays[i]) v.assign(v.mul(1 - rate * weightDecay))
      this.#optimizer.apply(costs, rate)
      const keeps = averageKeeps(this.#recipe, t)
      for (const [i, mean] of this.#average.entries()) {
        const now = this.#variables[i]!
        mean.assign(now.add(mean.sub(now).mul(keeps)))
      }
      return found
    })
  }

  #measure({rows, x, y, weights}: Matrix, training: boolean): Told {
    const tf = this.#tf
    const output = this.#scores(this.#inputsOf(tf.tensor2d(x, [rows, x.length / rows])), training)
    const judged = judges[this.#recipe.loss](tf, {output, y: tf.tensor1d(y!), recipe: this.#recipe})
    const {losses, hits} = judged
    const loss = (weights ? losses.mul(tf.tensor1d(weights)) : losses).mean<Tf.Scalar>()
    return {loss, ...(hits ? {accuracy: hits.cast('float32').mean<Tf.Scalar>()} : {})}
  }

  /** The features as the inputs of the model: in order, each as many as its shape holds. */
  #inputsOf(x: Tf.Tensor2D): Tf.Tensor | Tf.Tensor[] {
    const [rows] = x.shape
    const sizes = this.#inputs.map(shape => shape.reduce((a, b) => a * b, 1))
    const parts = sizes.length > 1 ? this.#tf.split(x, sizes, 1) : [x]
    const shaped = parts.map((part, i) => part.reshape([rows, ...this.#inputs[i]!]))
    return shaped.length > 1 ? shaped : shaped[0]!
  }

  /** Gradients no larger than the recipe wants them. */
  #clipped(gradients: Tf.Tensor[]): Tf.Tensor[] {
    const {clipValue, clipNorm} = this.#recipe
    const cut = clipValue > 0 ? gradients.map(g => g.clipByValue(-clipValue, clipValue)) : gradients
    if (clipNorm === 0) return cut
    const norm = this.#tf.addN(cut.map(g => g.square().sum())).sqrt()
    const by = this.#tf.scalar(clipNorm).div(norm.maximum(clipNorm))
    return cut.map(g => g.mul(by))
  }

  /** Gradients with what the kernels cost. */
  #costs(gradients: Tf.Tensor[], weightDecay: number): Tf.Tensor[] {
    const {l1} = this.#recipe
    return gradients.map((gradient, i) => {
      if (!this.#decays[i]) return gradient
      const kernel = this.#variables[i]!
      const sparse = l1 > 0 ? gradient.add(kernel.sign().mul(l1)) : gradient
      return weightDecay > 0 ? sparse.add(kernel.mul(weightDecay)) : sparse
    })
  }
}

type Told = {loss: Tf.Scalar; accuracy?: Tf.Scalar}

const read = (rows: number, {loss, accuracy}: Told): Measure => ({
  rows,
  loss: loss.dataSync()[0]!,
  ...(accuracy ? {accuracy: accuracy.dataSync()[0]!} : {}),
})
