// A row of features as a sequence of so many equal places.
import {apply, defineLayer} from '../layer.ts'

export const repeatVector = defineLayer({
  className: 'RepeatVector',
  trials: true,
  examples: [
    {
      title: 'and different weights for each place',
      inputs: [[3], [4, 3]],
      add: (tf, [x, y]) =>
        apply(tf.layers.multiply(), [apply(tf.layers.repeatVector({n: 4}), x!), y!]),
    },
  ],
  call(tape, {config, inputs: [x]}) {
    const {graph} = tape
    const n = config.n as number
    const place = graph.constant('int64', [-2])
    const one = graph.op('Unsqueeze', [x!.tensor, place])
    const tensor = graph.op('Expand', [one, graph.constant('int64', [n, 1])])
    return tape.record([x!], {tensor, shape: [n, ...x!.shape]}, dy => [
      () => graph.op('ReduceSum', [dy, place], {keepdims: {int: 0}}),
    ])
  },
})
