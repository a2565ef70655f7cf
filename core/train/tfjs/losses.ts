// Every loss in TensorFlow.js's own ops: the gradient is what it derives from them.
import type * as Tf from '@tensorflow/tfjs'
import type {Recipe} from '../recipe.ts'
import type {Tensorflow} from './load.ts'

type Judged = {
  /** Of each row. */
  losses: Tf.Tensor1D
  /** Of a classifier: which rows were told rightly. */
  hits?: Tf.Tensor1D
}

/** What a network's `output` [rows, outputs] costs where the truth is `y`; of classifiers it is the logits. */
type Judge = (
  tf: Tensorflow,
  given: {output: Tf.Tensor2D; y: Tf.Tensor1D; recipe: Recipe},
) => Judged

export const judges: Readonly<Record<Recipe['loss'], Judge>> = {
  'cross-entropy': (tf, {output, y, recipe: {labelSmoothing: smooth}}) => {
    const classes = output.shape[1]
    const own = y.cast('int32')
    const truth = tf
      .oneHot(own, classes)
      .mul(1 - smooth)
      .add(smooth / classes)
    return {
      losses: output.logSumExp(1).sub(truth.mul(output).sum(1)) as Tf.Tensor1D,
      hits: output.argMax<Tf.Tensor1D>(1).equal(own),
    }
  },
  'binary-cross-entropy': (_, {output, y, recipe: {labelSmoothing: smooth}}) => {
    const logit = output.squeeze<Tf.Tensor1D>([1])
    const truth = y.mul(1 - smooth).add(smooth / 2)
    return {
      losses: logit.softplus().sub(logit.mul(truth)) as Tf.Tensor1D,
      hits: logit.greater(0).equal(y.greater(0.5)),
    }
  },
  'squared-error': each((_, error) => error.square()),
  'absolute-error': each((_, error) => error.abs()),
  huber: each((_, error, {delta}) => {
    const size = error.abs()
    const near = size.minimum(delta)
    return near.square().div(2).add(size.sub(near).mul(delta))
  }),
  quantile: each((tf, error, {quantile}) =>
    tf.maximum(error.mul(1 - quantile), error.mul(-quantile)),
  ),
  poisson: (tf, {output, y}) => {
    const log = output.add(tf.backend().epsilon()).log()
    return {losses: output.sub(log.mul(y.expandDims(1))).mean<Tf.Tensor1D>(1)}
  },
}

/** Losses of the error alone; several outputs count by their mean. */
function each(of: (tf: Tensorflow, error: Tf.Tensor, recipe: Recipe) => Tf.Tensor): Judge {
  return (tf, {output, y, recipe}) => ({
    losses: of(tf, output.sub(y.expandDims(1)), recipe).mean<Tf.Tensor1D>(1),
  })
}
