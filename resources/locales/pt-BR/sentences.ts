// What the host says, in Portuguese: by the English sentence as it stands in the code, with the places of its values.
import {data} from './sentences/data.ts'
import {document} from './sentences/document.ts'
import {evaluation} from './sentences/evaluation.ts'
import {models} from './sentences/models.ts'
import {progress} from './sentences/progress.ts'
import {runs} from './sentences/runs.ts'
import {steps} from './sentences/steps.ts'
import {training} from './sentences/training.ts'

export const sentences: Readonly<Record<string, string>> = {
  ...document,
  ...data,
  ...steps,
  ...training,
  ...evaluation,
  ...runs,
  ...models,
  ...progress,
}
