// The layers of a convolutional network, with every random number drawn from the seed.
import type * as Tf from '@tensorflow/tfjs'
import {AppError} from '../../error.ts'
import type {ImageShape} from '../../schema/image.ts'
import type {NetworkSize} from '../../train/memory.ts'
import {random} from '../../train/random.ts'
import type {Layers, Tensorflow} from '../../train/tfjs/load.ts'
import {says} from '../../words/says.ts'
import type {NetworkSpec} from './network.ts'

export type ConvolutionalSpec = Omit<NetworkSpec, 'inputs'> & {
  image: ImageShape
  filters: readonly number[]
  kernel: number
  pool: number
}

/**
 * Convolution (same size) → batch norm → activation → max pooling for each of `filters`, flattened; then dense
 * layers as in a perceptron, and the outputs. Throws `bad-params` where pooling leaves no pixel.
 */
export function convolutional(tf: Tensorflow, spec: ConvolutionalSpec, seed: number): Layers {
  const {image, filters, kernel, pool, hidden, activation, batchNorm, dropout, outputs, ends} = spec
  sizesOf(spec)
  const source = random(seed)
  const fresh = () => source.below(2 ** 31)
  const saturating = activation === 'tanh' || activation === 'sigmoid'
  const inner = () =>
    (saturating ? tf.initializers.glorotUniform : tf.initializers.heUniform)({seed: fresh()})
  const model = tf.sequential()
  const add = (layer: Tf.layers.Layer) => model.add(layer)
  const finish = () => {
    if (batchNorm) add(tf.layers.batchNormalization({}))
    add(tf.layers.activation({activation}))
  }
  for (const [i, each] of filters.entries()) {
    add(
      tf.layers.conv2d({
        filters: each,
        kernelSize: kernel,
        padding: 'same',
        // Batch normalisation would take it away again, and has one of its own.
        useBias: !batchNorm,
        kernelInitializer: inner(),
        ...(i === 0 ? {inputShape: [image.height, image.width, image.channels]} : {}),
      }),
    )
    finish()
    if (pool > 1) add(tf.layers.maxPooling2d({poolSize: pool}))
  }
  add(tf.layers.flatten())
  if (dropout > 0) add(tf.layers.dropout({rate: dropout}))
  for (const units of hidden) {
    add(tf.layers.dense({units, useBias: !batchNorm, kernelInitializer: inner()}))
    finish()
    if (dropout > 0) add(tf.layers.dropout({rate: dropout}))
  }
  const kernelInitializer = tf.initializers.glorotUniform({seed: fresh()})
  add(tf.layers.dense({units: outputs, kernelInitializer}))
  if (ends !== 'linear') add(tf.layers.activation({activation: ends}))
  return model
}

/** Height and width after each convolution and its pooling. */
function sizesOf({image, filters, pool}: ConvolutionalSpec): {height: number; width: number}[] {
  let {height, width} = image
  return filters.map((_, i) => {
    height = Math.floor(height / pool)
    width = Math.floor(width / pool)
    if (height === 0 || width === 0)
      throw new AppError(
        'bad-params',
        says`after ${i + 1} times of pooling nothing is left of ${image.width} × ${image.height} pixels`,
        {
          hint: says`name fewer \`filters\`, lower \`pool\`, or read the images larger`,
          where: 'filters',
        },
      )
    return {height, width}
  })
}

/** How large it will be, without making it. */
export function sizeOfConvolutional(spec: ConvolutionalSpec): NetworkSize {
  const {image, filters, kernel, pool, hidden, batchNorm, dropout, outputs, ends} = spec
  // A bias, or what batch normalisation has in its place: a scale, a centre and two statistics.
  const own = batchNorm ? 4 : 1
  const layersOf = 2 + Number(batchNorm)
  const sizes = sizesOf(spec)
  let [weights, activations] = [0, 0]
  let {height, width, channels: before} = image as {height: number; width: number; channels: number}
  for (const [i, each] of filters.entries()) {
    weights += (kernel * kernel * before + own) * each
    activations += layersOf * height * width * each
    ;({height, width} = sizes[i]!)
    if (pool > 1) activations += height * width * each
    before = each
  }
  let units = height * width * before
  const drops = Number(dropout > 0)
  activations += (1 + drops) * units
  for (const each of hidden) {
    weights += (units + own) * each
    activations += (layersOf + drops) * each
    units = each
  }
  return {
    weights: weights + (units + 1) * outputs,
    activations: activations + (ends === 'linear' ? 1 : 2) * outputs,
  }
}
