// The layers of a multilayer perceptron, with every random number drawn from the seed.
import type * as Tf from '@tensorflow/tfjs'
import type {NetworkSize} from '../../train/memory.ts'
import {random} from '../../train/random.ts'
import type {Layers, Tensorflow} from '../../train/tfjs/load.ts'

export type NetworkSpec = {
  inputs: number
  hidden: readonly number[]
  activation: 'relu' | 'elu' | 'gelu' | 'swish' | 'tanh' | 'sigmoid'
  batchNorm: boolean
  dropout: number
  /** Classes, with a softmax over them; left out: one number. */
  classes?: number | undefined
}

/** Dense → batch norm → activation → dropout for each hidden layer, then the outputs. */
export function network(tf: Tensorflow, spec: NetworkSpec, seed: number): Layers {
  const {inputs, hidden, activation, batchNorm, dropout, classes} = spec
  const source = random(seed)
  const fresh = () => source.below(2 ** 31)
  const saturating = activation === 'tanh' || activation === 'sigmoid'
  const model = tf.sequential()
  const add = (layer: Tf.layers.Layer) => model.add(layer)
  const Dropout = seededDropout(tf)
  const dense = (units: number, like: 'he' | 'glorot') =>
    tf.layers.dense({
      units,
      ...(model.layers.length === 0 ? {inputShape: [inputs]} : {}),
      useBias: true,
      kernelInitializer: (like === 'he'
        ? tf.initializers.heUniform
        : tf.initializers.glorotUniform)({seed: fresh()}),
    })
  for (const units of hidden) {
    add(dense(units, saturating ? 'glorot' : 'he'))
    if (batchNorm) add(tf.layers.batchNormalization({}))
    add(tf.layers.activation({activation}))
    if (dropout > 0) add(new Dropout(dropout, fresh()))
  }
  add(dense(classes ?? 1, 'glorot'))
  if (classes !== undefined) add(tf.layers.activation({activation: 'softmax'}))
  return model
}

/** How large it will be, without making it. */
export function sizeOfNetwork({
  inputs,
  hidden,
  batchNorm,
  dropout,
  classes,
}: NetworkSpec): NetworkSize {
  const outputs = classes ?? 1
  const layersOf = 2 + Number(batchNorm) + Number(dropout > 0)
  let [weights, activations, before] = [0, 0, inputs]
  for (const units of hidden) {
    weights += (before + 1) * units + (batchNorm ? 4 * units : 0)
    activations += layersOf * units
    before = units
  }
  return {weights: weights + (before + 1) * outputs, activations: activations + 2 * outputs}
}

// tfjs's own layer draws the same mask for every batch when it has a seed, and cannot be repeated when it
// has none. This one is saved under the same name, so that its files open anywhere.
const seededDropout = (tf: Tensorflow) =>
  class extends tf.layers.Layer {
    static className = 'Dropout'
    readonly rate: number
    #next: number

    constructor(rate: number, seed: number) {
      super({})
      this.rate = rate
      this.#next = seed
    }

    override call(inputs: Tf.Tensor | Tf.Tensor[], {training}: {training?: boolean}) {
      const x = Array.isArray(inputs) ? inputs[0]! : inputs
      return training ? tf.dropout(x, this.rate, undefined, this.#next++) : x.clone()
    }

    override computeOutputShape(shape: Tf.Shape) {
      return shape
    }

    override getConfig() {
      return {...super.getConfig(), rate: this.rate}
    }
  }
