// How a network is trained: everything but its layers and its rows.

/** What a training may be told; whatever is left out takes its usual value. */
export type RecipeSpec = Partial<Recipe> & Pick<Recipe, 'loss'>

export type Recipe = {
  epochs: number
  batchSize: number
  loss:
    | 'cross-entropy'
    | 'binary-cross-entropy'
    | 'squared-error'
    | 'absolute-error'
    | 'huber'
    | 'poisson'
    | 'quantile'
  /** Of both cross-entropies: the part of the truth that is spread over all classes. */
  labelSmoothing: number
  /** Of huber: the error from which on it is counted linearly. */
  delta: number
  /** Of quantile: which one is learned, between 0 and 1. */
  quantile: number
  optimizer: 'sgd' | 'adam' | 'adamw' | 'rmsprop' | 'adagrad' | 'lion'
  learningRate: number
  /** Of sgd. */
  momentum: number
  /** Of sgd: look ahead along the momentum. */
  nesterov: boolean
  /** Of adam, adamw and lion: how much of the running moments is kept. */
  beta1: number
  beta2: number
  /** Of rmsprop: how much of the running mean square is kept. */
  rho: number
  /** Keeps divisors of adam, adamw and rmsprop above zero. */
  epsilon: number
  /** Of the layers' kernels: decoupled in adamw and lion, ½λ‖W‖² in the loss of the others. */
  weightDecay: number
  /** Of the layers' kernels: λ‖W‖₁ in the loss. */
  l1: number
  /**
   * The most that a number of the gradient may be, up or down, and the longest that the whole of it may be
   * then; longer ones are shortened. 0: any. As in PyTorch the costs of weights come on top of that.
   */
  clipValue: number
  clipNorm: number
  /** The weights kept and measured are a running mean: how much of it a step keeps. 0: they are the last. */
  ema: number
  /** How the learning rate goes on: see `schedule.ts`. */
  schedule: 'constant' | 'step' | 'cosine' | 'linear' | 'one-cycle'
  /** The part of all steps, below 1, over which the learning rate rises; one-cycle takes 0.3 for 0. */
  warmup: number
  /** Of step: after how many epochs the rate falls, again and again, and to what part of itself. */
  stepEvery: number
  stepFactor: number
  /** Stop after so many epochs without a better loss, and go back to the best weights; 0: never. */
  patience: number
}

/** A complete recipe. The defaults are those of tfjs where it has them, of Lion those of its paper. */
export const toRecipe = (spec: RecipeSpec): Recipe => ({
  epochs: 100,
  batchSize: 32,
  labelSmoothing: 0,
  delta: 1,
  quantile: 0.5,
  optimizer: 'adam',
  learningRate: 0.001,
  momentum: 0,
  nesterov: false,
  beta1: 0.9,
  beta2: spec.optimizer === 'lion' ? 0.99 : 0.999,
  rho: 0.9,
  epsilon: 1e-7,
  weightDecay: 0,
  l1: 0,
  clipValue: 0,
  clipNorm: 0,
  ema: 0,
  schedule: 'constant',
  warmup: 0,
  stepEvery: 30,
  stepFactor: 0.1,
  patience: 0,
  ...spec,
})

/**
 * How much of the running mean of the weights step `t`, from 1, keeps: less at first, so that the weights
 * that the training began with do not linger (as TensorFlow's ExponentialMovingAverage does with `num_updates`).
 */
export const averageKeeps = ({ema}: Recipe, t: number): number => Math.min(ema, (1 + t) / (10 + t))
