// Recurrent layers: a cell that goes over a sequence place by place.
import type {Graph, Tensor} from '../../onnx/graph.ts'
import {type Activation, activations} from './activations.ts'
import type {Config} from './layer.ts'
import {channelsLast} from './layout.ts'
import {affine} from './products.ts'
import type {Tape, Value} from './tape.ts'

/** What a cell makes of one place. `h` and `c` are [rows, units]; a cell may leave `c` as it is. */
export type Step = {
  h: Tensor
  c: Tensor
  /** From the gradients of `h` and `c` those of what went in. */
  back: (
    dh: Tensor,
    dc: Tensor | undefined,
  ) => {
    sums: Tensor
    h: Tensor
    c: Tensor | undefined
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

/** The longest sequence that is trained: every place is a piece of the graph. */
export const longest = 128

/** ONNX's names of what a cell can do to its sums. */
const named: Readonly<Record<string, string>> = {
  tanh: 'Tanh',
  sigmoid: 'Sigmoid',
  hardSigmoid: 'HardSigmoid',
  relu: 'Relu',
  softsign: 'Softsign',
}

export function refusesRecurrence(config: Config, shapes: readonly (readonly number[])[]) {
  if (shapes.length > 1) return 'a first state'
  for (const what of ['stateful', 'returnState', 'goBackwards', 'resetAfter'])
    if (config[what]) return what
  for (const what of ['activation', 'recurrentActivation'])
    if (!named[String(config[what])]) return `the ${what} ${config[what]}`
  return undefined
}

export function refusesTraining(
  {dropout, recurrentDropout}: Config,
  [shape]: readonly (readonly number[])[],
) {
  if (dropout || recurrentDropout) return 'dropout inside'
  return shape![0]! > longest ? `more than ${longest} places` : undefined
}

/** The layer: ONNX's own op where nothing is learned, else the cell place by place. */
export function recur(
  tape: Tape,
  cell: Cell,
  {config, weights, input}: {config: Config; weights: readonly Value[]; input: Value},
): Value {
  const x = channelsLast(tape, input)
  return tape.training
    ? unrolled(tape, cell, config, weights, x)
    : served(tape, cell, config, weights, x)
}

function unrolled(
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
  const at = (t: Tensor, i: number) => graph.op('Gather', [t, graph.constant('int64', i)])
  const apart = (t: Tensor, size: number) => graph.op('Reshape', [t, int64(places, -1, size)])
  const together = (all: Tensor[]) => graph.op('Concat', all, {axis: {int: 0}})
  const shape = graph.op('Concat', [tape.batchSize, int64(units)], {axis: {int: 0}})
  const zeros = graph.op('ConstantOfShape', [shape], {elem: 'float32'})
  const all = apart(sums.tensor, gates)
  const steps: Step[] = []
  for (let i = 0, h = zeros, c = zeros; i < places; i++) {
    const made = step(graph, {sums: at(all, i), h, c, kernel: recurrent!.tensor, units}, like)
    steps.push(made)
    h = made.h
    c = made.c
  }
  const whole = Boolean(config.returnSequences)
  const tensor = whole ? turned(apart(together(steps.map(({h}) => h)), units)) : steps.at(-1)!.h
  return tape.record([sums, recurrent!], {tensor, shape: whole ? [places, units] : [units]}, dy => {
    let found: ReturnType<typeof back> | undefined
    const once = () => {
      found ??= back(dy)
      return found
    }
    return [() => once().sums, () => once().kernel]
  })

  // A value whose rows are the rows of all places, one place after the other.
  function flat(value: Value): Value {
    const {tensor} = value
    const to = graph.op('Reshape', [tensor, int64(-1, features)])
    return tape.record([value], {tensor: to, shape: [features]}, dy => [() => apart(dy, features)])
  }

  function back(dy: Tensor) {
    const given = whole ? turned(dy) : undefined
    const made: ReturnType<Step['back']>[] = []
    for (let i = places - 1; i >= 0; i--) {
      const after = made[0]
      const own = given ? at(given, i) : after ? undefined : dy
      const dh = own && after ? graph.op('Add', [own, after.h]) : (own ?? after!.h)
      made.unshift(steps[i]!.back(dh, after?.c))
    }
    const blocks = made[0]!.kernel.map((_, k) =>
      graph.op(
        'Gemm',
        [together(made.map(m => m.kernel[k]![0])), together(made.map(m => m.kernel[k]![1]))],
        {transA: {int: 1}},
      ),
    )
    return {
      sums: together(made.map(m => m.sums)),
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
