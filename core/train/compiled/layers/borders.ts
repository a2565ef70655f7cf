// Borders of images: zeros around them, or a part cut off.
import type {Graph, Tensor} from '../../../onnx/graph.ts'
import {apply, defineLayer} from '../layer.ts'
import type {Value} from '../tape.ts'
import {onlyChannelsLast} from '../windows.ts'

/** Above, below; left, right. */
type Border = readonly [readonly [number, number], readonly [number, number]]

export const zeroPadding = defineLayer({
  className: 'ZeroPadding2D',
  trials: true,
  refuses: onlyChannelsLast,
  examples: [
    {
      title: 'uneven',
      inputs: [[3, 2, 2]],
      add: (tf, [x]) =>
        apply(
          tf.layers.zeroPadding2d({
            padding: [
              [1, 2],
              [0, 1],
            ],
          }),
          x!,
        ),
    },
    {
      title: 'before a convolution of a convolution',
      inputs: [[3, 3, 2]],
      add: (tf, [x]) => {
        const made = apply(tf.layers.conv2d({filters: 2, kernelSize: 2}), x!)
        const wide = apply(tf.layers.zeroPadding2d({padding: 1}), made)
        return apply(tf.layers.conv2d({filters: 2, kernelSize: 2}), wide)
      },
    },
  ],
  call(tape, {config, inputs: [x]}) {
    const {graph} = tape
    const border = config.padding as Border
    const tensor = padded(graph, x!.tensor, x!, border)
    const shape = grown(x!.shape, border, 1)
    return tape.record([x!], {tensor, shape, layout: x!.layout}, dy => [
      () => cropped(graph, dy, axesOf(x!), shape, border),
    ])
  },
})

export const cropping = defineLayer({
  className: 'Cropping2D',
  trials: true,
  refuses: onlyChannelsLast,
  examples: [
    {
      title: 'uneven',
      inputs: [[5, 4, 2]],
      add: (tf, [x]) =>
        apply(
          tf.layers.cropping2D({
            cropping: [
              [1, 2],
              [0, 1],
            ],
          }),
          x!,
        ),
    },
  ],
  call(tape, {config, inputs: [x]}) {
    const {graph} = tape
    const border = config.cropping as Border
    const tensor = cropped(graph, x!.tensor, axesOf(x!), x!.shape, border)
    const shape = grown(x!.shape, border, -1)
    return tape.record([x!], {tensor, shape, layout: x!.layout}, dy => [
      () => padded(graph, dy, x!, border),
    ])
  },
})

// Counted from the end, so that trials change nothing.
const axesOf = ({layout}: Value) => (layout === 'first' ? [-2, -1] : [-3, -2])

const grown = (shape: readonly number[], border: Border, sign: 1 | -1) =>
  shape.map((size, i) => size + sign * (border[i] ? border[i]![0] + border[i]![1] : 0))

// Along all axes: where ONNX Runtime turns a convolution for WebGPU, it takes a list of axes for all of them.
function padded(graph: Graph, x: Tensor, like: Value, border: Border): Tensor {
  const rank = like.shape.length + (like.perTrial ? 2 : 1)
  const pads = new Array<number>(2 * rank).fill(0)
  for (const [i, axis] of axesOf(like).entries())
    for (const end of [0, 1]) pads[axis + rank * (1 + end)] = border[i]![end]!
  return graph.op('Pad', [x, graph.constant('int64', pads)])
}

function cropped(
  graph: Graph,
  x: Tensor,
  axes: number[],
  shape: readonly number[],
  border: Border,
): Tensor {
  const int64 = (all: number[]) => graph.constant('int64', all)
  const starts = border.map(([before]) => before)
  const ends = border.map(([, after], i) => shape[i]! - after)
  return graph.op('Slice', [x, int64(starts), int64(ends), int64(axes)])
}
