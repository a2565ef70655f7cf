// The unit in which a network learns a number: around zero and of size one, so that the steps fit.
import {AppError} from '../../error.ts'
import type {Rows, TrainingData} from '../../plugin.ts'
import type {Recipe} from '../../train/recipe.ts'
import {changed, targets} from '../../train/rows.ts'
import type {Layers, Tensorflow} from '../../train/tfjs/load.ts'
import {says} from '../../words/says.ts'
import {targetMoments} from './moments.ts'

export type Unit = {
  /** The rows, with their targets in that unit. */
  data: TrainingData<Rows>
  /** Losses as they are in the target's own unit. */
  inOwn: (metrics: Record<string, number>) => Record<string, number>
  /** Puts the target's own unit into the trained network, so that it answers in it. */
  restore: (tf: Tensorflow, model: Layers) => void
}

/** The unit for a loss. Throws `bad-data` for counts below zero. */
export async function unitOf(loss: Recipe['loss'], data: TrainingData<Rows>): Promise<Unit> {
  if (data.task === 'classification') return {data, inOwn: metrics => metrics, restore: () => {}}
  return loss === 'poisson' ? counts(data) : standard(loss, data)
}

// (y − mean) / spread. A loss of the error e in that unit is one of spread·e in the other.
async function standard(loss: Recipe['loss'], data: TrainingData<Rows>): Promise<Unit> {
  const {mean: means, deviation} = await targetMoments(data.train)
  const mean = means[0]!
  const spread = Number.isFinite(deviation[0]!) ? deviation[0]! : 1
  const squared = loss === 'squared-error' || loss === 'huber'
  const factor = squared ? spread ** 2 : spread
  return {
    data: withTargets(data, y => (y - mean) / spread),
    inOwn: metrics => ofLosses(metrics, v => v * factor),
    restore: (tf, model) =>
      tf.tidy(() => {
        const last = model.layers.at(-1)!
        const [kernel, bias] = last.getWeights()
        last.setWeights([kernel!.mul(spread), bias!.mul(spread).add(mean)])
      }),
  }
}

// y / mean: a rate p of that is the rate s·p of the counts, and Σ s·p − y·log(s·p) is smallest where
// Σ p − (y/s)·log p is. Counts cannot be shifted.
async function counts(data: TrainingData<Rows>): Promise<Unit> {
  const train = await countsOf(data.train)
  const validation = data.validation && (await countsOf(data.validation))
  const least = Math.min(train.least, validation?.least ?? 0)
  if (least < 0)
    throw new AppError('bad-data', says`poisson learns counts, and a target is ${least}`, {
      hint: says`choose another \`loss\`, or filter such rows out`,
      where: 'loss',
    })
  const scale = train.mean || 1
  const own = (v: number, rows: {mean: number} | undefined) =>
    scale * v - (rows ? rows.mean * Math.log(scale) : 0)
  return {
    data: withTargets(data, y => y / scale),
    inOwn: metrics => ofLosses(metrics, (v, name) => own(v, name === 'loss' ? train : validation)),
    // After a softplus there is nothing to put it into.
    restore: (tf, model) =>
      tf.tidy(() => {
        ;(model as ReturnType<Tensorflow['sequential']>).add(
          tf.layers.dense({units: 1, useBias: false, weights: [tf.tensor2d([[scale]])]}),
        )
      }),
  }
}

async function countsOf(rows: Rows): Promise<{least: number; mean: number}> {
  let [least, sum] = [0, 0]
  for await (const {y, weights} of targets(rows))
    for (const [i, v] of y!.entries()) {
      least = Math.min(least, v)
      sum += v * (weights?.[i] ?? 1)
    }
  return {least, mean: sum / rows.rows}
}

const withTargets = (data: TrainingData<Rows>, y: (y: number) => number): TrainingData<Rows> => ({
  ...data,
  train: changed(data.train, {y}),
  ...(data.validation ? {validation: changed(data.validation, {y})} : {}),
})

const ofLosses = (metrics: Record<string, number>, change: (v: number, name: string) => number) =>
  Object.fromEntries(
    Object.entries(metrics).map(([name, v]) => [name, name.endsWith('loss') ? change(v, name) : v]),
  )
