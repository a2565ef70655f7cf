// Values on their way through a network, and gradients on their way back, as ops of one ONNX graph.
import type {Graph, Tensor} from '../../onnx/graph.ts'

/** A tensor that the network computes, and what its layers must know about it. */
export type Value = {
  readonly tensor: Tensor
  /** Sizes after the batch axis, channels last as in tfjs; of a weight: its own shape. */
  readonly shape: readonly number[]
  /** `first`: the tensor stands as [batch, channels, …space], which ONNX wants of images. */
  readonly layout: 'last' | 'first'
  /** Whether a weight that learns lies behind it. Nothing flows back to where none does. */
  readonly live: boolean
  /** Whether the tensor has a leading axis of trials. Data has none: all trials see the same rows. */
  readonly perTrial: boolean
  /** What a softmax or a sigmoid was taken of: losses start there, where nothing overflows. */
  readonly logits?: Logits
}

export type Logits = {readonly end: 'softmax' | 'sigmoid'; readonly before: Value}

/** What a step makes; it is channels last unless it says otherwise. */
type Made = {tensor: Tensor; shape: readonly number[]; layout?: Value['layout']; logits?: Logits}

/** Given the gradient of what a step made, one function for each input that adds that input's gradient. */
type Backward = (gradient: Tensor) => readonly (() => Tensor)[]

/**
 * Records what each step does and how its gradient goes back: reverse-mode differentiation with the
 * derivatives written by hand, a layer at a time.
 */
export class Tape {
  readonly graph: Graph
  /** Whether dropout drops and batch normalisation looks at the batch. */
  readonly training: boolean
  /** Whether it is for a GPU, for which some of ONNX Runtime's ops are missing, or wrong. */
  readonly gpu: boolean
  /** How many networks of one shape are trained at once; 1: their axis is left out. */
  readonly trials: number
  /** Numbers of rows in this batch, int64 [1]. */
  readonly batchSize: Tensor
  /** Where the masks of dropout come from; absent when nothing is dropped. */
  readonly chance: Chance | undefined
  /** What running statistics become after this batch. */
  readonly updates = new Map<Value, Tensor>()
  readonly #steps: {inputs: readonly Value[]; output: Value; backward: Backward}[] = []

  constructor(
    graph: Graph,
    {
      training,
      gpu = false,
      trials = 1,
      batchSize,
      chance,
    }: {training: boolean; gpu?: boolean; trials?: number; batchSize: Tensor; chance?: Chance},
  ) {
    this.graph = graph
    this.training = training
    this.gpu = gpu
    this.trials = trials
    this.batchSize = batchSize
    this.chance = chance
  }

  /** Adds what a step makes of `inputs`. */
  record(inputs: readonly Value[], made: Made, backward: Backward): Value {
    const output: Value = {
      layout: 'last',
      ...made,
      live: inputs.some(input => input.live),
      perTrial: inputs.some(input => input.perTrial),
    }
    if (output.live) this.#steps.push({inputs, output, backward})
    return output
  }

  /** The gradients of `of` when `seed` is that of `from`; undefined where `from` does not depend on it. */
  gradients(from: Value, seed: Tensor, of: readonly Value[]): (Tensor | undefined)[] {
    const found = new Map<Value, Tensor>([[from, seed]])
    for (const {inputs, output, backward} of [...this.#steps].reverse()) {
      const gradient = found.get(output)
      if (!gradient) continue
      const back = backward(gradient)
      for (const [i, input] of inputs.entries()) {
        if (!input.live) continue
        const before = found.get(input)
        const share = back[i]!()
        found.set(input, before ? this.graph.op('Add', [before, share]) : share)
      }
    }
    return of.map(value => found.get(value))
  }
}

/** Random masks for one step of a training. */
export type Chance = {
  /** A mask for values of `shape`: `1 / (1 − rate)` where a value is kept and 0 where it is dropped. */
  mask: (rate: number, value: Value) => Tensor
}
