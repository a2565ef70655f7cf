import {z} from 'zod'
import {id, join, sql} from '../data/sql.ts'
import {AppError, didYouMean} from '../error.ts'
import {defineTransform} from '../plugin.ts'
import {says} from '../words/says.ts'

export const rename = defineTransform({
  kind: 'rename',
  version: 1,
  title: 'Rename columns',
  doc: 'Gives columns new names; each stays in its place. Two columns may swap their names.',
  group: 'columns',
  params: z.strictObject({
    names: z
      .record(z.string(), z.string().min(1))
      .meta({title: 'Names', description: 'old name: new name'}),
  }),
  serves: 'onnx',
  rows: 'map',
  plan({names}, rows) {
    for (const old of Object.keys(names))
      if (!rows.columns.some(c => c.name === old))
        throw new AppError('no-column', says`no column named "${old}"`, {
          hint: didYouMean(
            old,
            rows.columns.map(c => c.name),
          ),
        })
    const list = rows.columns.map(({name}) =>
      Object.hasOwn(names, name) ? sql`${id(name)} as ${id(names[name]!)}` : id(name),
    )
    return sql`select ${join(list)} from ${rows}`
  },
  onnx: ({names}, frame) => frame.renameAll(names),
  examples: [
    {
      params: {names: {'Body Mass (g)': 'mass', a: 'b', b: 'a'}},
      rows: [{'Body Mass (g)': 3750, a: 1, b: 2}],
      gives: [{mass: 3750, b: 1, a: 2}],
    },
  ],
})
