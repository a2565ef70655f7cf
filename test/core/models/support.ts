// Small data sets and a short way to a fitted model and its graph's answers.

import {models} from '../../../core/models/index.ts'
import {openModel} from '../../../core/onnx/predict.ts'
import type {Checkpoints, Fitted, Matrix, TrainingData} from '../../../core/plugin.ts'
import type {TaskKind} from '../../../core/schema/model.ts'
import {random} from '../../../core/train/random.ts'
import {lowered} from '../../../core/train/work.ts'

/** A normal number by Box and Muller. */
export function normals(seed: number) {
  const {next} = random(seed)
  return () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
}

export function matrix(rows: number[][], y?: ArrayLike<number>, weights?: number[]): Matrix {
  return {
    rows: rows.length,
    x: Float32Array.from(rows.flat()),
    ...(y ? {y: Float32Array.from(y)} : {}),
    ...(weights ? {weights: Float32Array.from(weights)} : {}),
  }
}

export function data(task: TaskKind, train: Matrix, classes?: number): TrainingData {
  const width = train.rows ? train.x.length / train.rows : 0
  return {
    task,
    features: Array.from({length: width}, (_, j) => `f${j}`),
    ...(classes ? {classes: Array.from({length: classes}, (_, k) => `c${k}`)} : {}),
    train,
  }
}

/** Groups of normal points around centres that lie `apart` from each other on a circle. */
export function blobs({rows = 150, classes = 3, apart = 6, seed = 1} = {}) {
  const normal = normals(seed)
  const y = Array.from({length: rows}, (_, i) => i % classes)
  const x = y.map(k => {
    const angle = (2 * Math.PI * k) / classes
    return [apart * Math.cos(angle) + normal(), apart * Math.sin(angle) + normal(), normal()]
  })
  return {x, y}
}

/** y = 3a − 2b + 5 with a little noise. */
export function plane({rows = 150, seed = 1, noise = 0.05} = {}) {
  const normal = normals(seed)
  const x = Array.from({length: rows}, () => [normal(), normal()])
  return {x, y: x.map(([a, b]) => 3 * a! - 2 * b! + 5 + noise * normal())}
}

export type Fit = Fitted & {
  curve: {epoch: number; metrics: Record<string, number>}[]
  bytes: Uint8Array
  predict: (x: number[][]) => Promise<Record<string, number[]>>
}

/** Fits a model in this process. */
export async function learn(
  kind: string,
  params: Record<string, unknown>,
  given: TrainingData,
  {seed = 1, checkpoints, memory}: {seed?: number; checkpoints?: Checkpoints; memory?: number} = {},
): Promise<Fit> {
  const {signal} = new AbortController()
  const model = models[kind]!
  const curve: Fit['curve'] = []
  const fitted = await model.fit(model.params.parse(params), given, {
    seed,
    signal,
    tell: () => {},
    log: (epoch, metrics) => curve.push({epoch, metrics}),
    ...(checkpoints ? {checkpoints} : {}),
    ...(memory ? {memory} : {}),
  })
  const bytes = lowered(fitted, given)
  return {
    ...fitted,
    curve,
    bytes,
    predict: async x => {
      const opened = await openModel(bytes)
      const outputs = await opened.predict(
        Float32Array.from(x.flat()),
        x.length,
        given.features.length,
      )
      await opened.release()
      return Object.fromEntries(Object.entries(outputs).map(([name, v]) => [name, [...v]]))
    },
  }
}

/** The class with the highest probability, row by row. */
export const labels = (probabilities: number[], classes: number) =>
  Array.from({length: probabilities.length / classes}, (_, i) => {
    const row = probabilities.slice(i * classes, (i + 1) * classes)
    return row.indexOf(Math.max(...row))
  })

export const files = (fitted: Fitted, name: string) =>
  JSON.parse(new TextDecoder().decode(fitted.files![name]))
