// What a model is asked while it is explained: whole columns in, an answer a row out.
import type {ColumnKind} from '../../schema/table.ts'
import type {Scoring} from './scoring.ts'

/** Numbers, flags and dates (NaN: missing), or texts. */
export type Values = Float64Array | string[]

/** A column that the model reads, with a value for each row. */
export type Feature = {name: string; kind: ColumnKind; values: Values}

/**
 * Answers to rows that are given column by column, in the order of the features: row-major `rows × width`, the
 * probability of each class, or with a width of 1 the prediction. NaN for a row that has no answer.
 */
export type Predict = (columns: readonly Values[], rows: number) => Promise<Float32Array>

/** The chosen rows of a column, in that order. */
export const pickRows = (values: Values, rows: Uint32Array): Values =>
  values instanceof Float64Array
    ? Float64Array.from(rows, row => values[row]!)
    : Array.from(rows, row => values[row]!)

/** The rows that have an answer. */
export function answeredRows(answers: Float32Array, width: number): Uint32Array {
  const rows: number[] = []
  for (let row = 0; row * width < answers.length; row++) {
    let sum = 0
    for (let k = 0; k < width; k++) sum += answers[row * width + k]!
    if (!Number.isNaN(sum)) rows.push(row)
  }
  return Uint32Array.from(rows)
}

/** The metric over the rows that have an answer; NaN where none has. */
export function scoreOf(
  scoring: Scoring,
  y: Float64Array,
  answers: Float32Array,
  width: number,
): number {
  const rows = answeredRows(answers, width)
  if (rows.length === 0) return Number.NaN
  if (rows.length === y.length) return scoring.of(y, answers, width)
  const kept = new Float32Array(rows.length * width)
  for (const [to, from] of rows.entries())
    kept.set(answers.subarray(from * width, (from + 1) * width), to * width)
  return scoring.of(
    Float64Array.from(rows, row => y[row]!),
    kept,
    width,
  )
}
