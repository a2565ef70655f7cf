// From a graph's outputs to answers, the same in the app and in the served program.
import type {Prediction, Signature} from '../schema/model.ts'

/** What a model's graph may give: see `Fitted.lower`. */
export const outputNames = new Set(['probabilities', 'prediction', 'cluster', 'distances'])

/** An output of ONNX Runtime: its values row by row, and its dimensions. */
export type Output = {data: ArrayLike<number | bigint>; dims: readonly number[]}

/** No answer: the model gave NaN, because a value that it cannot do without is missing. */
export type NoAnswer = {prediction: null}
export type Answer = Prediction | NoAnswer

/** One answer for each row, from outputs by name. */
export function answers(
  {task, classes = []}: Pick<Signature, 'task' | 'classes'>,
  outputs: Record<string, Output>,
): Answer[] {
  const output = (name: string) => {
    const found = outputs[name]
    if (!found) throw new Error(`the model's graph gives no "${name}"`)
    return found
  }
  switch (task) {
    case 'classification':
      return classified(output('probabilities'), classes)
    case 'regression':
      return Array.from(output('prediction').data, value =>
        Number.isNaN(Number(value)) ? {prediction: null} : {prediction: Number(value)},
      )
    case 'clustering':
      return clustered(output('cluster'), output('distances'))
  }
}

function classified({data, dims}: Output, classes: readonly string[]): Answer[] {
  const [rows = 0, width = classes.length] = dims
  return Array.from({length: rows}, (_, row) => {
    const p = Array.from({length: width}, (_, k) => Number(data[row * width + k]))
    if (p.some(Number.isNaN)) return {prediction: null}
    const best = p.indexOf(Math.max(...p))
    return {
      prediction: classes[best]!,
      probabilities: Object.fromEntries(classes.map((label, k) => [label, p[k]!])),
    }
  })
}

function clustered(cluster: Output, distances: Output): Answer[] {
  const width = distances.dims[1] ?? 1
  return Array.from(cluster.data, (value, row) => {
    const k = Number(value)
    const distance = Number(distances.data[row * width + k])
    return Number.isNaN(distance) ? {prediction: null} : {cluster: k, distance}
  })
}
