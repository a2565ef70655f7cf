// A histogram of equal bins.

/**
 * As many bins as √rows, 1 to 50, over the range of `values`; each open on the right but the last.
 * Values that are all equal make one bin of width 0.
 */
export function histogram(values: Float64Array): {edges: number[]; counts: number[]} {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const v of values) {
    low = Math.min(low, v)
    high = Math.max(high, v)
  }
  if (values.length === 0) return {edges: [], counts: []}
  if (low === high) return {edges: [low, high], counts: [values.length]}
  const bins = Math.min(50, Math.max(1, Math.ceil(Math.sqrt(values.length))))
  const counts = new Array<number>(bins).fill(0)
  for (const v of values)
    counts[Math.min(bins - 1, Math.floor(((v - low) / (high - low)) * bins))]!++
  const edges = Array.from({length: bins + 1}, (_, i) => low + ((high - low) * i) / bins)
  return {edges, counts}
}
