// The mean or the largest of each channel over all places.
import type {Graph, Tensor} from '../../../onnx/graph.ts'
import {sizesOf} from '../broadcast.ts'
import {apply, defineLayer, type Layer, type LayerExample} from '../layer.ts'
import {onlyChannelsLast} from '../windows.ts'

type Pool = {
  op: 'ReduceMean' | 'ReduceMax'
  /** `y` and `dy` keep sizes of 1 where there were places. */
  back: (
    graph: Graph,
    given: {x: Tensor; y: Tensor; dy: Tensor; places: readonly number[]},
  ) => Tensor
}

const pool = (className: string, {op, back}: Pool, examples: Layer['examples']): Layer =>
  defineLayer({
    className,
    trials: true,
    refuses: onlyChannelsLast,
    examples,
    call(tape, {inputs: [value]}) {
      const {graph} = tape
      const {tensor: x, shape, layout} = value!
      const sizes = sizesOf(value!)
      const channel = layout === 'first' ? 0 : sizes.length - 1
      const all = sizes.flatMap((_, i) => (i === channel ? [] : [i - sizes.length]))
      const axes = graph.constant('int64', all)
      const y = graph.op(op, [x, axes])
      const places = sizes.map((size, i) => (i === channel ? 1 : size))
      return tape.record(
        [value!],
        {tensor: graph.op('Squeeze', [y, axes]), shape: [shape.at(-1)!]},
        dy => [() => back(graph, {x, y, dy: graph.op('Unsqueeze', [dy, axes]), places})],
      )
    },
  })

const mean: Pool = {
  op: 'ReduceMean',
  back(graph, {dy, places}) {
    const count = places.reduce((a, b) => a * b, 1)
    const share = graph.op('Mul', [dy, graph.constant('float32', 1 / count)])
    return graph.op('Expand', [share, graph.constant('int64', places)])
  },
}

// Every place that is as large as the largest gets the whole gradient, as in tfjs.
const max: Pool = {
  op: 'ReduceMax',
  back: (graph, {x, y, dy}) =>
    graph.op('Mul', [graph.cast(graph.op('Equal', [x, y]), 'float32'), dy]),
}

type Maker =
  | 'globalMaxPooling1d'
  | 'globalMaxPooling2d'
  | 'globalAveragePooling1d'
  | 'globalAveragePooling2d'

const plain = (maker: Maker): LayerExample => ({
  title: 'plain',
  inputs: maker.endsWith('1d') ? [[5, 3]] : [[4, 3, 3]],
  add: (tf, [x]) => apply(tf.layers[maker]({}), x!),
})
const convolved = (maker: Maker): LayerExample => ({
  title: 'after a convolution',
  inputs: [[4, 3, 2]],
  add: (tf, [x]) =>
    apply(tf.layers[maker]({}), apply(tf.layers.conv2d({filters: 4, kernelSize: 2}), x!)),
})

export const globalMaxPooling1d = pool('GlobalMaxPooling1D', max, [plain('globalMaxPooling1d')])
export const globalMaxPooling2d = pool('GlobalMaxPooling2D', max, [
  plain('globalMaxPooling2d'),
  convolved('globalMaxPooling2d'),
])
export const globalAveragePooling1d = pool('GlobalAveragePooling1D', mean, [
  plain('globalAveragePooling1d'),
])
export const globalAveragePooling2d = pool('GlobalAveragePooling2D', mean, [
  plain('globalAveragePooling2d'),
  convolved('globalAveragePooling2d'),
])
