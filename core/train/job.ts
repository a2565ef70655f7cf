// One training as plain data: what a worker process is asked for, and what it answers.
import type {SetAside} from '../data/matrix.ts'
import type {SessionSpec} from '../data/session.ts'
import type {Fault} from '../error.ts'
import type {Progress} from '../plugin.ts'
import type {LogLine} from '../schema/log.ts'
import type {TaskKind} from '../schema/model.ts'
import type {Budget} from './budget.ts'
import type {CheckpointSpec} from './checkpoint-folder.ts'

export type TrainJob = {
  model: {kind: string; params: Record<string, unknown>}
  /** Left out: what the model does, and where it does both, what the target's type asks for. */
  task?: TaskKind
  target?: string
  features: string[]
  /** Labels in the order of their index. Left out: learned from the training rows. */
  classes?: string[]
  /** A column of row weights. */
  weights?: string
  seed: number
  session: SessionSpec
  /** Stored objects that the queries below read. */
  objects: string[]
  /** Complete `select`s over `objects."<name>"`. */
  tables: {train: string; validation?: string}
  /** The same model is fitted again on each fold; labels are those of the whole. */
  folds: {train: string; validation: string}[]
  /** An empty folder for the results. What is in it counts only when the training is done. */
  outFolder: string
  /** Where a killed training is taken up from; left out: it begins anew. */
  checkpoints?: CheckpointSpec
  /** The most memory, in MiB, that the worker process may use; default 80% of the machine's. */
  memory?: number
  /** How much of that the rows may take; default a share of it. */
  budget?: Partial<Budget>
}

export type FitResult = {
  /** The graph, as a path inside `outFolder`. */
  onnx: string
  engine: string
  summary: Record<string, number>
  warnings: string[]
  rows: {train: number; validation: number}
  setAside: {train: SetAside; validation: SetAside}
  seconds: number
}

export type TrainResult = {
  kind: string
  /** Parameters with every default filled in. */
  params: Record<string, unknown>
  task: TaskKind
  target?: string
  features: string[]
  classes?: string[]
  seed: number
  /** The model that ships. */
  fit: FitResult
  folds: FitResult[]
  /** Everything written, as paths inside `outFolder`. */
  files: string[]
}

/** A point of a learning curve. `fold` counts from 1; 0 is the model that ships. */
export type LogPoint = {fold: number; epoch: number; metrics: Record<string, number>}

/** What a worker is sent after its job: to keep its place, if it can, and end. */
export const stopMessage = 'stop'

/** What a worker sends. */
export type WorkerMessage =
  | {type: 'progress'; progress: Progress}
  | {type: 'log'; point: LogPoint}
  | {type: 'note'; line: LogLine}
  | {type: 'done'; result: TrainResult}
  | {type: 'failed'; fault: Fault}
