// TensorFlow.js's optimizers, with a memory that can be read and put back.
import type * as Tf from '@tensorflow/tfjs'
import type {Recipe} from '../recipe.ts'
import type {Tensorflow} from './load.ts'

export type Optimizer = {
  /** One step of all variables, in their order. */
  apply: (gradients: readonly Tf.Tensor[], rate: number) => void
  /** What it remembers of the steps before. */
  read: () => Float32Array[]
  write: (slots: readonly Float32Array[]) => void
  dispose: () => void
}

/** As far as they matter here: the types of tfjs keep all of it to themselves. */
type Inside = Tf.Optimizer & {
  learningRate: number
  setLearningRate?: (rate: number) => void
  c?: Tf.Tensor
} & Record<string, unknown>

type Kind = {
  make: (tf: Tensorflow, recipe: Recipe) => Tf.Optimizer
  /** Its fields that hold a variable for each of the model's, and what those begin with. */
  fields?: readonly string[]
  begin?: number
  /** Its fields that hold one number. */
  scalars?: readonly string[]
}

const adam: Kind = {
  make: (tf, {learningRate: rate, beta1, beta2, epsilon}) =>
    tf.train.adam(rate, beta1, beta2, epsilon),
  fields: ['accumulatedFirstMoment', 'accumulatedSecondMoment'],
  scalars: ['accBeta1', 'accBeta2'],
}

const kinds: Readonly<Record<Recipe['optimizer'] | 'momentum', Kind>> = {
  sgd: {make: (tf, {learningRate: rate}) => tf.train.sgd(rate)},
  momentum: {
    make: (tf, {learningRate: rate, momentum, nesterov}) =>
      tf.train.momentum(rate, momentum, nesterov),
    fields: ['accumulations'],
  },
  adam,
  // Its decay is not a part of the step.
  adamw: adam,
  rmsprop: {
    make: (tf, {learningRate: rate, rho, epsilon}) => tf.train.rmsprop(rate, rho, 0, epsilon),
    fields: ['accumulatedMeanSquares', 'accumulatedMoments'],
  },
  adagrad: {
    make: (tf, {learningRate: rate}) => tf.train.adagrad(rate, 0.1),
    fields: ['accumulatedGrads'],
    begin: 0.1,
  },
  lion: {make: (tf, recipe) => lion(tf, recipe), fields: ['momenta']},
}

/** Opens the recipe's optimizer for these variables. */
export function openOptimizer(
  tf: Tensorflow,
  recipe: Recipe,
  variables: readonly Tf.Variable[],
): Optimizer {
  const name = recipe.optimizer === 'sgd' && recipe.momentum > 0 ? 'momentum' : recipe.optimizer
  const {make, fields = [], begin = 0, scalars = []} = kinds[name]
  const inside = make(tf, recipe) as Inside
  // As it would make them itself in the first step.
  for (const field of fields)
    inside[field] = variables.map(v => ({
      originalName: `${v.name}/${field}`,
      variable: tf.tidy(() => tf.fill(v.shape, begin).variable(false)),
    }))
  const memory = [
    ...fields.map(field => (inside[field] as {variable: Tf.Variable}[]).map(m => m.variable)),
    ...(scalars.length > 0 ? [scalars.map(field => inside[field] as Tf.Variable)] : []),
  ]
  return {
    apply(gradients, rate) {
      if (inside.setLearningRate) inside.setLearningRate(rate)
      else inside.learningRate = rate
      inside.applyGradients(gradients.map((tensor, i) => ({name: variables[i]!.name, tensor})))
    },
    read: () => memory.map(joined),
    write: slots => {
      for (const [i, slot] of slots.entries()) assignAll(tf, memory[i]!, slot)
    },
    dispose() {
      inside.dispose()
      // Momentum forgets the rate that it inherits.
      if (name === 'momentum') inside.c!.dispose()
    },
  }
}

/** All of them in one vector. */
export function joined(variables: readonly Tf.Tensor[]): Float32Array {
  const all = new Float32Array(variables.reduce((sum, v) => sum + v.size, 0))
  let at = 0
  for (const variable of variables) {
    all.set(variable.dataSync(), at)
    at += variable.size
  }
  return all
}

/** Puts such a vector back. */
export function assignAll(tf: Tensorflow, variables: readonly Tf.Variable[], all: Float32Array) {
  let at = 0
  tf.tidy(() => {
    for (const variable of variables) {
      variable.assign(tf.tensor(all.slice(at, at + variable.size), variable.shape))
      at += variable.size
    }
  })
}

// Lion (Chen et al., 2023, algorithm 2), which tfjs lacks.
function lion(tf: Tensorflow, {learningRate, beta1, beta2}: Recipe): Tf.Optimizer {
  class Lion extends tf.Optimizer {
    learningRate = learningRate
    momenta: {variable: Tf.Variable}[] = []

    applyGradients(gradients: Tf.NamedTensorMap | {name: string; tensor: Tf.Tensor}[]) {
      tf.tidy(() => {
        for (const [i, {name, tensor}] of (
          gradients as {name: string; tensor: Tf.Tensor}[]
        ).entries()) {
          const value = tf.engine().registeredVariables[name]!
          const momentum = this.momenta[i]!.variable
          const between = (beta: number) => momentum.mul(beta).add(tensor.mul(1 - beta))
          value.assign(value.sub(between(beta1).sign().mul(this.learningRate)))
          momentum.assign(between(beta2))
        }
      })
    }

    override dispose() {
      tf.dispose(this.momenta.map(m => m.variable))
    }

    getConfig() {
      return {learningRate, beta1, beta2}
    }
  }
  return new Lion()
}
