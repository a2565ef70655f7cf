// A `package` cell: the bundle of a version, held to golden answers before anyone sees it.
import {join} from 'node:path'
import {z} from 'zod'
import {relationOf} from '../../data/sql.ts'
import {AppError} from '../../error.ts'
import {baseline} from '../../monitor/baseline.ts'
import {openModel} from '../../onnx/predict.ts'
import {cardMarkdown} from '../../registry/card-markdown.ts'
import {writeBundle} from '../../serving/bundle.ts'
import {checkGolden} from '../../serving/golden.ts'
import {goldenRows} from '../../serving/golden-rows.ts'
import {steps} from '../../steps/index.ts'
import {says} from '../../words/says.ts'
import {defineCell, objectName} from '../cell-kind.ts'
import {ship} from './shipped.ts'

const params = z.strictObject({
  golden: z
    .number()
    .int()
    .min(0)
    .max(1000)
    .default(24)
    .describe(
      'How many training rows the bundle carries and is held to, beside the awkward ones. 0 leaves them all out, and proves less.',
    ),
})

export const packageCell = defineCell<z.infer<typeof params>>({
  kind: 'package',
  version: 2,
  title: 'Package',
  doc: 'A folder that serves the model anywhere Node runs. It is started once and must give the answers that the model gave here.',
  params,
  ports: {in: {min: 1, max: 1, accepts: ['version']}, out: 'bundle'},
  async run({project, session, registry, inputs, params, folder, hash, signal, tell}) {
    const version = inputs[0]!.value
    if (version.type !== 'version')
      throw new AppError('wrong-port', says`only a version can be packaged`)
    const {name, model} = version
    const {recipe} = model.data
    const {composed} = await ship(project, session, model)
    await session.mount(recipe.rows.objects)
    const rows = relationOf(recipe.rows)
    const onnx = await openModel(join(project.store.objects, model.onnx))
    const {golden, real} = await goldenRows({
      session,
      rows,
      recipe,
      steps,
      features: model.features,
      inputs: composed.inputs,
      task: model.task,
      classes: model.classes,
      predict: (x, n, width) => onnx.predict(x, n, width),
      count: params.golden,
    }).finally(() => onnx.release())
    const registered = await registry.version(name, version.version)
    const card = await registry.card(registered)
    if (!card)
      throw new AppError('damaged', says`${name} ${version.version} has lost its card`, {
        hint: says`register the model again`,
      })
    const place = join(folder, 'bundle')
    await writeBundle(
      {
        name,
        version: version.version,
        task: model.task,
        classes: model.classes,
        target: model.target,
        composed,
        golden,
        baseline: await baseline(session, rows, {columns: composed.inputs, signal}),
        card: {markdown: cardMarkdown(card, {carried: real}), json: card},
      },
      place,
    )
    const check = await checkGolden(place, {signal, tell})
    return {
      value: {
        type: 'bundle',
        folder: objectName(hash, 'bundle'),
        name,
        version: version.version,
        golden: {rows: check.rows, real, mismatches: check.mismatches},
      },
    }
  },
})
