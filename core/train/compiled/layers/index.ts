// Every layer that has a compiled form, by its tfjs class name.
import type {Layer} from '../layer.ts'
import {activation} from './activation.ts'
import {batchNormalization} from './batch-normalization.ts'
import {dense} from './dense.ts'
import {dropout} from './dropout.ts'
import {flatten, reshape} from './reshape.ts'

export const layers: Readonly<Record<string, Layer>> = Object.fromEntries(
  [activation, batchNormalization, dense, dropout, flatten, reshape].map(layer => [
    layer.className,
    layer,
  ]),
)
