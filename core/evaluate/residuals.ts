// Residuals: how far off each prediction is, and whether that depends on what was predicted.

import type {Exhibit} from '../schema/report.ts'
import {says} from '../words/says.ts'
import {histogram} from './histogram.ts'
import {sampleOf} from './random.ts'

/** More points than this are no clearer on a screen, and heavy in a file. */
const most = 5_000

/** Residuals y − ŷ beside the predictions (a seeded sample of them beyond 5,000), and all as a histogram. */
export function residuals(
  y: ArrayLike<number>,
  predicted: ArrayLike<number>,
  seed: number,
): Exhibit[] {
  const all = Float64Array.from(y, (value, i) => value - predicted[i]!)
  const rows = Array.from(sampleOf(all.length, most, seed))
  return [
    {
      kind: 'residuals',
      predicted: rows.map(i => predicted[i]!),
      residual: rows.map(i => all[i]!),
      rows: all.length,
    },
    {kind: 'histogram', name: says`residual`.said, ...histogram(all)},
  ]
}
