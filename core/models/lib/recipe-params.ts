// The parameters of every kind of network that say how it is trained.
import {z} from 'zod'
import {AppError} from '../../error.ts'
import type {TaskKind} from '../../schema/model.ts'
import {type Recipe, toRecipe} from '../../train/recipe.ts'
import {says} from '../../words/says.ts'

/** What each loss of a regression is called in a recipe. */
const losses = {
  squared: 'squared-error',
  absolute: 'absolute-error',
  huber: 'huber',
  poisson: 'poisson',
  quantile: 'quantile',
} as const

export const recipeParams = {
  loss: z
    .enum(['auto', ...(Object.keys(losses) as (keyof typeof losses)[])])
    .default('auto')
    .describe(
      'What is made small. auto: cross-entropy for classes, squared for numbers. For numbers: squared learns the mean and absolute the median; huber lies between them and shrugs off outliers; poisson is for counts; quantile learns the `quantile`.',
    ),
  delta: z
    .number()
    .positive()
    .default(1)
    .describe(
      'For huber: the error from which on it counts in proportion, in standard deviations of the target.',
    ),
  quantile: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.5)
    .describe('For quantile: the part of the rows that lie below the prediction.'),
  labelSmoothing: z
    .number()
    .min(0)
    .lt(1)
    .default(0)
    .describe('For classes: the part of the truth that is spread over all of them.')
    .meta({sweep: {low: 0, high: 0.2}}),
  optimizer: z
    .enum(['adam', 'adamw', 'sgd', 'rmsprop', 'adagrad', 'lion'])
    .default('adam')
    .describe(
      'How the weights follow the gradient. lion wants a third to a tenth of the rate of adam.',
    )
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
  nesterov: z
    .boolean()
    .default(false)
    .describe('For sgd: look ahead along the momentum.')
    .meta({sweep: {values: [false, true]}}),
  schedule: z
    .enum(['constant', 'step', 'cosine', 'linear', 'one-cycle'])
    .default('constant')
    .describe(
      'How the learning rate goes on: as it is; down by steps; down to 0 over all epochs along a cosine or a line; or up and far down again in one cycle.',
    )
    .meta({sweep: {values: ['constant', 'cosine', 'one-cycle']}}),
  warmup: z
    .number()
    .min(0)
    .lt(1)
    .default(0)
    .describe(
      'The part of all epochs over which the learning rate rises to its height. one-cycle takes 0.3 for 0.',
    )
    .meta({sweep: {low: 0, high: 0.3}}),
  stepEvery: z
    .int()
    .min(1)
    .default(30)
    .describe(
      'For the step schedule: after how many epochs the learning rate falls, again and again.',
    ),
  stepFactor: z
    .number()
    .gt(0)
    .max(1)
    .default(0.1)
    .describe('For the step schedule: what it is multiplied by.'),
  weightDecay: z
    .number()
    .nonnegative()
    .default(0)
    .describe(
      'What large weights cost: ½·weightDecay·‖W‖² in the loss; in adamw and lion each step shrinks the weights instead.',
    )
    .meta({sweep: {low: 1e-6, high: 0.1, scale: 'log'}}),
  l1: z
    .number()
    .nonnegative()
    .default(0)
    .describe(
      'What weights cost by their size, l1·‖W‖₁: it drives those that help little towards 0.',
    )
    .meta({sweep: {low: 1e-6, high: 0.01, scale: 'log'}}),
  clipNorm: z
    .number()
    .nonnegative()
    .default(0)
    .describe('The longest that the gradient may be; a longer one is shortened. 0: any length.')
    .meta({sweep: {low: 0.1, high: 10, scale: 'log'}}),
  ema: z
    .number()
    .min(0)
    .lt(1)
    .default(0)
    .describe(
      'Keep a running mean of the weights instead of the last ones: how much of it each step keeps, such as 0.999. 0: the last ones.',
    )
    .meta({sweep: {values: [0, 0.99, 0.999]}}),
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
}

const schema = z.object(recipeParams)
type RecipeParams = z.output<typeof schema>

/** The recipe of such parameters, whatever stands beside them. Throws `bad-params` for a loss of another task. */
export function recipeOf(params: RecipeParams, task: TaskKind): Recipe {
  const {loss, ...rest} = schema.parse(params)
  const classifies = task === 'classification'
  if (classifies && loss !== 'auto')
    throw new AppError(
      'bad-params',
      says`${loss} is a loss for numbers, and the target is a class`,
      {
        hint: says`leave \`loss\` out, or set \`task: regression\``,
        where: 'loss',
      },
    )
  const named = loss === 'auto' ? 'squared-error' : losses[loss]
  return toRecipe({...rest, loss: classifies ? 'cross-entropy' : named})
}
