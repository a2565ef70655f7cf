// Convolutions and their gradients, in ops that every provider has. Channels first, any number of axes.
import type {Graph, Tensor} from '../../onnx/graph.ts'
import {type Windows, windowAttrs} from './windows.ts'

/**
 * What a convolution works with: `x` [rows, inputs, …space], its kernel as ONNX has it, [outputs, inputs,
 * …kernel], and `dy` [rows, outputs, …places]. Depthwise: each input has `outputs` of its own.
 */
export type Convolution = Windows & {
  inputs: number
  outputs: number
  depthwise?: boolean
  /** See `Tape`. */
  gpu?: boolean
}

/** x ∗ kernel (+ bias, a number an output). */
export const convolve = (
  graph: Graph,
  of: Convolution,
  x: Tensor,
  kernel: Tensor,
  bias?: Tensor,
): Tensor => {
  const [wide, deep] = misread(of) ? [x, kernel].map(t => oneMore(graph, t, of)) : [x, kernel]
  return graph.op('Conv', bias ? [wide!, deep!, bias] : [wide!, deep!], {
    ...windowAttrs(of),
    ...groups(of),
  })
}

/**
 * Whether ONNX Runtime 1.30 computes such a convolution wrongly on WebGPU, without a word: it reads the inputs by
 * threes then.
 */
const misread = ({gpu = false, depthwise = false, inputs, outputs}: Convolution) =>
  gpu && !depthwise && inputs > 3 && inputs % 3 === 0 && inputs % 4 !== 0 && outputs % 4 === 0

/** The values, or the kernel, with an input of zeros behind the others. */
function oneMore(graph: Graph, t: Tensor, {kernel}: Convolution): Tensor {
  const none = [0, 0, ...kernel.map(() => 0)]
  return graph.op('Pad', [t, graph.constant('int64', [...none, 0, 1, ...none.slice(2)])])
}

/** The gradient of the input: with strides a transposed convolution, else one with the kernel turned around. */
export function intoInput(graph: Graph, of: Convolution, dy: Tensor, kernel: Tensor): Tensor {
  const {kernel: size, strides, dilations, pads, space, places, depthwise, inputs, outputs} = of
  // Several outputs of one input each by itself, and then their sum: for an even number of them a group,
  // ConvTranspose is wrong on WebGPU (ONNX Runtime 1.30).
  if (depthwise && outputs > 1) {
    const apart = intoInput(graph, {...of, inputs: inputs * outputs, outputs: 1}, dy, kernel)
    const all = graph.constant('int64', [-1, inputs, outputs, ...space])
    return graph.op(
      'ReduceSum',
      [graph.op('Reshape', [apart, all]), graph.constant('int64', [2])],
      {keepdims: {int: 0}},
    )
  }
  const reach = size.map((k, i) => dilations[i]! * (k - 1))
  if (strides.every(s => s === 1) && pads.every(pad => pad.every((p, i) => p <= reach[i]!))) {
    const back: Convolution = {
      ...of,
      ...(depthwise ? {} : {inputs: outputs, outputs: inputs}),
      space: places,
      places: space,
      pads: pads.map(([before, after], i) => [reach[i]! - before, reach[i]! - after]),
    }
    const weights = flipped(graph, depthwise ? kernel : swapped(graph, kernel, size.length), size)
    return convolve(graph, back, dy, weights)
  }
  // Rows of the input that no window reaches get nothing.
  const left = space.map(
    (n, i) => n + pads[i]![0] + pads[i]![1] - (places[i]! - 1) * strides[i]! - reach[i]! - 1,
  )
  return graph.op('ConvTranspose', [dy, kernel], {
    ...windowAttrs(of),
    ...groups(of),
    output_padding: left,
  })
}

/** The gradient of the kernel, as tfjs has it: [...kernel, inputs, outputs]. */
export function intoKernel(graph: Graph, of: Convolution, x: Tensor, dy: Tensor): Tensor {
  const {kernel, inputs, outputs, places, strides, depthwise} = of
  const [cells, all] = [product(kernel), product(places)]
  const int64 = (sizes: readonly number[]) => graph.constant('int64', sizes)
  const shaped = (t: Tensor, ...sizes: number[]) => graph.op('Reshape', [t, int64([-1, ...sizes])])
  const turned = (t: Tensor) => graph.op('Transpose', [t], {perm: [0, 2, 1]})
  const byRow = !depthwise && kernel.length === 2 && kernel[0]! > 1 && strides[0] === 1
  const seen = byRow ? columnsByRow(graph, of, x) : columns(graph, of, x)
  const rows = shaped(seen, depthwise ? cells : cells * inputs, all)
  const products = graph.op('MatMul', [rows, turned(shaped(dy, outputs, all))])
  const sum = graph.op('ReduceSum', [shaped(products, inputs * cells * outputs), int64([0])], {
    keepdims: {int: 0},
  })
  // Above and beside the inputs, as they were laid out, and where they go.
  const [above, beside] = byRow ? [kernel[0]!, kernel[1]!] : [1, cells]
  const laid = graph.op('Reshape', [sum, int64([above, inputs, beside, outputs])])
  const wanted = graph.op('Transpose', [laid], {perm: [0, 2, 1, 3]})
  return graph.op('Reshape', [wanted, int64([...kernel, inputs, outputs])])
}

/** The gradient of the bias: the sum over rows and places. */
export const intoBias = (graph: Graph, {places}: Windows, dy: Tensor): Tensor =>
  graph.op('ReduceSum', [dy, graph.constant('int64', [0, ...places.map((_, i) => i + 2)])], {
    keepdims: {int: 0},
  })

/** A kernel of tfjs, [...kernel, inputs, outputs], as ONNX wants it. */
export function kernelOf(
  graph: Graph,
  {kernel, depthwise, inputs, outputs}: Convolution,
  tensor: Tensor,
) {
  const n = kernel.length
  const axes = kernel.map((_, i) => i)
  if (!depthwise) return graph.op('Transpose', [tensor], {perm: [n + 1, n, ...axes]})
  const turned = graph.op('Transpose', [tensor], {perm: [n, n + 1, ...axes]})
  return graph.op('Reshape', [turned, graph.constant('int64', [inputs * outputs, 1, ...kernel])])
}

/**
 * What each window sees of each channel: [rows · inputs, cells of the window, …places]. A convolution with
 * fixed kernels of one 1 each lays it out quicker than slices do.
 */
export function columns(graph: Graph, {kernel, space, ...rest}: Windows, x: Tensor): Tensor {
  const apart = graph.op('Reshape', [x, graph.constant('int64', [-1, 1, ...space])])
  return graph.op('Conv', [apart, cellsOf(graph, kernel)], windowAttrs({kernel, space, ...rest}))
}

/**
 * The same as [rows, height of the window · inputs · its width, places], where windows follow each other
 * closely from top to bottom: what the next row of a window sees is then one piece of memory, a little later.
 */
function columnsByRow(graph: Graph, of: Convolution, x: Tensor): Tensor {
  const {kernel, dilations, strides, pads, space, places, inputs} = of
  const [height, width] = kernel as [number, number]
  const [, across] = places as [number, number]
  const whole = space[0]! + pads[0]![0] + pads[0]![1]
  const beside = columns(
    graph,
    {...of, kernel: [1, width], strides: [1, strides[1]!], dilations: [1, dilations[1]!]},
    x,
  )
  const int64 = (all: number[]) => graph.constant('int64', all)
  const flat = graph.op('Reshape', [beside, int64([-1, inputs * width, whole * across])])
  const rows = Array.from({length: height}, (_, i) => {
    const from = i * dilations[0]! * across
    return graph.op('Slice', [flat, int64([from]), int64([from + product(places)]), int64([2])])
  })
  return graph.op('Concat', rows, {axis: {int: 1}})
}

/** One kernel for each cell of a window, with a 1 there: [cells, 1, …kernel]. */
export function cellsOf(graph: Graph, kernel: readonly number[]): Tensor {
  const n = product(kernel)
  const ones = Float32Array.from({length: n * n}, (_, i) => (i % (n + 1) === 0 ? 1 : 0))
  return graph.constant('float32', ones, [n, 1, ...kernel])
}

// [outputs, inputs, …] → [inputs, outputs, …]
const swapped = (graph: Graph, kernel: Tensor, axes: number) =>
  graph.op('Transpose', [kernel], {
    perm: [1, 0, ...Array.from({length: axes}, (_, i) => i + 2)],
  })

function flipped(graph: Graph, kernel: Tensor, size: readonly number[]): Tensor {
  const int64 = (of: (i: number) => number) =>
    graph.constant(
      'int64',
      size.map((_, i) => of(i)),
    )
  // From the last to before the first.
  return graph.op('Slice', [
    kernel,
    int64(() => -1),
    int64(i => -1 - size[i]!),
    int64(i => i + 2),
    int64(() => -1),
  ])
}

const groups = ({depthwise, inputs}: Convolution) => (depthwise ? {group: inputs} : {})
const product = (sizes: readonly number[]) => sizes.reduce((a, b) => a * b, 1)
