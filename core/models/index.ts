// Every kind of model. Adding one is its file and its line here.
import type {Model} from '../plugin.ts'
import {cnn} from './cnn.ts'
import {kMeans} from './k-means.ts'
import {knn} from './knn.ts'
import {linear} from './linear.ts'
import {logistic} from './logistic.ts'
import {mlp} from './mlp.ts'
import {naiveBayes} from './naive-bayes.ts'

const all = [linear, logistic, mlp, cnn, knn, naiveBayes, kMeans]

/** Models by kind. Parameters are checked by each model's own schema before `fit` sees them. */
export const models: Readonly<Record<string, Model>> = Object.fromEntries(
  all.map(model => [model.kind, model as unknown as Model]),
)
