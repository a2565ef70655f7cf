// One ONNX graph from raw columns to answers: the preparation's steps, then the model.
import {id, join, type Relation, raw, relation, type Sql, sql} from '../data/sql.ts'
import {AppError} from '../error.ts'
import {elemOf, Frame, widthOf} from '../onnx/frame.ts'
import {Graph, type Tensor} from '../onnx/graph.ts'
import {inline} from '../onnx/inline.ts'
import type {Column} from '../schema/table.ts'
import type {Applied, Recipe} from '../schema/value.ts'
import {says} from '../words/says.ts'
import {outputNames} from './answer.ts'
import {type Describe, isServed, replay, type Steps, stepOf} from './replay.ts'

export type ComposeSpec = {
  recipe: Omit<Recipe, 'rows'>
  steps: Steps
  /** The model's features, in its order, as columns of the prepared table. */
  features: readonly string[]
  /** `model.onnx`: float32 [rows, features] → outputs. */
  modelOnnx: Uint8Array
  target?: string | undefined
  /** Needed only where a step serves by SQL: `session.columns`. */
  describe?: Describe | undefined
}

export type Composed = {
  /** The whole model: one input [rows, 1] (an image: [rows, pixels]) for each of `graph`'s columns, in that order. */
  onnx: Uint8Array
  /** The raw columns that a request must have. */
  inputs: Column[]
  /** Raw columns that the training rows had and nothing needs: allowed in a request, and not read. */
  ignores: string[]
  /** What the graph takes: the inputs themselves, or what `prepare` makes of them. */
  graph: Column[]
  /** Where a step serves by SQL: the query, over a table `request` of the inputs, that gives `graph`. */
  prepare?: string
}

/**
 * A step that serves by SQL is replayed by DuckDB, and so is everything before it; the rest becomes ONNX. Where it
 * comes to give another graph for the same model, the cells `register` and `package` need a new version.
 * Errors: `wrong-type` for a needed raw column that a request cannot carry, `refused` where a feature is
 * made from the target.
 */
export async function compose(spec: ComposeSpec): Promise<Composed> {
  const {recipe, steps, target} = spec
  const last = recipe.steps.findLastIndex(step => stepOf(step, steps).serves === 'sql')
  const bySql = recipe.steps.slice(0, last + 1)
  const byGraph = recipe.steps.slice(last + 1)
  const prepare = bySql.length > 0 ? await prepared(bySql, spec) : undefined

  const {onnx, graph} = lower(byGraph, prepare?.full.columns ?? recipe.raw, spec)
  const inputs = prepare ? await prepare.inputs(graph) : graph
  refuseUnservable(inputs, target)
  const names = new Set(inputs.map(column => column.name))
  const ignores = recipe.raw.map(column => column.name).filter(name => !names.has(name))
  if (!prepare) return {onnx, inputs, ignores, graph}
  return {onnx, inputs, ignores, graph, prepare: await prepare.query(inputs, graph)}
}

/** Steps, features and model as one graph over `columns`; gives the columns that it turned out to need. */
function lower(
  applied: readonly Applied[],
  columns: readonly Column[],
  {steps, features, modelOnnx}: ComposeSpec,
) {
  const graph = new Graph()
  const frame = new Frame(graph)
  const inputs = columns.map(column => {
    const {name, kind} = column
    // Requests are fed by position, so a column whose name a graph cannot have still serves.
    const free = name !== '' && !outputNames.has(name)
    const tensor = graph.input(free ? name : graph.fresh('input'), elemOf(kind), [
      'rows',
      widthOf(column),
    ])
    frame.set(name, kind, tensor)
    return {column, tensor}
  })
  for (const one of applied) {
    const step = stepOf(one, steps)
    if (!isServed(step)) continue
    if (!step.onnx)
      throw new AppError('internal', says`the step "${one.kind}" has no form for a graph`)
    step.onnx(one.params, frame, one.learned)
  }
  for (const name of features)
    if (frame.get(name).elem === 'string')
      throw new AppError('wrong-type', says`the feature "${name}" is text`, {
        hint: says`encode it first, such as with one-hot`,
      })
  const x = featuresOf(frame, features)
  const unknown = anyMissing(graph, x)
  for (const [name, tensor] of Object.entries(inline(graph, modelOnnx, [x])))
    graph.output(name, withoutAnswer(graph, unknown, tensor), tensor.shape)
  const kept = new Set(graph.prune())
  const taken = inputs.filter(({tensor}) => kept.has(tensor.name)).map(({column}) => column)
  return {onnx: graph.bytes(), graph: taken}
}

/** float32 [rows, features]; the values of an image go from 0 to 1, as in training. */
function featuresOf(frame: Frame, features: readonly string[]): Tensor {
  const {graph} = frame
  const x = graph.cast(frame.block(features), 'float32')
  if (features.length !== 1 || frame.kind(features[0]!) !== 'image') return x
  return graph.op('Div', [x, graph.constant('float32', 255)])
}

/** bool [rows, 1]: where a feature is missing. */
function anyMissing(graph: Graph, x: Tensor): Tensor {
  const nan = graph.cast(graph.op('IsNaN', [x]), 'int32')
  const any = graph.op('ReduceMax', [nan, graph.constant('int64', [1])], {keepdims: 1})
  return graph.cast(any, 'bool')
}

// Models are trained on rows without gaps. Given one, many would still say something: relu turns NaN into
// zero. So a row that is still incomplete after its preparation gets NaN, which the server reads as no answer.
const withoutAnswer = (graph: Graph, unknown: Tensor, output: Tensor): Tensor =>
  output.elem === 'float32'
    ? graph.op('Where', [unknown, graph.constant('float32', Number.NaN), output])
    : output

function refuseUnservable(inputs: readonly Column[], target: string | undefined) {
  for (const {name, kind, type} of inputs) {
    if (name === target)
      throw new AppError('refused', says`a feature is made from the target "${name}"`, {
        hint: says`a request does not have the target; leave it out of the features`,
      })
    if (kind === 'other')
      throw new AppError(
        'wrong-type',
        says`the column "${name}" of type ${type} cannot be served`,
        {
          hint: says`cast it to a number, text or a date in a SQL cell first`,
        },
      )
  }
}

/** The part of a recipe that DuckDB replays, over a table called `request`. */
async function prepared(applied: readonly Applied[], spec: ComposeSpec) {
  const {recipe, target} = spec
  const servable = recipe.raw.filter(c => c.name !== target && c.kind !== 'other')
  const full = await overRequest(applied, servable, spec)
  return {
    full,
    /** The raw columns that may matter: those that the graph takes or a replayed step names. */
    inputs: async (graph: readonly Column[]) => {
      const said = JSON.stringify(applied).toLowerCase()
      const needs = new Set(graph.map(column => column.name))
      return servable.filter(
        c => needs.has(c.name) || said.includes(JSON.stringify(c.name).slice(1, -1).toLowerCase()),
      )
    },
    query: async (inputs: readonly Column[], graph: readonly Column[]): Promise<string> => {
      const {query} = await overRequest(applied, inputs, spec)
      return sql`select ${join(graph.map(c => id(c.name)))} from (${query})`.text
    },
  }
}

/**
 * The query that repeats the steps over a table `request` with these columns; the raw columns that a
 * request does not have are null.
 */
export async function overRequest(
  applied: readonly Applied[],
  inputs: readonly Column[],
  {recipe, steps, describe}: Pick<ComposeSpec, 'recipe' | 'steps' | 'describe'>,
): Promise<Relation> {
  if (!describe)
    throw new AppError('internal', says`a step serves by SQL and no session was given to plan it`)
  // While planning, the table `request` is an empty one of the right types.
  const empty = sql`select ${typedNulls(inputs)} where false`
  const planning: Describe = query => describe(sql`with request as (${empty}) ${query}`)
  const given = new Set(inputs.map(column => column.name))
  const all = recipe.raw.map(c => (given.has(c.name) ? id(c.name) : typedNull(c)))
  const rows = relation(sql`select ${join(all)} from request`, recipe.raw)
  return replay(applied, rows, {steps, describe: planning})
}

const typedNull = ({name, type}: Column): Sql => sql`null::${raw(type)} as ${id(name)}`
const typedNulls = (columns: readonly Column[]): Sql =>
  columns.length > 0 ? join(columns.map(typedNull)) : sql`1`
