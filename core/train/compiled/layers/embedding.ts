// A learned vector for each whole number.

import {AppError} from '../../../error.ts'
import {says} from '../../../words/says.ts'
import {apply, defineLayer} from '../layer.ts'
import {channelsLast} from '../layout.ts'

/**
 * A number below 0 or not below `inputDim`, and one that is missing, has a vector of zeros and teaches
 * nothing; tfjs throws there or reads beyond its memory, depending on its backend.
 */
export const embedding = defineLayer({
  className: 'Embedding',
  trials: true,
  refuses: ({maskZero}) => (maskZero ? says`a mask` : undefined),
  examples: [
    {
      title: 'of two columns',
      inputs: [[2]],
      whole: {below: 5},
      add: (tf, [x]) => apply(tf.layers.embedding({inputDim: 5, outputDim: 3}), x!),
    },
    {
      title: 'one for two inputs',
      inputs: [[1], [1]],
      whole: {below: 4},
      add: (tf, inputs) => {
        const shared = tf.layers.embedding({inputDim: 4, outputDim: 3})
        return apply(
          tf.layers.multiply(),
          inputs.map(x => apply(shared, x)),
        )
      },
    },
  ],
  call(tape, {weights: [table], inputs}) {
    const {graph, trials} = tape
    const op = graph.op.bind(graph)
    const x = channelsLast(tape, inputs[0]!)
    if (x.live) throw new AppError('not-available', says`an embedding of what a network computes`)
    const [count, size] = table!.shape as [number, number]
    const float = (n: number) => graph.constant('float32', n)
    const above = op('Greater', [x.tensor, float(-1)])
    const known = op('And', [above, op('Less', [x.tensor, float(count)])])
    const index = graph.cast(op('Where', [known, x.tensor, float(0)]), 'int64')
    const kept = op('Unsqueeze', [graph.cast(known, 'float32'), graph.constant('int64', [-1])])
    const axis = {int: table!.perTrial ? 1 : 0}
    const tensor = op('Mul', [op('Gather', [table!.tensor, index], {axis}), kept])
    const int64 = (...sizes: number[]) => graph.constant('int64', sizes)
    return tape.record([table!], {tensor, shape: [...x.shape, size]}, dy => [
      () => {
        const share = op('Mul', [dy, kept])
        const at = op('Reshape', [index, int64(-1, 1)])
        const into = (sizes: number[], updates: typeof dy) =>
          op(
            'ScatterND',
            [op('ConstantOfShape', [int64(...sizes)], {elem: 'float32'}), at, updates],
            {
              reduction: 'add',
            },
          )
        if (!table!.perTrial) return into([count, size], op('Reshape', [share, int64(-1, size)]))
        // Rows first: it is they that are scattered, with all trials of each.
        const rows = op('Transpose', [op('Reshape', [share, int64(trials, -1, size)])], {
          perm: [1, 0, 2],
        })
        return op('Transpose', [into([count, trials, size], rows)], {perm: [1, 0, 2]})
      },
    ])
  },
})
