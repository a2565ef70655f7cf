// Switches a part of the values off at random while training, and scales up the rest.
import {says} from '../../../words/says.ts'
import {apply, type Config, defineLayer} from '../layer.ts'
import {channelsLast} from '../layout.ts'
import type {Tape, Value} from '../tape.ts'

export const dropout = defineLayer({
  className: 'Dropout',
  trials: true,
  refuses: ({noiseShape}) => (noiseShape ? says`a noise shape` : undefined),
  examples: [{title: 'none', add: (tf, [x]) => apply(tf.layers.dropout({rate: 0}), x!)}],
  call: (tape, {config, inputs: [x]}) => dropped(tape, config, x!, x!),
})

/** Switches a channel off at all places at once. */
export const spatialDropout1d = defineLayer({
  className: 'SpatialDropout1D',
  trials: true,
  examples: [
    {
      title: 'none',
      inputs: [[3, 2]],
      add: (tf, [x]) => apply(tf.layers.spatialDropout1d({rate: 0}), x!),
    },
  ],
  call(tape, {config, inputs}) {
    const x = channelsLast(tape, inputs[0]!)
    return dropped(tape, config, x, {...x, shape: [1, x.shape.at(-1)!]})
  },
})

// `like` has the shape of the mask.
function dropped(tape: Tape, config: Config, x: Value, like: Value): Value {
  const rate = config.rate as number
  // As tfjs has it: at a rate of 1 nothing is dropped either.
  if (!tape.training || rate <= 0 || rate >= 1) return x
  const {graph} = tape
  const mask = tape.chance!.mask(rate, like)
  const {shape, layout} = x
  return tape.record([x], {tensor: graph.op('Mul', [x.tensor, mask]), shape, layout}, dy => [
    () => graph.op('Mul', [dy, mask]),
  ])
}
