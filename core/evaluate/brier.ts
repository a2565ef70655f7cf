// Brier score: the squared distance of the probabilities from the truth.
import {type Measure, meanOf} from './battery.ts'
import type {Labels} from './confusion.ts'

/**
 * Two classes: mean (p − y)² of the second, from 0 to 1. More: mean Σ (pₖ − yₖ)² over classes, from 0
 * to 2 (Brier 1950). scikit-learn scales the two cases likewise.
 */
export function brier(probabilities: Float32Array, labels: Labels, classes: number): Measure {
  const losses = new Float64Array(labels.length)
  for (let i = 0; i < losses.length; i++) {
    let sum = 0
    for (let k = classes === 2 ? 1 : 0; k < classes; k++)
      sum += (probabilities[i * classes + k]! - (labels[i] === k ? 1 : 0)) ** 2
    losses[i] = sum
  }
  return meanOf(losses)
}
