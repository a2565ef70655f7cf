// The weight of each row in a loss.
import {z} from 'zod'
import type {Matrix} from '../../plugin.ts'

/** The parameter that classifiers share. */
export const classWeights = z
  .enum(['none', 'balanced'])
  .default('none')
  .describe(
    'What a row counts in the loss. balanced: each class counts the same in total, however rare it is.',
  )

/**
 * Row weights for classification, or none where every row counts the same. `balanced` multiplies by
 * total / (classes · total of the row's class), over the classes that have rows, as scikit-learn does.
 */
export function rowWeights(
  {y, weights, rows}: Matrix,
  classes: number,
  kind: z.output<typeof classWeights>,
): Float32Array | undefined {
  if (kind === 'none') return weights
  const totals = new Float64Array(classes)
  for (let i = 0; i < rows; i++) totals[y![i]!]! += weights ? weights[i]! : 1
  const present = totals.filter(t => t > 0)
  const total = present.reduce((sum, t) => sum + t, 0)
  return Float32Array.from({length: rows}, (_, i) => {
    const own = totals[y![i]!]!
    return own > 0 ? ((weights ? weights[i]! : 1) * total) / (present.length * own) : 0
  })
}
