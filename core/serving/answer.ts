// From a graph's outputs to answers, the same in the app and in the served program.
import type {Prediction, Signature} from '../schema/model.ts'

/** What a model's graph may give, row by row: see `Fitted.lower`. */
export type Outputs = {
  probabilities?: ArrayLike<number>
  prediction?: ArrayLike<number>
  cluster?: ArrayLike<number | bigint>
  distances?: ArrayLike<number>
}

/** The names that a graph's outputs have. */
export const outputNames = new Set(['probabilities', 'prediction', 'cluster', 'distances'])

/** No answer: the model gave NaN, because a value that it cannot do without is missing. */
export type NoAnswer = {prediction: null}
export type Answer = Prediction | NoAnswer

/** One answer for each row. */
export function answers(
  {task, classes = []}: {task: Signature['task']; classes?: readonly string[] | undefined},
  {probabilities, prediction, cluster, distances}: Outputs,
): Answer[] {
  if (task === 'classification' && probabilities) return classified(probabilities, classes)
  if (task === 'regression' && prediction)
    return Array.from(prediction, x => ({prediction: Number.isNaN(x) ? null : x}))
  if (task === 'clustering' && cluster && distances) return clustered(cluster, distances)
  throw new Error(`the model's graph does not give what ${task} needs`)
}

function classified(probabilities: ArrayLike<number>, classes: readonly string[]): Answer[] {
  const width = classes.length
  return Array.from({length: probabilities.length / width}, (_, row) => {
    const p = classes.map((_, k) => probabilities[row * width + k]!)
    if (p.some(Number.isNaN)) return {prediction: null}
    const best = p.indexOf(Math.max(...p))
    return {
      prediction: classes[best]!,
      probabilities: Object.fromEntries(classes.map((label, k) => [label, p[k]!])),
    }
  })
}

function clustered(cluster: ArrayLike<number | bigint>, distances: ArrayLike<number>): Answer[] {
  const width = distances.length / cluster.length
  return Array.from(cluster, (value, row) => {
    const k = Number(value)
    const distance = distances[row * width + k]!
    return Number.isNaN(distance) ? {prediction: null} : {cluster: k, distance}
  })
}
