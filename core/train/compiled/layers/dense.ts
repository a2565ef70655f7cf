// Weighted sums of all inputs: y = activation(x·W + b).
import {activate, refusesActivation} from '../activations.ts'
import {apply, defineLayer} from '../layer.ts'
import {reshape} from '../layout.ts'
import {matMul, sumRows} from '../products.ts'

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
    const {graph} = tape
    // Whatever stands before the last axis is one more row.
    const x = reshape(tape, input!, input!.shape.slice(-1))
    const {perTrial} = kernel!
    const sums = tape.record(
      bias ? [x, kernel!, bias] : [x, kernel!],
      {tensor: matMul(graph, x, kernel!, {bias}), shape: kernel!.shape.slice(-1)},
      tensor => {
        const dy = {tensor, perTrial}
        return [
          () => matMul(graph, dy, kernel!, {transposeB: true}),
          () => matMul(graph, x, dy, {transposeA: true}),
          () => sumRows(graph, dy),
        ]
      },
    )
    return activate(
      tape,
      config.activation,
      reshape(tape, sums, [...input!.shape.slice(0, -1), ...sums.shape]),
    )
  },
})
