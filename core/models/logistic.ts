// Logistic regression: linear scores, turned into probabilities.
import {z} from 'zod'
import {defineModel, type Rows} from '../plugin.ts'
import {pacer} from '../train/pace.ts'
import {pieces} from '../train/rows.ts'
import {progressOf, says} from '../words/says.ts'
import {json} from './lib/json.ts'
import {minimize} from './lib/minimize.ts'
import {type Moments, moments} from './lib/moments.ts'
import {classWeights, weighedByClass} from './lib/weights.ts'

const params = z.strictObject({
  penalty: z
    .enum(['l2', 'l1', 'elastic-net', 'none'])
    .default('l2')
    .describe(
      'What large weights cost. l2 keeps all weights small, l1 makes many of them exactly zero, elastic-net mixes the two.',
    ),
  C: z
    .number()
    .positive()
    .default(1)
    .describe(
      'How little the penalty counts, as in scikit-learn: smaller values mean a simpler model.',
    )
    .meta({sweep: {low: 1e-4, high: 1e4, scale: 'log'}}),
  l1Ratio: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe('For elastic-net: the part of l1 in the penalty.')
    .meta({sweep: {low: 0, high: 1}}),
  classWeights,
  maxIterations: z
    .int()
    .min(1)
    .max(100_000)
    .default(1000)
    .describe('Stop after this many iterations.'),
  tolerance: z
    .number()
    .positive()
    .default(1e-6)
    .describe('Stop when no slope of the mean loss is steeper, for features of unit spread.'),
})
type Params = z.output<typeof params>

export const logistic = defineModel<Params>({
  kind: 'logistic',
  version: 1,
  title: 'Logistic regression',
  doc: `Predicts a class by a weighted sum of the features: one sum for two classes, one for each class
(multinomial) for more. The intercept carries no penalty. The same optimum as scikit-learn's
LogisticRegression for the same \`C\`. Because the penalty treats all features alike, scale them before.
A good first model: quick, and its weights can be read. Rows that do not fit into memory are streamed from
disk, once for each step of the search.`,
  tasks: ['classification'],
  params,
  streams: true,
  fit: async (params, data, {signal, tell, log}) => {
    const {features} = data
    const classes = data.classes!.length
    // Two classes need one score: the other's is zero.
    const scores = classes === 2 ? 1 : classes
    const train = await weighedByClass(data.train, classes, params.classWeights)
    const {total, mean, deviation} = await moments(train, features.length)
    const {l1, l2} = penaltyOf(params, total)
    const scaled: Scaled = {total, mean, scale: deviation.map(s => Math.sqrt(s * s + 4 * l2))}
    const pace = pacer(signal)
    const found = await minimize(
      {
        size: scores * (features.length + 1),
        smooth: loss(train, scores, scaled, l2),
        l1: l1 > 0 ? l1Of(l1, scaled, scores) : undefined,
      },
      {
        maxIterations: params.maxIterations,
        tolerance: params.tolerance,
        step: (iteration, value) => {
          log(iteration, {loss: value})
          tell(progressOf(says`iteration ${iteration}`, {metrics: {loss: value}}))
          return pace()
        },
      },
    )
    const {coefficients, intercepts} = unscale(found.w, scaled, classes)
    const warnings = found.converged
      ? []
      : [
          says`logistic did not converge in ${found.iterations} iterations: raise maxIterations, or lower C`
            .said,
        ]
    return {
      lower: (graph, x) => {
        const centred = graph.op('Sub', [x, graph.constant('float32', scaled.mean)])
        const score = graph.op('Gemm', [
          centred,
          graph.constant('float32', coefficients, [features.length, classes]),
          graph.constant('float32', intercepts),
        ])
        return {probabilities: graph.op('Softmax', [score], {axis: {int: 1}})}
      },
      files: {
        'coefficients.json': json({
          classes: data.classes,
          features,
          centre: [...scaled.mean],
          weights: features.map((_, j) => [
            ...coefficients.subarray(j * classes, (j + 1) * classes),
          ]),
          intercepts: [...intercepts],
        }),
      },
      engine: 'float64',
      summary: {iterations: found.iterations, loss: found.value},
      warnings,
    }
  },
})

/**
 * What the search works on: u = w·scale, for features minus their mean. With the square root of the
 * curvature that loss and penalty have at most (a quarter of the variance, and λ), u is about as steep in
 * every direction. It is the same optimum, found in fewer steps.
 */
type Scaled = Pick<Moments, 'total' | 'mean'> & {scale: Float64Array}

// λ of ½λw² and of λ|w|, divided by the total weight as the loss is.
function penaltyOf({penalty, C, l1Ratio}: Params, total: number) {
  const ratio = {l2: 0, l1: 1, 'elastic-net': l1Ratio, none: 0}[penalty]
  const all = penalty === 'none' ? 0 : 1 / (C * total)
  return {l1: all * ratio, l2: all * (1 - ratio)}
}

// |w| costs λ/scale for each |u|. The intercepts, which come last, cost nothing.
function l1Of(l1: number, {scale}: Scaled, scores: number) {
  const width = scale.length
  return Float64Array.from({length: scores * (width + 1)}, (_, at) => {
    const j = at % (width + 1)
    return j === width ? 0 : l1 / scale[j]!
  })
}

/**
 * The mean loss plus ½λ‖w‖² and its gradient, by u. For each score, `u` holds the weights and then the
 * intercept at the mean of the features.
 */
function loss(train: Rows, scores: number, {total, mean, scale}: Scaled, l2: number) {
  const width = mean.length
  const block = width + 1
  const v = new Float64Array(scores * width)
  const shift = new Float64Array(scores)
  const z = new Float64Array(scores)
  return async (u: Float64Array, gradient: Float64Array): Promise<number> => {
    gradient.fill(0)
    let value = 0
    for (let k = 0; k < scores; k++) {
      shift[k] = u[k * block + width]!
      for (let j = 0; j < width; j++) {
        const w = u[k * block + j]! / scale[j]!
        v[k * width + j] = w
        shift[k]! -= w * mean[j]!
        value += 0.5 * l2 * w * w
      }
    }
    let sum = 0
    for await (const {x, y, rows, weights} of pieces(train))
      for (let i = 0; i < rows; i++) {
        const from = i * width
        for (let k = 0; k < scores; k++) {
          let s = shift[k]!
          for (let j = 0; j < width; j++) s += v[k * width + j]! * x[from + j]!
          z[k] = s
        }
        const weight = weights ? weights[i]! : 1
        sum += weight * rowLoss(z, y![i]!)
        // z now holds the slope of the row's loss by each score.
        for (let k = 0; k < scores; k++) {
          const slope = weight * z[k]!
          for (let j = 0; j < width; j++) gradient[k * block + j]! += slope * x[from + j]!
          gradient[k * block + width]! += slope
        }
      }
    for (let k = 0; k < scores; k++) {
      const slopes = gradient[k * block + width]!
      for (let j = 0; j < width; j++) {
        const centred = (gradient[k * block + j]! - slopes * mean[j]!) / total
        gradient[k * block + j] = (centred + l2 * v[k * width + j]!) / scale[j]!
      }
      gradient[k * block + width]! /= total
    }
    return value + sum / total
  }
}

// Cross-entropy of one row from its scores, which it replaces by p − [own class].
function rowLoss(z: Float64Array, own: number): number {
  if (z.length === 1) {
    const s = z[0]!
    const small = Math.exp(-Math.abs(s))
    z[0] = (s >= 0 ? 1 / (1 + small) : small / (1 + small)) - own
    return Math.log1p(small) + Math.max(s, 0) - own * s
  }
  let most = Number.NEGATIVE_INFINITY
  for (const s of z) most = Math.max(most, s)
  const score = z[own]!
  let sum = 0
  for (let k = 0; k < z.length; k++) sum += z[k] = Math.exp(z[k]! - most)
  for (let k = 0; k < z.length; k++) z[k]! /= sum
  z[own]! -= 1
  return Math.log(sum) + most - score
}

// Back to weights of the features as they are: [features, classes], for features minus their mean.
function unscale(u: Float64Array, {scale}: Scaled, classes: number) {
  const width = scale.length
  const coefficients = new Float64Array(width * classes)
  const intercepts = new Float64Array(classes)
  const first = classes === 2 ? 1 : 0
  for (let k = first; k < classes; k++) {
    const from = (k - first) * (width + 1)
    for (let j = 0; j < width; j++) coefficients[j * classes + k] = u[from + j]! / scale[j]!
    intercepts[k] = u[from + width]!
  }
  return {coefficients, intercepts}
}
