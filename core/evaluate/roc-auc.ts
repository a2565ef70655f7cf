// Area under the ROC curve: how often a positive row scores above a negative one.
import type {Measure} from './battery.ts'
import type {Ranking} from './ranking.ts'

/**
 * The Mann–Whitney statistic over all pairs of a positive and a negative row, a tie counting half
 * (Hanley and McNeil 1982); equal to the area under the ROC curve by trapezoids. NaN with one class only.
 */
export const rocAuc =
  ({row, positive, last}: Ranking): Measure =>
  weights => {
    let positives = 0
    let total = 0
    let area = 0
    let tiedPositives = 0
    let tied = 0
    for (let i = 0; i < row.length; i++) {
      // A product, not a branch: which row is positive cannot be foreseen.
      const w = weights[row[i]!]!
      tied += w
      tiedPositives += w * positive[i]!
      if (last[i] === 1) {
        area += (tied - tiedPositives) * (positives + tiedPositives / 2)
        positives += tiedPositives
        total += tied
        tiedPositives = 0
        tied = 0
      }
    }
    return area / (positives * (total - positives))
  }
