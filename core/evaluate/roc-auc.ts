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
    let negatives = 0
    let area = 0
    let tiedPositives = 0
    let tiedNegatives = 0
    for (let i = 0; i < row.length; i++) {
      const w = weights[row[i]!]!
      if (positive[i] === 1) tiedPositives += w
      else tiedNegatives += w
      if (last[i] === 1) {
        area += tiedNegatives * (positives + tiedPositives / 2)
        positives += tiedPositives
        negatives += tiedNegatives
        tiedPositives = 0
        tiedNegatives = 0
      }
    }
    return area / (positives * negatives)
  }
