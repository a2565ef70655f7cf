// What trains a network: the engines that this version has, which one is taken, on which device, and why.
import {AppError} from '../error.ts'
import type {FitContext, TrainingData} from '../plugin.ts'
import {compiledEngine} from './compiled/engine.ts'
import {type Course, course} from './course.ts'
import {type Asked, type Device, isDevice, presentDevices, wayTo} from './device.ts'
import {enduring} from './enduring.ts'
import {chooseDevice} from './measure-devices.ts'
import {checkMemory, sizeOf} from './memory.ts'
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
  /** `on` is meant for the compiled engine: tfjs takes the best backend that is installed. */
  open: (training: Training, on?: {device: Device; threads?: number}) => Promise<Stepper>
}

/** From the one that is liked best. */
export const engines: readonly Engine[] = [compiledEngine, tfjsEngine]

export type Trained = Omit<Course, 'snapshot'> & {
  /** Which engine on what, and why that one, such as `compiled·cpu`. */
  engine: string
}

/**
 * Trains `model`, whose weights it changes, with the engine or device asked for, or the fastest that can. The
 * loss is weighted by the rows' weights. Early stopping watches `data.validation`, or without one the training
 * loss. Throws `not-available` where what was asked for does not start, `out-of-memory`, `bad-data`.
 */
export async function trainNetwork(
  training: Omit<Training, 'seed'>,
  context: FitContext,
  asked: Asked = 'auto',
): Promise<Trained> {
  const {model, recipe, data} = training
  checkMemory(sizeOf(model), {recipe, rows: data.train.rows, limit: context.memory})
  const whole = {...training, seed: context.seed}
  const {engine, why, stepper, lost} = await open(asked, whole, context)
  try {
    const {snapshot, ...rest} = await course(stepper, recipe, data, context)
    const {tf} = await loadTensorflow()
    const {learned, kept} = weightsOf(model)
    writeVector(tf, learned, snapshot.params)
    writeVector(tf, kept, snapshot.kept)
    const warning = [...lost, ...(rest.warning ? [rest.warning] : [])].join('; ')
    return {
      ...rest,
      ...(warning ? {warning} : {}),
      engine: [`${engine.name}·${stepper.device}`, ...(why ? [why] : [])].join(', '),
    }
  } finally {
    await stepper.dispose()
  }
}

type Opened = {engine: Engine; why: string; stepper: Stepper; lost: readonly string[]}

/** The engine asked for, or for `auto` the first that can, on the device asked for or the fastest. */
async function open(asked: Asked, training: Training, context: FitContext): Promise<Opened> {
  const wanted = isDevice(asked) ? 'compiled' : asked
  const reasons: string[] = []
  for (const engine of engines) {
    if (wanted !== 'auto' && engine.name !== wanted) continue
    const reason = await engine.refuses(training)
    if (reason !== undefined) {
      reasons.push(`not ${engine.name}: ${reason}`)
      continue
    }
    if (engine !== compiledEngine) {
      const why = asked === 'auto' ? reasons.join('; ') : 'it was asked for'
      return {engine, why, stepper: await engine.open(training), lost: []}
    }
    const on = isDevice(asked)
      ? {device: asked, why: 'it was asked for'}
      : await chooseDevice(
          training,
          (device, threads) => engine.open(training, {device, ...(threads ? {threads} : {})}),
          context,
        )
    const why = [on.why, ...(asked === 'compiled' ? ['it was asked for'] : [])]
    context.tell({message: 'compiling'})
    if (isDevice(asked) && !(await presentDevices()).includes(asked))
      throw notHere(
        asked,
        new AppError('not-available', `${asked} is not in this installation of ONNX Runtime`),
      )
    const opened = await engine.open(training, on).catch(error => {
      throw isDevice(asked) ? notHere(asked, error) : error
    })
    const lost: string[] = []
    const stepper =
      on.device === 'cpu'
        ? opened
        : enduring(opened, {
            reopen: () => engine.open(training, {device: 'cpu'}),
            recipe: training.recipe,
            warn: message => lost.push(message),
          })
    return {engine, why: why.filter(Boolean).join(', '), stepper, lost}
  }
  throw new AppError('not-available', reasons.join('; '), {
    hint: 'set `engine` to auto',
    where: 'engine',
  })
}

/** A device that was asked for and does not start: with a way out. */
function notHere(device: Device, error: AppError): AppError {
  if (error.code !== 'not-available' || device === 'cpu') return error
  return new AppError('not-available', error.message, {
    hint: `set \`engine\` to auto, or mend it: ${wayTo[device]}; \`bancada doctor\` tries every device`,
    where: 'engine',
    cause: error,
  })
}
