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
  outputs: number
  /** The activation of the outputs. */
  ends: 'softmax' | 'softplus' | 'linear'
}

/** Dense → batch norm → activation → dropout for each hidden layer, then the outputs. */
export function network(tf: Tensorflow, spec: NetworkSpec, seed: number): Layers {
  const {inputs, hidden, activation, batchNorm, dropout, outputs, ends} = spec
  const source = random(seed)
  const fresh = () => source.below(2 ** 31)
  const saturating = activation === 'tanh' || activation === 'sigmoid'
  const model = tf.sequential()
  const add = (layer: Tf.layers.Layer) => model.add(layer)
  const dense = (units: number, like: 'he' | 'glorot', useBias = true) =>
    tf.layers.dense({
      units,
      ...(model.layers.length === 0 ? {inputShape: [inputs]} : {}),
      // Batch normalisation would take it away again, and has one of its own.
      useBias,
      kernelInitializer: (like === 'he'
        ? tf.initializers.heUniform
        : tf.initializers.glorotUniform)({seed: fresh()}),
    })
  for (const units of hidden) {
    add(dense(units, saturating ? 'glorot' : 'he', !batchNorm))
    if (batchNorm) add(tf.layers.batchNormalization({}))
    add(tf.layers.activation({activation}))
    if (dropout > 0) add(tf.layers.dropout({rate: dropout}))
  }
  add(dense(outputs, 'glorot'))
  if (ends !== 'linear') add(tf.layers.activation({activation: ends}))
  return model
}

/** How large it will be, without making it. */
export function sizeOfNetwork({
  inputs,
  hidden,
  batchNorm,
  dropout,
  outputs,
  ends,
}: NetworkSpec): NetworkSize {
  const layersOf = 2 + Number(batchNorm) + Number(dropout > 0)
  let [weights, activations, before] = [0, 0, inputs]
  for (const units of hidden) {
    // A bias, or what batch normalisation has in its place: a scale, a centre and two statistics.
    weights += (before + (batchNorm ? 4 : 1)) * units
    activations += layersOf * units
    before = units
  }
  const layersAtEnd = ends === 'linear' ? 1 : 2
  return {
    weights: weights + (before + 1) * outputs,
    activations: activations + layersAtEnd * outputs,
  }
}
