// An `evaluate` cell: the graph that ships, on rows that training never saw.
import {join} from 'node:path'
import {z} from 'zod'
import {type MatrixSpec, readTargets} from '../../data/matrix.ts'
import type {Session} from '../../data/session.ts'
import {id, raw, relationOf, sql} from '../../data/sql.ts'
import {AppError} from '../../error.ts'
import {evaluate} from '../../evaluate/index.ts'
import {openModel} from '../../onnx/predict.ts'
import type {Table} from '../../schema/table.ts'
import type {ModelValue, SplitValue} from '../../schema/value.ts'
import {type Said, says} from '../../words/says.ts'
import {defineCell} from '../cell-kind.ts'
import {score} from '../score.ts'

const params = z.strictObject({
  slices: z
    .array(z.string())
    .default([])
    .describe('Columns whose values are also evaluated one by one'),
  seed: z.number().int().min(0).max(4294967295).default(1).describe('Of the bootstrap'),
})

export const evaluateCell = defineCell<z.infer<typeof params>>({
  kind: 'evaluate',
  version: 1,
  title: 'Evaluate',
  doc: 'Metrics with intervals, curves and slices, on the test part (or the validation part, or the folds where there is no other).',
  params,
  ports: {in: {min: 1, max: 1, accepts: ['model']}, out: 'report'},
  async run({project, session, runs, inputs, params, cell, signal, tell}) {
    const model = inputs[0]!.value
    if (model.type !== 'model')
      throw new AppError('wrong-port', says`only a model can be evaluated`)
    const {objects} = project.store
    const {parts, folds, recipe} = model.data
    await session.mount(tables(model.data).flatMap(t => t.objects))
    await session.mount(recipe.rows.objects)
    const spec: MatrixSpec = {
      features: model.features,
      target: model.target,
      task: model.task,
      classes: model.classes,
    }
    const [part, table] = held(parts)
    const warnings: Said[] = part === 'train' ? [seenBefore] : []
    const clusters = model.task === 'clustering'
    const onnx = await openModel(join(objects, model.onnx))
    try {
      const {rows, x, y, outputs} = await score(onnx, session, relationOf(table), spec, {
        signal,
        tell,
        features: clusters,
      })
      const trainY =
        part === 'train' || clusters
          ? y
          : await readTargets(session, relationOf(parts.train), spec, {signal})
      const report = await evaluate(
        {
          task: model.task,
          title: onRows(model.kind, part).said,
          ...(x ? {x: {values: x, features: x.length / rows}} : {}),
          y,
          classes: model.classes,
          outputs,
          trainY,
          slices: await slicesOf(session, table, params.slices, model, rows, warnings),
          folds: await foldOutputs(session, model, folds, spec, objects, signal),
          seed: params.seed,
        },
        {signal, tell},
      )
      report.warnings.push(...warnings)
      await runs.addReport(model.run, cell, report)
      return {value: {type: 'report', report, model}, rows, warnings: report.warnings}
    } finally {
      await onnx.release()
    }
  },
})

const seenBefore =
  says`there is no test or validation part, so these figures are of the rows that the model was trained on`
    .said

const onRows = (kind: string, part: string) =>
  part === 'test'
    ? says`${kind} on the test rows`
    : part === 'validation'
      ? says`${kind} on the validation rows`
      : says`${kind} on the training rows`

const tables = ({parts, folds}: SplitValue) => [parts, ...folds].flatMap(p => Object.values(p))

/** The part that training has seen least of. */
export function held(parts: SplitValue['parts']): [keyof SplitValue['parts'], Table] {
  for (const name of ['test', 'validation'] as const) {
    const table = parts[name]
    if (table && table.rows > 0) return [name, table]
  }
  return ['train', parts.train]
}

/** The values of each slicing column, row by row. Rows that the matrix left out cannot be sliced. */
async function slicesOf(
  session: Session,
  table: Table,
  columns: readonly string[],
  model: ModelValue,
  rows: number,
  warnings: Said[],
) {
  const slices = []
  for (const column of columns) {
    const found = sliceColumn(column, table)
    if (!found)
      throw new AppError('no-column', says`no column named "${column}" to slice by`, {
        hint: says`a slice is a column of the prepared table, or one that a one-hot step made columns of; keep another by listing the features of the model without it`,
      })
    const target = model.target === undefined ? sql`true` : sql`${id(model.target)} is not null`
    const values = await session.rows(
      sql`select ${found} as value from (${raw(table.sql)}) where ${target}`,
    )
    if (values.length === rows)
      slices.push({
        column,
        values: values.map(({value}) =>
          typeof value === 'number' || value === null ? value : String(value),
        ),
      })
    else warnings.push(says`"${column}" was not sliced: some rows could not be scored`.said)
  }
  return slices
}

/** The column itself, or the one-hot columns that it was turned into, put together again. */
function sliceColumn(column: string, table: Table) {
  const names = table.columns.map(c => c.name)
  if (names.includes(column)) return id(column)
  const made = names.filter(name => name.startsWith(`${column}_`))
  if (made.length === 0) return undefined
  const cases = made.map(name => sql`when ${id(name)} = 1 then ${name.slice(column.length + 1)}`)
  return raw(`case ${cases.map(c => c.text).join(' ')} end`)
}

async function foldOutputs(
  session: Session,
  model: ModelValue,
  folds: SplitValue['folds'],
  spec: MatrixSpec,
  objects: string,
  signal: AbortSignal,
) {
  const found = []
  for (const [i, {validation}] of folds.entries()) {
    const onnx = await openModel(join(objects, model.foldOnnx[i]!))
    try {
      const {y, outputs} = await score(onnx, session, relationOf(validation), spec, {signal})
      if (y) found.push({y, outputs})
    } finally {
      await onnx.release()
    }
  }
  return found
}
