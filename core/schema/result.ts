// What is kept and told of a cell that ran.
import type {Fault} from '../error.ts'
import type {Said, Told} from '../words/says.ts'
import type {Value} from './value.ts'

/** How far something long has come. */
export type Progress = {
  /** What is being done, in the user's words, such as `epoch 12/60`. */
  message?: string
  /** The same with its values apart, for who reads another language than English. */
  said?: Said
  /** 0 to 1, where it is known. */
  done?: number
  /** Of a training: which epoch the metrics are of, from 1. */
  epoch?: number
  /** Numbers to draw while it runs, such as the loss of an epoch. */
  metrics?: Record<string, number>
}

/** A cell's result as the store keeps it. */
export type CellResult = {
  version: 1
  hash: string
  kind: string
  value: Value
  /** Rows in the result, where it has rows. */
  rows?: number
  /** How long it took, in milliseconds. */
  ms: number
  /** When it was finished, ISO 8601. */
  at: string
  warnings: Told[]
  /** The files beside it and their sizes, so that a torn one is noticed. */
  files: Record<string, number>
}

/** What becomes of a cell, as it happens. */
export type CellEvent = {cell: string; kind: string} & (
  | {state: 'queued'}
  | {state: 'running'; progress?: Progress}
  | {state: 'done'; cached: boolean; result: CellResult}
  | {state: 'failed'; fault: Fault}
  | {state: 'blocked'; by: string}
)
export type Settled = Extract<CellEvent, {state: 'done' | 'failed' | 'blocked'}>

/** How a cell stands before anything runs. */
export type CellStatus = {cell: string; kind: string} & (
  | {state: 'fresh'; result: CellResult}
  | {state: 'stale'}
  | {state: 'failed'; fault: Fault}
  | {state: 'blocked'; by: string}
)
