// Permutation importance: how much worse a model gets when one column no longer belongs to its rows.
import {below, random} from '../random.ts'
import {type Feature, type Predict, pickRows, scoreOf} from './answers.ts'
import type {Scoring} from './scoring.ts'

export type Importance = {
  name: string
  /** How much worse the metric is, one figure for each shuffling: above 0, the model leans on the column. */
  values: number[]
  mean: number
  /** Of the values, divided by their number less one. */
  sd: number
}

export type ImportanceSpec = {
  features: readonly Feature[]
  y: Float64Array
  width: number
  predict: Predict
  scoring: Scoring
  /** The metric with every column in its place. */
  base: number
  repeats: number
  seed: number
}

/**
 * Shuffles one column at a time among the rows, `repeats` times, and takes by how much the metric is worse
 * (Breiman 2001, Random Forests, section 10; for any model as in Fisher, Rudin and Dominici 2019). All columns
 * are shuffled in the same ways, so their order does not matter and their differences are not chance. In the order
 * of the features; `told` is called before each.
 */
export async function permutationImportance(
  {features, y, width, predict, scoring, base, repeats, seed}: ImportanceSpec,
  told: (feature: Feature) => void,
): Promise<Importance[]> {
  const orders = permutations(y.length, repeats, seed)
  const columns = features.map(({values}) => values)
  const found: Importance[] = []
  for (const [at, feature] of features.entries()) {
    const values: number[] = []
    for (const order of orders) {
      told(feature)
      const shuffled = columns.with(at, pickRows(feature.values, order))
      const score = scoreOf(scoring, y, await predict(shuffled, y.length), width)
      values.push(scoring.better === 'high' ? base - score : score - base)
    }
    found.push({name: feature.name, values, ...spreadOf(values)})
  }
  return found
}

/** Orders of `n` rows, each as likely as any other (Fisher and Yates; Knuth, TAOCP 2, 3.4.2 P). */
function permutations(n: number, count: number, seed: number): Uint32Array[] {
  const draw = random(seed)
  return Array.from({length: count}, () => {
    const order = Uint32Array.from({length: n}, (_, i) => i)
    for (let i = n - 1; i > 0; i--) {
      const j = below(draw, i + 1)
      const other = order[j]!
      order[j] = order[i]!
      order[i] = other
    }
    return order
  })
}

function spreadOf(values: readonly number[]): {mean: number; sd: number} {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return {mean, sd: values.length > 1 ? Math.sqrt(square / (values.length - 1)) : 0}
}
