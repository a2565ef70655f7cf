// Functions of one number, and softmax; each with its derivative.

import {AppError} from '../../error.ts'
import type {Graph, Tensor} from '../../onnx/graph.ts'
import {channelsLast} from './layout.ts'
import {positive} from './signs.ts'
import type {Tape, Value} from './tape.ts'

/** y = f(x), and dx from dy; whichever of x and y is handier. */
type Activation = {
  of: (graph: Graph, x: Tensor) => Tensor
  back: (graph: Graph, dy: Tensor, at: {x: Tensor; y: Tensor}) => Tensor
}

/** The activation of that name, as tfjs calls it, put on a value. Throws `not-available`. */
export function activate(tape: Tape, name: unknown, value: Value): Value {
  if (name === undefined || name === null || name === 'linear') return value
  const found = activations[String(name)]
  if (!found) throw new AppError('not-available', `the activation ${name} has no compiled form`)
  const {graph} = tape
  const sums = name === 'softmax' ? channelsLast(tape, value) : value
  const x = sums.tensor
  const y = found.of(graph, x)
  const logits = name === 'softmax' || name === 'sigmoid' ? {logits: sums} : {}
  return tape.record([sums], {...sums, tensor: y, ...logits}, dy => [
    () => found.back(graph, dy, {x, y}),
  ])
}

/** Whether there is a compiled form of it. */
export const knowsActivation = (name: unknown): boolean =>
  name === undefined || name === null || name === 'linear' || String(name) in activations

const activations: Record<string, Activation> = {
  relu: {
    of: (graph, x) => graph.op('Relu', [x]),
    // A product with 0 or 1 is quicker than a choice.
    back: (graph, dy, {y}) => graph.op('Mul', [dy, positive(graph, y)]),
  },
  sigmoid: {
    of: (graph, x) => graph.op('Sigmoid', [x]),
    back: (graph, dy, {y}) => graph.op('Mul', [dy, graph.op('Mul', [y, oneMinus(graph, y)])]),
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
  // x·σ(x), also called SiLU (Ramachandran et al., 2017).
  swish: {
    of: (graph, x) => graph.op('Mul', [x, graph.op('Sigmoid', [x])]),
    back: (graph, dy, {x, y}) => {
      const op = graph.op.bind(graph)
      const s = op('Sigmoid', [x])
      return op('Mul', [dy, op('Add', [s, op('Mul', [y, oneMinus(graph, s)])])])
    },
  },
  // log(1 + exp(x)), without an overflow.
  softplus: {
    of: (graph, x) => {
      const power = graph.op('Exp', [graph.op('Neg', [graph.op('Abs', [x])])])
      const rest = graph.op('Log', [graph.op('Add', [power, float(graph, 1)])])
      return graph.op('Add', [graph.op('Relu', [x]), rest])
    },
    back: (graph, dy, {x}) => graph.op('Mul', [dy, graph.op('Sigmoid', [x])]),
  },
  softmax: {
    of: (graph, x) => graph.op('Softmax', [x], {axis: {int: -1}}),
    back: (graph, dy, {y}) => {
      const weighted = graph.op('Mul', [dy, y])
      const sum = graph.op('ReduceSum', [weighted, graph.constant('int64', [-1])])
      return graph.op('Sub', [weighted, graph.op('Mul', [y, sum])])
    },
  },
}

const float = (graph: Graph, x: number) => graph.constant('float32', x)
const oneMinus = (graph: Graph, x: Tensor) => graph.op('Sub', [float(graph, 1), x])
