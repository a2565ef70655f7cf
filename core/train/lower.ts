// A trained network as ops of an ONNX graph: the same layers as in training, in their inference behaviour.
import {AppError} from '../error.ts'
import type {Graph, Tensor} from '../onnx/graph.ts'
import {says} from '../words/says.ts'
import {channelsLast} from './compiled/layout.ts'
import {addNetwork, refusal} from './compiled/network.ts'
import {inputsOf} from './compiled/program.ts'
import {Tape, type Value} from './compiled/tape.ts'
import type {Layers} from './tfjs/load.ts'
import type {Weight} from './weights.ts'

/**
 * Reads a model's weights now, and gives the function that adds it to a graph:
 * float32 [rows, features] → float32 [rows, outputs]. Throws `not-available` for a layer without an ONNX form.
 */
export function lowerNetwork(model: Layers): (graph: Graph, x: Tensor) => Tensor {
  const reason = refusal(model, 1, {served: true})
  if (reason) throw new AppError('not-available', says`the model cannot be served: ${reason}`)
  const weights = model.weights as unknown as Weight[]
  const read = new Map(weights.map(w => [w.id, (w.read().dataSync() as Float32Array).slice()]))
  return (graph, x) => {
    const first = graph.constant('int64', [0])
    const batchSize = graph.op('Gather', [graph.op('Shape', [x]), first])
    const tape = new Tape(graph, {training: false, batchSize})
    const constant = ({id, shape}: Weight): Value => ({
      tensor: graph.constant('float32', read.get(id)!, shape),
      shape,
      layout: 'last',
      live: false,
      perTrial: false,
    })
    return channelsLast(tape, addNetwork(tape, model, inputsOf(tape, model, x), constant)).tensor
  }
}
