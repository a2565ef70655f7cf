// How much each parameter has to do with a metric, over runs that have both.

/** Fewer runs than this say nothing: of 8 unrelated runs one in twenty shows a correlation above 0.7. */
export const leastRuns = 8

export type Importance = {name: string; value: number; runs: number; how: 'rank' | 'groups'}

type Row = {params: Record<string, string | number | boolean | null>; metric: number | undefined}

/**
 * For a parameter of numbers, the absolute rank correlation (Spearman's ρ, ties at their mean rank) with the
 * metric; for one of texts or flags, the correlation ratio η of the metric's ranks over its values. Both are 0
 * to 1. Parameters that are the same in all runs, that fewer than `leastRuns` runs have, or texts that are
 * different in nearly every run are left out. The greatest first.
 */
export function importances(rows: readonly Row[]): Importance[] {
  const measured = rows.filter(({metric}) => metric !== undefined && Number.isFinite(metric))
  const names = [...new Set(measured.flatMap(({params}) => Object.keys(params)))]
  return names
    .flatMap((name): Importance[] => {
      const have = measured.filter(
        ({params}) => params[name] !== null && params[name] !== undefined,
      )
      const values = have.map(({params}) => params[name]!)
      const distinct = new Set(values).size
      if (have.length < leastRuns || distinct < 2) return []
      const metric = ranks(have.map(row => row.metric!))
      if (values.every(value => typeof value === 'number')) {
        const value = Math.abs(correlation(ranks(values), metric))
        return Number.isFinite(value) ? [{name, value, runs: have.length, how: 'rank'}] : []
      }
      if (distinct > have.length / 2) return []
      const value = correlationRatio(values.map(String), metric)
      return Number.isFinite(value) ? [{name, value, runs: have.length, how: 'groups'}] : []
    })
    .sort((a, b) => b.value - a.value)
}

/** Ranks from 1; equal values share the mean of theirs. */
export function ranks(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!)
  const found = new Array<number>(values.length)
  for (let start = 0; start < order.length; ) {
    let end = start
    while (end + 1 < order.length && values[order[end + 1]!] === values[order[start]!]) end++
    for (let i = start; i <= end; i++) found[order[i]!] = (start + end) / 2 + 1
    start = end + 1
  }
  return found
}

/** Pearson's; NaN where one side does not vary. */
function correlation(x: readonly number[], y: readonly number[]): number {
  const [mx, my] = [mean(x), mean(y)]
  let [xy, xx, yy] = [0, 0, 0]
  for (const [i, a] of x.entries()) {
    xy += (a - mx) * (y[i]! - my)
    xx += (a - mx) ** 2
    yy += (y[i]! - my) ** 2
  }
  return xy / Math.sqrt(xx * yy)
}

/** √(variance between groups / all variance). */
function correlationRatio(groups: readonly string[], y: readonly number[]): number {
  const all = mean(y)
  const of = new Map<string, number[]>()
  for (const [i, group] of groups.entries()) of.set(group, [...(of.get(group) ?? []), y[i]!])
  const between = [...of.values()].reduce((sum, ys) => sum + ys.length * (mean(ys) - all) ** 2, 0)
  const total = y.reduce((sum, value) => sum + (value - all) ** 2, 0)
  return Math.sqrt(between / total)
}

const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length
