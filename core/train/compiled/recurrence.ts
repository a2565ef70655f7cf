// Recurrent layers: a cell that goes over a sequence place by place.
import type * as Tf from '@tensorflow/tfjs'
import type {Graph, Tensor} from '../../onnx/graph.ts'
import {says, verbatim} from '../../words/says.ts'
import type {Tensorflow} from '../tfjs/load.ts'
import {type Activation, activations} from './activations.ts'
import {apply, type Config, defineLayer, type Layer} from './layer.ts'
import {channelsLast} from './layout.ts'
import {loop} from './loop.ts'
import {affine} from './products.ts'
import type {Tape, Value} from './tape.ts'

/** What a cell makes of one place: `h`, and `c` which it may leave as it is. All are [rows, units]. */
export type Step = {
  h: Tensor
  c: Tensor
  /** From the gradients of `h` and `c` those of what went in. */
  back: (
    dh: Tensor,
    dc: Tensor,
  ) => {
    sums: Tensor
    h: Tensor
    c: Tensor
    /** Of the recurrent kernel, some columns each: what was multiplied, and the gradient of the product. */
    kernel: readonly (readonly [Tensor, Tensor])[]
  }
}

export type Cell = {
  /** ONNX's op of the same, and in which order it has the gates that tfjs numbers from 0. */
  op: 'LSTM' | 'GRU'
  order: readonly number[]
  /** `sums`: the place's input times the kernel, [rows, gates · units]. */
  step: (
    graph: Graph,
    given: {sums: Tensor; h: Tensor; c: Tensor; kernel: Tensor; units: number},
    like: {gate: Activation; state: Activation},
  ) => Step
}

/** ONNX's names of what a cell can do to its sums. */
const named: Readonly<Record<string, string>> = {
  tanh: 'Tanh',
  sigmoid: 'Sigmoid',
  hardSigmoid: 'HardSigmoid',
  relu: 'Relu',
  softsign: 'Softsign',
}

function refusesRecurrence(config: Config, shapes: readonly (readonly number[])[]) {
  if (shapes.length > 1) return says`a first state`
  for (const what of ['stateful', 'returnState', 'goBackwards', 'resetAfter'])
    if (config[what]) return verbatim(what)
  for (const what of ['activation', 'recurrentActivation'])
    if (!named[String(config[what])]) return says`the ${what} ${String(config[what])}`
  return undefined
}

const refusesTraining = ({dropout, recurrentDropout}: Config) =>
  dropout || recurrentDropout ? says`dropout inside` : undefined

/** A layer that goes over a sequence with `cell`; `make` makes tfjs's layer of the same name. */
export function recurrentLayer(
  className: string,
  make: (tf: Tensorflow, config: RecurrentConfig) => Tf.layers.Layer,
  cell: Cell,
): Layer {
  return defineLayer({
    className,
    trials: false,
    refuses: refusesRecurrence,
    refusesTraining,
    examples: [
      {
        title: 'the last state',
        inputs: [[5, 3]],
        add: (tf, [x]) => apply(make(tf, {units: 4}), x!),
      },
      {
        title: 'two, the first as a sequence, with sigmoids and without bias',
        inputs: [[4, 3]],
        add: (tf, [x]) => {
          const like = {recurrentActivation: 'sigmoid', useBias: false} as const
          const first = apply(make(tf, {units: 3, returnSequences: true, ...like}), x!)
          return apply(make(tf, {units: 2}), first)
        },
      },
    ],
    call: (tape, {config, weights, inputs: [input]}) =>
      recur(tape, cell, {config, weights, input: input!}),
  })
}

type RecurrentConfig = Parameters<Tensorflow['layers']['gru']>[0]

// ONNX's own op where nothing is learned, else a loop of the cell over the places. A GPU's op has no hard
// sigmoid.
function recur(
  tape: Tape,
  cell: Cell,
  {config, weights, input}: {config: Config; weights: readonly Value[]; input: Value},
): Value {
  const x = channelsLast(tape, input)
  return tape.training || tape.gpu
    ? looped(tape, cell, config, weights, x)
    : served(tape, cell, config, weights, x)
}

function looped(
  tape: Tape,
  {step}: Cell,
  config: Config,
  [kernel, recurrent, bias]: readonly Value[],
  x: Value,
): Value {
  const {graph} = tape
  const [places, features] = x.shape as [number, number]
  const units = recurrent!.shape[0]!
  const int64 = (...all: number[]) => graph.constant('int64', all)
  const turned = (t: Tensor) => graph.op('Transpose', [t], {perm: [1, 0, 2]})
  // Places before rows, so that those of one place lie together.
  const byPlace = tape.record([x], {tensor: turned(x.tensor), shape: x.shape}, dy => [
    () => turned(dy),
  ])
  const sums = affine(tape, flat(byPlace), kernel!, bias)
  const gates = sums.shape[0]!
  const like = {
    gate: activations[String(config.recurrentActivation)]!,
    state: activations[String(config.activation)]!,
  }
  const shape = graph.op('Concat', [tape.batchSize, int64(units)], {axis: {int: 0}})
  const zeros = graph.op('ConstantOfShape', [shape], {elem: 'float32'})
  const apart = (t: Tensor, size: number) => graph.op('Reshape', [t, int64(places, -1, size)])
  const all = apart(sums.tensor, gates)
  const count = graph.constant('int64', places)
  const stepAt = (body: Graph, i: Tensor, h: Tensor, c: Tensor) =>
    step(body, {sums: body.op('Gather', [all, i]), h, c, kernel: recurrent!.tensor, units}, like)
  // Of each place what it began with, for the way back, and what it gave.
  const {results, scanned} = loop(graph, count, [zeros, zeros], (body, i, [h, c]) => {
    const made = stepAt(body, i, h!, c!)
    return {carried: [made.h, made.c], scanned: [h!, c!, made.h]}
  })
  const [before, kept, given] = scanned as [Tensor, Tensor, Tensor]
  const whole = Boolean(config.returnSequences)
  return tape.record(
    [sums, recurrent!],
    {
      tensor: whole ? turned(given) : results[0]!,
      shape: whole ? [places, units] : [units],
    },
    dy => {
      let found: ReturnType<typeof back> | undefined
      const once = () => {
        found ??= back(dy)
        return found
      }
      return [() => once().sums, () => once().kernel]
    },
  )

  // A value whose rows are the rows of all places, one place after the other.
  function flat(value: Value): Value {
    const to = graph.op('Reshape', [value.tensor, int64(-1, features)])
    return tape.record([value], {tensor: to, shape: [features]}, dy => [
      () => graph.op('Reshape', [dy, int64(places, -1, features)]),
    ])
  }

  // From the last place to the first. What a step computed on its way is computed again, so that a cell is
  // written once and only its states are kept.
  function back(dy: Tensor) {
    const own = whole ? turned(dy) : undefined
    const {scanned} = loop(graph, count, [own ? zeros : dy, zeros], (body, turn, [dh, dc]) => {
      const i = body.op('Sub', [body.constant('int64', places - 1), turn])
      const at = (t: Tensor) => body.op('Gather', [t, i])
      const {back} = stepAt(body, i, at(before), at(kept))
      const made = back(own ? body.op('Add', [dh!, at(own)]) : dh!, dc!)
      return {carried: [made.h, made.c], scanned: [made.sums, ...made.kernel.flat()]}
    })
    const [sums, ...pairs] = scanned as [Tensor, ...Tensor[]]
    const rows = (t: Tensor) => graph.op('Flatten', [t], {axis: {int: 2}})
    const blocks = Array.from({length: pairs.length / 2}, (_, k) =>
      graph.op('Gemm', [rows(pairs[2 * k]!), rows(pairs[2 * k + 1]!)], {transA: {int: 1}}),
    )
    const first = graph.op('Slice', [sums, int64(-1), int64(-1 - places), int64(0), int64(-1)])
    return {
      sums: rows(first),
      kernel: blocks.length > 1 ? graph.op('Concat', blocks, {axis: {int: 1}}) : blocks[0]!,
    }
  }
}

function served(
  {graph}: Tape,
  {op: type, order}: Cell,
  config: Config,
  [kernel, recurrent, bias]: readonly Value[],
  {tensor, shape: [places]}: Value,
): Value {
  const op = graph.op.bind(graph)
  const int64 = (...all: number[]) => graph.constant('int64', all)
  const units = recurrent!.shape[0]!
  const ordered = (weight: Tensor) => {
    const gates = graph.ops('Split', [weight], order.length, {
      axis: {int: -1},
      num_outputs: order.length,
    })
    return op(
      'Concat',
      order.map(i => gates[i]!),
      {axis: {int: -1}},
    )
  }
  const kernelOf = ({tensor}: Value) =>
    op('Unsqueeze', [op('Transpose', [ordered(tensor)], {perm: [1, 0]}), int64(0)])
  const none = graph.constant('float32', new Float32Array(order.length * units))
  const own = [config.recurrentActivation, config.activation].map(name => named[String(name)]!)
  const [all, last] = graph.ops(
    type,
    [
      op('Transpose', [tensor], {perm: [1, 0, 2]}),
      kernelOf(kernel!),
      kernelOf(recurrent!),
      bias
        ? op('Unsqueeze', [op('Concat', [ordered(bias.tensor), none], {axis: {int: 0}}), int64(0)])
        : undefined,
    ],
    2,
    {hidden_size: units, activations: type === 'LSTM' ? [...own, own[1]!] : own},
  )
  const whole = Boolean(config.returnSequences)
  return {
    // [places, direction, rows, units], or [direction, rows, units].
    tensor: whole
      ? op('Transpose', [op('Squeeze', [all!, int64(1)])], {perm: [1, 0, 2]})
      : op('Squeeze', [last!, int64(0)]),
    shape: whole ? [places!, units] : [units],
    layout: 'last',
    live: false,
    perTrial: false,
  }
}
