// What an engine gives to a course: something that takes steps on batches, measures, and can be put back.
import type {Matrix} from '../plugin.ts'
import type {Said} from '../words/says.ts'

/** The mean loss over some rows, weighted by their weights, and of a classifier the part it got right. */
export type Measure = {rows: number; loss: number; accuracy?: number}

/** A run of steps: step `i` sees the rows `order[ranges[2i] … ranges[2i + 1]]` of `rows`. */
export type Steps = {
  rows: Matrix
  order: Int32Array
  ranges: Int32Array
  /** The number of the first step in the whole training, from 1. */
  first: number
  /** The learning rate of each. */
  rates: Float64Array
}

/** Everything that a training has changed so far, in copies of its own. */
export type Snapshot = {
  /** All learned weights, one after another in the model's order. */
  params: Float32Array
  /** Their running mean, where the recipe wants one: what is measured and kept instead of them. */
  average?: Float32Array
  /** The optimizer's memory. */
  slots: readonly Float32Array[]
  /** Weights that are not learned, such as running statistics. */
  kept: Float32Array
}

/** A copy that shares nothing. */
export const copyOf = ({params, average, slots, kept}: Snapshot): Snapshot => ({
  params: params.slice(),
  ...(average ? {average: average.slice()} : {}),
  slots: slots.map(slot => slot.slice()),
  kept: kept.slice(),
})

export type Stepper = {
  /** What it runs on, such as `cpu`. */
  readonly device: string
  /** Why not on something better, where that was to be expected. */
  readonly because?: readonly Said[]
  /** Takes the steps; gives what each batch's loss was before its step. A long one lets messages in. */
  step: (steps: Steps) => Promise<Measure[]>
  /** Measures some rows as they would be scored: nothing is dropped and nothing is learned. */
  measure: (rows: Matrix) => Promise<Measure>
  read: () => Snapshot
  write: (snapshot: Snapshot) => void
  dispose: () => Promise<void>
}

/** Measures added up, each as often as it has rows. */
export type Sums = Measure

/** In order: what comes out must not depend on how the measures were cut into pieces. */
export const plus = (sums: Sums, more: readonly Measure[]): Sums =>
  more.reduce(
    (sum, {rows, loss, accuracy}) => ({
      rows: sum.rows + rows,
      loss: sum.loss + loss * rows,
      ...(accuracy === undefined ? {} : {accuracy: (sum.accuracy ?? 0) + accuracy * rows}),
    }),
    sums,
  )

/** One measure over all rows that were added up. */
export const mean = ({rows, loss, accuracy}: Sums): Measure => ({
  rows,
  loss: loss / rows,
  ...(accuracy === undefined ? {} : {accuracy: accuracy / rows}),
})

/** One measure over the rows of all. */
export const average = (all: readonly Measure[]): Measure => mean(plus({rows: 0, loss: 0}, all))
