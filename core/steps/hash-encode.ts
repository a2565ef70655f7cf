// Categories of any number into a fixed number of columns, by a hash of their text.
import {z} from 'zod'
import {id, join, sql} from '../data/sql.ts'
import {defineTransform} from '../plugin.ts'
import {columns} from '../schema/params.ts'
import {textOf} from './lib/categories.ts'
import {layout, unusedName} from './lib/layout.ts'
import {murmur, murmurIn} from './lib/murmur.ts'

const params = z.strictObject({
  columns: columns({accepts: ['category']}).describe('The category columns to encode.'),
  buckets: z
    .int()
    .min(2)
    .max(4096)
    .default(16)
    .describe('How many columns each becomes. More of them, and fewer categories share one.'),
})
type Params = z.output<typeof params>

export const hashEncode = defineTransform<Params>({
  kind: 'hash-encode',
  version: 1,
  title: 'Hash encode',
  doc: `Replaces each category column by columns of zeros and ones named \`<column>_hash_0\`, \`_1\`
and on: the text's hash (MurmurHash3, modulo the number of columns) tells which one is 1. Nothing is
learned, so no category is unseen, and different ones may share a column. Empty text is hashed like
any other; a missing value gives zeros everywhere.`,
  group: 'categories',
  params,
  serves: 'onnx',
  rows: 'map',
  plan: ({columns, buckets}, rows) => {
    const helpers = columns.map((_, i) => id(unusedName(`bucket_${i}`, rows)))
    const found = columns.map((name, i) => {
      const hash = murmur(textOf(name))
      return sql`((${hash} % ${buckets} + ${buckets}) % ${buckets}) as ${helpers[i]!}`
    })
    const instead = new Map(
      columns.map((name, i) => [
        name,
        namesOf(name, buckets).map((made, j) => ({
          name: made,
          value: sql`(${helpers[i]!} is not distinct from ${j})::tinyint`,
        })),
      ]),
    )
    return sql`select ${layout(rows, {instead})} from (select *, ${join(found)} from ${rows})`
  },
  onnx: ({columns, buckets}, frame) => {
    const {graph} = frame
    const each = graph.constant(
      'int64',
      Array.from({length: buckets}, (_, j) => j),
      [1, buckets],
    )
    for (const name of columns) {
      const hash = murmurIn(graph, frame.get(name))
      const bucket = graph.op('Mod', [hash, graph.constant('int64', [buckets])])
      const hit = graph.op('And', [
        graph.op('Equal', [bucket, each]),
        graph.op('Not', [frame.missing(name)]),
      ])
      frame.replace(name, namesOf(name, buckets), 'number', graph.cast(hit, 'float64'))
    }
  },
  examples: [
    {
      title: 'three buckets for any number of cities',
      params: {columns: ['city'], buckets: 3},
      rows: [{city: 'São Paulo'}, {city: 'Recife'}, {city: ''}, {city: null}],
      gives: [
        {city_hash_0: 0, city_hash_1: 0, city_hash_2: 1},
        {city_hash_0: 0, city_hash_1: 1, city_hash_2: 0},
        {city_hash_0: 1, city_hash_1: 0, city_hash_2: 0},
        {city_hash_0: 0, city_hash_1: 0, city_hash_2: 0},
      ],
    },
  ],
})

const namesOf = (column: string, buckets: number) =>
  Array.from({length: buckets}, (_, j) => `${column}_hash_${j}`)
