// Leaves out the points of a curve that nobody could see.

/** A curve under way: as many of each as there are points; `at` are thresholds. */
export type Points = {x: number[]; y: number[]; at: (number | null)[]}

/** A curve of more points than this loses those nearer than `near` to the last one kept. */
const many = 10_000
const near = 1e-4

/**
 * Drops every point on the straight line between its neighbours, which changes nothing. What is left of
 * a curve over millions of rows may still be millions of points; then also those closer than a tenth of
 * a pixel on a screen of 1,000 (the area under the curve is always that of all points).
 */
export function thin(points: Points): Points {
  const straight = keep(points, withoutCollinear(points))
  return straight.x.length <= many ? straight : keep(straight, apart(straight))
}

function withoutCollinear({x, y}: Points): number[] {
  const kept: number[] = []
  for (let i = 0; i < x.length; i++) {
    while (kept.length >= 2 && onLine(x, y, kept.at(-2)!, kept.at(-1)!, i)) kept.pop()
    kept.push(i)
  }
  return kept
}

// Coordinates lie in 0…1 and carry a rounding of 2⁻⁵³, so a cross product this small is none.
function onLine(x: number[], y: number[], a: number, b: number, c: number): boolean {
  const [dx, dy] = [x[b]! - x[a]!, y[b]! - y[a]!]
  const [ex, ey] = [x[c]! - x[b]!, y[c]! - y[b]!]
  return Math.abs(dx * ey - dy * ex) <= 1e-15 && dx * ex + dy * ey >= 0
}

function apart({x, y}: Points): number[] {
  const kept = [0]
  for (let i = 1; i < x.length; i++) {
    const last = kept.at(-1)!
    const gap = Math.max(Math.abs(x[i]! - x[last]!), Math.abs(y[i]! - y[last]!))
    if (gap >= near || i === x.length - 1) kept.push(i)
  }
  return kept
}

const keep = ({x, y, at}: Points, kept: number[]): Points => ({
  x: kept.map(i => x[i]!),
  y: kept.map(i => y[i]!),
  at: kept.map(i => at[i]!),
})
