// An activation as a layer of its own.
import {activate, refusesActivation} from '../activations.ts'
import {apply, defineLayer, type LayerExample} from '../layer.ts'

const names = [
  'relu6',
  'elu',
  'selu',
  'gelu',
  'gelu_new',
  'swish',
  'mish',
  'softplus',
  'softsign',
  'tanh',
  'sigmoid',
  'hardSigmoid',
  'softmax',
  'logSoftmax',
  'linear',
] as const

const example = (activation: 'relu' | (typeof names)[number]): LayerExample => ({
  title: activation,
  // Far enough to reach every piece of those that are made of pieces.
  spread: 6,
  // The types of tfjs leave out a name that it knows.
  add: (tf, [x]) => apply(tf.layers.activation({activation: activation as 'softmax'}), x!),
})

export const activation = defineLayer({
  className: 'Activation',
  trials: true,
  refuses: refusesActivation,
  examples: [example('relu'), ...names.map(example)],
  call: (tape, {config, inputs}) => activate(tape, config.activation, inputs[0]!),
})
