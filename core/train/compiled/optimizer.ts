// What an optimizer is: the form of the files in `optimizers/`.
import type {Graph, Tensor} from '../../onnx/graph.ts'
import {averageKeeps, type Recipe} from '../recipe.ts'

export type Update = {
  /** All parameters in one vector, and the gradient in the same shape. */
  params: Tensor
  gradient: Tensor
  /** What the optimizer remembers of the steps before: vectors of the same shape. */
  slots: readonly Tensor[]
  /** What `perStep` gave for this step: scalars, or [trials, 1]. */
  step: readonly Tensor[]
  recipe: Recipe
}

export type Optimizer = {
  name: Recipe['optimizer']
  /** What each of its slots holds before the first step. */
  slots: (recipe: Recipe) => readonly number[]
  /** Whether weight decay shrinks the weights themselves instead of entering the gradient. */
  decoupled: boolean
  /** Numbers that change with the step `t`, from 1, computed in double precision. */
  perStep: (recipe: Recipe, rate: number, t: number) => readonly number[]
  /** The parameters after one step, and the slots. */
  update: (graph: Graph, given: Update) => {params: Tensor; slots: readonly Tensor[]}
}

/**
 * What the graph must know of step `t`, from 1: the learning rate, how much of the running mean of the
 * weights is kept (only if there is one), and what the optimizer asks for.
 */
export const stepNumbers = (
  recipe: Recipe,
  optimizer: Optimizer,
  rate: number,
  t: number,
): number[] => [
  rate,
  ...(recipe.ema > 0 ? [averageKeeps(recipe, t)] : []),
  ...optimizer.perStep(recipe, rate, t),
]
