// Values side by side along one axis.

import {says} from '../../../words/says.ts'
import {sizesOf} from '../broadcast.ts'
import {apply, defineLayer} from '../layer.ts'
import {channelsFirst} from '../layout.ts'
import type {Tape, Value} from '../tape.ts'

export const concatenate = defineLayer({
  className: 'Concatenate',
  trials: true,
  refuses: ({axis}, [first]) =>
    axis === 0 || axis === -1 - first!.length ? says`the axis of rows` : undefined,
  examples: [
    {
      title: 'of features',
      inputs: [[3], [5], [2]],
      add: (tf, all) => apply(tf.layers.concatenate(), all),
    },
    {
      title: 'of sequences, one after the other',
      inputs: [
        [2, 3],
        [4, 3],
      ],
      add: (tf, all) => apply(tf.layers.concatenate({axis: 1}), all),
    },
    {
      title: 'of an image and its convolution',
      inputs: [[4, 3, 2]],
      add: (tf, [x]) => {
        const made = apply(tf.layers.conv2d({filters: 3, kernelSize: 3, padding: 'same'}), x!)
        return apply(tf.layers.concatenate(), [x!, made])
      },
    },
    {
      title: 'of two convolutions, one above the other',
      inputs: [[4, 3, 2]],
      add: (tf, [x]) => {
        const made = () => apply(tf.layers.conv2d({filters: 3, kernelSize: 2}), x!)
        return apply(tf.layers.concatenate({axis: 1}), [made(), made()])
      },
    },
  ],
  call(tape, {config, inputs}) {
    const {graph} = tape
    const first = inputs.some(({layout}) => layout === 'first')
    const perTrial = inputs.some(value => value.perTrial)
    const parts = inputs.map(value => (first ? channelsFirst(tape, value) : value))
    const rank = parts[0]!.shape.length
    const given = (config.axis as number | undefined) ?? -1
    // Of the axes after the batch, channels last.
    const at = given < 0 ? given + rank : given - 1
    const turned = first ? (at + 1) % rank : at
    const axis = {int: turned - rank}
    const sizes = parts.map(part => sizesOf(part)[turned]!)
    const shape = parts[0]!.shape.map((size, i) =>
      i === at ? sizes.reduce((a, b) => a + b) : size,
    )
    const tensor = graph.op(
      'Concat',
      parts.map(part => (perTrial && !part.perTrial ? forTrials(tape, part) : part.tensor)),
      {axis},
    )
    return tape.record(parts, {tensor, shape, layout: parts[0]!.layout}, dy => {
      let pieces: ReturnType<typeof graph.ops> | undefined
      return parts.map((_, i) => () => {
        pieces ??= graph.ops('Split', [dy, graph.constant('int64', sizes)], sizes.length, {axis})
        return pieces[i]!
      })
    })
  },
})

// Data knows no trials; beside a value that does it is repeated for each.
function forTrials({graph, trials}: Tape, {tensor, shape}: Value) {
  const ones = Array.from({length: shape.length + 1}, () => 1)
  return graph.op('Expand', [tensor, graph.constant('int64', [trials, ...ones])])
}
