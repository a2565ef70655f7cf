// What trains a network: the engines that this version has, which one is taken, on which device, and why.
import {createHash} from 'node:crypto'
import {AppError} from '../error.ts'
import type {FitContext, Rows, TrainingData} from '../plugin.ts'
import {progressOf, says} from '../words/says.ts'
import {batching} from './batches.ts'
import {bytesHeld} from './blocks.ts'
import {checkNumbers} from './check.ts'
import {keeperOf} from './checkpoint.ts'
import {compiledEngine} from './compiled/engine.ts'
import {losses} from './compiled/losses/index.ts'
import {type Course, course, type State} from './course.ts'
import {type Asked, type Device, isDevice, presentDevices, wayTo} from './device.ts'
import {enduring} from './enduring.ts'
import {chooseDevice} from './measure-devices.ts'
import {checkMemory, sizeOf} from './memory.ts'
import type {Recipe} from './recipe.ts'
import {inMemory} from './rows.ts'
import type {Snapshot, Stepper} from './stepper.ts'
import {tfjsEngine} from './tfjs/engine.ts'
import {type Layers, loadTensorflow} from './tfjs/load.ts'
import {endOf} from './tfjs/scores.ts'
import {readVector, weightsOf, writeVector} from './weights.ts'

/** What an engine must know to take steps. Classification: the model ends in a softmax or a sigmoid. */
export type Training = {
  model: Layers
  recipe: Recipe
  data: TrainingData<Rows>
  seed: number
}

export type Engine = {
  name: 'compiled' | 'tfjs'
  /** Why it cannot train this here, if it cannot. */
  refuses: (training: Training) => Promise<string | undefined>
  /** `on` is meant for the compiled engine: tfjs takes the best backend that can. */
  open: (
    training: Training,
    on?: {device: Device; threads?: number | undefined},
  ) => Promise<Stepper>
}

/** From the one that is liked best. */
export const engines: readonly Engine[] = [compiledEngine, tfjsEngine]

export type Trained = Omit<Course, 'weights'> & {
  /** Which engine on what, and why that one, such as `compiled·cpu`. */
  engine: string
}

/** Where a training runs and why there: kept with its checkpoints, because it goes on in the same place. */
type Place = {
  device: string
  threads?: number | undefined
  why: string
  /** Devices that were lost on the way, in the user's words. */
  lost: readonly string[]
}

/**
 * Trains `model`, whose weights it changes, with the engine or device asked for, or the fastest that can; one
 * that goes on from a checkpoint, on what wrote it. The loss is weighted by the rows' weights. Early stopping
 * watches `data.validation`, or without one the training loss. Throws `not-available` where what was asked for
 * does not start, `out-of-memory`, `bad-data`, `bad-params`.
 */
export async function trainNetwork(
  training: Omit<Training, 'seed'>,
  context: FitContext,
  asked: Asked = 'auto',
): Promise<Trained> {
  const {model, recipe, data} = training
  checkOutputs(training)
  checkMemory(sizeOf(model), {
    recipe,
    rows: data.train.rows,
    held: bytesHeld(data.train, recipe.batchSize),
    limit: context.memory,
  })
  await checkNumbers(data)
  const whole = {...training, seed: context.seed}
  const {engine, why} = await chooseEngine(asked, whole)
  type Kept = State & {now: Snapshot; place: Place}
  const keeper =
    context.checkpoints && keeperOf<Kept>(context.checkpoints, keyOf(engine.name, whole))
  const found = (await keeper?.restore()) ?? {}
  const {stepper, place} = await open(engine, whole, {asked, before: found.kept?.place, context})
  context.note?.(
    says`trains on ${[`${engine.name}·${stepper.device}`, place.why, why].filter(Boolean).join(', ')}`,
  )
  const now = (): Place => ({...place, device: stepper.device})
  try {
    const {weights, ...rest} = await course(
      stepper,
      recipe,
      data,
      context,
      keeper && {
        restore: async () => found,
        save: (state, at) => keeper.save(() => ({...state(), place: now()}), at),
      },
    )
    const {tf} = await loadTensorflow()
    const {learned, kept} = weightsOf(model)
    writeVector(tf, learned, weights.params)
    writeVector(tf, kept, weights.kept)
    return {
      ...rest,
      warnings: [...place.lost, ...rest.warnings],
      engine: [`${engine.name}·${stepper.device}`, place.why, why].filter(Boolean).join(', '),
    }
  } finally {
    await stepper.dispose()
  }
}

// All that decides over the training but for its device, which the checkpoint tells, and for the rows
// themselves: those are a matter of the folder.
function keyOf(engine: Engine['name'], {model, recipe, seed, data}: Training): string {
  const {learned, kept} = weightsOf(model)
  const rows = [data.train, data.validation].map(rows => rows && layoutOf(rows))
  return createHash('sha256')
    .update(JSON.stringify([engine, recipe, seed, rows]))
    .update(readVector(learned))
    .update(readVector(kept))
    .digest('hex')
}

// What the order of the rows depends on.
const layoutOf = (rows: Rows) =>
  inMemory(rows) ? rows.rows : [rows.rows, rows.stripes.length, rows.block]

/** Throws `bad-params` for a model whose outputs are not those that its loss is about. */
function checkOutputs({model, recipe: {loss}, data}: Omit<Training, 'seed'>) {
  const outputs = model.outputs[0]!.shape.at(-1)
  const classes = data.classes?.length
  const refuse = (wanted: string, has: string) => {
    throw new AppError('bad-params', `${loss} needs ${wanted}, and the model ${has}`)
  }
  const many = `has ${outputs} outputs`
  if (loss === 'cross-entropy' && outputs !== classes) refuse('one output for each class', many)
  if (loss === 'binary-cross-entropy' && (outputs !== 1 || classes !== 2))
    refuse('one output and two classes', many)
  const wanted = losses[loss]?.logitsOf
  const end = endOf(model)
  if (wanted && end && end !== wanted) refuse(`a ${wanted} at the end, or nothing`, `has a ${end}`)
}

/** The engine asked for, or for `auto` the first that can; and why it is that one. */
async function chooseEngine(
  asked: Asked,
  training: Training,
): Promise<{engine: Engine; why: string}> {
  const wanted = isDevice(asked) ? compiledEngine.name : asked
  const reasons: string[] = []
  for (const engine of engines) {
    if (wanted !== 'auto' && engine.name !== wanted) continue
    const reason = await engine.refuses(training)
    if (reason === undefined)
      return {engine, why: asked === 'auto' ? reasons.join('; ') : `${asked} was asked for`}
    reasons.push(`not ${engine.name}: ${reason}`)
  }
  throw new AppError('not-available', reasons.join('; '), {
    hint: 'set `engine` to auto',
    where: 'engine',
  })
}

type Wish = {asked: Asked; before: Place | undefined; context: FitContext}

/** Opens an engine where the training was `before`, where it was asked for, or where it is fastest. */
async function open(
  engine: Engine,
  training: Training,
  {asked, before, context}: Wish,
): Promise<{stepper: Stepper; place: Omit<Place, 'device'>}> {
  const lost = [...(before?.lost ?? [])]
  if (engine !== compiledEngine) {
    const stepper = await engine.open(training)
    if (before && before.device !== stepper.device) lost.push(gone(before.device, stepper.device))
    return {stepper, place: {why: '', lost}}
  }
  const {device, threads, why} = (before as (Place & {device: Device}) | undefined) ?? {
    threads: undefined,
    ...(isDevice(asked)
      ? {device: asked, why: ''}
      : await chooseDevice(
          training,
          (device, threads) => engine.open(training, {device, threads}),
          context,
        )),
  }
  context.tell(progressOf(says`compiling`))
  const onCpu = () => engine.open(training, {device: 'cpu'})
  const opened = await start(engine, training, {device, threads}).catch(error => {
    if (error.code !== 'not-available' || device === 'cpu') throw error
    if (!before) throw isDevice(asked) ? withWayOut(device, error) : error
    lost.push(gone(device, 'cpu', error.message))
    return onCpu()
  })
  const stepper =
    opened.device === 'cpu'
      ? opened
      : enduring(opened, {
          reopen: onCpu,
          perEpoch: batching(training.data.train.rows, training.recipe.batchSize).count,
          warn: message => {
            lost.push(message)
            context.note?.(message, 'warning')
          },
        })
  return {stepper, place: {threads, why, lost}}
}

async function start(
  engine: Engine,
  training: Training,
  on: {device: Device; threads: number | undefined},
): Promise<Stepper> {
  if ((await presentDevices()).includes(on.device)) return engine.open(training, on)
  throw new AppError('not-available', `${on.device} is not in this installation of ONNX Runtime`)
}

/** A device that was asked for and does not start. */
const withWayOut = (device: Exclude<Device, 'cpu'>, error: AppError) =>
  new AppError('not-available', error.message, {
    hint: `set \`engine\` to auto, or mend it: ${wayTo[device]}; \`bancada doctor\` tries every device`,
    where: 'engine',
    cause: error,
  })

const gone = (before: string, now: string, reason?: string) =>
  `the training was begun on ${before}, which does not start any more${reason ? ` (${reason})` : ''}; continued on ${now}`
