// What trains a network: the engines that this version has, and which one is taken.
import {AppError} from '../error.ts'
import type {FitContext, TrainingData} from '../plugin.ts'
import {compiledEngine} from './compiled/engine.ts'
import {type Course, course} from './course.ts'
import type {Recipe} from './recipe.ts'
import type {Stepper} from './stepper.ts'
import {tfjsEngine} from './tfjs/engine.ts'
import {type Layers, loadTensorflow} from './tfjs/load.ts'
import {weightsOf, writeVector} from './weights.ts'

/** What an engine must know to take steps. Classification: the model ends in a softmax or a sigmoid. */
export type Training = {
  model: Layers
  recipe: Recipe
  data: TrainingData
  seed: number
}

export type Engine = {
  name: 'compiled' | 'tfjs'
  /** Why it cannot train this here, if it cannot. */
  refuses: (training: Training) => Promise<string | undefined>
  open: (training: Training) => Promise<Stepper>
}

export type Asked = 'auto' | Engine['name']

/** From the one that is liked best. */
export const engines: readonly Engine[] = [compiledEngine, tfjsEngine]

export type Trained = Omit<Course, 'snapshot'> & {
  /** Which engine on what, and why that one, such as `compiled·cpu`. */
  engine: string
}

/**
 * Trains `model`, whose weights it changes, with the engine asked for or the first that can. The loss is
 * weighted by the rows' weights. Early stopping watches `data.validation`, or without one the training loss.
 */
export async function trainNetwork(
  training: Omit<Training, 'seed'>,
  context: FitContext,
  asked: Asked = 'auto',
): Promise<Trained> {
  const {model, recipe, data} = training
  const whole = {...training, seed: context.seed}
  const {engine, why} = await chooseEngine(asked, whole)
  const stepper = await engine.open(whole)
  try {
    const {snapshot, ...rest} = await course(stepper, recipe, data, context)
    const {tf} = await loadTensorflow()
    const {learned, kept} = weightsOf(model)
    writeVector(tf, learned, snapshot.params)
    writeVector(tf, kept, snapshot.kept)
    return {
      ...rest,
      engine: [`${engine.name}·${stepper.device}`, ...(why ? [why] : [])].join(', '),
    }
  } finally {
    await stepper.dispose()
  }
}

/** The engine asked for, or for `auto` the first that can; and why it is that one. */
async function chooseEngine(
  asked: Asked,
  training: Training,
): Promise<{engine: Engine; why: string}> {
  const reasons: string[] = []
  for (const engine of engines) {
    if (asked !== 'auto' && engine.name !== asked) continue
    const reason = await engine.refuses(training)
    if (reason === undefined)
      return {engine, why: asked === 'auto' ? reasons.join('; ') : 'it was asked for'}
    reasons.push(`not ${engine.name}: ${reason}`)
  }
  throw new AppError('not-available', reasons.join('; '), {
    hint: 'set `engine` to auto',
    where: 'engine',
  })
}
