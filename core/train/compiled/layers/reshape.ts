// The same numbers in another shape; `Flatten` is the shape of one axis.
import {apply, defineLayer} from '../layer.ts'
import {reshape as intoShape} from '../layout.ts'

export const reshape = defineLayer({
  className: 'Reshape',
  trials: true,
  examples: [
    {
      title: 'of a sequence',
      inputs: [[4, 6]],
      add: (tf, [x]) => apply(tf.layers.reshape({targetShape: [8, 3]}), x!),
    },
  ],
  call: (tape, {config, inputs: [x]}) => {
    const target = config.targetShape as number[]
    const known = target.filter(size => size > 0).reduce((a, b) => a * b, 1)
    const all = x!.shape.reduce((a, b) => a * b, 1)
    return intoShape(
      tape,
      x!,
      target.map(size => (size > 0 ? size : all / known)),
    )
  },
})

export const flatten = defineLayer({
  className: 'Flatten',
  trials: true,
  examples: [
    {title: 'of an image', inputs: [[3, 2, 2]], add: (tf, [x]) => apply(tf.layers.flatten(), x!)},
  ],
  call: (tape, {inputs: [x]}) => intoShape(tape, x!, [x!.shape.reduce((a, b) => a * b, 1)]),
})
