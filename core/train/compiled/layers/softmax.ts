// Softmax as a layer of its own, along any one axis.
import {says} from '../../../words/says.ts'
import {put, softmaxAlong} from '../activations.ts'
import {apply, defineLayer} from '../layer.ts'
import {channelsLast} from '../layout.ts'

export const softmax = defineLayer({
  className: 'Softmax',
  trials: true,
  refuses: ({axis}) => (Array.isArray(axis) && axis.length > 1 ? says`several axes` : undefined),
  examples: [
    {title: 'of features', add: (tf, [x]) => apply(tf.layers.softmax(), x!)},
    {
      title: 'of channels',
      inputs: [[2, 3]],
      add: (tf, [x]) => apply(tf.layers.softmax({axis: -1}), x!),
    },
  ],
  call(tape, {config, inputs}) {
    const x = channelsLast(tape, inputs[0]!)
    const axis = [config.axis as number | number[]].flat()[0]!
    const along = axis < 0 ? axis : axis - x.shape.length - 1
    return put(
      tape,
      softmaxAlong(along),
      x,
      along === -1 ? {logits: {end: 'softmax', before: x}} : {},
    )
  },
})
