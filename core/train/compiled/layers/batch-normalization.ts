// Standardises each channel: over the batch while training, by running statistics afterwards.
import type {Tensor} from '../../../onnx/graph.ts'
import {says} from '../../../words/says.ts'
import {apply, defineLayer} from '../layer.ts'
import type {Tape, Value} from '../tape.ts'

export const batchNormalization = defineLayer({
  className: 'BatchNormalization',
  trials: true,
  refuses: ({axis}) => (axis === undefined || axis === -1 ? undefined : says`axis ${String(axis)}`),
  examples: [
    {title: 'of features', add: (tf, [x]) => apply(tf.layers.batchNormalization({}), x!)},
    {
      title: 'of channels, with another momentum',
      inputs: [[3, 4]],
      add: (tf, [x]) => apply(tf.layers.batchNormalization({momentum: 0.8, epsilon: 0.01}), x!),
    },
    {
      title: 'after a convolution',
      inputs: [[4, 3, 2]],
      add: (tf, [x]) =>
        apply(
          tf.layers.batchNormalization(),
          apply(tf.layers.conv2d({filters: 3, kernelSize: 2}), x!),
        ),
    },
  ],
  call(tape, {config, weights, inputs: [x]}) {
    const names = [
      ...(config.scale === false ? [] : ['gamma']),
      ...(config.center === false ? [] : ['beta']),
      'mean',
      'variance',
    ]
    const named = Object.fromEntries(names.map((name, i) => [name, weights[i]]))
    const {gamma, beta, mean, variance} = named as {
      gamma?: Value
      beta?: Value
      mean: Value
      variance: Value
    }
    const epsilon = config.epsilon as number
    const momentum = config.momentum as number
    const {graph} = tape
    const op = (type: string, ...of: Tensor[]) => graph.op(type, of)
    const float = (v: number) => graph.constant('float32', v)
    const across = over(tape, x!)
    const spread = (v: Value) => across.spread(v.tensor, v.perTrial)

    const found = tape.training ? statistics() : undefined
    const centre = found?.centre ?? op('Sub', x!.tensor, spread(mean))
    const deviation = op('Sqrt', op('Add', found?.variance ?? spread(variance), float(epsilon)))
    const scale = op('Div', gamma ? spread(gamma) : float(1), deviation)
    const scaled = op('Mul', centre, scale)
    const tensor = beta ? op('Add', scaled, spread(beta)) : scaled
    return tape.record(
      [x!, ...(gamma ? [gamma] : []), ...(beta ? [beta] : [])],
      {tensor, shape: x!.shape, layout: x!.layout},
      dy => [
        () => intoInput(dy),
        ...(gamma ? [() => across.sum(op('Mul', dy, normal()), gamma.perTrial)] : []),
        ...(beta ? [() => across.sum(dy, beta.perTrial)] : []),
      ],
    )

    // Mean and variance (of the population) of each channel, kept as sizes of 1.
    function statistics() {
      const average = across.mean(x!.tensor)
      const centre = op('Sub', x!.tensor, average)
      const spread = across.mean(op('Mul', centre, centre))
      move(mean, average)
      move(variance, spread)
      return {centre, variance: spread}
    }

    // As tfjs has it: moving · momentum + batch · (1 − momentum).
    function move(moving: Value, now: Tensor) {
      // All trials see the same data, and so the same statistics of it.
      const away = op('Sub', moving.tensor, across.flat(now, x!.perTrial))
      const share = op('Mul', away, float(1 - momentum))
      tape.updates.set(moving, op('Sub', moving.tensor, share))
    }

    function normal() {
      return op('Div', centre, deviation)
    }

    // Without statistics of the batch a plain product; with them its mean and spread answer too.
    function intoInput(dy: Tensor): Tensor {
      if (!found) return op('Mul', dy, scale)
      const n = normal()
      const about = op('Sub', dy, across.mean(dy))
      const along = op('Mul', n, across.mean(op('Mul', dy, n)))
      return op('Mul', op('Sub', about, along), scale)
    }
  },
})

// How a channel's own numbers meet its values, whichever way those lie.
function over({graph, trials}: Tape, {shape, layout}: Value) {
  const rank = shape.length + 1
  const first = layout === 'first'
  // Counted from the end, so that an axis of trials changes nothing.
  const channel = first ? 1 - rank : -1
  const axes = Array.from({length: rank}, (_, i) => i - rank).filter(axis => axis !== channel)
  const reduce = (type: string, x: Tensor) =>
    graph.op(type, [x, graph.constant('int64', axes)], {keepdims: {int: 1}})
  const channels = shape.at(-1)!
  const flat = (x: Tensor, ofTrials: boolean) =>
    graph.op('Reshape', [x, graph.constant('int64', ofTrials ? [trials, channels] : [channels])])
  return {
    flat,
    mean: (x: Tensor) => reduce('ReduceMean', x),
    sum: (x: Tensor, ofTrials: boolean) => flat(reduce('ReduceSum', x), ofTrials),
    /** A number a channel, with sizes of 1 where the values have rows and space. */
    spread(x: Tensor, ofTrials: boolean) {
      if (!ofTrials && !first) return x
      const ones = Array.from({length: rank}, () => 1)
      ones[rank + channel] = channels
      const sizes = ofTrials ? [trials, ...ones] : ones
      return graph.op('Reshape', [x, graph.constant('int64', sizes)])
    },
  }
}
