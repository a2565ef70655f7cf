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
  /** Of cross-entropy: the part of the truth that is spread over all classes. */
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
  /** Keeps divisors of adam, adamw, rmsprop and adagrad above zero. */
  epsilon: number
  /** Of the layers' kernels: decoupled in adamw and lion, ½λ‖W‖² in the loss of the others. */
  weightDecay: number
  /** Of the layers' kernels: λ‖W‖₁ in the loss. */
  l1: number
  /** The longest that the whole gradient may be; longer ones are shortened. 0: any. */
  clipNorm: number
  /** How the learning rate goes on. */
  schedule: 'constant' | 'cosine' | 'linear'
  /** Stop after so many epochs without a better loss, and go back to the best weights; 0: never. */
  patience: number
}

/** A complete recipe. The defaults are those of tfjs where it has them. */
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
  beta2: 0.999,
  epsilon: 1e-7,
  weightDecay: 0,
  l1: 0,
  clipNorm: 0,
  schedule: 'constant',
  patience: 0,
  ...spec,
})
