// A leaky rectifier that learns its slope below zero (He et al., 2015).
import {weightOver} from '../broadcast.ts'
import {apply, defineLayer} from '../layer.ts'

export const prelu = defineLayer({
  className: 'PReLU',
  trials: true,
  examples: [
    {title: 'of features', add: (tf, [x]) => apply(tf.layers.prelu(), x!)},
    {
      title: 'one slope a channel',
      inputs: [[2, 3, 4]],
      add: (tf, [x]) => apply(tf.layers.prelu({sharedAxes: [1, 2]}), x!),
    },
    {
      title: 'after a convolution',
      inputs: [[3, 4, 2]],
      add: (tf, [x]) =>
        apply(tf.layers.prelu(), apply(tf.layers.conv2d({filters: 3, kernelSize: 2}), x!)),
    },
  ],
  call(tape, {weights: [alpha], inputs: [x]}) {
    const {graph} = tape
    const {tensor, shape, layout} = x!
    const zero = graph.constant('float32', 0)
    const slope = weightOver(tape, alpha!, x!)
    const below = graph.op('Min', [tensor, zero])
    const y = graph.op('Add', [graph.op('Relu', [tensor]), graph.op('Mul', [below, slope.tensor])])
    return tape.record([x!, alpha!], {tensor: y, shape, layout}, dy => [
      () => {
        const above = graph.op('Greater', [tensor, zero])
        return graph.op('Where', [above, dy, graph.op('Mul', [dy, slope.tensor])])
      },
      () => slope.sum(graph.op('Mul', [dy, below])),
    ])
  },
})
