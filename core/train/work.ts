// The work of a training process: arrays from the tables, the fit, and the files that it leaves.
import {mkdir, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {learnClasses, taskOfTarget} from '../data/matrix.ts'
import {columnOf} from '../data/matrix-check.ts'
import {Session} from '../data/session.ts'
import {type Relation, raw} from '../data/sql.ts'
import {AppError, didYouMean} from '../error.ts'
import {Graph} from '../onnx/graph.ts'
import type {FitContext, Fitted, Model, Rows, Task, TrainingData} from '../plugin.ts'
import type {Note} from '../schema/log.ts'
import type {TaskKind} from '../schema/model.ts'
import {progressOf, says} from '../words/says.ts'
import {budgetOf} from './budget.ts'
import {checkData} from './check.ts'
import {checkpointsIn} from './checkpoint-folder.ts'
import type {FitResult, LogPoint, TrainJob, TrainResult} from './job.ts'
import {type Given, type Query, readRows} from './read.ts'

type Context = Task & {log: (point: LogPoint) => void; note?: Note}

/** Does a job in this process. */
export async function work(
  job: TrainJob,
  models: Readonly<Record<string, Model>>,
  context: Context,
): Promise<TrainResult> {
  const model = models[job.model.kind]
  if (!model)
    throw new AppError('unknown-kind', says`no model of the kind "${job.model.kind}"`, {
      hint: didYouMean(job.model.kind, Object.keys(models)),
    })
  const params = parse(model, job.model.params)
  const session = await Session.open(job.session)
  try {
    await session.mount(job.objects)
    const rows = await session.relation(raw(job.tables.train), context)
    const task = taskOf(model, job, rows)
    const target = task === 'clustering' ? undefined : job.target
    const classes =
      task === 'classification'
        ? (job.classes ?? (await learnClasses(session, rows, targetOf(job), context)))
        : undefined
    const spec = {
      kind: model.kind,
      streams: model.streams ?? false,
      streaming: Object.values(models).flatMap(({kind, streams, takes}) =>
        streams && !takes ? [kind] : [],
      ),
      features: job.features,
      target,
      task,
      classes,
      weights: job.weights,
      seed: job.seed,
      budget: await budgetOf(job, session),
      folder: job.outFolder,
    }
    const files: string[] = []
    const keep = async (name: string, bytes: Uint8Array | string) => {
      context.signal.throwIfAborted()
      const file = join(job.outFolder, name)
      await mkdir(dirname(file), {recursive: true})
      await writeFile(file, bytes)
      files.push(name)
    }

    const rounds: Query[] = [job.tables, ...job.folds]
    const checkpoints = job.checkpoints && checkpointsIn(job.checkpoints)
    const fits: FitResult[] = []
    for (const [fold, query] of rounds.entries()) {
      const started = performance.now()
      const told = rounds.length === 1 ? '' : fold === 0 ? 'all rows, ' : `fold ${fold}, `
      const tell: Task['tell'] = ({message, done, ...rest}) =>
        context.tell({
          ...rest,
          ...(message === undefined ? {} : {message: told + message}),
          ...(done === undefined ? {} : {done: (fold + done) / rounds.length}),
        })
      const note = noter(context.note, rounds.length, fold)
      tell(progressOf(says`reading rows`, {done: 0}))
      const given = await readRows(session, query, spec, {...context, tell})
      const {data, setAside, streamed} = given
      note.say(
        says`${data.train.rows} training rows and ${data.validation?.rows ?? 0} validation rows of ${data.features.length} numbers were read in ${since(started)} s`,
      )
      if (streamed) note.say(streamed)
      const {fitted, warnings} = await fitOn(model, params, given, {
        signal: context.signal,
        tell,
        seed: job.seed,
        ...(job.memory === undefined ? {} : {memory: job.memory}),
        cache: join(job.session.folder, '.bancada'),
        log: (epoch, metrics) => context.log({fold, epoch, metrics}),
        note: note.say,
        ...(checkpoints ? {checkpoints: checkpoints(`fold-${fold}`)} : {}),
      }).finally(given.close)
      const onnx = fold === 0 ? 'model.onnx' : `fold-${fold}.onnx`
      await keep(onnx, lowered(fitted, data))
      if (fold === 0)
        for (const [name, bytes] of Object.entries(fitted.files ?? {})) await keep(name, bytes)
      const remarks = [...warnings, ...asideWarnings(setAside)]
      note.warn(remarks)
      note.say(says`${model.kind} was fitted by ${fitted.engine} in ${since(started)} s`)
      fits.push({
        onnx,
        engine: [fitted.engine, streamed].filter(Boolean).join(', '),
        summary: fitted.summary ?? {},
        warnings: remarks,
        rows: {train: data.train.rows, validation: data.validation?.rows ?? 0},
        setAside,
        seconds: (performance.now() - started) / 1000,
      })
    }

    const record = {
      kind: model.kind,
      version: model.version,
      params: params as Record<string, unknown>,
      task,
      ...(target === undefined ? {} : {target}),
      features: job.features,
      ...(classes ? {classes} : {}),
      seed: job.seed,
    }
    const {summary} = fits[0]!
    // Without the reasons: those may name measured rates, and one seed must give the same file.
    const engine = fits[0]!.engine.split(',')[0]!
    await keep('model.json', `${JSON.stringify({...record, engine, summary}, undefined, 2)}\n`)
    return {...record, fit: fits[0]!, folds: fits.slice(1), files}
  } finally {
    session.close()
  }
}

/** Seconds, as a person would say them. */
const since = (started: number) => Number(((performance.now() - started) / 1000).toPrecision(2))

/** What is said of one fit, and its warnings but for those that were said when they came up. */
function noter(note: Note | undefined, rounds: number, fold: number) {
  const said = new Set<string>()
  const say: Note = (what, level) => {
    said.add(String(what))
    if (rounds === 1) note?.(what, level)
    else if (fold === 0) note?.(says`all rows: ${what}`, level)
    else note?.(says`fold ${fold}: ${what}`, level)
  }
  return {
    say,
    warn(warnings: readonly string[]) {
      for (const warning of warnings) if (!said.has(warning)) say(warning, 'warning')
    },
  }
}

function parse(model: Model, params: Record<string, unknown>): unknown {
  const parsed = model.params.safeParse(params)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const path = issue!.path.join('.')
  throw new AppError('bad-params', path ? `\`${path}\`: ${issue!.message}` : issue!.message, {
    where: path || undefined,
  })
}

function taskOf(model: Model, job: TrainJob, rows: Relation): TaskKind {
  const natural = job.target === undefined ? 'clustering' : taskOfTarget(columnOf(rows, job.target))
  const task = job.task ?? (model.tasks.length === 1 ? model.tasks[0]! : natural)
  if (model.tasks.includes(task)) return task
  if (task === 'clustering') targetOf(job)
  throw new AppError(
    'bad-params',
    says`${model.kind} does ${model.tasks.join(' and ')}, not ${task}`,
    {
      where: 'task',
    },
  )
}

function targetOf({target, model}: TrainJob): string {
  if (target !== undefined) return target
  throw new AppError('bad-params', says`${model.kind} needs a target column`, {
    hint: says`set target: to the column that is to be predicted`,
    where: 'target',
  })
}

async function fitOn(
  model: Model,
  params: unknown,
  {data, setAside}: Given,
  context: FitContext,
): Promise<{fitted: Fitted; warnings: string[]}> {
  const warnings = await checkData(data, setAside.train)
  // Rows are on disk for those only that can stream them.
  const fitted = model.streams
    ? await model.fit(params, data, context)
    : await model.fit(params, data as TrainingData, context)
  return {fitted, warnings: [...warnings, ...(fitted.warnings ?? [])]}
}

const asideWarnings = ({train, validation}: FitResult['setAside']) => [
  ...(train.noTarget ? [`${train.noTarget} training rows without a target were left out`] : []),
  ...(validation.noTarget
    ? [`${validation.noTarget} validation rows without a target were left out`]
    : []),
  ...(train.unknownClass
    ? [`${train.unknownClass} training rows of a class that is not listed were left out`]
    : []),
  ...(validation.unknownClass
    ? [
        `${validation.unknownClass} validation rows of a class that training never saw were left out`,
      ]
    : []),
]

const widths = (data: TrainingData<Rows>): Record<string, readonly (string | number)[]> => ({
  probabilities: ['rows', data.classes?.length ?? 0],
  prediction: ['rows', 1],
  cluster: ['rows'],
  distances: ['rows', 'clusters'],
})

/** The bytes of a model's graph: `features` float32 [rows, features] → what `Fitted.lower` gives. */
export function lowered(fitted: Fitted, data: TrainingData<Rows>): Uint8Array {
  const graph = new Graph()
  const x = graph.input('features', 'float32', ['rows', data.features.length])
  const shapes = widths(data)
  for (const [name, tensor] of Object.entries(fitted.lower(graph, x)))
    graph.output(name, tensor, shapes[name])
  return graph.bytes()
}
