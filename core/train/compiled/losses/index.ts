// Every loss that has a compiled form, by name.
import type {Loss} from '../loss.ts'
import {absoluteError} from './absolute-error.ts'
import {binaryCrossEntropy} from './binary-cross-entropy.ts'
import {crossEntropy} from './cross-entropy.ts'
import {huber} from './huber.ts'
import {poisson} from './poisson.ts'
import {quantile} from './quantile.ts'
import {squaredError} from './squared-error.ts'

const all = [
  crossEntropy,
  binaryCrossEntropy,
  squaredError,
  absoluteError,
  huber,
  poisson,
  quantile,
]

export const losses: Readonly<Record<string, Loss>> = Object.fromEntries(
  all.map(loss => [loss.name, loss]),
)
