// What a compiled training is fed: rows, steps and masks as tensors.
import type {Tensor as OrtTensor, TypedTensor} from 'onnxruntime-node'
import type {Matrix} from '../../plugin.ts'
import {mix, random} from '../random.ts'
import type {Recipe} from '../recipe.ts'
import type {Steps} from '../stepper.ts'
import {drawBanks} from './masks.ts'
import {stepNumbers} from './optimizer.ts'
import {optimizers} from './optimizers/index.ts'
import type {Program} from './program.ts'

export type FeedOptions = {recipe: Recipe; seed: number; features: number; weighted: boolean}
export type Feeds = Record<string, OrtTensor>

/** Makes the tensors of a program's inputs. They share the memory of the arrays that they are made of. */
export async function feeder(
  {masks}: Pick<Program, 'masks'>,
  {recipe, seed, features, weighted}: FeedOptions,
) {
  const {Tensor} = await import('onnxruntime-node')
  const optimizer = optimizers[recipe.optimizer]!
  const wide = stepNumbers(recipe, optimizer, 0, 1).length
  const dropouts = masks.reads.length
  const banks = drawBanks(masks, seed)
  const empty = new Int32Array(0)
  return {
    float32,
    int64: (value: number) => new Tensor('int64', BigInt64Array.of(BigInt(value)), []),

    /** Vectors by name. */
    vectors: (all: Record<string, Float32Array>): Feeds =>
      Object.fromEntries(Object.entries(all).map(([name, values]) => [name, float32(values)])),

    /** Rows of a matrix; `prefix` is `v` for those to measure on. */
    rows: (prefix: '' | 'v', {rows, x, y, weights}: Matrix): Feeds => ({
      [`${prefix}x`]: float32(x, [rows, features]),
      [`${prefix}y`]: float32(y!),
      ...(weighted ? {[`${prefix}w`]: float32(weights ?? new Float32Array(rows).fill(1))} : {}),
    }),

    /** The masks' banks, the same for all steps. */
    banks: (): Feeds => Object.fromEntries(banks.map((bank, i) => [`bank_${i}`, float32(bank)])),

    /** Steps of a training, their numbers and the places of their masks. */
    steps({
      order,
      ranges,
      first,
      rates,
    }: Pick<Steps, 'order' | 'ranges' | 'first' | 'rates'>): Feeds {
      const k = rates.length
      const steps = new Float32Array(k * wide)
      for (let i = 0; i < k; i++)
        steps.set(stepNumbers(recipe, optimizer, rates[i]!, first + i), i * wide)
      return {
        order: new Tensor('int32', order, [order.length]),
        ranges: pairs(ranges),
        steps: float32(steps, [k, wide]),
        ...(dropouts > 0 ? {offsets: offsets(first, k)} : {}),
      }
    },

    noSteps(): Feeds {
      return this.steps({order: empty, ranges: empty, first: 1, rates: new Float64Array(0)})
    },

    /** The rows `from … to` of each block. */
    pairs,
  }

  // Of the seed and the step alone, so that a training that is taken up again draws the same masks.
  function offsets(first: number, k: number): OrtTensor {
    const drawn = new BigInt64Array(k * dropouts)
    for (let i = 0, at = 0; i < k; i++) {
      const {below} = random(mix(seed, first + i))
      for (const {bank, most} of masks.reads)
        drawn[at++] = BigInt(below(banks[bank]!.length - most))
    }
    return new Tensor('int64', drawn, [k, dropouts])
  }

  function pairs(ranges: Int32Array): OrtTensor {
    return new Tensor('int64', BigInt64Array.from(ranges, BigInt), [ranges.length / 2, 2])
  }

  function float32(values: Float32Array, dims: number[] = [values.length]): TypedTensor<'float32'> {
    return new Tensor('float32', values, dims)
  }
}

/** One row of zeros, for a program whose loop does not look at it. */
export const nothing = (features: number, weighted: boolean): Matrix => ({
  rows: 1,
  x: new Float32Array(features),
  y: new Float32Array(1),
  ...(weighted ? {weights: new Float32Array(1)} : {}),
})
