// Every kind of model. Adding one is its file and its line here.
import type {Model} from '../plugin.ts'
import {logistic} from './logistic.ts'

const all = [logistic]

/** Models by kind. Parameters are checked by each model's own schema before `fit` sees them. */
export const models: Readonly<Record<string, Model>> = Object.fromEntries(
  all.map(model => [model.kind, model as unknown as Model]),
)
