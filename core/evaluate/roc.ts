// The ROC curve: of the positive rows, how many are caught at the price of how many false alarms.
import type {Series} from '../schema/report.ts'
import type {Ranking} from './ranking.ts'
import {rocAuc} from './roc-auc.ts'
import {thin} from './thin.ts'
import {thresholds} from './thresholds.ts'

/** x: false positive rate, y: true positive rate, from (0, 0). Nothing where only one class has rows. */
export function roc(label: string, ranking: Ranking, weights: Float64Array): Series | undefined {
  const t = thresholds(ranking, weights)
  if (!(t.positives > 0 && t.negatives > 0)) return undefined
  const points = thin({
    x: [0, ...t.falsePositives.map(n => n / t.negatives)],
    y: [0, ...t.truePositives.map(n => n / t.positives)],
    at: [null, ...t.score],
  })
  return {label, ...points, area: rocAuc(ranking)(weights)}
}
