// What a network says before its last softmax or sigmoid: losses start there, where nothing overflows.
import type * as Tf from '@tensorflow/tfjs'
import type {Layers, Tensorflow} from './load.ts'

export type Scores = (x: Tf.Tensor | Tf.Tensor[], training: boolean) => Tf.Tensor2D

/**
 * The model up to the logits of its end: of an Activation layer, of a dense layer with that activation, or
 * of a model that ends so. Another end is taken for logits as it is.
 */
export function logitsOf(tf: Tensorflow, model: Layers): Scores {
  const {sourceLayer: last, nodeIndex} = model.outputs[0]!
  const end = endOf(tf, last)
  if (!end) return outputOf(model)
  const [before] = last.inboundNodes[nodeIndex]!.inputTensors
  // A model of that one layer has nothing before it.
  if (model.inputs.includes(before!)) return end
  const start = tf.model({inputs: model.inputs, outputs: before!})
  return (x, training) => end(start.apply(x, {training}) as Tf.Tensor, training)
}

/** The model's own output. */
export const outputOf =
  (model: Layers): Scores =>
  (x, training) =>
    model.apply(x, {training}) as Tf.Tensor2D

/** A last layer without its softmax or sigmoid; undefined where it has none. */
function endOf(tf: Tensorflow, layer: Tf.layers.Layer): Scores | undefined {
  const kind = layer.getClassName()
  if (isModel(layer)) return logitsOf(tf, layer)
  if (!['softmax', 'sigmoid'].includes(layer.getConfig().activation as string)) return undefined
  if (kind === 'Activation') return x => x as Tf.Tensor2D
  if (kind !== 'Dense') return undefined
  const [kernel, bias] = layer.weights.map(w => w.read())
  return x => {
    const sums = (x as Tf.Tensor).matMul(kernel!)
    return (bias ? sums.add(bias) : sums) as Tf.Tensor2D
  }
}

const isModel = (layer: Tf.layers.Layer): layer is Layers =>
  ['Model', 'Sequential', 'Functional'].includes(layer.getClassName())
