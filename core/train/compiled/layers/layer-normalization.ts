// Standardises each row over its channels (Ba et al., 2016).
import {says} from '../../../words/says.ts'
import {weightOver} from '../broadcast.ts'
import {apply, type Config, defineLayer} from '../layer.ts'
import {channelsLast} from '../layout.ts'

const peerless = 'tfjs fails in its gradient'

export const layerNormalization = defineLayer({
  className: 'LayerNormalization',
  trials: true,
  refuses({axis}: Config, [shape]) {
    const [first, ...others] = [axis ?? -1].flat()
    const last = first === -1 || first === shape!.length
    return last && others.length === 0 ? undefined : says`axis ${String(axis)}`
  },
  examples: [
    {title: 'of features', add: (tf, [x]) => apply(tf.layers.layerNormalization({}), x!)},
    {
      title: 'of the places of a sequence, without a scale',
      inputs: [[3, 5]],
      peerless,
      add: (tf, [x]) => apply(tf.layers.layerNormalization({scale: false, epsilon: 0.01}), x!),
    },
    {
      title: 'without an offset',
      peerless,
      add: (tf, [x]) => apply(tf.layers.layerNormalization({center: false}), x!),
    },
  ],
  call(tape, {config, weights, inputs}) {
    const {graph} = tape
    const op = graph.op.bind(graph)
    const x = channelsLast(tape, inputs[0]!)
    const {shape} = x
    const rest = [...weights]
    const gamma = config.scale === false ? undefined : rest.shift()
    const beta = config.center === false ? undefined : rest.shift()
    const channels = shape.at(-1)!
    const ones = graph.constant('float32', new Float32Array(channels).fill(1))
    // The op's own scale and offset cannot differ from trial to trial.
    const [normal, , inverse] = graph.ops('LayerNormalization', [x.tensor, ones], 3, {
      axis: {int: -1},
      epsilon: config.epsilon as number,
    })
    const over = (weight: typeof gamma) => {
      if (!weight) return undefined
      const wide = [...shape.slice(1).map(() => 1), channels]
      return weightOver(tape, {...weight, shape: wide}, x)
    }
    const [scale, offset] = [over(gamma), over(beta)]
    const scaled = scale ? op('Mul', [normal!, scale.tensor]) : normal!
    const tensor = offset ? op('Add', [scaled, offset.tensor]) : scaled
    return tape.record(
      [x, ...(gamma ? [gamma] : []), ...(beta ? [beta] : [])],
      {tensor, shape},
      dy => [
        () => {
          const last = graph.constant('int64', [-1])
          const d = scale ? op('Mul', [dy, scale.tensor]) : dy
          const about = op('Sub', [d, op('ReduceMean', [d, last])])
          const along = op('ReduceMean', [op('Mul', [d, normal!]), last])
          return op('Mul', [op('Sub', [about, op('Mul', [normal!, along])]), inverse!])
        },
        ...(gamma ? [() => vector(scale!.sum(op('Mul', [dy, normal!])))] : []),
        ...(beta ? [() => vector(offset!.sum(dy))] : []),
      ],
    )

    function vector(sum: typeof x.tensor) {
      if (shape.length === 1) return sum
      const perTrial = (gamma ?? beta)!.perTrial
      return op('Reshape', [
        sum,
        graph.constant('int64', perTrial ? [tape.trials, channels] : [channels]),
      ])
    }
  },
})
