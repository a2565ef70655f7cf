// The order of a value's axes: tfjs has channels last, ONNX's convolutions have them first.
import type {Tape, Value} from './tape.ts'

/** Puts a value into another shape of as many elements. Its rows stay in their order. */
export function reshape(tape: Tape, value: Value, shape: readonly number[]): Value {
  const x = channelsLast(tape, value)
  if (same(x.shape, shape)) return x
  const {graph} = tape
  const to = (sizes: readonly number[]) =>
    graph.constant('int64', [...(x.perTrial ? [tape.trials] : []), -1, ...sizes])
  return tape.record([x], {tensor: graph.op('Reshape', [x.tensor, to(shape)]), shape}, dy => [
    () => graph.op('Reshape', [dy, to(x.shape)]),
  ])
}

/** The value with its channels last; itself where they are already. */
export function channelsLast(tape: Tape, value: Value): Value {
  return value.layout === 'last' ? value : turned(tape, value, 'last')
}

/** The value with its channels before its space, for ONNX; itself where they are already. */
export function channelsFirst(tape: Tape, value: Value): Value {
  return value.layout === 'first' ? value : turned(tape, value, 'first')
}

function turned(tape: Tape, value: Value, layout: Value['layout']): Value {
  const {graph} = tape
  const {shape} = value
  const space = shape.length - 1
  // With one channel, or without space, both orders lie in memory alike.
  const alike = shape[space] === 1 || shape.slice(0, -1).every(size => size === 1)
  const axes = Array.from({length: space}, (_, i) => i + 1)
  const [toFirst, toLast] = [
    [0, space + 1, ...axes],
    [0, ...axes.map(i => i + 1), 1],
  ]
  const sizes = (to: Value['layout']) =>
    to === 'last' ? shape : [shape[space]!, ...shape.slice(0, -1)]
  const turn = (tensor: Value['tensor'], to: Value['layout']) =>
    alike
      ? graph.op('Reshape', [tensor, graph.constant('int64', [-1, ...sizes(to)])])
      : graph.op('Transpose', [tensor], {perm: to === 'first' ? toFirst : toLast})
  const back = value.layout
  return tape.record([value], {tensor: turn(value.tensor, layout), shape, layout}, dy => [
    () => turn(dy, back),
  ])
}

const same = (a: readonly number[], b: readonly number[]) =>
  a.length === b.length && a.every((size, i) => size === b[i])
