// Weighted sums of all inputs: y = activation(x·W + b).
import {activate, refusesActivation} from '../activations.ts'
import {apply, defineLayer} from '../layer.ts'
import {reshape} from '../layout.ts'
import {affine} from '../products.ts'

export const dense = defineLayer({
  className: 'Dense',
  trials: true,
  refuses: refusesActivation,
  examples: [
    {
      title: 'relu',
      add: (tf, [x]) => apply(tf.layers.dense({units: 5, activation: 'relu'}), x!),
    },
    {title: 'no bias', add: (tf, [x]) => apply(tf.layers.dense({units: 3, useBias: false}), x!)},
    {
      title: 'on each place of a sequence',
      inputs: [[4, 6]],
      add: (tf, [x]) => apply(tf.layers.dense({units: 3, activation: 'tanh'}), x!),
    },
  ],
  call(tape, {config, weights: [kernel, bias], inputs: [input]}) {
    // Whatever stands before the last axis is one more row.
    const x = reshape(tape, input!, input!.shape.slice(-1))
    const sums = affine(tape, x, kernel!, bias)
    return activate(
      tape,
      config.activation,
      reshape(tape, sums, [...input!.shape.slice(0, -1), ...sums.shape]),
    )
  },
})
