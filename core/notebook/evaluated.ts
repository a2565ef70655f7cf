// The rows behind a cell of a confusion matrix.
import {join} from 'node:path'
import {hasTarget, type MatrixSpec} from '../data/matrix.ts'
import {Memo} from '../data/memo.ts'
import {Session} from '../data/session.ts'
import {id, relationOf, sql} from '../data/sql.ts'
import {AppError, didYouMean} from '../error.ts'
import {predictedLabels} from '../evaluate/confusion.ts'
import {openModel} from '../onnx/predict.ts'
import type {Project} from '../project.ts'
import type {Column} from '../schema/table.ts'
import type {ModelValue} from '../schema/value.ts'
import {says} from '../words/says.ts'
import {held} from './cells/evaluate.ts'
import {freeOf} from './free-name.ts'
import {score} from './score.ts'
import {statusOf} from './status.ts'

/** Which rows: those of a class, those taken for one, or both. */
export type Which = {truth?: string | undefined; predicted?: string | undefined}
export type EvaluatedRows = {
  result: string
  columns: Column[]
  total: number
  rows: number
  arrow: Uint8Array
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
   * Some of the rows that an `evaluate` cell looked at, with `predicted` and `probability` beside the columns of
   * the prepared table. They are predicted again by the model that was evaluated, so they are the same.
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
    const {model, hash} = await this.#model(document, cell)
    const classes = model.classes!
    const [, table] = held(model.data.parts)
    const session = await Session.open({folder: this.#project.folder})
    try {
      await session.mount(table.objects)
      const rows = relationOf(table)
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
      const page = found.slice(offset, offset + limit)
      const [row, as, sure] = ['row', 'predicted', 'probability'].map(name =>
        id(freeOf(table.columns, name)),
      )
      const query = sql`
        select evaluated.* exclude (${row!}), shown.${as!}, shown.${sure!}
        from (
          select row_number() over () - 1 as ${row!}, * from ${rows} where ${hasTarget(rows, spec)}
        ) evaluated
        join (
          select unnest(${page}::bigint[]) as ${row!},
            unnest(${page.map(i => classes[made.predicted[i]!]!)}::varchar[]) as ${as!},
            unnest(${page.map(i => made.probability[i]!)}::float[]) as ${sure!}
        ) shown using (${row!})
        order by ${row!}`
      const columns = await session.columns(query)
      const {toArrow} = await import('../data/to-arrow.ts')
      const {bytes, rows: count} = await toArrow(session, query, {signal})
      return {result: hash, columns, total: found.length, rows: count, arrow: bytes}
    } finally {
      session.close()
    }
  }

  async #model(document: string, cell: string): Promise<{model: ModelValue; hash: string}> {
    const {cells} = await statusOf(this.#project, document)
    const found = cells.find(status => status.cell === cell)
    if (!found)
      throw new AppError('unknown-name', says`no cell named "${cell}"`, {
        hint: didYouMean(
          cell,
          cells.map(status => status.cell),
        ),
      })
    if (found.state !== 'fresh')
      throw new AppError('bad-request', says`the cell "${cell}" has no result yet`, {
        hint: says`run it`,
      })
    const {value, hash} = found.result
    if (value.type !== 'report' || !value.model?.classes)
      throw new AppError('bad-request', says`"${cell}" evaluates no classes`, {where: cell})
    return {model: value.model, hash}
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

function indexOf(classes: readonly string[], label: string | undefined): number | undefined {
  if (label === undefined) return undefined
  const at = classes.indexOf(label)
  if (at < 0)
    throw new AppError('unknown-name', says`there is no class "${label}"`, {
      hint: didYouMean(label, classes) ?? says`there are ${classes.slice(0, 20).join(', ')}`,
    })
  return at
}
