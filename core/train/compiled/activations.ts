// Functions of one number, and softmax; each with its derivative. The formulas are those of tfjs.

import {AppError} from '../../error.ts'
import type {Graph, Tensor} from '../../onnx/graph.ts'
import {says} from '../../words/says.ts'
import {channelsLast} from './layout.ts'
import {positive} from './signs.ts'
import type {Tape, Value} from './tape.ts'

/** y = f(x), and dx from dy; whichever of x and y is handier. */
export type Activation = {
  of: (graph: Graph, x: Tensor) => Tensor
  back: (graph: Graph, dy: Tensor, at: {x: Tensor; y: Tensor}) => Tensor
}

/** The activation of that name, as tfjs calls it, put on a value. Throws `not-available`. */
export function activate(tape: Tape, name: unknown, value: Value): Value {
  if (name === undefined || name === null || name === 'linear') return value
  const found = activations[String(name)]
  if (!found)
    throw new AppError('not-available', says`the activation ${String(name)} has no compiled form`)
  const sums = overLast.has(String(name)) ? channelsLast(tape, value) : value
  return name === 'softmax' || name === 'sigmoid'
    ? put(tape, found, sums, {logits: {end: name, before: sums}})
    : put(tape, found, sums)
}

/** A function put on a value; its shape and layout stay. */
export function put(
  tape: Tape,
  {of, back}: Activation,
  value: Value,
  more: Pick<Value, 'logits'> = {},
): Value {
  const {graph} = tape
  const {tensor: x, shape, layout} = value
  const y = of(graph, x)
  return tape.record([value], {tensor: y, shape, layout, ...more}, dy => [
    () => back(graph, dy, {x, y}),
  ])
}

/** What `refuses` says of a layer with this activation. */
export const refusesActivation = ({activation}: Readonly<Record<string, unknown>>) =>
  activation === undefined ||
  activation === null ||
  activation === 'linear' ||
  String(activation) in activations
    ? undefined
    : says`the activation ${String(activation)}`

/** Softmax along one axis, counted from the end. */
export const softmaxAlong = (axis: number): Activation => ({
  of: (graph, x) => graph.op('Softmax', [x], {axis: {int: axis}}),
  back: (graph, dy, {y}) => {
    const weighted = graph.op('Mul', [dy, y])
    const sum = graph.op('ReduceSum', [weighted, graph.constant('int64', [axis])])
    return graph.op('Sub', [weighted, graph.op('Mul', [y, sum])])
  },
})

/** x above zero and αx below. */
export const leaky = (alpha: number): Activation => ({
  of: (graph, x) => graph.op('LeakyRelu', [x], {alpha}),
  back: (graph, dy, {x}) => {
    const share = graph.op('Mul', [positive(graph, x), float(graph, 1 - alpha)])
    return graph.op('Mul', [dy, graph.op('Add', [share, float(graph, alpha)])])
  },
})

/** x between zero and `top`, and those beyond. */
export const clipped = (top: number): Activation => ({
  of: (graph, x) => graph.op('Clip', [x, float(graph, 0), float(graph, top)]),
  back: (graph, dy, {y}) => graph.op('Mul', [dy, within(graph, y, 0, top)]),
})

/** x where it is above `theta`, else 0. */
export const thresholded = (theta: number): Activation => {
  const above = (graph: Graph, x: Tensor) =>
    graph.cast(graph.op('Greater', [x, float(graph, theta)]), 'float32')
  return {
    of: (graph, x) => graph.op('Mul', [x, above(graph, x)]),
    back: (graph, dy, {x}) => graph.op('Mul', [dy, above(graph, x)]),
  }
}

const relu: Activation = {
  of: (graph, x) => graph.op('Relu', [x]),
  // A product with 0 or 1 is quicker than a choice.
  back: (graph, dy, {y}) => graph.op('Mul', [dy, positive(graph, y)]),
}

// Klambauer et al., 2017.
const selu = {alpha: 1.6732632423543772, scale: 1.0507009873554805}

/** By the name that tfjs has for them. */
export const activations: Readonly<Record<string, Activation>> = {
  relu,
  relu6: clipped(6),
  sigmoid: {
    of: (graph, x) => graph.op('Sigmoid', [x]),
    back: (graph, dy, {y}) => graph.op('Mul', [dy, graph.op('Mul', [y, oneMinus(graph, y)])]),
  },
  // (x + 2.5) / 5 between 0 and 1.
  hardSigmoid: {
    of: (graph, x) => graph.op('HardSigmoid', [x], {alpha: 0.2, beta: 0.5}),
    back: (graph, dy, {y}) =>
      graph.op('Mul', [dy, graph.op('Mul', [within(graph, y, 0, 1), float(graph, 0.2)])]),
  },
  tanh: {
    of: (graph, x) => graph.op('Tanh', [x]),
    back: (graph, dy, {y}) => graph.op('Mul', [dy, oneMinus(graph, graph.op('Mul', [y, y]))]),
  },
  elu: {
    of: (graph, x) => graph.op('Elu', [x]),
    // 1 above zero, and below it exp(x), which is y + 1.
    back: (graph, dy, {y}) => {
      const below = graph.op('Min', [y, float(graph, 0)])
      return graph.op('Mul', [dy, graph.op('Add', [below, float(graph, 1)])])
    },
  },
  // ONNX has an op for it, which ONNX Runtime does not run on a GPU.
  selu: {
    of: (graph, x) =>
      graph.op('Mul', [graph.op('Elu', [x], {alpha: selu.alpha}), float(graph, selu.scale)]),
    back: (graph, dy, {y}) => {
      const above = graph.op('Greater', [y, float(graph, 0)])
      const below = graph.op('Add', [y, float(graph, selu.alpha * selu.scale)])
      return graph.op('Mul', [dy, graph.op('Where', [above, float(graph, selu.scale), below])])
    },
  },
  // log(1 + eˣ).
  softplus: {
    of: (graph, x) => graph.op('Softplus', [x]),
    back: (graph, dy, {x}) => graph.op('Mul', [dy, graph.op('Sigmoid', [x])]),
  },
  // x / (1 + |x|).
  softsign: {
    of: (graph, x) => graph.op('Softsign', [x]),
    back: (graph, dy, {x}) => {
      const size = graph.op('Add', [graph.op('Abs', [x]), float(graph, 1)])
      return graph.op('Div', [dy, graph.op('Mul', [size, size])])
    },
  },
  // x·Φ(x), with Φ the normal distribution (Hendrycks and Gimpel, 2016).
  gelu: {
    of: (graph, x) => graph.op('Gelu', [x]),
    back: (graph, dy, {x}) => {
      const op = graph.op.bind(graph)
      const erf = op('Erf', [op('Mul', [x, float(graph, Math.SQRT1_2)])])
      const below = op('Add', [op('Mul', [erf, float(graph, 0.5)]), float(graph, 0.5)])
      const power = op('Exp', [op('Mul', [op('Mul', [x, x]), float(graph, -0.5)])])
      const density = op('Mul', [power, float(graph, 1 / Math.sqrt(2 * Math.PI))])
      return op('Mul', [dy, op('Add', [below, op('Mul', [x, density])])])
    },
  },
  // The same with Φ by a tanh: ½x(1 + tanh u), u = √(2/π)(x + 0.044715x³).
  gelu_new: {
    of: (graph, x) => graph.op('Gelu', [x], {approximate: 'tanh'}),
    back: (graph, dy, {x}) => {
      const op = graph.op.bind(graph)
      const [root, cubic] = [Math.sqrt(2 / Math.PI), 0.044715]
      const square = op('Mul', [x, x])
      const line = (slope: number) =>
        op('Add', [op('Mul', [square, float(graph, slope)]), float(graph, root)])
      const t = op('Tanh', [op('Mul', [x, line(root * cubic)])])
      const inner = op('Mul', [
        op('Mul', [x, line(3 * root * cubic)]),
        oneMinus(graph, op('Mul', [t, t])),
      ])
      const whole = op('Add', [op('Add', [t, float(graph, 1)]), inner])
      return op('Mul', [dy, op('Mul', [whole, float(graph, 0.5)])])
    },
  },
  // x·σ(x), also called SiLU (Ramachandran et al., 2017).
  swish: {
    of: (graph, x) => graph.op('Mul', [x, graph.op('Sigmoid', [x])]),
    back: (graph, dy, {x, y}) => {
      const op = graph.op.bind(graph)
      const s = op('Sigmoid', [x])
      return op('Mul', [dy, op('Add', [s, op('Mul', [y, oneMinus(graph, s)])])])
    },
  },
  // x·tanh(softplus(x)) (Misra, 2019).
  mish: {
    of: (graph, x) => graph.op('Mul', [x, graph.op('Tanh', [graph.op('Softplus', [x])])]),
    back: (graph, dy, {x}) => {
      const op = graph.op.bind(graph)
      const t = op('Tanh', [op('Softplus', [x])])
      const steep = op('Mul', [oneMinus(graph, op('Mul', [t, t])), op('Sigmoid', [x])])
      return op('Mul', [dy, op('Add', [t, op('Mul', [x, steep])])])
    },
  },
  softmax: softmaxAlong(-1),
  // From the largest on, so that nothing overflows; ONNX's own op does not run on a GPU.
  logSoftmax: {
    of: (graph, x) => {
      const last = graph.constant('int64', [-1])
      const shifted = graph.op('Sub', [x, graph.op('ReduceMax', [x, last])])
      const sum = graph.op('ReduceSum', [graph.op('Exp', [shifted]), last])
      return graph.op('Sub', [shifted, graph.op('Log', [sum])])
    },
    back: (graph, dy, {y}) => {
      const sum = graph.op('ReduceSum', [dy, graph.constant('int64', [-1])])
      return graph.op('Sub', [dy, graph.op('Mul', [graph.op('Exp', [y]), sum])])
    },
  },
}

/** Those that look at all channels of a place. */
const overLast: ReadonlySet<string> = new Set(['softmax', 'logSoftmax'])

const float = (graph: Graph, x: number) => graph.constant('float32', x)
const within = (graph: Graph, x: Tensor, low: number, high: number) => {
  const above = graph.op('Greater', [x, float(graph, low)])
  const below = graph.op('Less', [x, float(graph, high)])
  return graph.cast(graph.op('And', [above, below]), 'float32')
}
const oneMinus = (graph: Graph, x: Tensor) => graph.op('Sub', [float(graph, 1), x])
