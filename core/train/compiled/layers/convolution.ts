// Convolutions over sequences and images.
import type {Tensor} from '../../../onnx/graph.ts'
import {says} from '../../../words/says.ts'
import {activate, refusesActivation} from '../activations.ts'
import {
  type Convolution,
  convolve,
  intoBias,
  intoInput,
  intoKernel,
  kernelOf,
} from '../convolution.ts'
import {apply, type Config, defineLayer, type LayerExample} from '../layer.ts'
import {channelsFirst} from '../layout.ts'
import type {Tape, Value} from '../tape.ts'
import {onlyChannelsLast, windowSpec, windows} from '../windows.ts'

const refuses = (config: Config) => onlyChannelsLast(config) ?? refusesActivation(config)

const image = [[5, 6, 2]] as const
const conv2dExample = (
  title: string,
  config: {strides?: number; padding?: 'same' | 'valid'; kernelSize?: [number, number]},
): LayerExample => ({
  title,
  inputs: image,
  add: (tf, [x]) => apply(tf.layers.conv2d({filters: 3, kernelSize: 3, ...config}), x!),
})

export const conv2d = defineLayer({
  className: 'Conv2D',
  trials: false,
  refuses,
  examples: [
    conv2dExample('plain', {}),
    conv2dExample('same size', {padding: 'same'}),
    conv2dExample('same size, an even kernel', {padding: 'same', kernelSize: [2, 4]}),
    conv2dExample('strides', {strides: 2}),
    conv2dExample('strides, same padding', {strides: 2, padding: 'same'}),
    conv2dExample('strides that skip', {strides: 3, padding: 'same', kernelSize: [2, 1]}),
    {
      title: 'dilated',
      inputs: [[6, 7, 2]],
      peerless: 'tfjs cannot train it',
      add: (tf, [x]) =>
        apply(tf.layers.conv2d({filters: 2, kernelSize: 3, dilationRate: 2, padding: 'same'}), x!),
    },
    {
      title: 'from four channels to six, and to eight',
      inputs: [[4, 4, 4]],
      add: (tf, [x]) => {
        const {conv2d} = tf.layers
        const first = apply(conv2d({filters: 6, kernelSize: 3, padding: 'same'}), x!)
        return apply(conv2d({filters: 8, kernelSize: 2}), first)
      },
    },
    {
      title: 'two of one channel, with relu and softplus and without bias',
      inputs: [[6, 6, 1]],
      add: (tf, [x]) => {
        const {conv2d} = tf.layers
        const first = apply(conv2d({filters: 2, kernelSize: 3, activation: 'relu'}), x!)
        const like = {activation: 'softplus', useBias: false} as const
        return apply(conv2d({filters: 3, kernelSize: 2, ...like}), first)
      },
    },
  ],
  call: (tape, {config, weights, inputs}) => call(tape, config, weights, inputs[0]!, 2),
})

export const conv1d = defineLayer({
  className: 'Conv1D',
  trials: false,
  refuses: config => (config.padding === 'causal' ? says`causal padding` : refuses(config)),
  examples: [
    {
      title: 'two, with strides',
      inputs: [[9, 2]],
      add: (tf, [x]) => {
        const {conv1d} = tf.layers
        const first = apply(conv1d({filters: 3, kernelSize: 3, activation: 'tanh'}), x!)
        return apply(conv1d({filters: 2, kernelSize: 4, strides: 2, padding: 'same'}), first)
      },
    },
  ],
  call: (tape, {config, weights, inputs}) => call(tape, config, weights, inputs[0]!, 1),
})

export const depthwiseConv2d = defineLayer({
  className: 'DepthwiseConv2D',
  trials: false,
  refuses: config => refusesMultiplier(config) ?? refuses(config),
  examples: [
    {
      title: 'one output a channel',
      inputs: image,
      add: (tf, [x]) => apply(tf.layers.depthwiseConv2d({kernelSize: 3, padding: 'same'}), x!),
    },
    {
      title: 'several, with strides',
      inputs: image,
      add: (tf, [x]) =>
        apply(tf.layers.depthwiseConv2d({kernelSize: 2, depthMultiplier: 3, strides: 2}), x!),
    },
  ],
  call(tape, {config, weights: [kernel, bias], inputs: [input]}) {
    // The version of tfjs that is the reference leaves dilation out.
    const own = {...config, dilationRate: 1}
    const made = convolution(tape, own, {kernel: kernel!, bias}, input!, {depthwise: true})
    return activate(tape, config.activation, made)
  },
})

export const separableConv2d = defineLayer({
  className: 'SeparableConv2D',
  trials: false,
  refuses: config => refusesMultiplier(config) ?? refuses(config),
  examples: [
    {
      title: 'same size',
      inputs: image,
      add: (tf, [x]) =>
        apply(
          tf.layers.separableConv2d({
            filters: 3,
            kernelSize: 3,
            depthMultiplier: 2,
            padding: 'same',
            activation: 'tanh',
          }),
          x!,
        ),
    },
  ],
  call(tape, {config, weights: [depth, point, bias], inputs: [input]}) {
    const apart = convolution(tape, config, {kernel: depth!}, input!, {depthwise: true})
    const one = {padding: 'valid', kernelSize: [1, 1]}
    return activate(tape, config.activation, convolution(tape, one, {kernel: point!, bias}, apart))
  },
})

function call(
  tape: Tape,
  config: Config,
  [kernel, bias]: readonly Value[],
  input: Value,
  rank: number,
): Value {
  const made = convolution(tape, config, {kernel: kernel!, bias}, input, {rank})
  return activate(tape, config.activation, made)
}

function convolution(
  tape: Tape,
  config: Config,
  {kernel, bias}: {kernel: Value; bias?: Value | undefined},
  input: Value,
  {rank = 2, depthwise = false}: {rank?: number; depthwise?: boolean} = {},
): Value {
  const {graph} = tape
  const x = channelsFirst(tape, input)
  const spec = {...windowSpec(config, rank), kernel: kernel.shape.slice(0, rank)}
  const [inputs, outputs] = kernel.shape.slice(rank) as [number, number]
  const of: Convolution = {
    ...windows(x.shape.slice(0, -1), spec),
    inputs,
    outputs,
    depthwise,
    gpu: tape.gpu,
  }
  const weights = kernelOf(graph, of, kernel.tensor)
  return tape.record(
    bias ? [x, kernel, bias] : [x, kernel],
    {
      tensor: convolve(graph, of, x.tensor, weights, bias?.tensor),
      shape: [...of.places, depthwise ? inputs * outputs : outputs],
      layout: 'first',
    },
    (dy: Tensor) => [
      () => intoInput(graph, of, dy, weights),
      () => intoKernel(graph, of, x.tensor, dy),
      () => intoBias(graph, of, dy),
    ],
  )
}

// On a GPU, ONNX Runtime's grouped convolution is wrong for other numbers of outputs a group.
function refusesMultiplier({depthMultiplier}: Config) {
  const n = (depthMultiplier ?? 1) as number
  return n <= 4 || n % 4 === 0 ? undefined : says`a depth multiplier of ${n}`
}
