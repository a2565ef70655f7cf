// What a network says before its last softmax or sigmoid: losses start there, where nothing overflows.
import type * as Tf from '@tensorflow/tfjs'
import type {Layers, Tensorflow} from './load.ts'

export type Scores = (x: Tf.Tensor | Tf.Tensor[], training: boolean) => Tf.Tensor2D
export type End = 'softmax' | 'sigmoid'

/**
 * The model up to the logits of its end in `end`: of an Activation layer, of a dense layer with that
 * activation, or of a model that ends so. Any other end is taken for logits as it is.
 */
export function logitsOf(tf: Tensorflow, model: Layers, end: End): Scores {
  if (endOf(model) !== end) return outputOf(model)
  const {sourceLayer: last, nodeIndex} = model.outputs[0]!
  const own = withoutEnd(tf, last, end)
  const [before] = last.inboundNodes[nodeIndex]!.inputTensors
  // A model of that one layer has nothing before it.
  if (model.inputs.includes(before!)) return own
  const start = tf.model({inputs: model.inputs, outputs: before!})
  return (x, training) => own(start.apply(x, {training}) as Tf.Tensor, training)
}

/** The model's own output. */
export const outputOf =
  (model: Layers): Scores =>
  (x, training) =>
    model.apply(x, {training}) as Tf.Tensor2D

/** The softmax or the sigmoid that a model ends in, if it does. */
export function endOf(model: Layers): End | undefined {
  const {sourceLayer: last, shape} = model.outputs[0]!
  if (isModel(last)) return endOf(last)
  const {activation, axis = -1} = last.getConfig()
  const kind = last.getClassName()
  if (kind === 'Softmax')
    return [-1, shape.length - 1].includes(Number(axis)) ? 'softmax' : undefined
  if (kind !== 'Activation' && kind !== 'Dense') return undefined
  return activation === 'softmax' || activation === 'sigmoid' ? activation : undefined
}

/** The last layer of a model that ends in `end`, without that. */
function withoutEnd(tf: Tensorflow, layer: Tf.layers.Layer, end: End): Scores {
  if (isModel(layer)) return logitsOf(tf, layer, end)
  if (layer.getClassName() !== 'Dense') return x => x as Tf.Tensor2D
  const [kernel, bias] = layer.weights.map(w => w.read())
  return x => {
    const sums = (x as Tf.Tensor).matMul(kernel!)
    return (bias ? sums.add(bias) : sums) as Tf.Tensor2D
  }
}

const isModel = (layer: Tf.layers.Layer): layer is Layers =>
  ['Model', 'Sequential', 'Functional'].includes(layer.getClassName())
