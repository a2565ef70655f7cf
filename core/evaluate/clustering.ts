// Evaluating a clustering: there is no truth, only how tight and how far apart the clusters are.
import type {Exhibit} from '../schema/report.ts'
import {says} from '../words/says.ts'
import {type Battery, battery, meanOf} from './battery.ts'
import type {Labels} from './confusion.ts'
import {inertia} from './inertia.ts'
import {sampleOf} from './random.ts'
import {rowsOf} from './rows.ts'
import {silhouette} from './silhouette.ts'
import type {Subject} from './subject.ts'

export type ClusteringInput = {
  /** Row-major `rows × features`, as the model saw it. */
  x: Float32Array
  features: number
  cluster: Int32Array
  /** Row-major `rows × clusters`, Euclidean. */
  distances: Float32Array
  seed: number
}

/** Silhouettes take rows² steps; beyond this, they are those of a seeded sample. */
const most = 10_000

/**
 * Intervals hold the clusters fixed: they tell how much the figures would differ on other rows, not on
 * another fit. The baseline is one cluster around the mean of these rows; it has no silhouette.
 */
export async function clustering(
  {x, features, cluster, distances, seed}: ClusteringInput,
  turn: () => Promise<void> | undefined,
): Promise<Subject> {
  const rows = cluster.length
  const clusters = distances.length / rows
  const own = Float64Array.from(cluster, (c, i) => distances[i * clusters + c]!)
  const sample = sampleOf(rows, most, seed)
  // A row outside the sample has weight, but no coefficient: see `silhouettes`.
  const coefficient = new Float64Array(rows).fill(Number.NaN)
  const some = await silhouette(
    rowsOf(x, sample, features),
    features,
    rowsOf(cluster, sample),
    turn,
  )
  for (const [j, i] of sample.entries()) coefficient[i] = some[j]!

  const measures = (distance: Float64Array, known: Float64Array): Battery =>
    battery(distance.length, [
      {
        name: 'silhouette',
        better: 'high',
        measure: silhouettes(known),
        why: says`it takes two clusters with rows, one of them with several`,
      },
      {name: 'inertia', better: 'low', measure: inertia(distance)},
    ])
  return {
    battery: measures(own, coefficient),
    baseline: {
      about: says`one cluster around the mean of these rows`.said,
      battery: measures(toMean(x, features), new Float64Array(rows).fill(Number.NaN)),
    },
    subset: chosen => measures(rowsOf(own, chosen), rowsOf(coefficient, chosen)),
    exhibits: weights => [sizes(cluster, clusters, own, coefficient, weights)],
    warnings:
      rows > most
        ? [says`silhouette is that of ${most} rows drawn from ${rows}: it compares every two`.said]
        : [],
    passes: 4,
  }
}

function silhouettes(coefficient: Float64Array) {
  const known = Uint32Array.from(coefficient.keys()).filter(i => !Number.isNaN(coefficient[i]!))
  const mean = meanOf(rowsOf(coefficient, known))
  return (weights: Float64Array) => mean(rowsOf(weights, known))
}

/** Each row's Euclidean distance to the mean of all. */
function toMean(x: Float32Array, features: number): Float64Array {
  const rows = x.length / features
  const square = new Float64Array(rows)
  for (let f = 0; f < features; f++) {
    let sum = 0
    for (let i = 0; i < rows; i++) sum += x[i * features + f]!
    for (let i = 0; i < rows; i++) square[i]! += (x[i * features + f]! - sum / rows) ** 2
  }
  return square.map(Math.sqrt)
}

function sizes(
  cluster: Labels,
  clusters: number,
  distance: Float64Array,
  coefficient: Float64Array,
  weights: Float64Array,
): Exhibit {
  const members = Array.from({length: clusters}, () => [] as number[])
  for (let i = 0; i < cluster.length; i++) members[cluster[i]!]!.push(i)
  const figure = (value: number) => (Number.isNaN(value) ? null : value)
  return {
    kind: 'table',
    name: says`clusters`.said,
    columns: [says`cluster`, says`rows`, says`inertia`, says`silhouette`].map(({said}) => said),
    rows: members.map((list, c) => {
      const rows = Uint32Array.from(list)
      const own = rowsOf(weights, rows)
      return [
        c,
        list.length,
        inertia(rowsOf(distance, rows))(own),
        figure(silhouettes(rowsOf(coefficient, rows))(own)),
      ]
    }),
  }
}
