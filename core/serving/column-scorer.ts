// A composed model in this process: whole columns in, probabilities or predictions out.
import type {Session} from '../data/session.ts'
import type {Composed} from './compose.ts'
import type {Encoded} from './encode.ts'
import {decoded, query} from './prepare.ts'
import type {Batch} from './request.ts'
import {runGraph} from './run-graph.ts'

export type ColumnScorer = {
  /**
   * `columns` in the order of `composed.inputs`. Row-major: the probability of each class, or one prediction; NaN
   * for a row without an answer.
   */
  score: (columns: readonly Encoded[], rows: number) => Promise<Float32Array>
  close: () => Promise<void>
}

/** Rows that are asked about at once: few enough to be stopped soon, many enough that a call costs nothing. */
const atOnce = 2000

/** `session` replays what the graph cannot do, where the preparation has a step that serves by SQL. */
export async function openColumnScorer(
  {onnx, inputs, graph, prepare}: Composed,
  session: Session,
  {signal}: {signal: AbortSignal},
): Promise<ColumnScorer> {
  const ort = await import('onnxruntime-node')
  // Level 3 is errors, as for every model that is opened.
  const model = await ort.InferenceSession.create(onnx, {logSeverityLevel: 3})

  async function prepared(batch: Batch): Promise<Encoded[]> {
    if (prepare === undefined) return batch.columns
    const asked = query(prepare, inputs, graph, batch).text
    const found = await session.borrow(connection => connection.runAndReadAll(asked), {signal})
    return found.getColumns().map((values, i) => decoded(graph[i]!, values))
  }

  return {
    async score(columns, rows) {
      const pieces: Float32Array[] = []
      for (let at = 0; at < rows; at += atOnce) {
        signal.throwIfAborted()
        const end = Math.min(rows, at + atOnce)
        const batch = {rows: end - at, columns: columns.map(values => values.slice(at, end))}
        const {probabilities, prediction} = await runGraph(
          ort,
          model,
          await prepared(batch),
          batch.rows,
        )
        pieces.push(Float32Array.from((probabilities ?? prediction)!))
      }
      const all = new Float32Array(pieces.reduce((sum, {length}) => sum + length, 0))
      let at = 0
      for (const piece of pieces) {
        all.set(piece, at)
        at += piece.length
      }
      return all
    },
    close: () => model.release(),
  }
}
