// A multilayer perceptron: dense layers, trained by gradient descent.
import {z} from 'zod'
import {defineModel, type Rows, type TrainingData} from '../plugin.ts'
import {bytesHeld} from '../train/blocks.ts'
import {engineChoices} from '../train/device.ts'
import {trainNetwork} from '../train/engine.ts'
import {lowerNetwork} from '../train/lower.ts'
import {checkMemory} from '../train/memory.ts'
import {holdOut} from '../train/rows.ts'
import {layersFiles, loadTensorflow} from '../train/tfjs/load.ts'
import {network, sizeOfNetwork} from './lib/network.ts'
import {recipeOf, recipeParams} from './lib/recipe-params.ts'
import {unitOf} from './lib/unit.ts'
import {classWeights, ofMeanOne, weighedByClass} from './lib/weights.ts'

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
  ...recipeParams,
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
  fit: async (params, given, context) => {
    const {tf} = await loadTensorflow()
    const recipe = recipeOf(params, given.task)
    const {data: rows, warnings} = await prepared(given, params, context.seed)
    const {data, inOwn, restore} = await unitOf(recipe.loss, rows)
    const classes = given.task === 'classification' ? given.classes!.length : undefined
    const ends =
      classes === undefined ? (recipe.loss === 'poisson' ? 'softplus' : 'linear') : 'softmax'
    const spec = {...params, inputs: given.features.length, outputs: classes ?? 1, ends} as const
    // Before its weights are drawn: a network of 65,536 × 65,536 would already be 16 GiB.
    checkMemory(sizeOfNetwork(spec), {
      recipe,
      rows: data.train.rows,
      held: bytesHeld(data.train, recipe.batchSize),
      limit: context.memory,
    })
    const model = network(tf, spec, context.seed)
    const weights = model.countParams()
    try {
      const {engine, ...course} = await trainNetwork(
        {model, recipe, data},
        {
          ...context,
          log: (epoch, metrics) => context.log(epoch, inOwn(metrics)),
          tell: ({metrics, ...rest}) =>
            context.tell({...rest, ...(metrics ? {metrics: inOwn(metrics)} : {})}),
        },
        params.engine,
      )
      warnings.push(...course.warnings)
      restore(tf, model)
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
          weights,
          ...inOwn(course.metrics),
        },
        warnings,
      }
    } finally {
      model.dispose()
    }
  },
})

// Row weights of mean 1, and rows held back for early stopping where there are none.
async function prepared(
  given: TrainingData<Rows>,
  {classWeights, patience, holdout}: Params,
  seed: number,
) {
  const warnings: string[] = []
  const classes = given.classes?.length ?? 0
  const weigh = async (rows: Rows) =>
    ofMeanOne(
      given.task === 'classification' ? await weighedByClass(rows, classes, classWeights) : rows,
    )
  const data = {...given, train: await weigh(given.train)}
  if (given.validation) data.validation = await weigh(given.validation)
  else if (patience > 0 && holdout > 0) {
    const parted = holdOut(data.train, holdout, seed ^ 0x5f3759df)
    if (parted) Object.assign(data, {train: parted.rest, validation: parted.held})
    else
      warnings.push(
        `${data.train.rows} rows are too few to hold some back: early stopping watches the training loss`,
      )
  }
  return {data, warnings}
}
