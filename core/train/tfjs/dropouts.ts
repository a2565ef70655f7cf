// The masks of tfjs's dropout layers, of the seed and the step alone.
import type * as Tf from '@tensorflow/tfjs'
import {mix} from '../random.ts'
import type {Layers} from './load.ts'

export type Dropouts = {
  /** Gives every layer the seed of its mask in step `t`. */
  reseed: (t: number) => void
  /** Puts the layers' own seeds back. */
  restore: () => void
}

/**
 * A dropout layer of tfjs draws the same mask for every batch when it has a seed, and cannot be repeated when
 * it has none. So each gets a new one in each step, and a training that is taken up again draws the same.
 */
export function dropoutsOf(model: Layers, seed: number): Dropouts {
  const layers = dropoutLayers(model)
  const own = layers.map(layer => layer.seed)
  return {
    reseed: t => {
      for (const [i, layer] of layers.entries()) layer.seed = mix(mix(seed, t), i)
    },
    restore: () => {
      for (const [i, layer] of layers.entries()) layer.seed = own[i]
    },
  }
}

type Dropout = Tf.layers.Layer & {seed: number | undefined}

const dropoutLayers = (model: Layers): Dropout[] =>
  model.layers.flatMap(layer => {
    if ('layers' in layer) return dropoutLayers(layer as Layers)
    return layer.getClassName() === 'Dropout' ? [layer as Dropout] : []
  })
