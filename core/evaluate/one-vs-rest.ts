// A two-class metric for many classes: each class against all others, averaged.
import type {Measure} from './battery.ts'
import type {Labels} from './confusion.ts'
import {columnOf, type Ranking, ranking} from './ranking.ts'

/**
 * One ranking a class. Of two classes only the second has one: it is the positive class.
 * `probabilities` is row-major `rows × classes`.
 */
export function rankings(
  probabilities: Float32Array,
  labels: Labels,
  classes: number,
): {class: number; ranking: Ranking}[] {
  const ranked = classes === 2 ? [1] : Array.from({length: classes}, (_, k) => k)
  return ranked.map(k => ({
    class: k,
    ranking: ranking(columnOf(probabilities, classes, k), labels, k),
  }))
}

/**
 * The plain mean of a metric over the classes where it is defined, so a class that no row has is left
 * out; NaN where it is defined for none.
 */
export function oneVsRest(metric: (ranking: Ranking) => Measure, ranked: Ranking[]): Measure {
  const measures = ranked.map(metric)
  return weights => {
    let sum = 0
    let defined = 0
    for (const measure of measures) {
      const value = measure(weights)
      if (Number.isNaN(value)) continue
      sum += value
      defined++
    }
    return sum / defined
  }
}
