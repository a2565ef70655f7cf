// Silhouette: is a row nearer to its own cluster than to the next?
import type {Labels} from './confusion.ts'

/**
 * Rousseeuw's coefficient (1987) of each row, −1 to 1: (b − a) / max(a, b), with a the mean Euclidean
 * distance to the other rows of its cluster and b the least mean distance to another cluster's rows.
 * 0 for a row alone in its cluster. NaN throughout unless at least two clusters have rows and some
 * cluster has two. Takes rows² × features steps; `turn` is awaited now and then.
 * @param x row-major `rows × features`
 */
export async function silhouette(
  x: Float32Array,
  features: number,
  cluster: Labels,
  turn: () => Promise<void> | undefined = () => undefined,
): Promise<Float64Array> {
  const rows = cluster.length
  let clusters = 0
  for (let i = 0; i < rows; i++) clusters = Math.max(clusters, cluster[i]! + 1)
  const sizes = new Float64Array(clusters)
  for (let i = 0; i < rows; i++) sizes[cluster[i]!]!++
  const filled = sizes.filter(n => n > 0).length
  if (filled < 2 || filled === rows) return new Float64Array(rows).fill(Number.NaN)

  // reach[i, c]: the sum of distances from row i to the rows of cluster c.
  const reach = new Float64Array(rows * clusters)
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < i; j++) {
      let square = 0
      for (let f = 0; f < features; f++) {
        const gap = x[i * features + f]! - x[j * features + f]!
        square += gap * gap
      }
      const distance = Math.sqrt(square)
      reach[i * clusters + cluster[j]!]! += distance
      reach[j * clusters + cluster[i]!]! += distance
    }
    await turn()
  }

  return Float64Array.from({length: rows}, (_, i) => {
    const own = cluster[i]!
    if (sizes[own] === 1) return 0
    const a = reach[i * clusters + own]! / (sizes[own]! - 1)
    let b = Number.POSITIVE_INFINITY
    for (let c = 0; c < clusters; c++)
      if (c !== own && sizes[c]! > 0) b = Math.min(b, reach[i * clusters + c]! / sizes[c]!)
    return a === b ? 0 : (b - a) / Math.max(a, b)
  })
}
