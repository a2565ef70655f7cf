import {z} from 'zod'
import {id, join, sql} from '../data/sql.ts'
import {defineTransform} from '../plugin.ts'
import {namedColumns} from './lib/columns.ts'

export const select = defineTransform({
  kind: 'select',
  version: 1,
  title: 'Keep columns',
  doc: 'Keeps the columns named, in the order named, and lets the others go.',
  group: 'columns',
  params: z.strictObject({columns: namedColumns()}),
  serves: 'onnx',
  rows: 'map',
  plan: ({columns}, rows) => sql`select ${join(columns.map(c => id(c)))} from ${rows}`,
  onnx: ({columns}, frame) => frame.reorder(columns),
  examples: [
    {
      params: {columns: ['height', 'name']},
      rows: [{name: 'Ada', age: 36, height: 1.7}],
      gives: [{height: 1.7, name: 'Ada'}],
    },
  ],
})
