// The rows behind a cell of a confusion matrix.
import {join} from 'node:path'
import {hasTarget, type MatrixSpec} from '../data/matrix.ts'
import {Memo} from '../data/memo.ts'
import {Session} from '../data/session.ts'
import {id, join as list, relationOf, type Sql, sql} from '../data/sql.ts'
import {AppError, didYouMean} from '../error.ts'
import {predictedLabels} from '../evaluate/confusion.ts'
import {openModel} from '../onnx/predict.ts'
import type {Project} from '../project.ts'
import type {RowsOf} from '../schema/report.ts'
import type {CellStatus} from '../schema/result.ts'
import type {Column, Table} from '../schema/table.ts'
import type {ModelValue} from '../schema/value.ts'
import {says} from '../words/says.ts'
import {held} from './cells/evaluate.ts'
import {freeOf} from './free-name.ts'
import {originOf} from './origin.ts'
import {score} from './score.ts'
import {freshCell, statusOf} from './status.ts'

/** Which rows: those of a class, those taken for one, or both. */
export type Which = {truth?: string | undefined; predicted?: string | undefined}
export type EvaluatedRows = {
  result: string
  columns: Column[]
  total: number
  rows: number
  arrow: Uint8Array
  /** Left out where the columns are those that the model got. */
  of?: RowsOf
}

/** Of each row that was evaluated, in order: its class, what it was taken for, and how sure the model was. */
type Predictions = {truth: Float32Array; predicted: Uint32Array; probability: Float32Array}

export class Evaluated {
  readonly #project: Project
  /** By the evaluation's hash. To predict again takes as long as the evaluation did, without its resampling. */
  readonly #predictions = new Memo<Predictions>(4)

  constructor(project: Project) {
    this.#project = project
  }

  /**
   * Some of the rows that an `evaluate` cell looked at, as they were before their features were made, with
   * `predicted` and `probability` beside their columns. They are predicted again by the model that was evaluated,
   * so they are the same.
   *
   * @throws AppError `unknown-name` for a cell or a class that is none, `bad-request` where the cell has no
   * result or its model gives no classes
   */
  async rows(
    {document, cell}: {document: string; cell: string},
    which: Which,
    {offset, limit}: {offset: number; limit: number},
    {signal}: {signal?: AbortSignal} = {},
  ): Promise<EvaluatedRows> {
    const {model, hash, prepared, origin} = await this.#found(document, cell)
    const classes = model.classes!
    const shown = origin?.table ?? prepared
    const session = await Session.open({folder: this.#project.folder})
    try {
      await session.mount([...new Set([...prepared.objects, ...shown.objects])])
      const spec: MatrixSpec = {...model, features: model.features}
      const made = await this.#predictions.get(hash, () => this.#predict(model, session, spec), {
        signal,
      })
      const [truth, predicted] = [which.truth, which.predicted].map(label =>
        indexOf(classes, label),
      )
      const found: number[] = []
      for (let i = 0; i < made.truth.length; i++)
        if (
          (truth === undefined || made.truth[i] === truth) &&
          (predicted === undefined || made.predicted[i] === predicted)
        )
          found.push(i)
      const page = found.slice(offset, offset + limit).map(row => ({
        row,
        truth: classes[made.truth[row]!]!,
        predicted: classes[made.predicted[row]!]!,
        probability: made.probability[row]!,
      }))
      const query = listed(page, shown, prepared, spec)
      const columns = await session.columns(query)
      const {toArrow} = await import('../data/to-arrow.ts')
      const {bytes, rows: count} = await toArrow(session, query, {signal})
      const of = origin && {table: origin.name, steps: origin.steps, reordered: origin.reordered}
      return {
        result: hash,
        columns,
        total: found.length,
        rows: count,
        arrow: bytes,
        ...(of && {of}),
      }
    } finally {
      session.close()
    }
  }

  async #found(document: string, cell: string) {
    const status = await statusOf(this.#project, document)
    const {model, hash} = modelOf(status.cells, cell, document)
    const [part, prepared] = held(model.data.parts)
    const trained = status.edges.find(({to}) => to === cell)?.from
    const origin = trained === undefined ? undefined : originOf(status, trained, part)
    return {model, hash, prepared, origin}
  }

  async #predict(model: ModelValue, session: Session, spec: MatrixSpec): Promise<Predictions> {
    const [, table] = held(model.data.parts)
    const onnx = await openModel(join(this.#project.store.objects, model.onnx))
    try {
      const width = model.classes!.length
      const {y, outputs} = await score(onnx, session, relationOf(table), spec)
      const probabilities = outputs.probabilities!
      const predicted = predictedLabels(probabilities, width)
      const probability = Float32Array.from(predicted, (k, i) => probabilities[i * width + k]!)
      return {truth: y!, predicted, probability}
    } finally {
      await onnx.release()
    }
  }
}

/** What an evaluation with classes was of. Throws as `rows` does. */
function modelOf(
  cells: readonly CellStatus[],
  cell: string,
  document: string,
): {model: ModelValue; hash: string} {
  const {value, hash} = freshCell(cells, cell, document).result
  if (value.type !== 'report' || !value.model?.classes)
    throw new AppError('bad-request', says`"${cell}" evaluates no classes`, {where: cell})
  return {model: value.model, hash}
}

type Listed = {row: number; truth: string; predicted: string; probability: number}

/**
 * Rows of `shown` by their number among those rows of `prepared` that have a target; both tables have the same rows
 * in the same order. The truth stands among them as the target's own column, or where there is none in one more.
 */
function listed(page: readonly Listed[], shown: Table, prepared: Table, spec: MatrixSpec): Sql {
  const rows = relationOf(prepared)
  const taken: {name: string}[] = [...shown.columns]
  const own = (name: string) => {
    const free = freeOf(taken, name)
    taken.push({name: free})
    return id(free)
  }
  const all = <T>(of: (one: Listed) => T) => page.map(of)
  const texts = (of: (one: Listed) => string) => sql`${all(of)}::varchar[]`
  const beside = [
    ...(taken.some(({name}) => name === spec.target)
      ? []
      : [{as: own(spec.target!), is: texts(one => one.truth)}]),
    {as: own('predicted'), is: texts(one => one.predicted)},
    {as: own('probability'), is: sql`${all(one => one.probability)}::float[]`},
  ]
  const [row, place] = [own('row'), own('place')]
  return sql`
    with judged as (
      select unnest(${all(one => one.row)}::bigint[]) as ${row},
        ${list(beside.map(({as, is}) => sql`unnest(${is}) as ${as}`))}),
    counted as (
      select ${place}, row_number() over () - 1 as ${row}
      from (select row_number() over () - 1 as ${place}, ${hasTarget(rows, spec)} as there from ${rows})
      where there)
    select shown.* exclude (${place}), ${list(beside.map(({as}) => sql`judged.${as}`))}
    from (select *, row_number() over () - 1 as ${place} from ${relationOf(shown)}) shown
    join counted using (${place}) join judged using (${row})
    order by judged.${row}`
}

function indexOf(classes: readonly string[], label: string | undefined): number | undefined {
  if (label === undefined) return undefined
  const at = classes.indexOf(label)
  if (at < 0)
    throw new AppError('unknown-name', says`there is no class "${label}"`, {
      hint: didYouMean(label, classes) ?? says`there are ${classes.slice(0, 20).join(', ')}`,
    })
  return at
}
