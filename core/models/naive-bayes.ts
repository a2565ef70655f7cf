// Gaussian naive Bayes: each feature normal within each class, and independent of the others there.
import {z} from 'zod'
import {AppError} from '../error.ts'
import {defineModel} from '../plugin.ts'
import {pieces, targets} from '../train/rows.ts'
import {says} from '../words/says.ts'
import {json} from './lib/json.ts'
import {moments} from './lib/moments.ts'

const params = z.strictObject({
  smoothing: z
    .number()
    .nonnegative()
    .default(1e-9)
    .describe(
      'Added to every variance, as a part of the largest variance of any feature; keeps a feature that is constant within a class from deciding alone.',
    )
    .meta({sweep: {low: 1e-12, high: 1, scale: 'log'}}),
})

export const naiveBayes = defineModel<z.output<typeof params>>({
  kind: 'naive-bayes',
  version: 1,
  title: 'Naive Bayes',
  doc: `Predicts a class from the mean and variance of each feature within each class (Gaussian naive
Bayes). Learns in one pass over the rows, so it is a quick baseline. Its probabilities lean to 0 and 1,
because it counts features that say the same as if they were independent. The same figures as scikit-learn's
GaussianNB. A class without training rows gets probability 0. Rows that do not fit into memory are streamed
from disk.`,
  tasks: ['classification'],
  params,
  streams: true,
  fit: async ({smoothing}, {train, features, classes}) => {
    const width = features.length
    const count = classes!.length
    const all = await moments(train, width)
    const totals = new Float64Array(count)
    const means = new Float64Array(count * width)
    const variances = new Float64Array(count * width)
    // From the overall mean, so that a large mean costs no digits.
    const each = async (
      use: (k: number, at: number, weight: number, value: number, j: number) => void,
    ) => {
      for await (const {x, y, rows, weights} of pieces(train))
        for (let i = 0; i < rows; i++) {
          const k = y![i]!
          for (let j = 0; j < width; j++)
            use(k, k * width + j, weights ? weights[i]! : 1, x[i * width + j]! - all.mean[j]!, j)
        }
    }
    for await (const {y, rows, weights} of targets(train))
      for (let i = 0; i < rows; i++) totals[y![i]!]! += weights ? weights[i]! : 1
    await each((k, at, weight, value) => {
      if (weight > 0) means[at]! += (weight * value) / totals[k]!
    })
    const overall = new Float64Array(width)
    await each((k, at, weight, value, j) => {
      if (weight > 0) variances[at]! += (weight * (value - means[at]!) ** 2) / totals[k]!
      overall[j]! += (weight * value ** 2) / all.total
    })
    const floor = smoothing * overall.reduce((most, v) => Math.max(most, v), 0)
    for (let at = 0; at < variances.length; at++) variances[at]! += floor
    const flat = variances.findIndex((v, at) => !(v > 0) && totals[Math.floor(at / width)]! > 0)
    if (flat >= 0)
      throw new AppError(
        'bad-data',
        says`"${features[flat % width]}" does not vary within the class "${classes![Math.floor(flat / width)]}"`,
        {hint: says`set \`smoothing\` above zero, or leave out features that are constant`},
      )

    // log p = log prior − ½Σ(log 2πσ² + (x − μ)²/σ²), as a quadratic of x: squares·x² + lines·x + constants.
    const squares = new Float64Array(width * count)
    const lines = new Float64Array(width * count)
    const constants = new Float64Array(count)
    for (let k = 0; k < count; k++) {
      if (totals[k] === 0) {
        constants[k] = -1e300
        continue
      }
      constants[k] = Math.log(totals[k]! / all.total)
      for (let j = 0; j < width; j++) {
        const [m, v] = [means[k * width + j]!, variances[k * width + j]!]
        squares[j * count + k] = -0.5 / v
        lines[j * count + k] = m / v
        constants[k]! -= 0.5 * (Math.log(2 * Math.PI * v) + m ** 2 / v)
      }
    }
    return {
      lower: (graph, x) => {
        const matrix = (data: Float64Array) => graph.constant('float64', data, [width, count])
        const centred = graph.op('Sub', [
          graph.cast(x, 'float64'),
          graph.constant('float64', all.mean),
        ])
        const square = graph.op('Mul', [centred, centred])
        const score = graph.op('Add', [
          graph.op('Add', [
            graph.op('MatMul', [square, matrix(squares)]),
            graph.op('MatMul', [centred, matrix(lines)]),
          ]),
          graph.constant('float64', constants),
        ])
        const probabilities = graph.op('Softmax', [score], {axis: {int: 1}})
        return {probabilities: graph.cast(probabilities, 'float32')}
      },
      files: {
        'classes.json': json({
          features,
          classes: classes!.map((label, k) => ({
            label,
            prior: totals[k]! / all.total,
            means: features.map((_, j) => means[k * width + j]! + all.mean[j]!),
            variances: [...variances.subarray(k * width, (k + 1) * width)],
          })),
        }),
      },
      engine: 'float64',
    }
  },
})
