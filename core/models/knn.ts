// k nearest neighbours: the training rows themselves are the model.
import {z} from 'zod'
import {AppError} from '../error.ts'
import {Graph, type Tensor} from '../onnx/graph.ts'
import {defineModel, type TrainingData} from '../plugin.ts'
import {says} from '../words/says.ts'
import {squaredDistances} from './lib/distance.ts'
import {moments} from './lib/moments.ts'

const params = z.strictObject({
  neighbours: z
    .int()
    .min(1)
    .max(1000)
    .default(5)
    .describe('How many of the nearest training rows decide.')
    .meta({sweep: {low: 1, high: 50, scale: 'log'}}),
  weighting: z
    .enum(['uniform', 'distance'])
    .default('uniform')
    .describe(
      'What each neighbour counts: the same, or the inverse of its distance. At distance zero, only the rows there count.',
    )
    .meta({sweep: {values: ['uniform', 'distance']}}),
})
type Params = z.output<typeof params>

/** Rows that one round of the graph scores, so that its table of distances stays small. */
const block = 256

/** protobuf, and so ONNX, ends at 2 GiB. */
const mostBytes = 1.9 * 2 ** 30

export const knn = defineModel<Params>({
  kind: 'knn',
  version: 1,
  title: 'k nearest neighbours',
  doc: `Predicts from the training rows that are nearest by Euclidean distance: the share of each class among
them, or their mean. Of rows at the same distance, those that come first in the table are taken. Distances
treat all features alike, so scale them before. The model holds all training rows: it grows with them, and so
does the time for a prediction.`,
  tasks: ['classification', 'regression'],
  params,
  fit: async (params, data) => {
    const {train, features} = data
    const {rows, x} = train
    const width = features.length
    if (rows < params.neighbours)
      throw new AppError(
        'bad-data',
        says`${params.neighbours} neighbours need as many training rows; there are ${rows}`,
        {hint: says`set \`neighbours\` lower`},
      )
    if (x.byteLength > mostBytes)
      throw new AppError(
        'bad-data',
        says`${rows} training rows are too many for a model that keeps them`,
        {
          hint: says`take a sample of the training rows, or choose another model`,
        },
      )
    const {mean} = await moments({...train, weights: undefined}, width)
    // Near zero the distances keep more digits.
    const points = Float32Array.from(x, (v, i) => v - mean[i % width]!)
    return {
      lower: (graph, x) => {
        const centred = graph.op('Sub', [x, graph.constant('float32', mean)])
        const answers = inBlocks(graph, graph.cast(centred, 'float64'), (inner, some) =>
          answer(inner, some, points, data, params),
        )
        return {[data.task === 'classification' ? 'probabilities' : 'prediction']: answers}
      },
      engine: 'float64',
      summary: {rows},
      warnings: train.weights ? [says`knn does not use row weights`.said] : [],
    }
  },
})

// float32 [rows, classes or 1] from float64 [rows, features].
function answer(
  graph: Graph,
  x: Tensor,
  points: Float32Array,
  {train, features, classes, task}: TrainingData,
  {neighbours, weighting}: Params,
): Tensor {
  const squared = squaredDistances(graph, x, points, features.length)
  const [nearest, at] = graph.ops('TopK', [squared, graph.constant('int64', [neighbours])], 2, {
    axis: {int: 1},
    largest: {int: 0},
  })
  const index: Tensor = {...at!, elem: 'int64'}
  const votes =
    weighting === 'uniform'
      ? graph.op('Expand', [graph.constant('float32', [1]), graph.op('Shape', [index])])
      : inverse(graph, nearest!)
  const values = graph.op('Gather', [graph.constant('float32', train.y!), index])
  const axis = graph.constant('int64', [1])
  const total = graph.op('ReduceSum', [votes, axis])
  if (task === 'regression') {
    const sum = graph.op('ReduceSum', [graph.op('Mul', [votes, values]), axis])
    return graph.op('Div', [sum, total])
  }
  // [rows, neighbours, 1] = [classes] → one for each neighbour's own class.
  const own = graph.op('Equal', [
    graph.op('Unsqueeze', [values, graph.constant('int64', [2])]),
    graph.constant('float32', Float32Array.from(classes!.keys())),
  ])
  const spread = graph.op('Mul', [
    graph.cast(own, 'float32'),
    graph.op('Unsqueeze', [votes, graph.constant('int64', [2])]),
  ])
  return graph.op('Div', [graph.op('ReduceSum', [spread, axis], {keepdims: {int: 0}}), total])
}

// 1/distance of each neighbour; where some are at distance zero, 1 for those and 0 for the others.
function inverse(graph: Graph, squared: Tensor): Tensor {
  const zero = graph.constant('float64', 0)
  const same = graph.op('Equal', [squared, zero])
  const one = graph.constant('float64', 1)
  const exact = graph.cast(same, 'float64')
  const some = graph.op('Greater', [
    graph.op('ReduceMax', [exact, graph.constant('int64', [1])]),
    zero,
  ])
  const safe = graph.op('Where', [same, one, squared])
  const votes = graph.op('Div', [one, graph.op('Sqrt', [safe])])
  return graph.cast(graph.op('Where', [some, exact, votes]), 'float32')
}

/**
 * Runs `body` on blocks of rows of `x` [rows, features], so that what it makes on the way never grows with
 * the number of rows. The last block is padded with zeros and cut off again.
 */
function inBlocks(graph: Graph, x: Tensor, body: (graph: Graph, rows: Tensor) => Tensor): Tensor {
  const int = (value: number) => graph.constant('int64', [value])
  const rows = graph.op('Shape', [x], {start: {int: 0}, end: {int: 1}})
  const size = graph.op('Max', [graph.op('Min', [rows, int(block)]), int(1)])
  const rounds = graph.op('Div', [graph.op('Sub', [graph.op('Add', [rows, size]), int(1)]), size])
  const missing = graph.op('Sub', [graph.op('Mul', [rounds, size]), rows])
  const pads = graph.op('Concat', [int(0), int(0), missing, int(0)], {axis: {int: 0}})
  const padded = graph.op('Pad', [x, pads])

  const inner = new Graph(graph)
  const round = inner.input('round', 'int64', [])
  const going = inner.input('going', 'bool', [])
  const start = inner.op('Mul', [inner.op('Reshape', [round, inner.constant('int64', [1])]), size])
  const some = inner.op('Slice', [
    padded,
    start,
    inner.op('Add', [start, size]),
    inner.constant('int64', [0]),
  ])
  inner.output('still', going)
  inner.output('answers', body(inner, some))
  const stacked = graph.op('Loop', [graph.op('Squeeze', [rounds]), graph.constant('bool', true)], {
    body: {graph: inner},
    elem: 'float32',
  })
  // [rounds, size, answers] → [rounds · size, answers] → [rows, answers].
  const last = graph.op('Shape', [stacked], {start: {int: 2}, end: {int: 3}})
  const flat = graph.op('Reshape', [stacked, graph.op('Concat', [int(-1), last], {axis: {int: 0}})])
  return graph.op('Slice', [flat, int(0), rows, int(0)])
}
