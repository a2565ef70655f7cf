// Every loss that has a compiled form, by name.
import type {Loss} from '../loss.ts'
import {crossEntropy} from './cross-entropy.ts'
import {squaredError} from './squared-error.ts'

export const losses: Readonly<Record<string, Loss>> = Object.fromEntries(
  [crossEntropy, squaredError].map(loss => [loss.name, loss]),
)
