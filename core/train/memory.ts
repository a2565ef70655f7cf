// Whether a network can fit into memory at all, told before anything of it is made.
import {AppError} from '../error.ts'
import {optimizers} from './compiled/optimizers/index.ts'
import type {Recipe} from './recipe.ts'
import type {Layers} from './tfjs/load.ts'

export type NetworkSize = {
  /** Weights of all layers. */
  weights: number
  /** Numbers that the layers give for one row. */
  activations: number
}

/**
 * Throws `out-of-memory` when the least that a training must hold is more than `limit` (MiB): weights, their
 * gradient, their running mean if the recipe has one and the optimizer's vectors, and each layer's values for a
 * batch; four bytes a number.
 */
export function checkMemory(
  {weights, activations}: NetworkSize,
  {recipe, rows, limit}: {recipe: Recipe; rows: number; limit: number | undefined},
) {
  if (limit === undefined) return
  const {batchSize, optimizer, ema} = recipe
  const vectors = 2 + optimizers[optimizer]!.slots(recipe).length + (ema > 0 ? 1 : 0)
  const batch = Math.min(batchSize, rows)
  const state = 4 * weights * vectors
  const values = 4 * activations * batch
  if (state + values <= limit * 2 ** 20) return
  const size = (bytes: number) =>
    bytes < 2 ** 30 ? `${Math.ceil(bytes / 2 ** 20)} MiB` : `${(bytes / 2 ** 30).toFixed(1)} GiB`
  throw new AppError(
    'out-of-memory',
    `the network needs at least ${size(state + values)}, and the training may use ${size(limit * 2 ** 20)}: ${size(state)} for ${weights.toLocaleString('en')} weights with their gradient and what ${optimizer} remembers of each, ${size(values)} for what the layers make of a batch of ${batch} rows`,
    {
      hint:
        state > values
          ? 'choose smaller layers, or raise the memory limit in the settings'
          : 'lower `batchSize`, choose smaller layers, or raise the memory limit in the settings',
    },
  )
}

/** The size of a model that exists. */
export const sizeOf = (model: Layers): NetworkSize => ({
  weights: model.countParams(),
  activations: model.layers
    .flatMap(layer => layer.inboundNodes.flatMap(node => node.outputShapes))
    .reduce((sum, shape) => sum + sizeOfShape(shape), 0),
})

const sizeOfShape = (shape: unknown): number =>
  Array.isArray(shape) && Array.isArray(shape[0])
    ? shape.reduce((sum, one) => sum + sizeOfShape(one), 0)
    : (shape as (number | null)[]).slice(1).reduce<number>((a, b) => a * (b ?? 1), 1)
