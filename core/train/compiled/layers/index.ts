// Every layer that has a compiled form, by its tfjs class name.
import type {Layer} from '../layer.ts'
import {activation} from './activation.ts'
import {batchNormalization} from './batch-normalization.ts'
import {cropping, zeroPadding} from './borders.ts'
import {concatenate} from './concatenate.ts'
import {conv1d, conv2d, depthwiseConv2d, separableConv2d} from './convolution.ts'
import {dense} from './dense.ts'
import {dropout, spatialDropout1d} from './dropout.ts'
import {embedding} from './embedding.ts'
import {
  globalAveragePooling1d,
  globalAveragePooling2d,
  globalMaxPooling1d,
  globalMaxPooling2d,
} from './global-pooling.ts'
import {gru} from './gru.ts'
import {layerNormalization} from './layer-normalization.ts'
import {lstm} from './lstm.ts'
import {add, average, maximum, minimum, multiply} from './merge.ts'
import {permute} from './permute.ts'
import {averagePooling1d, averagePooling2d, maxPooling1d, maxPooling2d} from './pooling.ts'
import {prelu} from './prelu.ts'
import {elu, leakyRelu, relu, thresholdedRelu} from './rectifiers.ts'
import {repeatVector} from './repeat-vector.ts'
import {flatten, reshape} from './reshape.ts'
import {softmax} from './softmax.ts'
import {upSampling2d} from './up-sampling.ts'

const all = [
  activation,
  add,
  average,
  averagePooling1d,
  averagePooling2d,
  batchNormalization,
  concatenate,
  conv1d,
  conv2d,
  cropping,
  dense,
  depthwiseConv2d,
  dropout,
  elu,
  embedding,
  flatten,
  globalAveragePooling1d,
  globalAveragePooling2d,
  globalMaxPooling1d,
  globalMaxPooling2d,
  gru,
  layerNormalization,
  leakyRelu,
  lstm,
  maximum,
  maxPooling1d,
  maxPooling2d,
  minimum,
  multiply,
  permute,
  prelu,
  relu,
  repeatVector,
  reshape,
  separableConv2d,
  softmax,
  spatialDropout1d,
  thresholdedRelu,
  upSampling2d,
  zeroPadding,
]

export const layers: Readonly<Record<string, Layer>> = Object.fromEntries(
  all.map(layer => [layer.className, layer]),
)
