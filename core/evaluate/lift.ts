// Gain and lift: what one gets by taking only the rows that score highest.
import type {Series} from '../schema/report.ts'
import type {Ranking} from './ranking.ts'
import {thin} from './thin.ts'
import {thresholds} from './thresholds.ts'

/**
 * x: the share of all rows taken, best scores first. `gain` y: the share of the positive rows among
 * them. `lift` y: how many times more that is than by chance, gain / x. Nothing where no row is positive.
 */
export function lift(
  label: string,
  ranking: Ranking,
  weights: Float64Array,
): {gain: Series; lift: Series} | undefined {
  const t = thresholds(ranking, weights)
  const total = t.positives + t.negatives
  if (!(t.positives > 0)) return undefined
  const gain = thin({
    x: [0, ...t.truePositives.map((n, i) => (n + t.falsePositives[i]!) / total)],
    y: [0, ...t.truePositives.map(n => n / t.positives)],
    at: [null, ...t.score],
  })
  // A share of nothing has no lift, so the lift curve begins at the first threshold that takes a row.
  const from = gain.x.findIndex(x => x > 0)
  return {
    gain: {label, ...gain},
    lift: {
      label,
      x: gain.x.slice(from),
      y: gain.x.slice(from).map((x, i) => gain.y[from + i]! / x),
      at: gain.at.slice(from),
    },
  }
}
