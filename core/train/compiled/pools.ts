// The gradients of pooling. Channels first, any number of axes.
import type {Graph, Tensor} from '../../onnx/graph.ts'
import {cellsOf, columns} from './convolution.ts'
import {type Windows, windowAttrs} from './windows.ts'

type Pooling = Windows & {channels: number}

/** Each mean's gradient, shared out over its window. */
export function intoAverage(graph: Graph, of: Pooling, {dy}: {dy: Tensor}): Tensor {
  const {kernel} = of
  const cells = product(kernel)
  if (sideBySide(of)) {
    const share = graph.op('Mul', [dy, graph.constant('float32', 1 / cells)])
    return filled(graph, of, enlarged(graph, kernel, share))
  }
  const ones = graph.constant('float32', new Float32Array(cells).fill(1), [1, 1, ...kernel])
  const share = graph.op('Div', [dy, graph.constant('float32', counts(of), [1, 1, ...of.places])])
  return together(graph, of, spread(graph, of, apart(graph, share, 1, of.places), ones))
}

/** Each largest value's gradient, to the first of its window that is as large, as in tfjs and PyTorch. */
export function intoMax(
  graph: Graph,
  of: Pooling,
  {x, y, dy}: {x: Tensor; y: Tensor; dy: Tensor},
): Tensor {
  if (sideBySide(of)) return intoFirst(graph, of, {x, y, dy})
  const {kernel, places, pads, space} = of
  const cells = product(kernel)
  // What lies beyond the edge is never the largest.
  const wide = pads.some(pad => pad.some(n => n > 0))
    ? graph.op('Pad', [
        x,
        graph.constant('int64', [0, 0, ...pads.map(p => p[0]), 0, 0, ...pads.map(p => p[1])]),
        graph.constant('float32', -3.4028234663852886e38),
      ])
    : x
  const seen = columns(
    graph,
    {
      ...of,
      pads: pads.map(() => [0, 0]),
      space: space.map((n, i) => n + pads[i]![0] + pads[i]![1]),
    },
    wide,
  )
  const first = graph.op('ArgMax', [seen], {axis: {int: 1}})
  const numbers = graph.constant(
    'float32',
    Float32Array.from({length: cells}, (_, i) => i),
    [cells, ...places.map(() => 1)],
  )
  const own = graph.cast(graph.op('Equal', [graph.cast(first, 'float32'), numbers]), 'float32')
  const shares = graph.op('Mul', [own, apart(graph, dy, 1, places)])
  return together(graph, of, spread(graph, of, shares, cellsOf(graph, kernel)))
}

// The quick way for windows side by side: the cells of a window are numbered from the last to the first,
// and of those that hold the largest value the one with the largest number is taken.
function intoFirst(
  graph: Graph,
  of: Pooling,
  {x, y, dy}: {x: Tensor; y: Tensor; dy: Tensor},
): Tensor {
  const {kernel, space} = of
  const op = graph.op.bind(graph)
  const over = (t: Tensor) => filled(graph, of, enlarged(graph, kernel, t))
  const same = (a: Tensor, b: Tensor) => graph.cast(op('Equal', [a, b]), 'float32')
  const numbers = graph.constant('float32', numbered(kernel, space), space)
  const largest = op('Mul', [same(x, over(y)), numbers])
  const first = op('MaxPool', [largest], windowAttrs(of))
  return op('Mul', [same(over(first), numbers), over(dy)])
}

// The number of each place in its window, from the number of cells down to 1.
function numbered(kernel: readonly number[], space: readonly number[]): Float32Array {
  const numbers = space.reduce<number[]>(
    (all, size, i) =>
      all.flatMap(n => Array.from({length: size}, (_, at) => n * kernel[i]! + (at % kernel[i]!))),
    [0],
  )
  return Float32Array.from(numbers, n => product(kernel) - n)
}

/** Whether no two windows see the same number and none reaches over the edge. */
const sideBySide = ({kernel, strides, pads}: Windows) =>
  kernel.every((k, i) => k === strides[i]) && pads.every(pad => pad.every(n => n === 0))

/** Each number as a whole window of it. */
export function enlarged(graph: Graph, by: readonly number[], x: Tensor): Tensor {
  const scales = graph.constant('float32', [1, 1, ...by])
  return graph.op('Resize', [x, undefined, scales], {
    mode: 'nearest',
    coordinate_transformation_mode: 'asymmetric',
    nearest_mode: 'floor',
  })
}

// Zeros for what no window reached at the end.
function filled(graph: Graph, {kernel, places, space}: Windows, x: Tensor): Tensor {
  const left = space.map((n, i) => n - places[i]! * kernel[i]!)
  if (left.every(n => n === 0)) return x
  return graph.op('Pad', [x, graph.constant('int64', [0, 0, ...left.map(() => 0), 0, 0, ...left])])
}

// Windows of numbers back over the space that they were taken from, added where they overlap.
function spread(graph: Graph, of: Windows, x: Tensor, kernel: Tensor): Tensor {
  const {strides, pads, space, places} = of
  const left = space.map(
    (n, i) => n + pads[i]![0] + pads[i]![1] - (places[i]! - 1) * strides[i]! - of.kernel[i]!,
  )
  return graph.op('ConvTranspose', [x, kernel], {...windowAttrs(of), output_padding: left})
}

const apart = (graph: Graph, x: Tensor, cells: number, places: readonly number[]) =>
  graph.op('Reshape', [x, graph.constant('int64', [-1, cells, ...places])])
const together = (graph: Graph, {channels, space}: Pooling, x: Tensor) =>
  graph.op('Reshape', [x, graph.constant('int64', [-1, channels, ...space])])

// How many numbers each window has; those beyond the edge do not count.
function counts({kernel, strides, pads, space, places}: Windows): Float32Array {
  const along = places.map((count, i) =>
    Array.from({length: count}, (_, place) => {
      const from = place * strides[i]! - pads[i]![0]
      return Math.min(from + kernel[i]!, space[i]!) - Math.max(from, 0)
    }),
  )
  return Float32Array.from(along.reduce((all, next) => all.flatMap(a => next.map(b => a * b)), [1]))
}

const product = (sizes: readonly number[]) => sizes.reduce((a, b) => a * b, 1)
