// A quantile of numbers in order.

/** The q-quantile of sorted values, linear between neighbours (Hyndman and Fan's type 7, as in numpy). */
export function quantile(sorted: ArrayLike<number>, q: number): number {
  const at = (sorted.length - 1) * q
  const floor = Math.floor(at)
  const low = sorted[floor]!
  const high = sorted[Math.min(floor + 1, sorted.length - 1)]!
  return low + (high - low) * (at - floor)
}
