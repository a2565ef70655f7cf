// Top-k accuracy: how often the true class is among the k most probable.
import {type Measure, meanOf} from './battery.ts'
import type {Labels} from './confusion.ts'

/** Of equal probabilities the class that comes first ranks higher, so top-1 is accuracy. */
export function topK(
  probabilities: Float32Array,
  labels: Labels,
  classes: number,
  k: number,
): Measure {
  const hits = new Float64Array(labels.length)
  for (let i = 0; i < hits.length; i++) {
    const own = labels[i]!
    const p = probabilities[i * classes + own]!
    let above = 0
    for (let j = 0; j < classes; j++) {
      const other = probabilities[i * classes + j]!
      if (other > p || (other === p && j < own)) above++
    }
    hits[i] = above < k ? 1 : 0
  }
  return meanOf(hits)
}
