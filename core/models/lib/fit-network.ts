// Fitting a network of any layers: the recipe, the unit of the target, rows held back, and the graph that ships.
import {z} from 'zod'
import type {FitContext, Fitted, Rows, TrainingData} from '../../plugin.ts'
import {bytesHeld} from '../../train/blocks.ts'
import {engineChoices} from '../../train/device.ts'
import {trainNetwork} from '../../train/engine.ts'
import {lowerNetwork} from '../../train/lower.ts'
import {checkMemory, type NetworkSize} from '../../train/memory.ts'
import {holdOut} from '../../train/rows.ts'
import {type Layers, layersFiles, loadTensorflow, type Tensorflow} from '../../train/tfjs/load.ts'
import {type Said, says} from '../../words/says.ts'
import {recipeOf, recipeParams} from './recipe-params.ts'
import {unitOf} from './unit.ts'
import {classWeights, ofMeanOne, weighedByClass} from './weights.ts'

/** The parameters of every kind of network, beside those of its layers. */
export const networkParams = {
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
}
const schema = z.object(networkParams)
export type NetworkParams = z.output<typeof schema>

/** What a network ends in: how many numbers, and the activation of those. */
export type Ends = {outputs: number; ends: 'softmax' | 'softplus' | 'linear'}

export type Architecture = {
  /** How large it will be, told without making it. */
  size: (ends: Ends) => NetworkSize
  /** Its layers, with every random number drawn from the seed; the last two are a dense one and its activation. */
  build: (tf: Tensorflow, ends: Ends, seed: number) => Layers
}

/** Trains a network, and gives it as a graph and as the files of a LayersModel. */
export async function fitNetwork(
  {size, build}: Architecture,
  params: NetworkParams,
  given: TrainingData<Rows>,
  context: FitContext,
): Promise<Fitted> {
  const {tf} = await loadTensorflow()
  const recipe = recipeOf(params, given.task)
  const {data: rows, warnings} = await prepared(given, params, context.seed)
  const {data, inOwn, restore} = await unitOf(recipe.loss, rows)
  const classes = given.task === 'classification' ? given.classes!.length : undefined
  const ends: Ends = {
    outputs: classes ?? 1,
    ends: classes === undefined ? (recipe.loss === 'poisson' ? 'softplus' : 'linear') : 'softmax',
  }
  // Before its weights are drawn: a network of 65,536 × 65,536 would already be 16 GiB.
  checkMemory(size(ends), {
    recipe,
    rows: data.train.rows,
    held: bytesHeld(data.train, recipe.batchSize),
    limit: context.memory,
  })
  const model = build(tf, ends, context.seed)
  const weights = model.countParams()
  try {
    const {engine, because, ...course} = await trainNetwork(
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
      because,
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
}

// Row weights of mean 1, and rows held back for early stopping where there are none.
async function prepared(
  given: TrainingData<Rows>,
  {classWeights, patience, holdout}: NetworkParams,
  seed: number,
) {
  const warnings: Said[] = []
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
        says`${data.train.rows} rows are too few to hold some back: early stopping watches the training loss`
          .said,
      )
  }
  return {data, warnings}
}
