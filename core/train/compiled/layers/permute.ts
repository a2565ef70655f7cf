// The axes after the batch in another order.
import {apply, defineLayer} from '../layer.ts'
import {channelsLast} from '../layout.ts'

export const permute = defineLayer({
  className: 'Permute',
  trials: true,
  examples: [
    {
      title: 'of three axes',
      inputs: [[2, 3, 4]],
      add: (tf, [x]) => apply(tf.layers.permute({dims: [2, 3, 1]}), x!),
    },
  ],
  call(tape, {config, inputs}) {
    const {graph} = tape
    const x = channelsLast(tape, inputs[0]!)
    // From 1 on, as tfjs counts them: the batch is 0.
    const dims = config.dims as number[]
    const back = dims.map((_, i) => dims.indexOf(i + 1) + 1)
    const before = x.perTrial ? [0, 1] : [0]
    const turn = (tensor: typeof x.tensor, order: number[]) =>
      graph.op('Transpose', [tensor], {
        perm: [...before, ...order.map(axis => axis + before.length - 1)],
      })
    const shape = dims.map(dim => x.shape[dim - 1]!)
    return tape.record([x], {tensor: turn(x.tensor, dims), shape}, dy => [() => turn(dy, back)])
  },
})
