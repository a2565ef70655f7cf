// An activation as a layer of its own.
import {activate} from '../activations.ts'
import {apply, defineLayer, type LayerExample} from '../layer.ts'

const names = ['elu', 'gelu', 'swish', 'tanh', 'sigmoid', 'softplus', 'softmax', 'linear'] as const

const example = (activation: 'relu' | (typeof names)[number]): LayerExample => ({
  title: activation,
  add: (tf, [x]) => apply(tf.layers.activation({activation}), x!),
})

export const activation = defineLayer({
  className: 'Activation',
  trials: true,
  examples: [example('relu'), ...names.map(example)],
  call: (tape, {config, inputs}) => activate(tape, config.activation, inputs[0]!),
})
