// A `drift` cell: new rows beside those that the model was trained on.
import {join} from 'node:path'
import {z} from 'zod'
import {relationOf} from '../../data/sql.ts'
import {AppError} from '../../error.ts'
import {drift} from '../../monitor/drift.ts'
import {driftReport} from '../../monitor/report.ts'
import {readBaseline} from '../../serving/bundle.ts'
import {says} from '../../words/says.ts'
import {defineCell} from '../cell-kind.ts'

const params = z.strictObject({
  alpha: z
    .number()
    .gt(0)
    .max(0.5)
    .default(0.01)
    .describe('How often an alarm may be false, over all features together'),
})

export const driftCell = defineCell<z.infer<typeof params>>({
  kind: 'drift',
  version: 1,
  title: 'Drift',
  doc: 'Compares the columns of new rows with the training rows of a bundle, by tests that know how many rows there are. Of free text it compares the length, in characters and in words.',
  params,
  ports: {in: {min: 2, max: 2, accepts: ['bundle', 'table']}, out: 'report'},
  fresh: true,
  async run({project, session, inputs, params, signal, tell}) {
    const [bundle, rows] = inputs.map(i => i.value)
    if (bundle?.type !== 'bundle' || rows?.type !== 'table')
      throw new AppError('wrong-port', says`drift takes a bundle and then a table`, {
        hint: says`such as from=bundle,new_rows`,
      })
    await session.mount(rows.table.objects)
    const baseline = await readBaseline(join(project.store.objects, bundle.folder))
    const spec = {rows: relationOf(rows.table), signal, tell}
    const report = driftReport(await drift(session, baseline, spec, {alpha: params.alpha}))
    return {value: {type: 'report', report}, rows: rows.table.rows, warnings: report.warnings}
  },
})
