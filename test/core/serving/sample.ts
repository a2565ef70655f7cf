// A small model with its preparation, made by hand: what the tests of this room package and serve.
import {join} from 'node:path'
import {onTestFinished} from 'vitest'
import {z} from 'zod'
import {Session} from '../../../core/data/session.ts'
import {id, relation, sql} from '../../../core/data/sql.ts'
import {baseline} from '../../../core/monitor/baseline.ts'
import {Graph} from '../../../core/onnx/graph.ts'
import {openModel} from '../../../core/onnx/predict.ts'
import {defineTransform, type Row, type Transform} from '../../../core/plugin.ts'
import type {Column} from '../../../core/schema/table.ts'
import type {Applied, Recipe} from '../../../core/schema/value.ts'
import {writeBundle} from '../../../core/serving/bundle.ts'
import {compose} from '../../../core/serving/compose.ts'
import {goldenRows} from '../../../core/serving/golden-rows.ts'
import {temporaryFolder} from '../../support/folder.ts'

const named = z.object({column: z.string()})

/** Fills a number's gaps with what it learned. */
export const fill = defineTransform<{column: string}, {value: number}>({
  kind: 'fill',
  version: 1,
  title: 'Fill',
  doc: '',
  group: 'clean',
  params: named,
  serves: 'onnx',
  rows: 'map',
  plan: ({column}, rows, {value}) =>
    sql`select * replace (coalesce(${id(column)}::double, ${value}) as ${id(column)}) from ${rows}`,
  onnx: ({column}, frame, {value}) => {
    const graph = frame.graph
    const filled = graph.op('Where', [
      frame.missing(column),
      graph.constant('float64', value),
      frame.get(column),
    ])
    frame.set(column, 'number', filled)
  },
  examples: [{params: {column: 'a'}, rows: [], gives: []}],
})

/** 1 where a text is the one named, 0 where it is not or is missing. */
export const is = defineTransform<{column: string; value: string}>({
  kind: 'is',
  version: 1,
  title: 'Is',
  doc: '',
  group: 'categories',
  params: z.object({column: z.string(), value: z.string()}),
  serves: 'onnx',
  rows: 'map',
  plan: ({column, value}, rows) =>
    sql`select * replace (coalesce(${id(column)} = ${value}, false)::double as ${id(column)}) from ${rows}`,
  onnx: ({column, value}, frame) => {
    const graph = frame.graph
    const same = graph.op('Equal', [frame.get(column), graph.constant('string', value)])
    frame.set(column, 'number', graph.cast(same, 'float64'))
  },
  examples: [{params: {column: 'a', value: 'x'}, rows: [], gives: []}],
})

/** Something that only DuckDB does: the length of a text, in a new column. */
export const size = defineTransform<{column: string; as: string}>({
  kind: 'size',
  version: 1,
  title: 'Size',
  doc: '',
  group: 'text',
  params: z.object({column: z.string(), as: z.string()}),
  serves: 'sql',
  rows: 'map',
  plan: ({column, as}, rows) =>
    sql`select *, length(${id(column)})::double as ${id(as)} from ${rows}`,
  examples: [{params: {column: 'a', as: 'b'}, rows: [], gives: []}],
})

/** Drops rows; never part of serving. */
export const thin = defineTransform<{column: string}>({
  kind: 'thin',
  version: 1,
  title: 'Thin',
  doc: '',
  group: 'rows',
  params: named,
  serves: 'training-only',
  rows: 'rewrite',
  plan: ({column}, rows) => sql`select * from ${rows} where ${id(column)} > 0`,
  examples: [{params: {column: 'a'}, rows: [], gives: []}],
})

export const steps = Object.fromEntries(
  [fill, is, size, thin].map(step => [step.kind, step as unknown as Transform]),
)

export const raw: Column[] = [
  {name: 'island', type: 'VARCHAR', kind: 'category'},
  {name: 'mass (g)', type: 'BIGINT', kind: 'number'},
  {name: 'seen', type: 'DATE', kind: 'date'},
  {name: 'note', type: 'VARCHAR', kind: 'category'},
  {name: 'species', type: 'VARCHAR', kind: 'category'},
]

export const rows: Row[] = Array.from({length: 40}, (_, i) => ({
  island: ['Biscoe', 'Dream', "Tor'gersen"][i % 3],
  'mass (g)': i % 7 === 0 ? null : 3000 + i * 37,
  seen: `2007-11-${String((i % 28) + 1).padStart(2, '0')}`,
  note: 'x'.repeat(i % 5),
  species: i % 2 ? 'Adelie' : 'Gentoo',
}))

export const applied: Applied[] = [
  {kind: 'thin', version: 1, params: {column: 'mass (g)'}},
  {kind: 'fill', version: 1, params: {column: 'mass (g)'}, learned: {value: 3700.5}},
  {kind: 'is', version: 1, params: {column: 'island', value: 'Dream'}},
]

/** softmax(x · w), w [features, classes] row-major. */
export function linear(w: number[], features: number, classes: number): Uint8Array {
  const graph = new Graph()
  const x = graph.input('x', 'float32', ['rows', features])
  const z = graph.op('MatMul', [x, graph.constant('float32', w, [features, classes])])
  graph.output('probabilities', graph.op('Softmax', [z], {axis: 1}), ['rows', classes])
  return graph.bytes()
}

export const features = ['mass (g)', 'island']
export const classes = ['Adelie', 'Gentoo']

export async function openSession(): Promise<Session> {
  const session = await Session.open({folder: await temporaryFolder(), threads: 1})
  onTestFinished(() => session.close())
  return session
}

/** The raw rows as a relation of a session. */
export async function rawRows(session: Session, of: Row[] = rows) {
  const shape = Object.fromEntries(raw.map(c => [c.name, c.type]))
  const query = sql`select unnest(from_json(${JSON.stringify(of)}, ${JSON.stringify([shape])}), max_depth := 2)`
  await session.run(sql`create or replace table raw_rows as ${query}`)
  return relation(sql`select * from raw_rows`, raw)
}

type Options = {
  recipe?: Omit<Recipe, 'rows'>
  features?: string[]
  modelOnnx?: Uint8Array
}

/** A bundle in a temporary folder. */
export async function sampleBundle(options: Options = {}) {
  const {recipe = {raw, steps: applied}, features: wanted = features} = options
  const modelOnnx = options.modelOnnx ?? linear([0.0005, -0.0005, -2, 2], 2, 2)
  const session = await openSession()
  const from = await rawRows(session)
  const task = 'classification' as const
  const composed = await compose({
    recipe,
    steps,
    features: wanted,
    modelOnnx,
    target: 'species',
    describe: query => session.columns(query),
  })
  const model = await openModel(modelOnnx)
  const {golden, real} = await goldenRows({
    session,
    recipe,
    steps,
    features: wanted,
    rows: from,
    inputs: composed.inputs,
    task,
    classes,
    predict: model.predict,
  })
  await model.release()
  const folder = join(await temporaryFolder(), 'bundle')
  const spec = {
    name: 'penguins',
    version: 3,
    task,
    classes,
    target: 'species',
    composed,
    golden,
    baseline: await baseline(session, from, {columns: composed.inputs}),
    card: {markdown: '# Penguins\n', json: {name: 'penguins'}},
  }
  const signature = await writeBundle(spec, folder)
  return {folder, signature, composed, golden, real, session, from, spec}
}
