// Several values into one, number by number: sums, products, means, the larger, the smaller.
import type {Graph, Tensor} from '../../../onnx/graph.ts'
import {sizesOf, sumTo} from '../broadcast.ts'
import {apply, defineLayer, type Layer, type LayerExample} from '../layer.ts'
import {channelsFirst, channelsLast, reshape} from '../layout.ts'
import type {Tape, Value} from '../tape.ts'

/** What becomes of two tensors, and the gradient of each. */
type Pair = {
  of: (graph: Graph, a: Tensor, b: Tensor) => Tensor
  back: (graph: Graph, dy: Tensor, a: Tensor, b: Tensor) => readonly [() => Tensor, () => Tensor]
}

const sum: Pair = {
  of: (graph, a, b) => graph.op('Add', [a, b]),
  back: (_, dy) => [() => dy, () => dy],
}

const product: Pair = {
  of: (graph, a, b) => graph.op('Mul', [a, b]),
  back: (graph, dy, a, b) => [() => graph.op('Mul', [dy, b]), () => graph.op('Mul', [dy, a])],
}

// Of equals the first one gets the gradient, as in tfjs.
const chosen = (type: 'Max' | 'Min'): Pair => ({
  of: (graph, a, b) => graph.op(type, [a, b]),
  back: (graph, dy, a, b) => {
    const [first, second] =
      type === 'Max' ? (['GreaterOrEqual', 'Less'] as const) : (['LessOrEqual', 'Greater'] as const)
    const where = (test: string) =>
      graph.op('Mul', [dy, graph.cast(graph.op(test, [a, b]), 'float32')])
    return [() => where(first), () => where(second)]
  },
})

const merge = (
  className: string,
  pair: Pair,
  examples: Layer['examples'],
  after: (tape: Tape, all: Value, count: number) => Value = (_, all) => all,
): Layer =>
  defineLayer({
    className,
    trials: true,
    examples,
    call: (tape, {inputs}) =>
      after(
        tape,
        inputs.reduce((a, b) => meet(tape, pair, a, b)),
        inputs.length,
      ),
  })

function meet(tape: Tape, {of, back}: Pair, left: Value, right: Value): Value {
  const {graph} = tape
  const [a, b] = alike(tape, left, right)
  const shape = a.shape.map((size, i) => Math.max(size, b.shape[i]!))
  const {layout} = a
  const wide = sizesOf({shape, layout})
  return tape.record([a, b], {tensor: of(graph, a.tensor, b.tensor), shape, layout}, dy => {
    const [intoA, intoB] = back(graph, dy, a.tensor, b.tensor)
    return [
      () => sumTo(tape, intoA(), wide, sizesOf(a)),
      () => sumTo(tape, intoB(), wide, sizesOf(b)),
    ]
  })
}

// In one layout, and of one rank: like tfjs, axes are put in after the batch.
function alike(tape: Tape, a: Value, b: Value): [Value, Value] {
  const rank = Math.max(a.shape.length, b.shape.length)
  if (a.layout === b.layout && a.shape.length === b.shape.length) return [a, b]
  if (a.shape.length === b.shape.length) return [channelsFirst(tape, a), channelsFirst(tape, b)]
  const filled = (value: Value) => {
    const ones = Array.from({length: rank - value.shape.length}, () => 1)
    return reshape(tape, value, [...ones, ...value.shape])
  }
  return [channelsLast(tape, filled(a)), channelsLast(tape, filled(b))]
}

type Maker = 'add' | 'multiply' | 'average' | 'maximum' | 'minimum'

const two = (maker: Maker): LayerExample => ({
  title: 'of two',
  inputs: [[5], [5]],
  add: (tf, [a, b]) => apply(tf.layers[maker](), [a!, b!]),
})
const three = (maker: Maker): LayerExample => ({
  title: 'of three',
  inputs: [[4], [4], [4]],
  add: (tf, all) => apply(tf.layers[maker](), all),
})

export const add = merge('Add', sum, [
  two('add'),
  three('add'),
  {
    title: 'of an image and its convolution',
    inputs: [[4, 3, 2]],
    add: (tf, [x]) => {
      const made = apply(tf.layers.conv2d({filters: 2, kernelSize: 3, padding: 'same'}), x!)
      return apply(tf.layers.add(), [x!, made])
    },
  },
])

export const multiply = merge('Multiply', product, [
  two('multiply'),
  three('multiply'),
  {
    title: 'of a value with itself',
    add: (tf, [x]) => apply(tf.layers.multiply(), [x!, x!]),
  },
  {
    title: 'of an image with a number a channel',
    inputs: [[3, 2, 4], [4]],
    // tfjs forgets to sum the gradient of the smaller.
    add: (tf, [x, y]) =>
      apply(tf.layers.multiply(), [x!, apply(tf.layers.reshape({targetShape: [1, 1, 4]}), y!)]),
  },
])

export const average = merge('Average', sum, [two('average'), three('average')], (tape, all, n) => {
  const {graph} = tape
  const share = (x: Tensor) => graph.op('Mul', [x, graph.constant('float32', 1 / n)])
  const {shape, layout} = all
  return tape.record([all], {tensor: share(all.tensor), shape, layout}, dy => [() => share(dy)])
})

export const maximum = merge('Maximum', chosen('Max'), [two('maximum'), three('maximum')])
export const minimum = merge('Minimum', chosen('Min'), [two('minimum'), three('minimum')])
