// The rows of one fit: in memory where they fit, and otherwise on disk.
import {
  bytesOfRow,
  countOf,
  imageOf,
  type MatrixSpec,
  readMatrix,
  type SetAside,
  widthOf,
} from '../data/matrix.ts'
import {checkColumns} from '../data/matrix-check.ts'
import type {Session} from '../data/session.ts'
import {type Relation, raw} from '../data/sql.ts'
import {AppError} from '../error.ts'
import type {Rows, Task, TrainingData} from '../plugin.ts'
import {pixelNames} from '../schema/image.ts'
import type {TaskKind} from '../schema/model.ts'
import {type Phrase, says} from '../words/says.ts'
import type {Budget} from './budget.ts'
import {inUnits} from './in-units.ts'
import {writeSpool} from './spool.ts'

export type Query = {train: string; validation?: string}

export type ReadSpec = {
  /** What is fitted, whether it can stream, and which kinds can. */
  kind: string
  streams: boolean
  streaming: readonly string[]
  features: string[]
  target: string | undefined
  task: TaskKind
  classes: string[] | undefined
  weights: string | undefined
  seed: number
  budget: Budget
  /** Where rows lie that are streamed. */
  folder: string
}

export type Given = {
  data: TrainingData<Rows>
  setAside: {train: SetAside; validation: SetAside}
  /** That the rows are streamed, and why. */
  streamed?: Phrase
  close: () => Promise<void>
}

/**
 * Reads the rows of a fit. Throws `out-of-memory` where they are too many to be held and the model cannot stream
 * them, before any is read; and as `readMatrix` and `writeSpool` do.
 */
export async function readRows(
  session: Session,
  query: Query,
  spec: ReadSpec,
  task: Task,
): Promise<Given> {
  const {budget} = spec
  const counted = async (text: string): Promise<Relation & {count: number}> => {
    const rows = await session.relation(raw(text), task)
    return {...rows, count: await countOf(session, rows, task)}
  }
  const train = await counted(query.train)
  const validation = query.validation === undefined ? undefined : await counted(query.validation)
  const rows = train.count + (validation?.count ?? 0)
  checkColumns(train, spec)
  const width = widthOf(train, spec)
  const bytes = rows * bytesOfRow(spec, width)
  if (bytes <= budget.rows) return held(session, {train, validation}, spec, task)
  const limit = inUnits(budget.rows)
  if (spec.streams)
    return {
      ...(await spooled(session, {train, validation}, spec, task)),
      streamed: says`rows streamed from disk: they take ${inUnits(bytes)}, and ${limit} may be held in memory`,
    }
  throw new AppError(
    'out-of-memory',
    says`${spec.kind} needs all its rows in memory: ${rows} rows of ${width} features take ${inUnits(bytes)}, and ${limit} may be held`,
    {
      hint: says`choose a model that streams its rows (${spec.streaming.join(', ')}), train on fewer rows or columns, or raise the memory limit in the settings`,
    },
  )
}

type Relations = {
  train: Relation & {count: number}
  validation: (Relation & {count: number}) | undefined
}

async function held(session: Session, {train, validation}: Relations, spec: ReadSpec, task: Task) {
  const [first, second] = await Promise.all([
    readMatrix(session, train, spec, task),
    validation && readMatrix(session, validation, spec, task),
  ])
  return given(
    spec,
    train,
    {rows: first.matrix, setAside: first.setAside},
    second && {rows: second.matrix, setAside: second.setAside},
  )
}

async function spooled(
  session: Session,
  {train, validation}: Relations,
  {folder, seed, budget: {block}, ...spec}: ReadSpec,
  task: Task,
) {
  const options = {...task, folder, seed, block}
  const write = (rows: Relation & {count: number}) =>
    writeSpool(session, rows, spec, {...options, expected: rows.count})
  const first = await write(train)
  try {
    const second = validation && (await write(validation))
    return {
      ...given(
        spec,
        train,
        {rows: first.spool, setAside: first.setAside},
        second && {rows: second.spool, setAside: second.setAside},
      ),
      async close() {
        await first.close()
        await second?.close()
      },
    }
  } catch (error) {
    await first.close()
    throw error
  }
}

type Part = {rows: Rows; setAside: SetAside}

function given(spec: MatrixSpec, of: Relation, train: Part, validation: Part | undefined): Given {
  const {task, features, classes} = spec
  const image = imageOf(of, spec)
  return {
    data: {
      task,
      features: image ? pixelNames(features[0]!, image) : [...features],
      ...(image ? {image} : {}),
      ...(classes ? {classes: [...classes]} : {}),
      train: train.rows,
      // A validation part without rows says nothing about any epoch.
      ...(validation?.rows.rows ? {validation: validation.rows} : {}),
    },
    setAside: {
      train: train.setAside,
      validation: validation?.setAside ?? {noTarget: 0, unknownClass: 0},
    },
    close: async () => {},
  }
}
