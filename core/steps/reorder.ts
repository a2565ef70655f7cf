import {z} from 'zod'
import {id, join, sql} from '../data/sql.ts'
import {defineTransform} from '../plugin.ts'
import {namedColumns} from './lib/columns.ts'

const others = (names: readonly string[], first: readonly string[]) =>
  names.filter(name => !first.includes(name))

export const reorder = defineTransform({
  kind: 'reorder',
  version: 1,
  title: 'Reorder columns',
  doc: 'Puts the columns named first, in the order named, or last; the others keep their order.',
  group: 'columns',
  params: z.strictObject({
    columns: namedColumns(),
    to: z.enum(['front', 'back']).default('front'),
  }),
  serves: 'onnx',
  rows: 'map',
  plan: (params, rows) =>
    sql`select ${join(
      ordered(
        params,
        rows.columns.map(c => c.name),
      ).map(c => id(c)),
    )} from ${rows}`,
  onnx: (params, frame) => frame.reorder(ordered(params, frame.names)),
  examples: [
    {
      params: {columns: ['species'], to: 'front'},
      rows: [{mass: 3750, sex: 'f', species: 'Adelie'}],
      gives: [{species: 'Adelie', mass: 3750, sex: 'f'}],
    },
    {
      title: 'the target last',
      params: {columns: ['species'], to: 'back'},
      rows: [{species: 'Adelie', mass: 3750, sex: 'f'}],
      gives: [{mass: 3750, sex: 'f', species: 'Adelie'}],
    },
  ],
})

function ordered(
  {columns, to}: {columns: string[]; to: 'front' | 'back'},
  names: readonly string[],
) {
  const rest = others(names, columns)
  return to === 'front' ? [...columns, ...rest] : [...rest, ...columns]
}
