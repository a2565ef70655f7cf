// The precision–recall curve: how clean a catch is, by how much of the positive rows it holds.
import type {Series} from '../schema/report.ts'
import {averagePrecision} from './average-precision.ts'
import type {Ranking} from './ranking.ts'
import {thin} from './thin.ts'
import {thresholds} from './thresholds.ts'

/**
 * x: recall, y: precision, from (0, 1), where no row is caught, as scikit-learn. Nothing where no row is
 * positive.
 */
export function precisionRecallCurve(
  label: string,
  ranking: Ranking,
  weights: Float64Array,
): Series | undefined {
  const t = thresholds(ranking, weights)
  if (!(t.positives > 0)) return undefined
  const caught = t.truePositives.map((n, i) => n + t.falsePositives[i]!)
  const points = thin({
    x: [0, ...t.truePositives.map(n => n / t.positives)],
    y: [1, ...t.truePositives.map((n, i) => (caught[i]! > 0 ? n / caught[i]! : 1))],
    at: [null, ...t.score],
  })
  return {label, ...points, area: averagePrecision(ranking)(weights)}
}
