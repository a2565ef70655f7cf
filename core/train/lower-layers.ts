// A trained tfjs model as ops of an ONNX graph, layer by layer.
import type * as Tf from '@tensorflow/tfjs'
import {AppError} from '../error.ts'
import type {Graph, Tensor} from '../onnx/graph.ts'
import type {Layers} from './tfjs.ts'

type Lowering = (graph: Graph, x: Tensor) => Tensor

/**
 * Reads a sequential model's weights now, and gives the function that adds it to a graph:
 * float32 [rows, features] → float32 [rows, outputs]. Throws `not-available` for a layer without an ONNX form.
 */
export function lowerLayers(model: Layers): Lowering {
  const steps = model.layers.map(layer => {
    const make = lowerings[layer.getClassName()]
    if (make) return make(layer.getConfig(), layer.getWeights())
    throw new AppError('not-available', `a ${layer.getClassName()} layer has no ONNX form yet`)
  })
  return (graph, x) => steps.reduce((out, step) => step(graph, out), x)
}

const same: Lowering = (_, x) => x

const lowerings: Record<string, (config: Config, weights: Tf.Tensor[]) => Lowering> = {
  InputLayer: () => same,
  // Acts in training only.
  Dropout: () => same,
  Activation: ({activation}) => activationOf(activation),
  Dense: ({activation}, [kernel, bias]) => {
    const [w, b] = [floats(kernel!), bias && floats(bias)]
    const shape = kernel!.shape
    const act = activationOf(activation)
    return (graph, x) => {
      const inputs = [x, graph.constant('float32', w, shape)]
      return act(graph, graph.op('Gemm', b ? [...inputs, graph.constant('float32', b)] : inputs))
    }
  },
  // (x − mean)·gamma/√(variance + epsilon) + beta, with the statistics of training.
  BatchNormalization: ({epsilon}, [gamma, beta, mean, variance]) => {
    const v = floats(variance!)
    const scale = floats(gamma!).map((g, j) => g / Math.sqrt(v[j]! + (epsilon as number)))
    const [m, b] = [floats(mean!), floats(beta!)]
    return (graph, x) => {
      const centred = graph.op('Sub', [x, graph.constant('float32', m)])
      const scaled = graph.op('Mul', [centred, graph.constant('float32', scale)])
      return graph.op('Add', [scaled, graph.constant('float32', b)])
    }
  },
}

type Config = Tf.serialization.ConfigDict

const activations: Record<string, Lowering> = {
  linear: same,
  relu: (graph, x) => graph.op('Relu', [x]),
  elu: (graph, x) => graph.op('Elu', [x]),
  gelu: (graph, x) => graph.op('Gelu', [x]),
  swish: (graph, x) => graph.op('Mul', [x, graph.op('Sigmoid', [x])]),
  tanh: (graph, x) => graph.op('Tanh', [x]),
  sigmoid: (graph, x) => graph.op('Sigmoid', [x]),
  softmax: (graph, x) => graph.op('Softmax', [x], {axis: {int: 1}}),
}

function activationOf(name: unknown): Lowering {
  const found = activations[String(name)]
  if (found) return found
  throw new AppError('not-available', `the activation ${name} has no ONNX form yet`)
}

const floats = (t: Tf.Tensor) => (t.dataSync() as Float32Array).slice()
