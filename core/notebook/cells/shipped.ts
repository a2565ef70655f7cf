// A model as it ships: its preparation and itself in one graph, and the signature that goes with it.
import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import type {Session} from '../../data/session.ts'
import type {Project} from '../../project.ts'
import type {Signature} from '../../schema/model.ts'
import type {ModelValue} from '../../schema/value.ts'
import {type Composed, compose} from '../../serving/compose.ts'
import {steps} from '../../steps/index.ts'

/** Composes a model with its preparation. */
export async function ship(
  project: Project,
  session: Session,
  model: ModelValue,
): Promise<{composed: Composed; signature: Signature}> {
  const composed = await compose({
    recipe: model.data.recipe,
    steps,
    features: model.features,
    modelOnnx: await readFile(join(project.store.objects, model.onnx)),
    target: model.target,
    describe: query => session.columns(query),
  })
  const {task, classes, target} = model
  return {composed, signature: {task, inputs: composed.inputs, classes, target}}
}
