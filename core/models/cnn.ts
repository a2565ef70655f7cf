// A convolutional network: learns from images, by filters that look at a small window everywhere.
import {z} from 'zod'
import {AppError} from '../error.ts'
import {defineModel} from '../plugin.ts'
import {says} from '../words/says.ts'
import {convolutional, sizeOfConvolutional} from './lib/convolutional.ts'
import {fitNetwork, networkParams} from './lib/fit-network.ts'

const params = z.strictObject({
  filters: z
    .array(z.int().min(1).max(4096))
    .min(1)
    .max(20)
    .default([16, 32])
    .describe('The filters of each convolution, from the image on.')
    .meta({sweep: {values: [[16], [16, 32], [32, 64], [16, 32, 64]]}}),
  kernel: z
    .int()
    .min(1)
    .max(15)
    .default(3)
    .describe('The sides of the window that a filter looks at, in pixels.')
    .meta({sweep: {values: [3, 5]}}),
  pool: z
    .int()
    .min(1)
    .max(8)
    .default(2)
    .describe(
      'After each convolution the largest of so many by so many pixels is kept. 1: all of them.',
    )
    .meta({sweep: {values: [2, 3]}}),
  hidden: z
    .array(z.int().min(1).max(65_536))
    .max(20)
    .default([64])
    .describe('The units of each dense layer between the convolutions and the answer.')
    .meta({sweep: {values: [[], [64], [128]]}}),
  activation: z
    .enum(['relu', 'elu', 'gelu', 'swish', 'tanh', 'sigmoid'])
    .default('relu')
    .describe('What each filter and hidden unit does to its sum.')
    .meta({sweep: {values: ['relu', 'gelu', 'swish']}}),
  batchNorm: z
    .boolean()
    .default(false)
    .describe('Standardise each convolution and hidden layer over the batch before its activation.')
    .meta({sweep: {values: [false, true]}}),
  dropout: z
    .number()
    .min(0)
    .lt(1)
    .default(0)
    .describe(
      'The part of what the convolutions give, and of each hidden layer, that is switched off at random in a training step.',
    )
    .meta({sweep: {low: 0, high: 0.5}}),
  ...networkParams,
})
type Params = z.output<typeof params>

export const cnn = defineModel<Params>({
  kind: 'cnn',
  version: 1,
  title: 'Convolutional network',
  doc: `A network for images: convolutions, each followed by pooling, then dense layers. Learns from one column
of images, as an images cell gives it, and takes it by itself where \`features\` is left out; pixels need no
scaling before. Predicts classes (softmax, cross-entropy) or a number, and is trained as the \`mlp\` is: batch by
batch, with early stopping, checkpoints, images streamed from disk where they do not fit into memory, and the
same network for the same seed on one machine. Kept as a TensorFlow.js LayersModel beside its ONNX graph.`,
  tasks: ['classification', 'regression'],
  takes: 'image',
  params,
  streams: true,
  fit: (params, given, context) => {
    const {image} = given
    if (!image)
      throw new AppError('wrong-type', says`${'cnn'} learns from one column of images`, {
        hint: says`an images cell gives one; for other features choose another model, such as mlp`,
      })
    return fitNetwork(
      {
        size: ends => sizeOfConvolutional({...params, image, ...ends}),
        build: (tf, ends, seed) => convolutional(tf, {...params, image, ...ends}, seed),
      },
      params,
      given,
      context,
    )
  },
})
