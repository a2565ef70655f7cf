// A model's answers for the rows of a table, whose features pass by and are not held.
import {checkCount, countOf, type MatrixSpec, readPieces, widthOf} from '../data/matrix.ts'
import {checkColumns} from '../data/matrix-check.ts'
import type {Session} from '../data/session.ts'
import type {Relation} from '../data/sql.ts'
import type {OnnxModel, Outputs} from '../onnx/predict.ts'
import type {Task} from '../plugin.ts'
import {progressOf, says} from '../words/says.ts'

export type Scored = {
  /** Rows that have a target, where there is one. */
  rows: number
  y?: Float32Array
  outputs: Outputs
  /** The features, row-major, where they were asked for. */
  x?: Float32Array
}

type Options = Partial<Task> & {
  /** Whether to keep the features, too. */
  features?: boolean
}

/** About so many numbers of features are read and scored at once. */
const atOnce = 1_000_000

/** Scores the rows of a relation, in its order. Throws as `readMatrix` and `predict` do. */
export async function score(
  onnx: OnnxModel,
  session: Session,
  rows: Relation,
  spec: MatrixSpec,
  {signal, tell, features = false}: Options = {},
): Promise<Scored> {
  checkColumns(rows, spec)
  const width = widthOf(rows, spec)
  const expected = await countOf(session, rows, {signal})
  const found: Record<string, Float32Array | Int32Array> = {}
  const size = Math.max(1, Math.floor(atOnce / Math.max(1, width)))
  let n = 0
  for await (const piece of readPieces(session, rows, spec, {signal, size})) {
    checkCount(n + piece.rows, expected)
    const outputs = await onnx.predict(piece.x, piece.rows, width, {
      ...(signal ? {signal} : {}),
      batch: piece.rows,
    })
    const {x, y} = piece
    for (const [name, values] of Object.entries({...outputs, y, ...(features ? {x} : {})}))
      if (values) {
        const each = values.length / piece.rows
        found[name] ??= new (values.constructor as typeof Float32Array)(expected * each)
        found[name].set(values, n * each)
      }
    n += piece.rows
    tell?.(progressOf(says`${n} of ${expected} rows scored`, {done: n / expected}))
  }
  if (n === 0) Object.assign(found, await onnx.predict(new Float32Array(0), 0, width))
  const {x, y, ...outputs} = Object.fromEntries(
    Object.entries(found).map(([name, values]) => [
      name,
      values.subarray(0, (values.length / Math.max(1, expected)) * n),
    ]),
  )
  return {
    rows: n,
    outputs,
    ...(y ? {y: y as Float32Array} : {}),
    ...(x ? {x: x as Float32Array} : {}),
  }
}
