// All weights of a model in two vectors: those that learn, and those that only move along.
import type * as Tf from '@tensorflow/tfjs'
import type {Layers, Tensorflow} from './tfjs/load.ts'

/** A layer's variable, as far as it matters here; the types of tfjs keep most of it to themselves. */
export type Weight = {
  readonly id: number
  readonly originalName: string
  readonly shape: readonly number[]
  read: () => Tf.Tensor
  write: (value: Tf.Tensor) => unknown
}

/** Where each weight lies in its vector. */
export type Vector = {
  readonly size: number
  readonly slots: readonly {weight: Weight; at: number; size: number}[]
}

/** What the optimizer moves, and what it leaves alone, such as running statistics. */
export type Weights = {learned: Vector; kept: Vector}

export const weightsOf = (model: Layers): Weights => ({
  learned: vector(model.trainableWeights as unknown as Weight[]),
  kept: vector(model.nonTrainableWeights as unknown as Weight[]),
})

function vector(weights: readonly Weight[]): Vector {
  let size = 0
  const slots = weights.map(weight => {
    const slot = {weight, at: size, size: weight.shape.reduce((a, b) => a * b, 1)}
    size += slot.size
    return slot
  })
  return {size, slots}
}

/** The weights of the model as they are now. */
export function readVector({size, slots}: Vector): Float32Array {
  const values = new Float32Array(size)
  for (const {weight, at} of slots) values.set(weight.read().dataSync(), at)
  return values
}

/** Puts such a vector into the model. */
export function writeVector(tf: Tensorflow, {slots}: Vector, values: Float32Array): void {
  tf.tidy(() => {
    for (const {weight, at, size} of slots)
      weight.write(tf.tensor(values.slice(at, at + size), [...weight.shape]))
  })
}

/** Whether weight decay pulls at it: at kernels, not at biases or scales. */
export const decays = ({originalName}: Weight): boolean => originalName.endsWith('kernel')

/** 1 where weight decay pulls and 0 elsewhere. */
export function decayMask({size, slots}: Vector): Float32Array {
  const mask = new Float32Array(size)
  for (const {weight, at, size} of slots) if (decays(weight)) mask.fill(1, at, at + size)
  return mask
}
