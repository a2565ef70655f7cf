// Inertia: how far rows lie from the centre of their cluster.
import type {Measure} from './battery.ts'

/** Σ d², `distance` being each row's Euclidean distance to its cluster's centre. */
export const inertia =
  (distance: ArrayLike<number>): Measure =>
  weights => {
    let sum = 0
    for (let i = 0; i < distance.length; i++) sum += weights[i]! * distance[i]! ** 2
    return sum
  }
