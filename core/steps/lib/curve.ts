// A rising curve of straight lines between points: a column's place in its training distribution.
import {type Sql, sql} from '../../data/sql.ts'
import type {Graph, Tensor} from '../../onnx/graph.ts'
import {normalQuantile} from './normal.ts'
import {double} from './numbers.ts'
import {search, searchInGraph} from './search.ts'

/** Points of the curve, `x` rising, and what it gives before the first and after the last. */
export type Curve = {x: number[]; y: number[]; before: number; after: number}

/**
 * The curve of evenly spaced quantiles (from the smallest value to the largest). A value that makes up many
 * quantiles gets the middle of them, as in scikit-learn's QuantileTransformer.
 */
export function curveOf(quantiles: readonly number[], shape: 'uniform' | 'normal'): Curve {
  const last = quantiles.length - 1
  const x: number[] = []
  const y: number[] = []
  for (let i = 0; i <= last; ) {
    let end = i
    while (quantiles[end + 1] === quantiles[i]) end++
    x.push(quantiles[i]!)
    y.push(last === 0 ? 0.5 : (i + end) / 2 / last)
    i = end + 1
  }
  const as = shape === 'normal' ? extreme : (share: number) => share
  if (x.length === 0) return {x: [0], y: [as(0.5)], before: as(0.5), after: as(0.5)}
  return {x, y: y.map(as), before: as(0), after: as(1)}
}

/** The curve at `x` in SQL; null for null. */
export function curve(x: Sql, {x: at, y, before, after}: Curve): Sql {
  const slopes = slopesOf({x: at, y})
  const inside = search(x, at.slice(1), i =>
    i === at.length - 1
      ? double(y[i]!)
      : sql`${double(y[i]!)} + (${x} - ${double(at[i]!)}) * ${double(slopes[i]!)}`,
  )
  return sql`case when ${x} is null then null when ${x} < ${double(at[0]!)} then ${double(before)}
    when ${x} > ${double(at.at(-1)!)} then ${double(after)} else ${inside} end`
}

/** The same in a graph: float64 [rows, 1] for float64 [rows, 1]. */
export function curveInGraph(graph: Graph, x: Tensor, {x: at, y, before, after}: Curve): Tensor {
  const float = (values: number | number[]) => graph.constant('float64', values)
  const [first, last] = [float(at[0]!), float(at.at(-1)!)]
  // Within the points, so that infinity times a flat slope cannot happen.
  const inside = graph.op('Min', [graph.op('Max', [x, first]), last])
  const place = searchInGraph(graph, x, at.slice(1))
  const from = (values: number[]) => graph.op('Gather', [float(values), place])
  const rise = graph.op('Mul', [
    graph.op('Sub', [inside, from(at)]),
    from([...slopesOf({x: at, y}), 0]),
  ])
  const within = graph.op('Add', [from(y), rise])
  const ended = graph.op('Where', [graph.op('Greater', [x, last]), float(after), within])
  return graph.op('Where', [graph.op('Less', [x, first]), float(before), ended])
}

const slopesOf = ({x, y}: {x: number[]; y: number[]}) =>
  x.slice(1).map((next, i) => (y[i + 1]! - y[i]!) / (next - x[i]!))

// The normal distribution has no ends: shares within 1e-7 of 0 and 1 become ±5.2.
const extreme = (share: number) => normalQuantile(Math.min(Math.max(share, 1e-7), 1 - 1e-7))
