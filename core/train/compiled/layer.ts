// What a compiled layer is: the form of the files in `layers/`.
import type * as Tf from '@tensorflow/tfjs'
import type {Phrase} from '../../words/says.ts'
import type {Tensorflow} from '../tfjs/load.ts'
import type {Tape, Value} from './tape.ts'

/** A layer's configuration as tfjs writes it, in camel case. */
export type Config = Readonly<Record<string, unknown>>

export type Use = {
  config: Config
  /** In the order in which tfjs keeps them: those that learn first. */
  weights: readonly Value[]
  inputs: readonly Value[]
}

export type Layer = {
  /** Its tfjs class name. */
  className: string
  /**
   * Why it cannot take this configuration, or inputs of these shapes (without the batch), such as
   * `dilated strides`; undefined: it can.
   */
  refuses?: (config: Config, shapes: readonly (readonly number[])[]) => Phrase | undefined
  /** Why it can be served but not trained, if that is so. */
  refusesTraining?: Layer['refuses']
  /** Whether it can work on several trials at once, along a leading axis. */
  trials: boolean
  /** Adds the layer to the tape, in its training or its inference behaviour. */
  call: (tape: Tape, use: Use) => Value
  /** Small networks around it: each is compared with tfjs and with finite differences. */
  examples: readonly [LayerExample, ...LayerExample[]]
}

export type LayerExample = {
  title: string
  /** The shape of each input, without the batch. Left out: eight numbers a row. */
  inputs?: readonly (readonly number[])[]
  /** The values of an input when they are not any numbers: the numbers of categories, say. */
  whole?: {below: number}
  /** How far the values of an input go up and down; left out: 1. */
  spread?: number
  /** Why its gradient is not that of tfjs, if it is not: only finite differences judge it then. */
  peerless?: string
  /** Adds the layer, and what it needs around it. */
  add: (tf: Tensorflow, inputs: Tf.SymbolicTensor[]) => Tf.SymbolicTensor
}

/** Types a layer; adds nothing. */
export const defineLayer = (layer: Layer): Layer => layer

/** A layer on symbolic inputs, with one output: what `examples` are made of. */
export const apply = (
  layer: Tf.layers.Layer,
  inputs: Tf.SymbolicTensor | Tf.SymbolicTensor[],
): Tf.SymbolicTensor => layer.apply(inputs) as Tf.SymbolicTensor
