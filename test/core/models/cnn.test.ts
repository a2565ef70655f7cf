import {expect, test} from 'vitest'
import {convolutional, sizeOfConvolutional} from '../../../core/models/lib/convolutional.ts'
import type {TrainingData} from '../../../core/plugin.ts'
import {type ImageShape, pixelNames, pixelsOf} from '../../../core/schema/image.ts'
import {sizeOf} from '../../../core/train/memory.ts'
import {random} from '../../../core/train/random.ts'
import {loadTensorflow} from '../../../core/train/tfjs/load.ts'
import {data, labels, learn, matrix} from './support.ts'

/** Images of one bright spot; the class is the half that it is in, the number how far down it is. */
function spots(image: ImageShape, rows: number) {
  const chance = random(5)
  const x: number[][] = []
  const half: number[] = []
  const down: number[] = []
  for (let i = 0; i < rows; i++) {
    const pixels = Array.from({length: pixelsOf(image)}, () => chance.next() / 4)
    const [row, column] = [chance.below(image.height), chance.below(image.width)]
    for (let c = 0; c < image.channels; c++)
      pixels[(row * image.width + column) * image.channels + c] = 1
    x.push(pixels)
    half.push(Number(column >= image.width / 2))
    down.push(row)
  }
  return {x, half, down}
}

const asImages = (given: TrainingData, image: ImageShape): TrainingData => ({
  ...given,
  features: pixelNames('image', image),
  image,
})

for (const [image, params] of [
  [{width: 8, height: 6, channels: 1}, {}],
  [
    {width: 7, height: 9, channels: 3},
    {batchNorm: true, dropout: 0.2, activation: 'gelu'},
  ],
  [
    {width: 5, height: 5, channels: 1},
    {pool: 1, kernel: 2, hidden: [], activation: 'tanh'},
  ],
] as const)
  test(`the graph answers as the saved LayersModel does: ${JSON.stringify({...image, ...params})}`, async () => {
    const {x, half} = spots(image, 40)
    const given = asImages(data('classification', matrix(x, half), 2), image)
    const fitted = await learn('cnn', {filters: [3, 4], hidden: [5], epochs: 2, ...params}, given)
    const {probabilities} = await fitted.predict(x)
    const {tf} = await loadTensorflow()
    const {modelTopology, weightsManifest} = JSON.parse(
      new TextDecoder().decode(fitted.files!['tfjs/model.json']),
    )
    const model = await tf.loadLayersModel(
      tf.io.fromMemory({
        modelTopology,
        weightSpecs: weightsManifest[0].weights,
        weightData: new Uint8Array(fitted.files!['tfjs/weights.bin']!).buffer,
      }),
    )
    const {height, width, channels} = image
    const pixels = tf.tensor4d(x.flat(), [x.length, height, width, channels])
    const own = (model.predict(pixels) as import('@tensorflow/tfjs').Tensor).dataSync()
    own.forEach((p, i) => {
      expect(probabilities![i]).toBeCloseTo(p, 5)
    })
  })

test('its size is told without making it', async () => {
  const {tf} = await loadTensorflow()
  for (const more of [
    {},
    {batchNorm: true, dropout: 0.3},
    {pool: 1, hidden: [], ends: 'linear', outputs: 1},
    {pool: 3, kernel: 4, filters: [7]},
  ] as const) {
    const spec = {
      image: {width: 12, height: 15, channels: 3},
      filters: [4, 6],
      kernel: 3,
      pool: 2,
      hidden: [8, 5],
      activation: 'relu',
      batchNorm: false,
      dropout: 0,
      outputs: 3,
      ends: 'softmax',
      ...more,
    } as const
    const model = convolutional(tf, spec, 1)
    const {weights, activations} = sizeOf(model)
    model.dispose()
    expect(sizeOfConvolutional(spec)).toEqual({weights, activations})
  }
})

test('it learns where a spot is: which half as a class, how far down as a number', async () => {
  const image = {width: 8, height: 8, channels: 1} as const
  const {x, half, down} = spots(image, 300)
  const params = {filters: [8], hidden: [16], learningRate: 0.01, epochs: 40}
  const classes = asImages(data('classification', matrix(x, half), 2), image)
  const {probabilities} = await (await learn('cnn', params, classes)).predict(x)
  const right = labels(probabilities!, 2).filter((k, i) => k === half[i]).length
  expect(right / x.length).toBeGreaterThan(0.95)
  const numbers = asImages(data('regression', matrix(x, down)), image)
  const {prediction} = await (await learn('cnn', params, numbers)).predict(x)
  const error = prediction!.reduce((sum, v, i) => sum + Math.abs(v - down[i]!), 0) / x.length
  expect(error).toBeLessThan(0.7)
}, 60_000)

test('a network that cannot fit into memory is refused before it is made', async () => {
  const image = {width: 64, height: 64, channels: 3} as const
  const {x, half} = spots(image, 4)
  const given = asImages(data('classification', matrix(x, half), 2), image)
  const params = {filters: [1024], pool: 1, hidden: [65_536]}
  await expect(learn('cnn', params, given, {memory: 4096})).rejects.toMatchObject({
    code: 'out-of-memory',
  })
})
