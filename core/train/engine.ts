// What trains a network: the engines that this version has, and which one is taken.
import {createHash} from 'node:crypto'
import {AppError} from '../error.ts'
import type {FitContext, TrainingData} from '../plugin.ts'
import {keeperOf} from './checkpoint.ts'
import {compiledEngine} from './compiled/engine.ts'
import {type Course, course, type State} from './course.ts'
import type {Recipe} from './recipe.ts'
import type {Snapshot, Stepper} from './stepper.ts'
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

export type Trained = Omit<Course, 'weights'> & {
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
  checkOutputs(training)
  const whole = {...training, seed: context.seed}
  const {engine, why} = await chooseEngine(asked, whole)
  const stepper = await engine.open(whole)
  try {
    const keeper =
      context.checkpoints && keeperOf<State & {now: Snapshot}>(context.checkpoints, keyOf())
    const {weights, ...rest} = await course(stepper, recipe, data, context, keeper)
    const {tf} = await loadTensorflow()
    const {learned, kept} = weightsOf(model)
    writeVector(tf, learned, weights.params)
    writeVector(tf, kept, weights.kept)
    return {
      ...rest,
      engine: [`${engine.name}·${stepper.device}`, ...(why ? [why] : [])].join(', '),
    }
  } finally {
    await stepper.dispose()
  }

  // All that decides over the training, but for the rows themselves: those are a matter of the folder.
  function keyOf() {
    const {params, kept} = stepper.read()
    const rows = [data.train.rows, data.validation?.rows]
    return createHash('sha256')
      .update(JSON.stringify([engine.name, stepper.device, recipe, context.seed, rows]))
      .update(params)
      .update(kept)
      .digest('hex')
  }
}

/** Throws `bad-params` for a model whose outputs are not those that its loss is about. */
function checkOutputs({model, recipe: {loss}, data}: Omit<Training, 'seed'>) {
  const outputs = model.outputs[0]!.shape.at(-1)
  const classes = data.classes?.length
  const refuse = (wanted: string) => {
    throw new AppError(
      'bad-params',
      `${loss} needs ${wanted}, and the model has ${outputs} outputs`,
    )
  }
  if (loss === 'cross-entropy' && outputs !== classes) refuse(`one output for each class`)
  if (loss === 'binary-cross-entropy' && (outputs !== 1 || classes !== 2))
    refuse('one output and two classes')
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
