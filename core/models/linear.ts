// Linear regression: least squares, alone or with a penalty.
import {z} from 'zod'
import {defineModel, type Rows} from '../plugin.ts'
import {pacer} from '../train/pace.ts'
import {pieces} from '../train/rows.ts'
import {progressOf, type Said, says} from '../words/says.ts'
import {json} from './lib/json.ts'
import {type Moments, moments, targetMoments} from './lib/moments.ts'
import {descend, solve} from './lib/solve.ts'

const params = z.strictObject({
  penalty: z
    .enum(['l2', 'l1', 'elastic-net', 'none'])
    .default('l2')
    .describe(
      'What large weights cost. l2 (ridge) keeps all weights small, l1 (lasso) makes many of them exactly zero, elastic-net mixes the two, none is ordinary least squares.',
    ),
  alpha: z
    .number()
    .positive()
    .default(1)
    .describe(
      'How much the penalty counts, as in scikit-learn: beside the sum of squared errors for l2 (Ridge), beside half their mean for l1 and elastic-net (Lasso, ElasticNet).',
    )
    .meta({sweep: {low: 1e-5, high: 1e3, scale: 'log'}}),
  l1Ratio: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe('For elastic-net: the part of l1 in the penalty.')
    .meta({sweep: {low: 0, high: 1}}),
  maxIterations: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(10_000)
    .describe('For l1 and elastic-net: stop after this many rounds over all weights.'),
  tolerance: z
    .number()
    .positive()
    .default(1e-8)
    .describe(
      'For l1 and elastic-net: stop when no weight moves more in a round, for features and target of unit spread.',
    ),
})
type Params = z.output<typeof params>

export const linear = defineModel<Params>({
  kind: 'linear',
  version: 1,
  title: 'Linear regression',
  doc: `Predicts a number by a weighted sum of the features. The intercept carries no penalty. The same
optimum as scikit-learn's Ridge, Lasso, ElasticNet or LinearRegression for the same \`alpha\`. Because the
penalty treats all features alike, scale them before. Without a penalty, a feature that is a combination of
others gets the weight zero, and a warning says so. Rows that do not fit into memory are streamed from disk.`,
  tasks: ['regression'],
  params,
  streams: true,
  fit: async (params, {train, features}, {signal, tell}) => {
    const width = features.length
    const scaled = await moments(train, width)
    tell(progressOf(says`products of features`))
    const {gram, products, mean, spread} = await normalEquations(train, scaled, signal)
    const {l1, l2} = penaltyOf(params)
    // In terms of u = w·σ/spread(y); a sum of squares is 2·total times the half mean.
    const l2Scale = params.penalty === 'l2' ? 1 / scaled.total : 1
    for (let j = 0; j < width; j++)
      gram[j * width + j]! += (l2 * l2Scale) / scaled.deviation[j]! ** 2
    const warnings: Said[] = []
    const summary: Record<string, number> = {}
    let u: Float64Array
    if (l1 > 0) {
      const costs = scaled.deviation.map(s => l1 / (s * spread))
      const found = descend(gram, products, costs, params)
      u = found.x
      summary.iterations = found.iterations
      if (!found.converged)
        warnings.push(
          says`linear did not converge in ${found.iterations} rounds: raise maxIterations or alpha`
            .said,
        )
    } else {
      const {x, dependent} = solve(gram, products)
      u = x
      for (const j of dependent)
        if (gram[j * width + j]! > 0)
          warnings.push(
            says`"${features[j]}" is a combination of other features; its weight is set to zero`
              .said,
          )
    }
    const weights = u.map((v, j) => (v * spread) / scaled.deviation[j]!)
    summary.weights = weights.filter(w => w !== 0).length
    return {
      lower: (graph, x) => {
        const centred = graph.op('Sub', [x, graph.constant('float32', scaled.mean)])
        const sum = graph.op('MatMul', [centred, graph.constant('float32', weights, [width, 1])])
        return {prediction: graph.op('Add', [sum, graph.constant('float32', [mean])])}
      },
      files: {
        'coefficients.json': json({
          features,
          centre: [...scaled.mean],
          weights: [...weights],
          intercept: mean,
        }),
      },
      engine: 'float64',
      summary,
      warnings,
    }
  },
})

function penaltyOf({penalty, alpha, l1Ratio}: Params) {
  const ratio = {l2: 0, none: 0, l1: 1, 'elastic-net': l1Ratio}[penalty]
  return {l1: alpha * ratio, l2: penalty === 'none' ? 0 : alpha * (1 - ratio)}
}

// Weighted means of products of standardised features with each other [F, F] and with the standardised target [F].
async function normalEquations(
  train: Rows,
  {total, mean, deviation}: Moments,
  signal: AbortSignal,
) {
  const width = mean.length
  const target = await targetMoments(train)
  const yMean = target.mean[0]!
  const spread = Number.isFinite(target.deviation[0]!) ? target.deviation[0]! : 1
  const gram = new Float64Array(width * width)
  const products = new Float64Array(width)
  const row = new Float64Array(width)
  const pace = pacer(signal)
  for await (const {x, y, rows, weights} of pieces(train))
    for (let i = 0; i < rows; i++) {
      const weight = (weights ? weights[i]! : 1) / total
      for (let j = 0; j < width; j++) row[j] = (x[i * width + j]! - mean[j]!) / deviation[j]!
      const off = (weight * (y![i]! - yMean)) / spread
      for (let j = 0; j < width; j++) {
        const scaled = weight * row[j]!
        products[j]! += off * row[j]!
        for (let k = 0; k <= j; k++) gram[j * width + k]! += scaled * row[k]!
      }
      if (i % 256 === 0) await pace()
    }
  for (let j = 0; j < width; j++)
    for (let k = 0; k < j; k++) gram[k * width + j] = gram[j * width + k]!
  return {gram, products, mean: yMean, spread}
}
