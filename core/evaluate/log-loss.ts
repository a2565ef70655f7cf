// Log loss: how surprised the probabilities are by the truth, in nats.
import {type Measure, meanOf} from './battery.ts'
import type {Labels} from './confusion.ts'

/** float32's spacing at 1: a model cannot say it more surely, and log 0 would be infinite. */
const epsilon = 2 ** -23

/** Mean −ln p of the true class, p kept within [ε, 1 − ε] with ε = 2⁻²³ (as scikit-learn for float32). */
export function logLoss(probabilities: Float32Array, labels: Labels, classes: number): Measure {
  const losses = new Float64Array(labels.length)
  for (let i = 0; i < losses.length; i++) {
    const p = probabilities[i * classes + labels[i]!]!
    losses[i] = -Math.log(Math.min(Math.max(p, epsilon), 1 - epsilon))
  }
  return meanOf(losses)
}
