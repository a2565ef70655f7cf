// Whether a network can fit into memory at all, told before anything of it is made.
import {AppError} from '../error.ts'
import {type Phrase, says} from '../words/says.ts'
import {optimizers} from './compiled/optimizers/index.ts'
import {inUnits} from './in-units.ts'
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
 * batch, four bytes a number; and `held` bytes of the rows.
 */
export function checkMemory(
  {weights, activations}: NetworkSize,
  {
    recipe,
    rows,
    held = 0,
    limit,
  }: {recipe: Recipe; rows: number; held?: number; limit: number | undefined},
) {
  if (limit === undefined) return
  const {batchSize, optimizer, ema} = recipe
  const vectors = 2 + optimizers[optimizer]!.slots(recipe).length + (ema > 0 ? 1 : 0)
  const batch = Math.min(batchSize, rows)
  const state = 4 * weights * vectors
  const values = 4 * activations * batch
  const all = state + values + held
  if (all <= limit * 2 ** 20) return
  const needed = says`the network needs at least ${inUnits(all)}, and the training may use ${inUnits(limit * 2 ** 20)}: ${inUnits(state)} for ${weights} weights with their gradient and what ${optimizer} remembers of each, ${inUnits(values)} for what the layers make of a batch of ${batch} rows`
  throw new AppError(
    'out-of-memory',
    held > 0 ? says`${needed}, ${inUnits(held)} for the rows in memory` : needed,
    {hint: says`${hintOf({state, values, held})}, or raise the memory limit in the settings`},
  )
}

function hintOf({state, values, held}: {state: number; values: number; held: number}): Phrase {
  if (held > Math.max(state, values)) return says`train on fewer rows or columns`
  return state > values
    ? says`choose smaller layers`
    : says`lower \`batchSize\`, choose smaller layers`
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
