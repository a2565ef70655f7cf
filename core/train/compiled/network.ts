// A tfjs LayersModel on a tape: its layers one after another, in the order in which they need each other.
import type * as Tf from '@tensorflow/tfjs'
import {AppError} from '../../error.ts'
import {type Phrase, says} from '../../words/says.ts'
import type {Layers} from '../tfjs/load.ts'
import type {Weight} from '../weights.ts'
import {layers} from './layers/index.ts'
import type {Tape, Value} from './tape.ts'

/** How a weight of the model gets onto the tape. */
export type WeightOf = (weight: Weight) => Value

/**
 * Why a model has no compiled form, in the words of the first layer that has none; undefined: it has one.
 * With several `trials` each layer must be able to train them side by side; one that is only `served` need
 * not be trained.
 */
export function refusal(
  model: Layers,
  trials = 1,
  {served = false}: {served?: boolean} = {},
): Phrase | undefined {
  for (const layer of model.layers) {
    const kind = layer.getClassName()
    if (isModel(layer)) {
      const reason = refusal(layer, trials, {served})
      if (reason) return reason
      continue
    }
    if (kind === 'InputLayer') continue
    const found = layers[kind]
    if (!found) return says`a ${kind} layer has no compiled form`
    if (trials > 1 && !found.trials) return says`a ${kind} layer trains one trial at a time`
    for (const {inputShapes} of layer.inboundNodes) {
      const shapes = inputShapes.map(shape => (shape as Tf.Shape).slice(1))
      if (shapes.flat().includes(null)) return says`a ${kind} layer has inputs of unknown length`
      const given = [layer.getConfig(), shapes as number[][]] as const
      const reason =
        found.refuses?.(...given) ?? (served ? undefined : found.refusesTraining?.(...given))
      if (reason) return says`a ${kind} layer with ${reason} has no compiled form`
    }
  }
  return undefined
}

/**
 * Adds a model to the tape: `inputs` in the order of its inputs, each with the shape of that input.
 * Gives its one output. Throws `not-available` where `refusal` has a reason.
 */
export function addNetwork(
  tape: Tape,
  model: Layers,
  inputs: readonly Value[],
  weightOf: WeightOf,
): Value {
  if (model.outputs.length !== 1)
    throw new AppError(
      'not-available',
      says`a model of ${model.outputs.length} outputs has no compiled form`,
    )
  const known = new Map(model.inputs.map((input, i) => [input.id, inputs[i]!]))
  return found(model.outputs[0]!)

  function found(symbol: Tf.SymbolicTensor): Value {
    const before = known.get(symbol.id)
    if (before) return before
    const layer = symbol.sourceLayer
    const node = layer.inboundNodes[symbol.nodeIndex]!
    const given = node.inputTensors.map(found)
    const made = isModel(layer) ? addNetwork(tape, layer, given, weightOf) : call(layer, given)
    known.set(symbol.id, made)
    return made
  }

  function call(layer: Tf.layers.Layer, given: Value[]): Value {
    const kind = layers[layer.getClassName()]
    if (!kind)
      throw new AppError(
        'not-available',
        says`a ${layer.getClassName()} layer has no compiled form`,
      )
    return kind.call(tape, {
      config: layer.getConfig(),
      weights: (layer.weights as unknown as Weight[]).map(weightOf),
      inputs: given,
    })
  }
}

const isModel = (layer: Tf.layers.Layer): layer is Layers =>
  ['Model', 'Sequential', 'Functional'].includes(layer.getClassName())
