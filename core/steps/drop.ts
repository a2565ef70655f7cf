import {z} from 'zod'
import {id, join, sql} from '../data/sql.ts'
import {AppError} from '../error.ts'
import {defineTransform} from '../plugin.ts'
import {says} from '../words/says.ts'
import {namedColumns} from './lib/columns.ts'

export const drop = defineTransform({
  kind: 'drop',
  version: 1,
  title: 'Drop columns',
  doc: 'Lets the columns named go and keeps all others in their order.',
  group: 'columns',
  params: z.strictObject({columns: namedColumns()}),
  serves: 'onnx',
  rows: 'map',
  plan({columns}, rows) {
    if (rows.columns.every(c => columns.includes(c.name)))
      throw new AppError('bad-params', says`this would drop every column`, {
        hint: says`keep at least one`,
      })
    return sql`select * exclude (${join(columns.map(c => id(c)))}) from ${rows}`
  },
  onnx({columns}, frame) {
    for (const name of columns) frame.delete(name)
  },
  examples: [
    {
      params: {columns: ['age']},
      rows: [{name: 'Ada', age: 36, height: 1.7}],
      gives: [{name: 'Ada', height: 1.7}],
    },
  ],
})
