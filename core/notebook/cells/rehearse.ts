// A `rehearse` cell: the bundle served on this machine, asked, and timed.
import {join} from 'node:path'
import {z} from 'zod'
import {AppError} from '../../error.ts'
import {rehearse} from '../../serving/rehearse.ts'
import {says} from '../../words/says.ts'
import {defineCell} from '../cell-kind.ts'

export const rehearseCell = defineCell({
  kind: 'rehearse',
  version: 1,
  title: 'Rehearse',
  doc: 'Starts the bundle’s own server on this machine, sends it the golden rows, and tells latency and differences.',
  params: z.strictObject({}),
  ports: {in: {min: 1, max: 1, accepts: ['bundle']}, out: 'report'},
  fresh: true,
  async run({project, inputs, signal, tell}) {
    const bundle = inputs[0]!.value
    if (bundle.type !== 'bundle')
      throw new AppError('wrong-port', says`only a bundle can be rehearsed`)
    const report = await rehearse(join(project.store.objects, bundle.folder), {signal, tell})
    const rows = report.metrics.find(m => m.name === 'golden_rows')?.value
    return {value: {type: 'report', report}, rows, warnings: report.warnings}
  },
})
