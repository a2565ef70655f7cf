// Thinning a line for drawing so that no spike is lost.

/**
 * Which of some points to draw in `buckets` columns of pixels: of each column the first, the least, the
 * greatest and the last, in order, so that the drawn line covers the same pixels as the whole one (M4,
 * Jugel et al., VLDB 2014). Points that are no finite number are left out; `x` must ascend.
 */
export function drawn(x: readonly number[], y: readonly number[], buckets: number): number[] {
  const finite = x.flatMap((_, i) => (Number.isFinite(y[i]) ? [i] : []))
  if (finite.length <= 4 * buckets) return finite
  const from = x[finite[0]!]!
  const width = (x[finite.at(-1)!]! - from) / buckets || 1
  const kept: number[] = []
  let bucket: {at: number; first: number; low: number; high: number; last: number} | undefined
  const close = () => {
    if (!bucket) return
    const {first, low, high, last} = bucket
    kept.push(...[...new Set([first, low, high, last])].sort((a, b) => a - b))
  }
  for (const i of finite) {
    const at = Math.min(buckets - 1, Math.floor((x[i]! - from) / width))
    if (bucket?.at !== at) {
      close()
      bucket = {at, first: i, low: i, high: i, last: i}
      continue
    }
    if (y[i]! < y[bucket.low]!) bucket.low = i
    if (y[i]! > y[bucket.high]!) bucket.high = i
    bucket.last = i
  }
  close()
  return kept
}
