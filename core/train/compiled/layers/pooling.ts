// Pooling: the largest or the mean of each window.
import type {Graph, Tensor} from '../../../onnx/graph.ts'
import {apply, type Config, defineLayer, type Layer, type LayerExample} from '../layer.ts'
import {channelsFirst} from '../layout.ts'
import {intoAverage, intoMax} from '../pools.ts'
import {onlyChannelsLast, type Windows, windowAttrs, windowSpec, windows} from '../windows.ts'

/** What pools, and its gradient. */
type Pool = {
  op: 'MaxPool' | 'AveragePool'
  back: (
    graph: Graph,
    of: Windows & {channels: number},
    given: {x: Tensor; y: Tensor; dy: Tensor},
  ) => Tensor
}

const pool = (
  className: string,
  rank: number,
  {op, back}: Pool,
  examples: Layer['examples'],
): Layer =>
  defineLayer({
    className,
    trials: false,
    refuses: onlyChannelsLast,
    examples,
    call(tape, {config, inputs}) {
      const {graph} = tape
      const x = channelsFirst(tape, inputs[0]!)
      const channels = x.shape.at(-1)!
      const of = windows(x.shape.slice(0, -1), windowSpec(config, rank, 'poolSize'))
      const y = graph.op(op, [x.tensor], windowAttrs(of))
      return tape.record([x], {tensor: y, shape: [...of.places, channels], layout: 'first'}, dy => [
        () => back(graph, {...of, channels}, {x: x.tensor, y, dy}),
      ])
    },
  })

const max: Pool = {op: 'MaxPool', back: intoMax}
const mean: Pool = {op: 'AveragePool', back: intoAverage}

type Maker = 'maxPooling1d' | 'maxPooling2d' | 'averagePooling1d' | 'averagePooling2d'
type Spec = {poolSize: number; strides?: number; padding?: 'same'}

const example = (
  maker: Maker,
  title: string,
  spec: Spec,
  more: Partial<LayerExample> = {},
): LayerExample => ({
  title,
  inputs: maker.endsWith('1d') ? [[7, 2]] : [[6, 7, 2]],
  ...more,
  add: (tf, [x]) => {
    // The types of the four differ in what matters least here.
    const layer = tf.layers[maker] as (config: Config) => ReturnType<typeof tf.layers.maxPooling2d>
    return apply(layer(spec), x!)
  },
})

const apart = {poolSize: 2}
const overlapping = {poolSize: 3, strides: 2}
const padded = {poolSize: 3, strides: 2, padding: 'same'} as const

export const maxPooling2d = pool('MaxPooling2D', 2, max, [
  example('maxPooling2d', 'windows side by side', apart),
  example('maxPooling2d', 'overlapping windows', overlapping),
  example('maxPooling2d', 'same padding', padded),
])

export const maxPooling1d = pool('MaxPooling1D', 1, max, [
  example('maxPooling1d', 'windows side by side', apart),
  example('maxPooling1d', 'same padding', padded),
])

const uneven = {peerless: 'tfjs divides the gradient of a window at the edge by too much'}

export const averagePooling2d = pool('AveragePooling2D', 2, mean, [
  example('averagePooling2d', 'windows side by side', apart),
  example('averagePooling2d', 'overlapping windows', overlapping),
  example('averagePooling2d', 'same padding', padded, uneven),
])

export const averagePooling1d = pool('AveragePooling1D', 1, mean, [
  example('averagePooling1d', 'windows side by side', apart),
  example('averagePooling1d', 'same padding', padded, uneven),
])
