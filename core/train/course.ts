// The course of a training, whatever engine takes the steps: epochs, learning rates, early stopping.
import {AppError} from '../error.ts'
import type {FitContext, TrainingData} from '../plugin.ts'
import {batches, learningRate} from './batches.ts'
import {mix, permutation, random} from './random.ts'
import type {Recipe} from './recipe.ts'
import {average, type Measure, type Snapshot, type Stepper} from './stepper.ts'

export type Course = {
  epochs: number
  /** The epoch whose weights were kept. */
  bestEpoch: number
  /** The kept epoch's metrics. */
  metrics: Record<string, number>
  /** Its weights. */
  snapshot: Snapshot
  /** Why it ended before its time, where something went wrong. */
  warning?: string
}

type Point = {epoch: number; metrics: Record<string, number>; snapshot: Snapshot}

/**
 * Trains for as long as the recipe says. A loss that is no number any more ends the training with the
 * weights of the last good epoch, or throws `bad-data` where there was none.
 */
export async function course(
  stepper: Stepper,
  recipe: Recipe,
  {train, validation}: TrainingData,
  {seed, signal, tell, log}: FitContext,
): Promise<Course> {
  const parts = batches(train.rows, recipe.batchSize)
  const watched = validation ? 'val_loss' : 'loss'
  let best: Point | undefined
  let last: Point | undefined
  let first = Number.NaN
  // How many steps one call takes: about as many as fill a tenth of a second.
  let stride = 8

  for (let epoch = 1; epoch <= recipe.epochs; epoch++) {
    const found = await oneEpoch(epoch)
    if (epoch === 1) first = found.metrics.loss!
    const trouble = troubleOf(found.metrics)
    if (trouble) return stopped(epoch, trouble)
    const point = {epoch, ...found, snapshot: stepper.read()}
    log(epoch, found.metrics)
    tell({
      message: `epoch ${epoch}/${recipe.epochs}`,
      done: epoch / recipe.epochs,
      metrics: found.metrics,
    })
    last = point
    if (!best || found.metrics[watched]! < best.metrics[watched]!) best = point
    else if (recipe.patience > 0 && epoch - best.epoch >= recipe.patience) break
  }
  return ended()

  function ended(warning?: string): Course {
    const kept = recipe.patience > 0 ? best! : last!
    const {epoch: bestEpoch, metrics, snapshot} = kept
    return {epochs: last!.epoch, bestEpoch, metrics, snapshot, ...(warning ? {warning} : {})}
  }

  function stopped(epoch: number, trouble: string): Course {
    const hint = 'lower `learningRate`, set `clipNorm`, or add a scale step before the model'
    if (!last) throw new AppError('bad-data', `in epoch ${epoch} the loss ${trouble}`, {hint})
    return ended(
      `in epoch ${epoch} the loss ${trouble}: the training stopped there and kept the weights of epoch ${(recipe.patience > 0 ? best! : last).epoch}; ${hint}`,
    )
  }

  function troubleOf({loss, val_loss}: Record<string, number>): string | undefined {
    if (!Number.isFinite(loss)) return 'is no number any more'
    if (loss! > 1e6 * Math.max(first, 1e-6)) return 'grows without end'
    if (validation && !Number.isFinite(val_loss)) return 'is no number on the validation rows'
    return undefined
  }

  async function oneEpoch(epoch: number): Promise<{metrics: Record<string, number>}> {
    // Of the seed and the epoch alone, so that a training can be taken up again anywhere.
    const order = permutation(train.rows, random(mix(seed, epoch)))
    const measured: Measure[] = []
    let told = performance.now()
    for (let at = 0; at < parts.length; ) {
      signal.throwIfAborted()
      const some = parts.slice(at, at + stride)
      const began = performance.now()
      const found = await stepper.step({
        rows: train,
        order,
        ranges: Int32Array.from(some.flatMap(({from, to}) => [from, to])),
        first: (epoch - 1) * parts.length + at + 1,
        rates: Float64Array.from(some, (_, i) =>
          learningRate(recipe, (epoch - 1 + (at + i) / parts.length) / recipe.epochs),
        ),
      })
      const now = performance.now()
      measured.push(...found)
      at += some.length
      stride = Math.max(1, Math.round((some.length / Math.max(now - began, 0.1)) * 100))
      if (found.some(({loss}) => !Number.isFinite(loss))) break
      if (now - told > 500) {
        told = now
        const share = at / parts.length
        tell({
          message: `epoch ${epoch}/${recipe.epochs}`,
          done: (epoch - 1 + share) / recipe.epochs,
        })
      }
    }
    const metrics = named('', average(measured))
    if (!validation || !Number.isFinite(metrics.loss)) return {metrics}
    return {metrics: {...metrics, ...named('val_', await stepper.measure(validation))}}
  }
}

const named = (prefix: string, {loss, accuracy}: Measure): Record<string, number> => ({
  [`${prefix}loss`]: loss,
  ...(accuracy === undefined ? {} : {[`${prefix}accuracy`]: accuracy}),
})
