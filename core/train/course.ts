// The course of a training, whatever engine takes the steps: epochs, learning rates, early stopping.
import {AppError} from '../error.ts'
import type {FitContext, Rows, TrainingData} from '../plugin.ts'
import {progressOf, says} from '../words/says.ts'
import {batching} from './batches.ts'
import {passesOver, type Window} from './blocks.ts'
import type {Keeper} from './checkpoint.ts'
import type {Recipe} from './recipe.ts'
import {inMemory, pieces} from './rows.ts'
import {learningRate} from './schedule.ts'
import {
  average,
  type Measure,
  mean,
  plus,
  type Snapshot,
  type Stepper,
  type Sums,
} from './stepper.ts'

export type Course = {
  epochs: number
  /** The epoch whose weights were kept. */
  bestEpoch: number
  /** The kept epoch's metrics. */
  metrics: Record<string, number>
  weights: Weights
  /** Why it ended before its time, where something went wrong; that it was taken up again. */
  warnings: string[]
}

/** Weights as they are kept: running means where the recipe wants those. */
type Weights = Pick<Snapshot, 'params' | 'kept'>
type Point = {epoch: number; metrics: Record<string, number>; weights: Weights}

/** Where a course stands: plain data that it can be taken up from, to the same end bit by bit. */
export type State = {
  /** The epoch under way, from 1, how many of its batches are done, and what those gave. */
  epoch: number
  batch: number
  sums: Sums
  /** The loss of the first epoch. */
  first: number
  best?: Point
  /** The last epoch that ended well. */
  last?: Point
  /** Every epoch's metrics, in order. */
  curve: Record<string, number>[]
  /** Whether it has ended, and what went wrong if something did. */
  over: boolean
  trouble?: string
}

/**
 * Trains for as long as the recipe says, from the checkpoint if `keeper` has one. A loss that is no number
 * any more ends the training with the weights of the last good epoch, or throws `bad-data` where there was
 * none.
 */
export async function course(
  stepper: Stepper,
  recipe: Recipe,
  {train, validation}: TrainingData<Rows>,
  {seed, signal, tell, log, note}: FitContext,
  keeper?: Keeper<State & {now: Snapshot}>,
): Promise<Course> {
  const {count, cut} = batching(train.rows, recipe.batchSize)
  const passes = passesOver(train, {...recipe, seed})
  const watched = validation ? 'val_loss' : 'loss'
  const warnings: string[] = []
  const warn = (warning: string) => {
    warnings.push(warning)
    note?.(warning, 'warning')
  }
  const state = await begun()
  // How many steps one call takes: about as many as fill a tenth of a second.
  let stride = 8

  try {
    while (!state.over) {
      await oneEpoch()
      await save({end: state.over})
    }
  } finally {
    await passes.close()
  }
  return ended()

  async function begun(): Promise<State> {
    const fresh = {epoch: 1, batch: 0, sums: {rows: 0, loss: 0}, first: Number.NaN, curve: []}
    const {kept, problem} = (await keeper?.restore()) ?? {}
    if (problem) warn(`the training started afresh: ${problem}`)
    if (!kept) return {...fresh, over: false}
    const {now, ...state} = kept
    stepper.write(now)
    // Who listens now has heard none of it.
    for (const [i, metrics] of state.curve.entries()) log(i + 1, metrics)
    warn(
      state.over
        ? 'the training was broken off when it had come to its end: it was taken up again from there'
        : `the training was broken off before: it was taken up again in epoch ${state.epoch}`,
    )
    return state
  }

  async function mayStop() {
    if (signal.aborted) await save({stop: true})
    signal.throwIfAborted()
  }

  async function save(at: {end?: boolean; stop?: boolean} = {}) {
    const problem = await keeper?.save(() => ({...state, now: stepper.read()}), at)
    if (problem) warn(`no checkpoint could be kept: ${problem}`)
  }

  function ended(): Course {
    const {best, last, trouble} = state
    const hint = 'lower `learningRate`, set `clipNorm`, or add a scale step before the model'
    if (!last) throw new AppError('bad-data', trouble!, {hint})
    const {epoch: bestEpoch, metrics, weights} = recipe.patience > 0 ? best! : last
    if (trouble)
      warn(
        `${trouble}: the training stopped there and kept the weights of epoch ${bestEpoch}; ${hint}`,
      )
    return {epochs: last.epoch, bestEpoch, metrics, weights, warnings}
  }

  function troubleOf({loss, val_loss}: Record<string, number>): string | undefined {
    if (!Number.isFinite(loss)) return 'is no number any more'
    if (loss! > 1e6 * Math.max(state.first, 1e-6)) return 'grows without end'
    if (validation && !Number.isFinite(val_loss)) return 'is no number on the validation rows'
    return undefined
  }

  async function oneEpoch() {
    const {epoch} = state
    await steps()
    const metrics = await measured()
    if (epoch === 1) state.first = metrics.loss!
    const trouble = troubleOf(metrics)
    if (trouble) {
      state.over = true
      state.trouble = `in epoch ${epoch} the loss ${trouble}`
      return
    }
    log(epoch, metrics)
    tell(progressOf(says`epoch ${epoch}/${recipe.epochs}`, {done: epoch / recipe.epochs, metrics}))
    state.curve.push(metrics)
    const {params, average = params, kept} = stepper.read()
    state.last = {epoch, metrics, weights: {params: average, kept}}
    const better = !state.best || metrics[watched]! < state.best.metrics[watched]!
    if (better) state.best = state.last
    const patient = recipe.patience === 0 || epoch - state.best!.epoch < recipe.patience
    state.over = epoch === recipe.epochs || !patient
    if (!patient)
      note?.(
        says`stopped early in epoch ${epoch}: ${watched} was not better than in epoch ${state.best!.epoch} for ${recipe.patience} epochs; the weights of that epoch are kept`,
      )
    Object.assign(state, {epoch: epoch + 1, batch: 0, sums: {rows: 0, loss: 0}})
  }

  /** Takes the steps of the epoch that are left. */
  async function steps() {
    const {epoch} = state
    let window: Window | undefined
    let told = performance.now()
    while (state.batch < count) {
      await mayStop()
      if (!window || state.batch >= window.until) window = await passes.window(epoch, state.batch)
      const {rows, order, from, until} = window
      const taken = Math.min(stride, until - state.batch)
      const began = performance.now()
      const before = (epoch - 1) * count + state.batch
      const found = await stepper.step({
        rows,
        order,
        ranges: Int32Array.from(
          {length: 2 * taken},
          (_, i) => cut(state.batch + ((i + 1) >> 1)) - from,
        ),
        first: before + 1,
        rates: Float64Array.from({length: taken}, (_, i) =>
          learningRate(recipe, before + i, count),
        ),
      })
      const now = performance.now()
      state.sums = plus(state.sums, found)
      state.batch += taken
      stride = Math.max(1, Math.round((taken / Math.max(now - began, 0.1)) * 100))
      if (!Number.isFinite(state.sums.loss)) return
      await save()
      if (now - told > 500) {
        told = now
        const share = state.batch / count
        const done = (epoch - 1 + share) / recipe.epochs
        tell(progressOf(says`epoch ${epoch}/${recipe.epochs}`, {done}))
      }
    }
  }

  async function measured(): Promise<Record<string, number>> {
    const metrics = named('', mean(state.sums))
    if (!validation || !Number.isFinite(metrics.loss)) return metrics
    return {...metrics, ...named('val_', await measuredOn(validation))}
  }

  async function measuredOn(rows: Rows): Promise<Measure> {
    if (inMemory(rows)) return stepper.measure(rows)
    const found: Measure[] = []
    for await (const piece of pieces(rows)) {
      await mayStop()
      found.push(await stepper.measure(piece))
    }
    return average(found)
  }
}

const named = (prefix: string, {loss, accuracy}: Measure): Record<string, number> => ({
  [`${prefix}loss`]: loss,
  ...(accuracy === undefined ? {} : {[`${prefix}accuracy`]: accuracy}),
})
