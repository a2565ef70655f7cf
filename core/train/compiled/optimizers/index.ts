// Every optimizer that has a compiled form, by name.
import type {Optimizer} from '../optimizer.ts'
import {adam, adamw} from './adam.ts'
import {sgd} from './sgd.ts'

export const optimizers: Readonly<Record<string, Optimizer>> = Object.fromEntries(
  [adam, adamw, sgd].map(optimizer => [optimizer.name, optimizer]),
)
