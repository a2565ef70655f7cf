// A `register` cell: makes a version of the registry, with its evidence and its first card.
import {z} from 'zod'
import {AppError} from '../../error.ts'
import {firstCard} from '../../registry/card.ts'
import type {ModelVersion} from '../../schema/registry.ts'
import type {Report} from '../../schema/report.ts'
import type {ModelValue} from '../../schema/value.ts'
import {says} from '../../words/says.ts'
import {type CellContext, defineCell} from '../cell-kind.ts'
import {ship} from './shipped.ts'

type Params = z.infer<typeof params>
const params = z.strictObject({
  name: z.string().min(1).describe('Name of the model in the registry'),
  why: z.string().optional().describe('Why this version was made, for the audit log'),
})

export const registerCell = defineCell<Params>({
  kind: 'register',
  version: 1,
  title: 'Register',
  doc: 'Makes a version of the registry from a model, or from its evaluation with the figures. The same model again is the same version.',
  params,
  ports: {in: {min: 1, max: 1, accepts: ['report', 'model']}, out: 'version'},
  // Its stage and approvals are decided in the registry, not in the document.
  fresh: true,
  async run(context) {
    const given = context.inputs[0]!.value
    const report = given.type === 'report' ? given.report : undefined
    const model = given.type === 'report' ? given.model : given
    if (model?.type !== 'model')
      throw new AppError(
        'wrong-port',
        says`only a model, or the evaluation of one, can be registered`,
      )
    const {
      model: name,
      version,
      stage,
    } = (await standing(context, report)) ?? (await register(context, model, report))
    return {value: {type: 'version', name, version, stage, model, report}}
  },
})

/**
 * What this cell made before, if it stands as it was made. To see that takes no graph, which is most of the work.
 * Another way to compose a graph needs another version of this kind.
 */
async function standing(
  {project, registry, hash, lineage}: CellContext<Params>,
  report: Report | undefined,
): Promise<ModelVersion | undefined> {
  const before = (await project.store.get(hash))?.value
  if (before?.type !== 'version') return undefined
  return registry.standing(before.name, before.version, {lineage, metrics: report?.metrics ?? []})
}

async function register(
  {project, session, runs, registry, document, cell, params, lineage}: CellContext<Params>,
  model: ModelValue,
  report: Report | undefined,
): Promise<ModelVersion> {
  const {composed, signature} = await ship(project, session, model)
  const run = await runs.get(model.run)
  const {parts} = model.data
  const {version} = await registry.register({
    name: params.name,
    run: model.run,
    document,
    cell,
    kind: model.kind,
    data: run.data,
    lineage,
    signature,
    files: {'model.onnx': composed.onnx},
    metrics: report?.metrics ?? [],
    report,
    card: firstCard({
      name: params.name,
      run,
      signature,
      rows: Object.fromEntries(Object.entries(parts).map(([part, t]) => [part, t.rows])),
      report,
      project: project.manifest,
      now: Date.parse(run.created),
    }),
    why: params.why,
  })
  return version
}
