// A multilayer perceptron: dense layers, trained by gradient descent.
import {z} from 'zod'
import {defineModel} from '../plugin.ts'
import {fitNetwork, networkParams} from './lib/fit-network.ts'
import {network, sizeOfNetwork} from './lib/network.ts'

const params = z.strictObject({
  hidden: z
    .array(z.int().min(1).max(65_536))
    .max(50)
    .default([64, 32])
    .describe('The units of each hidden layer, from the inputs on.')
    .meta({sweep: {values: [[32], [64], [128], [64, 32], [128, 64], [256, 128]]}}),
  activation: z
    .enum(['relu', 'elu', 'gelu', 'swish', 'tanh', 'sigmoid'])
    .default('relu')
    .describe('What each hidden unit does to its sum.')
    .meta({sweep: {values: ['relu', 'gelu', 'swish', 'tanh']}}),
  batchNorm: z
    .boolean()
    .default(false)
    .describe('Standardise each hidden layer over the batch before its activation.')
    .meta({sweep: {values: [false, true]}}),
  dropout: z
    .number()
    .min(0)
    .lt(1)
    .default(0)
    .describe('The part of each hidden layer that is switched off at random in a training step.')
    .meta({sweep: {low: 0, high: 0.5}}),
  ...networkParams,
})
type Params = z.output<typeof params>

export const mlp = defineModel<Params>({
  kind: 'mlp',
  version: 2,
  title: 'Neural network',
  doc: `A multilayer perceptron: layers of weighted sums with an activation between them, trained batch by
batch. Predicts classes (softmax, cross-entropy) or a number (squared error unless \`loss\` says otherwise; the
target is standardised inside, or counts divided by their mean, and answers and losses come in its own unit).
A loss that explodes ends the training with the last good weights, and a training that was killed goes on from
its last checkpoint. Features of very different scale are hard for it: scale them before. The same seed gives
the same network, bit for bit, on one machine. Rows that do not fit into memory are streamed from disk: then
the memory limit decides over their order, too. Kept as a TensorFlow.js LayersModel beside its ONNX graph.`,
  tasks: ['classification', 'regression'],
  params,
  streams: true,
  fit: (params, given, context) => {
    const inputs = given.features.length
    return fitNetwork(
      {
        size: ends => sizeOfNetwork({...params, inputs, ...ends}),
        build: (tf, ends, seed) => network(tf, {...params, inputs, ...ends}, seed),
      },
      params,
      given,
      context,
    )
  },
})
