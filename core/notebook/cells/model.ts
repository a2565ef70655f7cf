// A model as a cell: trained in a worker process, kept as a run and as an ONNX graph.
import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {z} from 'zod'
import {learnClasses, taskOfTarget} from '../../data/matrix.ts'
import {relationOf} from '../../data/sql.ts'
import {AppError, didYouMean, fromFault, toFault} from '../../error.ts'
import {environment} from '../../history/environment.ts'
import type {Model} from '../../plugin.ts'
import type {TaskKind} from '../../schema/model.ts'
import {column, columns as columnsParam} from '../../schema/params.ts'
import type {Column} from '../../schema/table.ts'
import type {ModelValue, SplitValue} from '../../schema/value.ts'
import type {TrainResult} from '../../train/job.ts'
import {train} from '../../train/train.ts'
import {and, english, type Said, says} from '../../words/says.ts'
import {type CellContext, type CellKind, defineCell, objectName} from '../cell-kind.ts'
import {portWords} from '../ports.ts'
import {tablesOf} from './transform.ts'

const common = {
  target: column().optional().describe('The column to predict'),
  features: columnsParam().describe('What to predict it from; every other column when left out'),
  task: z
    .enum(['classification', 'regression', 'clustering'])
    .optional()
    .describe('What kind of prediction; told by the target when left out'),
  seed: z.number().int().min(0).max(4294967295).default(1).describe('Repeats the same training'),
}
type Common = {target?: string; features?: string[]; task?: TaskKind; seed: number}

/** The cell kind of a model. */
export function modelCell(model: Model): CellKind {
  const own = model.params as unknown as z.ZodObject
  return defineCell({
    kind: model.kind,
    version: model.version,
    title: model.title,
    doc: model.doc,
    params: z.strictObject({...common, ...own.shape}) as z.ZodType<Record<string, unknown>>,
    ports: {in: {min: 1, max: 1, accepts: ['table', 'split']}, out: 'model'},
    run: context => run(model, context as CellContext<Record<string, unknown>>),
  })
}

async function run(model: Model, context: CellContext<Record<string, unknown>>) {
  const {project, session, runs, inputs, folder, hash, limits, signal, tell, cell} = context
  const {
    target,
    features: named,
    task: asked,
    seed,
    ...params
  } = context.params as Common & Record<string, unknown>
  const data = asSplit(inputs[0]!.value)
  const {train: rows, validation} = data.parts
  const task = taskFor(model, asked, target, rows.columns)
  const features = named ?? usualFeatures(model, rows.columns, target)
  checkFeatures(features, rows.columns, target)
  checkImages(model, features, rows.columns)
  const objects = [...new Set(tablesOf(data).flatMap(t => t.objects))]
  await session.mount(objects)
  const classes =
    task === 'classification'
      ? await learnClasses(session, relationOf(rows), target!, {signal})
      : undefined

  const run = await runs.begin({
    document: context.document,
    cell,
    kind: model.kind,
    params,
    seed,
    task,
    target,
    features: features.length,
    data: inputs[0]!.hash,
    code: hash,
    lineage: context.lineage,
  })
  try {
    const result = await train(
      {
        model: {kind: model.kind, params},
        task,
        target,
        features,
        classes,
        seed,
        session: {folder: project.folder, ...limits},
        objects,
        tables: {train: rows.sql, validation: validation?.sql},
        folds: data.folds.map(f => ({train: f.train.sql, validation: f.validation.sql})),
        outFolder: folder,
        checkpoints: {...context.checkpoints, version: programVersion()},
      },
      {
        signal,
        tell,
        log: ({fold, epoch, metrics}) => {
          if (fold === 0) run.log(epoch, metrics)
          tell({epoch, metrics})
        },
        say: line => run.add(line),
      },
    )
    for (const name of result.files) await run.save(name, await readFile(join(folder, name)))
    const {engine, because, summary} = result.fit
    const warnings = warningsOf(result)
    await run.finish({engine, because, metrics: summary, warnings})
    const value: ModelValue = {
      type: 'model',
      kind: model.kind,
      task,
      target,
      features,
      classes,
      run: run.id,
      onnx: objectName(hash, result.fit.onnx),
      foldOnnx: result.folds.map(f => objectName(hash, f.onnx)),
      data,
    }
    return {value, rows: rows.rows, warnings}
  } catch (error) {
    const fault = toFault(error, cell)
    if (fault.code === 'cancelled') {
      await run.cancel()
      throw error
    }
    await run.fail(fault)
    throw fromFault({...fault, run: run.id})
  }
}

/** What the fits say; of the folds only what the model that ships does not say itself. */
function warningsOf({fit, folds}: TrainResult): Said[] {
  const known = new Set(fit.warnings.map(english))
  const own = folds.flatMap(({warnings}, k) =>
    warnings.filter(w => !known.has(english(w))).map(w => says`fold ${k + 1}: ${w}`.said),
  )
  return [...fit.warnings, ...own]
}

/** Versions of all that a training's bits depend on. */
function programVersion(): string {
  const {bancada, node, platform, packages} = environment()
  return JSON.stringify([bancada, node, platform, packages])
}

/** A table that was never split is one training part. */
function asSplit(value: CellContext['inputs'][number]['value']): SplitValue {
  if (value.type === 'split') return value
  if (value.type === 'table')
    return {type: 'split', parts: {train: value.table}, folds: [], recipe: value.recipe}
  throw new AppError(
    'wrong-port',
    says`a model is trained on a table or a split, not on ${portWords[value.type]}`,
  )
}

function taskFor(
  model: Model,
  asked: TaskKind | undefined,
  target: string | undefined,
  columns: readonly Column[],
): TaskKind {
  if (target === undefined) {
    if (model.tasks.includes('clustering')) return 'clustering'
    throw new AppError('bad-params', says`${model.kind} needs a target: the column to predict`, {
      hint: says`add a line such as target: ${columns.at(-1)?.name ?? 'price'}`,
    })
  }
  const column = columns.find(c => c.name === target)
  if (!column)
    throw new AppError('no-column', says`no column named "${target}"`, {
      hint: didYouMean(
        target,
        columns.map(c => c.name),
      ),
    })
  const task = asked ?? (model.tasks.length === 1 ? model.tasks[0]! : taskOfTarget(column))
  if (!model.tasks.includes(task))
    throw new AppError('bad-params', says`${model.kind} does not do ${task}`, {
      hint: says`it does ${and(model.tasks)}`,
    })
  return task
}

function usualFeatures({takes}: Model, columns: readonly Column[], target?: string): string[] {
  const fit = takes === undefined ? columns : columns.filter(c => c.kind === takes)
  return fit.map(c => c.name).filter(name => name !== target)
}

/** Throws where images and numbers are mixed, or a model takes the ones and is given the others. */
function checkImages(
  {kind, takes}: Model,
  features: readonly string[],
  columns: readonly Column[],
) {
  const images = features.filter(name => columns.find(c => c.name === name)!.kind === 'image')
  if (takes === 'image' && (images.length !== 1 || features.length !== 1))
    throw new AppError('wrong-type', says`${kind} learns from one column of images`, {
      hint: images[0]
        ? says`write features: [${images[0]}]`
        : says`an images cell gives one; for other features choose another model, such as mlp`,
    })
  if (images.length > 0 && features.length > 1)
    throw new AppError(
      'wrong-type',
      says`"${images[0]}" is an image and stands beside other features`,
      {
        hint: says`a model learns from an image alone: write features: [${images[0]}]`,
      },
    )
}

function checkFeatures(features: readonly string[], columns: readonly Column[], target?: string) {
  if (features.length === 0)
    throw new AppError('bad-params', says`there is no feature to learn from`, {
      hint: says`the table has no column beside the target that this model could learn from`,
    })
  if (target !== undefined && features.includes(target))
    throw new AppError('bad-params', says`the target "${target}" cannot be a feature`)
  const found = features.map(name => {
    const column = columns.find(c => c.name === name)
    if (column) return column
    throw new AppError('no-column', says`no column named "${name}"`, {
      hint: didYouMean(
        name,
        columns.map(c => c.name),
      ),
    })
  })
  // All of them at once, so that they are mended at once.
  const unread = found.filter(({kind}) => !['number', 'boolean', 'image'].includes(kind))
  const [first] = unread
  if (!first) return
  const names = unread.map(({name, type}) => `"${name}" (${type})`).join(', ')
  throw new AppError(
    'wrong-type',
    unread.length === 1
      ? says`feature "${first.name}" is not a number (${first.type})`
      : says`${unread.length} features are not numbers: ${names}`,
    {
      hint: unread.every(({kind}) => kind === 'date')
        ? says`add a date-parts step before the model, or name the features to use`
        : unread.some(({kind}) => kind === 'date')
          ? says`before the model, a one-hot or ordinal step takes text and a date-parts step dates; or name the features to use`
          : says`add a one-hot or ordinal step before the model, or name the features to use`,
    },
  )
}
