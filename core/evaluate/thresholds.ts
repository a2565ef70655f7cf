// What each threshold on a score would catch: the steps that ROC, precision–recall and lift curves climb.
import type {Ranking} from './ranking.ts'

/** Weights of the rows at or above each threshold, from the strictest to the most lenient. */
export type Thresholds = {
  /** The thresholds: one for each different score, falling. */
  score: number[]
  truePositives: number[]
  falsePositives: number[]
  positives: number
  negatives: number
}

export function thresholds(
  {row, score, positive, last}: Ranking,
  weights: Float64Array,
): Thresholds {
  const made: Thresholds = {
    score: [],
    truePositives: [],
    falsePositives: [],
    positives: 0,
    negatives: 0,
  }
  for (let i = 0; i < row.length; i++) {
    if (positive[i] === 1) made.positives += weights[row[i]!]!
    else made.negatives += weights[row[i]!]!
    if (last[i] === 0) continue
    made.score.push(score[i]!)
    made.truePositives.push(made.positives)
    made.falsePositives.push(made.negatives)
  }
  return made
}
