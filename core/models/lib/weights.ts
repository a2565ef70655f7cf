// The weight of each row in a loss.
import {z} from 'zod'
import type {Rows} from '../../plugin.ts'
import {changed, isWeighted, targets} from '../../train/rows.ts'

/** The parameter that classifiers share. */
export const classWeights = z
  .enum(['none', 'balanced'])
  .default('none')
  .describe(
    'What a row counts in the loss. balanced: each class counts the same in total, however rare it is.',
  )

/**
 * Rows with their weights for classification, or with none where every row counts the same. `balanced` multiplies by
 * total / (classes · total of the row's class), over the classes that have rows, as scikit-learn does.
 */
export async function weighedByClass(
  rows: Rows,
  classes: number,
  kind: z.output<typeof classWeights>,
): Promise<Rows> {
  if (kind === 'none') return rows
  const totals = new Float64Array(classes)
  for await (const {rows: count, y, weights} of targets(rows))
    for (let i = 0; i < count; i++) totals[y![i]!]! += weights ? weights[i]! : 1
  const present = totals.filter(t => t > 0)
  const total = present.reduce((sum, t) => sum + t, 0)
  return changed(rows, {
    weights: (weight, y) => {
      const own = totals[y]!
      return own > 0 ? (weight * total) / (present.length * own) : 0
    },
  })
}

/** The same rows, weighted so that the mean of all weights is 1, if they have weights. */
export async function ofMeanOne(rows: Rows): Promise<Rows> {
  if (!isWeighted(rows)) return rows
  let sum = 0
  for await (const {weights} of targets(rows)) for (const w of weights!) sum += w
  const mean = sum / rows.rows
  return mean > 0 ? changed(rows, {weights: w => w / mean}) : rows
}
