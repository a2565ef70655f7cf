// A multilayer perceptron: dense layers, trained by gradient descent.
import {z} from 'zod'
import {defineModel, type Matrix, type TrainingData} from '../plugin.ts'
import {gather} from '../train/batches.ts'
import {engineChoices} from '../train/device.ts'
import {trainNetwork} from '../train/engine.ts'
import {lowerNetwork} from '../train/lower.ts'
import {checkMemory} from '../train/memory.ts'
import {permutation, random} from '../train/random.ts'
import {toRecipe} from '../train/recipe.ts'
import {type Layers, layersFiles, loadTensorflow, type Tensorflow} from '../train/tfjs/load.ts'
import {moments} from './lib/moments.ts'
import {network, sizeOfNetwork} from './lib/network.ts'
import {classWeights, rowWeights} from './lib/weights.ts'

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
  optimizer: z
    .enum(['adam', 'adamw', 'sgd', 'rmsprop'])
    .default('adam')
    .describe('How the weights follow the gradient.')
    .meta({sweep: {values: ['adam', 'adamw', 'sgd']}}),
  learningRate: z
    .number()
    .positive()
    .default(0.001)
    .describe('How far the weights go in one step.')
    .meta({sweep: {low: 1e-5, high: 0.1, scale: 'log'}}),
  momentum: z
    .number()
    .min(0)
    .lt(1)
    .default(0.9)
    .describe('For sgd: how much of the last step is kept in the next.')
    .meta({sweep: {low: 0, high: 0.99}}),
  schedule: z
    .enum(['constant', 'cosine', 'linear'])
    .default('constant')
    .describe('How the learning rate goes on: as it is, or down to 0 over all epochs.')
    .meta({sweep: {values: ['constant', 'cosine']}}),
  weightDecay: z
    .number()
    .nonnegative()
    .default(0)
    .describe(
      'What large weights cost: ½·weightDecay·‖W‖² in the loss; in adamw each step shrinks the weights instead.',
    )
    .meta({sweep: {low: 1e-6, high: 0.1, scale: 'log'}}),
  epochs: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(100)
    .describe('How often it sees all rows, at most.'),
  batchSize: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(32)
    .describe('How many rows a step looks at, at most.')
    .meta({sweep: {values: [16, 32, 64, 128, 256]}}),
  patience: z
    .int()
    .min(0)
    .default(10)
    .describe(
      'Stop after this many epochs without a better loss on the validation rows, and keep the best weights. 0: run all epochs and keep the last.',
    ),
  holdout: z
    .number()
    .min(0)
    .max(0.5)
    .default(0.1)
    .describe(
      'Where the split has no validation part: the part of the training rows that is held back for `patience`. With 0 the training loss is watched.',
    ),
  classWeights,
  engine: z
    .enum(engineChoices)
    .default('auto')
    .describe(
      'What does the computing. auto takes the fastest that can, and measures where there is a choice; compiled is ONNX Runtime, on cpu, cuda, directml or webgpu; tfjs is TensorFlow.js.',
    ),
})
type Params = z.output<typeof params>

export const mlp = defineModel<Params>({
  kind: 'mlp',
  version: 1,
  title: 'Neural network',
  doc: `A multilayer perceptron: layers of weighted sums with an activation between them, trained batch by
batch. Predicts classes (softmax, cross-entropy) or a number (squared error; the target is standardised
inside, and answers come in its own unit). Features of very different scale are hard for it: scale them
before. The same seed gives the same network, bit for bit, on one machine. Kept as a TensorFlow.js
LayersModel beside its ONNX graph.`,
  tasks: ['classification', 'regression'],
  params,
  fit: async (params, given, context) => {
    const {tf} = await loadTensorflow()
    const {data, warnings} = prepared(given, params, context.seed)
    const classes = given.task === 'classification' ? given.classes!.length : undefined
    const spec = {...params, inputs: given.features.length, classes}
    const recipe = recipeOf(params, given)
    // Before its weights are drawn: a network of 65,536 × 65,536 would already be 16 GiB.
    checkMemory(sizeOfNetwork(spec), {recipe, rows: data.train.rows, limit: context.memory})
    const model = network(tf, spec, context.seed)
    try {
      const unit = classes === undefined ? standardise(data) : {mean: 0, spread: 1}
      const inUnit = (metrics: Record<string, number>) =>
        Object.fromEntries(
          Object.entries(metrics).map(([name, v]) => [
            name,
            name.endsWith('loss') ? v * unit.spread ** 2 : v,
          ]),
        )
      const {engine, ...course} = await trainNetwork(
        {model, recipe, data},
        {
          ...context,
          log: (epoch, metrics) => context.log(epoch, inUnit(metrics)),
          tell: ({metrics, ...rest}) =>
            context.tell({...rest, ...(metrics ? {metrics: inUnit(metrics)} : {})}),
        },
        params.engine,
      )
      if (course.warning) warnings.push(course.warning)
      if (classes === undefined) unstandardise(tf, model, unit)
      const lower = lowerNetwork(model)
      return {
        lower: (graph, x) => ({
          [classes === undefined ? 'prediction' : 'probabilities']: lower(graph, x),
        }),
        files: await layersFiles(tf, model),
        engine,
        summary: {
          epochs: course.epochs,
          bestEpoch: course.bestEpoch,
          weights: model.countParams(),
          ...inUnit(course.metrics),
        },
        warnings,
      }
    } finally {
      model.dispose()
    }
  },
})

function recipeOf(
  {hidden, activation, batchNorm, dropout, holdout, classWeights, engine, ...recipe}: Params,
  {task}: TrainingData,
) {
  return toRecipe({...recipe, loss: task === 'classification' ? 'cross-entropy' : 'squared-error'})
}

// Row weights of mean 1, and rows held back for early stopping where there are none.
function prepared(given: TrainingData, {classWeights, patience, holdout}: Params, seed: number) {
  const warnings: string[] = []
  const classes = given.classes?.length ?? 0
  const weigh = (matrix: Matrix, like: typeof classWeights): Matrix => {
    const weights =
      given.task === 'classification' ? rowWeights(matrix, classes, like) : matrix.weights
    if (!weights) return matrix
    const mean = weights.reduce((sum, w) => sum + w, 0) / matrix.rows
    return mean > 0 ? {...matrix, weights: weights.map(w => w / mean)} : {...matrix, weights}
  }
  const data: TrainingData = {...given, train: weigh(given.train, classWeights)}
  if (given.validation) data.validation = weigh(given.validation, classWeights)
  else if (patience > 0 && holdout > 0) {
    const {rows} = data.train
    const held = Math.floor(rows * holdout)
    if (held === 0)
      warnings.push(
        `${rows} rows are too few to hold some back: early stopping watches the training loss`,
      )
    else {
      const order = permutation(rows, random(seed ^ 0x5f3759df))
      data.validation = gather(data.train, order.subarray(0, held))
      data.train = gather(data.train, order.subarray(held).sort())
    }
  }
  return {data, warnings}
}

type Unit = {mean: number; spread: number}

// Replaces the targets by standardised ones.
function standardise(data: TrainingData): Unit {
  const {mean: means, deviation} = moments({...data.train, x: data.train.y!}, 1)
  const mean = means[0]!
  const spread = Number.isFinite(deviation[0]!) ? deviation[0]! : 1
  const scaled = (matrix: Matrix) => ({...matrix, y: matrix.y!.map(v => (v - mean) / spread)})
  data.train = scaled(data.train)
  if (data.validation) data.validation = scaled(data.validation)
  return {mean, spread}
}

// Puts the target's unit into the last layer, so that the network itself answers in it.
function unstandardise(tf: Tensorflow, model: Layers, {mean, spread}: Unit) {
  const last = model.layers.at(-1)!
  tf.tidy(() => {
    const [kernel, bias] = last.getWeights()
    last.setWeights([kernel!.mul(spread), bias!.mul(spread).add(mean)])
  })
}
