// Rectifiers as layers: functions in pieces, without weights.
import {activations, clipped, leaky, put, thresholded} from '../activations.ts'
import {apply, defineLayer} from '../layer.ts'

export const relu = defineLayer({
  className: 'ReLU',
  trials: true,
  examples: [
    {title: 'plain', add: (tf, [x]) => apply(tf.layers.reLU(), x!)},
    {title: 'up to a largest value', add: (tf, [x]) => apply(tf.layers.reLU({maxValue: 0.5}), x!)},
  ],
  call: (tape, {config: {maxValue}, inputs: [x]}) =>
    put(tape, typeof maxValue === 'number' ? clipped(maxValue) : activations.relu!, x!),
})

export const leakyRelu = defineLayer({
  className: 'LeakyReLU',
  trials: true,
  examples: [
    {title: 'usual', add: (tf, [x]) => apply(tf.layers.leakyReLU(), x!)},
    {title: 'alpha', add: (tf, [x]) => apply(tf.layers.leakyReLU({alpha: 0.1}), x!)},
  ],
  call: (tape, {config, inputs: [x]}) => put(tape, leaky(config.alpha as number), x!),
})

export const elu = defineLayer({
  className: 'ELU',
  trials: true,
  // tfjs has no other alpha than 1.
  examples: [{title: 'usual', add: (tf, [x]) => apply(tf.layers.elu(), x!)}],
  call: (tape, {inputs: [x]}) => put(tape, activations.elu!, x!),
})

export const thresholdedRelu = defineLayer({
  className: 'ThresholdedReLU',
  trials: true,
  examples: [
    {
      title: 'theta',
      peerless: 'tfjs fails in its gradient',
      // So small that its jump is nothing beside the slope.
      add: (tf, [x]) => apply(tf.layers.thresholdedReLU({theta: 0.02}), x!),
    },
  ],
  call: (tape, {config, inputs: [x]}) => put(tape, thresholded(config.theta as number), x!),
})
