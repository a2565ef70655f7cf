// Balanced accuracy: accuracy if every class had as many rows.
import type {Sums} from './confusion.ts'

/** The mean recall over the classes that the rows have; a class without rows does not count. */
export function balancedAccuracy({truth, right}: Sums): number {
  let sum = 0
  let present = 0
  for (const [k, n] of truth.entries())
    if (n > 0) {
      sum += right[k]! / n
      present++
    }
  return sum / present
}
