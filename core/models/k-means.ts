// k-means: groups rows around centres.
import {z} from 'zod'
import {AppError} from '../error.ts'
import {defineModel} from '../plugin.ts'
import {pacer} from '../train/pace.ts'
import {type Random, random} from '../train/random.ts'
import {progressOf, says} from '../words/says.ts'
import {squaredDistances} from './lib/distance.ts'
import {json} from './lib/json.ts'
import {moments} from './lib/moments.ts'

const params = z.strictObject({
  clusters: z
    .int()
    .min(1)
    .max(10_000)
    .default(8)
    .describe('How many groups.')
    .meta({sweep: {low: 2, high: 20}}),
  starts: z
    .int()
    .min(1)
    .max(1000)
    .default(10)
    .describe('How often it starts anew; the result with the smallest inertia is kept.'),
  maxIterations: z.int().min(1).max(100_000).default(300).describe('For each start.'),
  tolerance: z
    .number()
    .nonnegative()
    .default(1e-4)
    .describe(
      'Stop when the centres together move less than this part of the mean variance (squared).',
    ),
})

export const kMeans = defineModel<z.output<typeof params>>({
  kind: 'k-means',
  version: 1,
  title: 'k-means',
  doc: `Groups rows into \`clusters\` so that the sum of squared distances to the groups' centres (the
inertia) is small: k-means++ starts, then Lloyd's iterations. Distances treat all features alike, so scale
them before. Gives each row the number of its cluster, from 0, and its distance to each centre.`,
  tasks: ['clustering'],
  params,
  fit: async (params, {train, features}, {seed, signal, tell}) => {
    const {clusters, starts, maxIterations, tolerance} = params
    const width = features.length
    if (train.rows < clusters)
      throw new AppError(
        'bad-data',
        says`${clusters} clusters need as many rows; there are ${train.rows}`,
        {
          hint: says`set \`clusters\` lower`,
        },
      )
    const {mean, total} = await moments(train, width)
    const centred = Float64Array.from(train.x, (v, i) => v - mean[i % width]!)
    const points: Points = {x: centred, width, rows: train.rows, weights: train.weights}
    let variance = 0
    for (const [i, v] of centred.entries())
      variance += ((train.weights?.[Math.floor(i / width)] ?? 1) * v * v) / (total * width)
    const pace = pacer(signal)
    const source = random(seed)
    let best: Clustering | undefined
    let bestStart = 0
    for (let start = 1; start <= starts; start++) {
      let found = assign(points, plusPlus(points, clusters, source))
      let iterations = 0
      for (let moved = Number.POSITIVE_INFINITY; iterations < maxIterations; iterations++) {
        if (moved <= tolerance * variance) break
        const centres = centresOf(points, found)
        moved = squaredMove(centres, found.centres)
        found = assign(points, centres)
        await pace()
      }
      if (!best || found.inertia < best.inertia) {
        best = {...found, iterations}
        bestStart = start
      }
      tell(
        progressOf(says`start ${start}/${starts}`, {
          done: start / starts,
          metrics: {inertia: best.inertia},
        }),
      )
    }
    const {centres, inertia, iterations = 0, nearest} = best!
    const used = new Set(nearest).size
    return {
      lower: (graph, x) => {
        const centre = graph.constant('float64', mean)
        const points = graph.op('Sub', [graph.cast(x, 'float64'), centre])
        const squared = squaredDistances(graph, points, centres, width)
        return {
          cluster: graph.op('ArgMin', [squared], {axis: {int: 1}, keepdims: {int: 0}}),
          distances: graph.cast(graph.op('Sqrt', [squared]), 'float32'),
        }
      },
      files: {
        'centres.json': json({
          features,
          centres: Array.from({length: clusters}, (_, k) =>
            features.map((_, j) => centres[k * width + j]! + mean[j]!),
          ),
        }),
      },
      engine: 'float64',
      summary: {inertia, iterations, start: bestStart},
      warnings: [
        ...(used < clusters
          ? [
              says`only ${used} of ${clusters} clusters have rows: there are too few distinct rows`
                .said,
            ]
          : []),
        ...(iterations === maxIterations
          ? [says`k-means did not settle in ${maxIterations} iterations: raise maxIterations`.said]
          : []),
      ],
    }
  },
})

type Points = {x: Float64Array; width: number; rows: number; weights: Float32Array | undefined}
type Clustering = {
  centres: Float64Array
  nearest: Int32Array
  squared: Float64Array
  inertia: number
  iterations?: number
}

function squaredBetween(a: Float64Array, i: number, b: Float64Array, k: number, width: number) {
  let sum = 0
  for (let j = 0; j < width; j++) sum += (a[i * width + j]! - b[k * width + j]!) ** 2
  return sum
}

const weightOf = ({weights}: Points, i: number) => (weights ? weights[i]! : 1)

// Greedy k-means++ (Arthur & Vassilvitskii 2007): of a few rows drawn by their squared distance to the
// centres so far, the one that lowers the inertia most is the next centre.
function plusPlus(points: Points, clusters: number, {next}: Random): Float64Array {
  const {x, width, rows} = points
  const centres = new Float64Array(clusters * width)
  let squared = Float64Array.from({length: rows}, () => 1)
  const draw = () => {
    let sum = 0
    for (let i = 0; i < rows; i++) sum += squared[i]! * weightOf(points, i)
    let at = next() * sum
    for (let i = 0; i < rows; i++) {
      at -= squared[i]! * weightOf(points, i)
      if (at < 0) return i
    }
    return Math.floor(next() * rows)
  }
  const withCentre = (c: number, first: boolean) => {
    let inertia = 0
    const updated = new Float64Array(rows)
    for (let i = 0; i < rows; i++) {
      const d = squaredBetween(x, i, x, c, width)
      updated[i] = first ? d : Math.min(d, squared[i]!)
      inertia += updated[i]! * weightOf(points, i)
    }
    return {c, updated, inertia}
  }
  const trials = 2 + Math.floor(Math.log(clusters))
  for (let k = 0; k < clusters; k++) {
    let chosen = withCentre(draw(), k === 0)
    for (let t = 1; k > 0 && t < trials; t++) {
      const other = withCentre(draw(), false)
      if (other.inertia < chosen.inertia) chosen = other
    }
    centres.set(x.subarray(chosen.c * width, (chosen.c + 1) * width), k * width)
    squared = chosen.updated
  }
  return centres
}

function assign(points: Points, centres: Float64Array): Clustering {
  const {x, width, rows} = points
  const nearest = new Int32Array(rows)
  const squared = new Float64Array(rows).fill(Number.POSITIVE_INFINITY)
  const count = centres.length / width
  let inertia = 0
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < count; k++) {
      const d = squaredBetween(x, i, centres, k, width)
      if (d < squared[i]!) {
        squared[i] = d
        nearest[i] = k
      }
    }
    inertia += squared[i]! * weightOf(points, i)
  }
  return {centres, nearest, squared, inertia}
}

// The mean of each cluster's rows. A cluster without rows takes the row that is worst off.
function centresOf(points: Points, {centres: before, nearest, squared}: Clustering): Float64Array {
  const {x, width, rows} = points
  const centres = new Float64Array(before.length)
  const totals = new Float64Array(before.length / width)
  for (let i = 0; i < rows; i++) {
    const weight = weightOf(points, i)
    const k = nearest[i]!
    totals[k]! += weight
    for (let j = 0; j < width; j++) centres[k * width + j]! += weight * x[i * width + j]!
  }
  const left = squared.slice()
  for (const [k, total] of totals.entries()) {
    if (total > 0) for (let j = 0; j < width; j++) centres[k * width + j]! /= total
    else {
      let worst = 0
      for (let i = 0; i < rows; i++) if (left[i]! > left[worst]!) worst = i
      left[worst] = 0
      centres.set(x.subarray(worst * width, (worst + 1) * width), k * width)
    }
  }
  return centres
}

function squaredMove(a: Float64Array, b: Float64Array) {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2
  return sum
}
