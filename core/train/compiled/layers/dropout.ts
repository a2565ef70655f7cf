// Switches a part of the values off at random while training, and scales up the rest.
import {apply, defineLayer} from '../layer.ts'

export const dropout = defineLayer({
  className: 'Dropout',
  trials: true,
  examples: [{title: 'none', add: (tf, [x]) => apply(tf.layers.dropout({rate: 0}), x!)}],
  call(tape, {config, inputs: [x]}) {
    const rate = config.rate as number
    if (!tape.training || rate === 0) return x!
    const {graph} = tape
    const mask = tape.chance!.mask(rate, x!)
    return tape.record([x!], {...x!, tensor: graph.op('Mul', [x!.tensor, mask])}, dy => [
      () => graph.op('Mul', [dy, mask]),
    ])
  },
})
