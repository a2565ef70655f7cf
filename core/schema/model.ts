// What a trained model takes and gives, as plain data: the signature that ships with it.
import type {Column} from './table.ts'

export type TaskKind = 'classification' | 'regression' | 'clustering'

/** What a served model takes and gives. */
export type Signature = {
  task: TaskKind
  /** Raw columns of a request row, before any preparation. */
  inputs: Column[]
  /** Class labels, in the order of `probabilities`. */
  classes?: string[]
  target?: string
}

/** One answer of a served model. */
export type Prediction =
  | {prediction: string; probabilities: Record<string, number>}
  | {prediction: number}
  | {cluster: number; distance: number}
