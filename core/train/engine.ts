// What fits a neural network's weights: the form of an engine, and which one is taken.
import {AppError} from '../error.ts'
import type {FitContext, TrainingData} from '../plugin.ts'
import type {Layers} from './tfjs.ts'
import {tfjsEngine} from './tfjs-engine.ts'

/** How a network is trained: everything but its layers and its rows. */
export type Recipe = {
  epochs: number
  batchSize: number
  optimizer: 'sgd' | 'adam' | 'adamw' | 'rmsprop'
  learningRate: number
  /** Of sgd. */
  momentum: number
  /** Of the layers' kernels: decoupled in adamw, ½λ‖W‖² in the loss of the others. */
  weightDecay: number
  /** How the learning rate goes on: as it is, or down to 0 along a cosine or a line. */
  schedule: 'constant' | 'cosine' | 'linear'
  /** Stop after so many epochs without a better loss, and go back to the best weights; 0: never. */
  patience: number
}

export type Trained = {
  epochs: number
  /** The epoch whose weights were kept. */
  bestEpoch: number
  /** What it ran on, such as `wasm`. */
  device: string
  /** The kept epoch's metrics. */
  metrics: Record<string, number>
}

export type Engine = {
  name: 'tfjs' | 'compiled'
  /** Why it cannot train this model here, if it cannot. */
  refuses: (model: Layers, recipe: Recipe) => Promise<string | undefined>
  /**
   * Changes the weights of `model` in place. Classification: `model` ends in a softmax; `data.train.y`
   * are class indices. Regression: one output. The loss is cross-entropy or squared error, weighted by
   * `data.*.weights`. Early stopping watches `data.validation`, or without one the training loss.
   * Throws `bad-data` when the loss is no number any more.
   */
  fit: (model: Layers, recipe: Recipe, data: TrainingData, context: FitContext) => Promise<Trained>
}

/** An engine that this version knows of but does not have, and why. */
export type Missing = {name: Engine['name']; missing: string}

/** From the one that is liked best. */
export const engines: readonly (Engine | Missing)[] = [
  {name: 'compiled', missing: 'it is not part of this version'},
  tfjsEngine,
]

/** The engine asked for, or for `auto` the first that can; and why it is that one. */
export async function chooseEngine(
  asked: 'auto' | Engine['name'],
  model: Layers,
  recipe: Recipe,
): Promise<{engine: Engine; why: string}> {
  const reasons: string[] = []
  for (const engine of engines) {
    if (asked !== 'auto' && engine.name !== asked) continue
    const reason = 'missing' in engine ? engine.missing : await engine.refuses(model, recipe)
    if (reason === undefined)
      return {
        engine: engine as Engine,
        why: asked === 'auto' ? reasons.join('; ') : 'it was asked for',
      }
    reasons.push(`no ${engine.name} engine: ${reason}`)
  }
  throw new AppError('not-available', reasons.join('; '), {
    hint: 'set `engine` to auto',
    where: 'engine',
  })
}
