// Runs side by side: what they were given, what came of it, and where they differ.
import type {Compared, Comparison} from '../schema/history.ts'
import type {Point, Run} from '../schema/run.ts'
import {flat} from './row.ts'

/** One line of the comparison; `values` in the order of the runs, null where a run has none. */
export function compareRuns(found: readonly {run: Run; points: Point[]}[]): Comparison {
  const runs = found.map(f => f.run)
  const names = [...new Set(found.flatMap(f => f.points.flatMap(p => Object.keys(p.metrics))))]
  return {
    runs,
    facts: sideBySide(runs.map(facts)),
    params: sideBySide(runs.map(r => flat(r.params))),
    metrics: sideBySide(runs.map(r => r.metrics)),
    curves: names.sort().map(name => ({
      name,
      series: found.flatMap(({run, points}) => {
        const own = points.filter(p => name in p.metrics)
        if (own.length === 0) return []
        return [
          {run: run.id, epochs: own.map(p => p.epoch), values: own.map(p => p.metrics[name]!)},
        ]
      }),
    })),
  }
}

const facts = (run: Run) => ({
  document: run.document,
  cell: run.cell,
  kind: run.kind,
  target: run.target ?? null,
  features: run.features,
  seed: run.seed,
  data: run.data,
  code: run.code,
  engine: run.engine ?? null,
  state: run.status.state,
  bancada: run.environment.bancada,
  node: run.environment.node,
  platform: run.environment.platform,
  ...Object.fromEntries(Object.entries(run.environment.packages)),
})

function sideBySide(sets: Record<string, Compared['values'][number]>[]): Compared[] {
  const names = [...new Set(sets.flatMap(set => Object.keys(set)))]
  return names.map(name => {
    const values = sets.map(set => set[name] ?? null)
    // NaN is no difference from NaN.
    return {name, values, differs: values.some(v => !Object.is(v, values[0]))}
  })
}
