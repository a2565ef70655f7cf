// Every optimizer that has a compiled form, by name.
import type {Optimizer} from '../optimizer.ts'
import {adagrad} from './adagrad.ts'
import {adam, adamw} from './adam.ts'
import {lion} from './lion.ts'
import {rmsprop} from './rmsprop.ts'
import {sgd} from './sgd.ts'

export const optimizers: Readonly<Record<string, Optimizer>> = Object.fromEntries(
  [sgd, adam, adamw, rmsprop, adagrad, lion].map(optimizer => [optimizer.name, optimizer]),
)
