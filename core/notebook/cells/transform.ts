// A step as a cell: applied to a table or to every part of a split.
import {join} from 'node:path'
import type {Session} from '../../data/session.ts'
import {type Relation, relationOf} from '../../data/sql.ts'
import {AppError} from '../../error.ts'
import type {Part, Transform} from '../../plugin.ts'
import type {Table} from '../../schema/table.ts'
import type {Applied, Recipe, SplitValue, TableValue, Value} from '../../schema/value.ts'
import {type Said, says} from '../../words/says.ts'
import {applyStep, resolveParams} from '../apply.ts'
import {type CellContext, type CellKind, defineCell, objectName} from '../cell-kind.ts'
import {begin, stored} from './sql.ts'

/** A query over queries is cheap to keep, until its text is not. */
const longest = 100_000

/** The cell kind of a step. */
export function transformCell(step: Transform): CellKind {
  const {min, max} = step.tables ?? {min: 1, max: 1}
  return defineCell({
    kind: step.kind,
    version: step.version,
    title: step.title,
    doc: step.doc,
    params: step.params,
    ports: {in: {min, max, accepts: ['table', 'split']}, out: 'same'},
    run: context => run(step, context),
  })
}

async function run(step: Transform, context: CellContext) {
  const {session, inputs, signal, cell, protect} = context
  const [first, ...others] = inputs.map(i => i.value)
  const more = others.map(value => {
    if (value.type === 'table') return value.table
    throw new AppError('wrong-port', says`${step.kind} takes a split first and tables after it`, {
      hint: says`name one part of the split, such as parts.train`,
    })
  })
  await session.mount(more.flatMap(t => t.objects))
  const extra = more.map(relationOf)
  const leaning: Said[] = []

  if (first?.type === 'table') {
    const params = resolveParams(step, context.params, first.table.columns, {protect, where: cell})
    await session.mount(first.table.objects)
    const {main, learned} = await applyStep(
      session,
      step,
      params,
      {main: relationOf(first.table), more: extra},
      {signal},
    )
    const table = await keep(step, context, main, [first.table, ...more], 'table', first.table.rows)
    if (step.learn) leaning.push(leakage)
    const value: TableValue = {
      type: 'table',
      table,
      recipe: extended(first.recipe, step, params, learned, first.table, table, more.length > 0),
    }
    return {value, rows: table.rows, warnings: leaning}
  }

  const split = first as SplitValue
  const params = resolveParams(step, context.params, split.parts.train.columns, {
    protect,
    where: cell,
  })
  const all = [split.parts, ...split.folds] as Partial<Record<Part, Table>>[]
  await session.mount(all.flatMap(parts => Object.values(parts).flatMap(t => t.objects)))
  const made: Partial<Record<Part, Table>>[] = []
  let learned: unknown
  for (const [i, parts] of all.entries()) {
    const relations = Object.fromEntries(
      Object.entries(parts).map(([part, table]) => [part, relationOf(table)]),
    ) as {train: Relation; validation?: Relation; test?: Relation}
    const applied = await applyStep(session, step, params, {main: relations, more: extra}, {signal})
    if (i === 0) learned = applied.learned
    const tables: Partial<Record<Part, Table>> = {}
    for (const [part, rows] of Object.entries(applied.main) as [Part, Relation][]) {
      const before = parts[part]!
      const file = i === 0 ? part : `fold-${i}-${part}`
      tables[part] = await keep(step, context, rows, [before, ...more], file, before.rows)
    }
    made.push(tables)
  }
  const [parts, ...folds] = made as [SplitValue['parts'], ...SplitValue['folds']]
  const value: SplitValue = {
    type: 'split',
    parts,
    folds,
    recipe: extended(
      split.recipe,
      step,
      params,
      learned,
      split.parts.train,
      parts.train,
      more.length > 0,
    ),
  }
  const rows = Object.values(parts).reduce((sum, t) => sum + t.rows, 0)
  return {value, rows, warnings: []}
}

const leakage =
  says`this step learns from every row, test rows among them, because it stands before the split; move the split above it`
    .said

/** A row-wise result stays a query over its input; any other is written. */
async function keep(
  step: Transform,
  {session, hash, folder, signal}: CellContext,
  result: Relation,
  inputs: Table[],
  name: string,
  rows: number,
): Promise<Table> {
  if (step.rows === 'map' && result.query.text.length < longest) {
    const objects = [...new Set(inputs.flatMap(t => t.objects))]
    return {sql: result.query.text, objects, columns: [...result.columns], rows}
  }
  const file = `${name}.parquet`
  const written = await session.write(result, join(folder, file), {signal})
  return stored(session as Session, folder, objectName(hash, file), written)
}

function extended(
  recipe: Recipe,
  step: Transform,
  params: unknown,
  learned: unknown,
  before: Table,
  table: Table,
  several: boolean,
): Recipe {
  // What came of several tables, or has other columns that serving cannot make (an aggregate, a pivot), is
  // raw again: a request has one row and no second table.
  const names = ({columns}: Table) => columns.map(c => c.name).join('\0')
  const reshaped = step.serves === 'training-only' && names(before) !== names(table)
  if (several || reshaped) return begin(table)
  const applied: Applied = {
    kind: step.kind,
    version: step.version,
    params: params as Record<string, unknown>,
    ...(learned === undefined ? {} : {learned: learned as Record<string, unknown>}),
  }
  return {...recipe, steps: [...recipe.steps, applied]}
}

/** Every table of a value, such as the parts and folds of a split. */
export function tablesOf(value: Value): Table[] {
  if (value.type === 'table') return [value.table]
  if (value.type !== 'split') return []
  return [value.parts, ...value.folds].flatMap(parts => Object.values(parts))
}
