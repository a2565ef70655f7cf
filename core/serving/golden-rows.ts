// Rows to hold a bundle to: some of the user's own, some as awkward as the signature allows, and the
// answers that the app itself gives, by DuckDB and the model's own graph.
import type {Session} from '../data/session.ts'
import {id, join, type Relation, type Sql, sql} from '../data/sql.ts'
import {pngUrl} from '../image/encode.ts'
import type {Outputs} from '../onnx/predict.ts'
import type {GoldenRow} from '../schema/bundle.ts'
import {imageShape} from '../schema/image.ts'
import type {Signature} from '../schema/model.ts'
import type {Column, ColumnKind} from '../schema/table.ts'
import {type Answer, answers} from './answer.ts'
import {type ComposeSpec, overRequest} from './compose.ts'
import type {Encoded} from './encode.ts'
import {decoded, flat, query} from './prepare.ts'
import {readRequest} from './request.ts'
import {finite} from './respond.ts'

export type GoldenSpec = Pick<ComposeSpec, 'recipe' | 'steps' | 'features'> & {
  session: Session
  /** Raw rows, such as the test part before any step; only `inputs` are read. */
  rows: Relation
  /** What a request must have: from `compose`. */
  inputs: readonly Column[]
  task: Signature['task']
  classes?: readonly string[] | undefined
  /** The model's own graph, features → outputs. */
  predict: (x: Float32Array, rows: number, features: number) => Promise<Outputs>
  /** How many of the user's rows; the awkward ones come on top. Without any, they are made of a made-up row. */
  count?: number
}

/** Golden rows and their answers, and how many of them are the user's own. The same rows are picked each time. */
export async function goldenRows({
  count = 24,
  ...spec
}: GoldenSpec): Promise<{golden: GoldenRow[]; real: number}> {
  const sample = await sampleRows(spec.session, spec.rows, spec.inputs, count)
  const whole = sample.length > 0 ? sample : [madeUp(spec.inputs)]
  const inputs = [...whole, ...awkward(whole[0]!, spec.inputs)]
  const given = await answerByApp(inputs, spec)
  // As a client will read them, so that both sides are compared in one form.
  const golden = JSON.parse(
    JSON.stringify(
      inputs.map((input, i) => ({input, answer: given[i]})),
      finite,
    ),
  )
  return {golden, real: sample.length}
}

/** Rows as requests carry them, picked by a hash of their values: spread out, and always the same. */
async function sampleRows(
  session: Session,
  rows: Relation,
  inputs: readonly Column[],
  count: number,
): Promise<Record<string, unknown>[]> {
  if (inputs.length === 0) return [{}]
  const names = join(inputs.map(c => id(c.name)))
  const values = join(inputs.map(toRequest))
  const found = await session.rows(
    sql`select ${values} from (select distinct ${names} from ${rows} order by hash(${names}), ${names} limit ${count})`,
  )
  for (const {name, type} of inputs) {
    const shape = imageShape(type)
    if (shape)
      for (const row of found)
        if (row[name] !== null) row[name] = pngUrl(Uint8Array.from(flat(row[name])), shape)
  }
  return found
}

/** A column as a request writes it: numbers as numbers, everything else but booleans and images as text. */
function toRequest({name, kind}: Column): Sql {
  if (kind === 'boolean' || kind === 'image') return id(name)
  return sql`${id(name)}::${kind === 'number' ? sql`double` : sql`varchar`} as ${id(name)}`
}

/** A row of nobody's: zeros and noes, and a text that training never saw. */
const madeUp = (inputs: readonly Column[]) =>
  Object.fromEntries(inputs.map(({name, kind}) => [name, nobodys[kind] ?? null]))

const unseenText = 'never seen in training 🐧'
const nobodys: Partial<Record<ColumnKind, unknown>> = {
  number: 0,
  boolean: false,
  category: unseenText,
}

/** Many columns make many cases; beyond this many, one awkward column more proves little. */
const most = 12

/** Every value missing, each value missing, and in each text column a value that training never saw. */
function awkward(row: Record<string, unknown>, inputs: readonly Column[]) {
  const nothing = Object.fromEntries(inputs.map(({name}) => [name, null]))
  const gaps = inputs.slice(0, most).map(({name}) => ({...row, [name]: null}))
  const unseen = inputs
    .filter(({kind}) => kind === 'category')
    .slice(0, most)
    .flatMap(({name}) => [
      {...row, [name]: unseenText},
      {...row, [name]: ''},
    ])
  return [nothing, ...gaps, ...unseen]
}

async function answerByApp(rows: Record<string, unknown>[], spec: GoldenSpec) {
  const {session, recipe, steps, inputs, features, predict} = spec
  const body = JSON.stringify(rows, finite)
  const batch = readRequest('application/json', body, {inputs, ignores: []})
  const describe = (q: Sql) => session.columns(q)
  const ready = await overRequest(recipe.steps, inputs, {recipe, steps, describe})
  const columns = features.map(name => ready.columns.find(c => c.name === name)!)
  const asked = query(ready.query.text, inputs, columns, batch)
  const found = await session.rows(asked)
  const encoded = columns.map(column =>
    decoded(
      column,
      found.map(row => row[column.name]),
    ),
  )
  const {x, width} = featuresOf(encoded, rows.length)
  const given = answers(spec, await predict(x, rows.length, width))
  // A row with a gap is outside what the model learned, whatever it says.
  const incomplete = (i: number) => x.subarray(i * width, (i + 1) * width).some(Number.isNaN)
  return given.map((answer, i): Answer => (incomplete(i) ? {prediction: null} : answer))
}

/** The features of each row side by side; the values of an image from 0 to 1. */
function featuresOf(columns: readonly Encoded[], rows: number): {x: Float32Array; width: number} {
  const [first] = columns
  if (first instanceof Float32Array)
    return {x: first.map(value => value / 255), width: first.length / rows}
  const width = columns.length
  const x = new Float32Array(rows * width)
  for (const [j, values] of columns.entries())
    for (const [i, value] of values.entries()) x[i * width + j] = Number(value)
  return {x, width}
}
