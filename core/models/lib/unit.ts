// The unit in which a network learns a number: around zero and of size one, so that the steps fit.
import {AppError} from '../../error.ts'
import type {Matrix, TrainingData} from '../../plugin.ts'
import type {Recipe} from '../../train/recipe.ts'
import type {Layers, Tensorflow} from '../../train/tfjs/load.ts'
import {moments} from './moments.ts'

export type Unit = {
  /** The rows, with their targets in that unit. */
  data: TrainingData
  /** Losses as they are in the target's own unit. */
  inOwn: (metrics: Record<string, number>) => Record<string, number>
  /** Puts the target's own unit into the trained network, so that it answers in it. */
  restore: (tf: Tensorflow, model: Layers) => void
}

/** The unit for a loss. Throws `bad-data` for counts below zero. */
export function unitOf(loss: Recipe['loss'], data: TrainingData): Unit {
  if (data.task === 'classification') return {data, inOwn: metrics => metrics, restore: () => {}}
  return loss === 'poisson' ? counts(data) : standard(loss, data)
}

// (y − mean) / spread. A loss of the error e in that unit is one of spread·e in the other.
function standard(loss: Recipe['loss'], data: TrainingData): Unit {
  const {mean: means, deviation} = moments({...data.train, x: data.train.y!}, 1)
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
function counts(data: TrainingData): Unit {
  const all = [data.train, ...(data.validation ? [data.validation] : [])]
  const least = Math.min(...all.map(({y}) => y!.reduce((a, b) => Math.min(a, b), 0)))
  if (least < 0)
    throw new AppError('bad-data', `poisson learns counts, and a target is ${least}`, {
      hint: 'choose another `loss`, or filter such rows out',
      where: 'loss',
    })
  const mean = ({y, weights, rows}: Matrix) =>
    y!.reduce((sum, v, i) => sum + v * (weights?.[i] ?? 1), 0) / rows
  const scale = mean(data.train) || 1
  const own = (v: number, rows: Matrix | undefined) =>
    scale * v - (rows ? mean(rows) * Math.log(scale) : 0)
  return {
    data: withTargets(data, y => y / scale),
    inOwn: metrics =>
      ofLosses(metrics, (v, name) => own(v, name === 'loss' ? data.train : data.validation)),
    // After a softplus there is nothing to put it into.
    restore: (tf, model) =>
      tf.tidy(() => {
        ;(model as ReturnType<Tensorflow['sequential']>).add(
          tf.layers.dense({units: 1, useBias: false, weights: [tf.tensor2d([[scale]])]}),
        )
      }),
  }
}

function withTargets(data: TrainingData, change: (y: number) => number): TrainingData {
  const changed = (matrix: Matrix) => ({...matrix, y: matrix.y!.map(change)})
  return {
    ...data,
    train: changed(data.train),
    ...(data.validation ? {validation: changed(data.validation)} : {}),
  }
}

const ofLosses = (metrics: Record<string, number>, change: (v: number, name: string) => number) =>
  Object.fromEntries(
    Object.entries(metrics).map(([name, v]) => [name, name.endsWith('loss') ? change(v, name) : v]),
  )
