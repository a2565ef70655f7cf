// What the model of a run leans on, told in the columns that a person knows.
import {readFile} from 'node:fs/promises'
import {isDeepStrictEqual} from 'node:util'
import {hasTarget, type MatrixSpec, readTargets} from '../data/matrix.ts'
import {Session} from '../data/session.ts'
import {id, join, relationOf, sql} from '../data/sql.ts'
import {AppError} from '../error.ts'
import type {Feature} from '../evaluate/explain/answers.ts'
import {explain} from '../evaluate/explain/explain.ts'
import {sampleOf} from '../evaluate/random.ts'
import type {Runs} from '../history/runs.ts'
import type {Task} from '../plugin.ts'
import type {Project} from '../project.ts'
import {type ExplainedTask, type Explanation, explainedIn} from '../schema/explanation.ts'
import type {Run} from '../schema/run.ts'
import type {Column, Table} from '../schema/table.ts'
import type {Applied, ModelValue} from '../schema/value.ts'
import {openColumnScorer} from '../serving/column-scorer.ts'
import {type Composed, compose} from '../serving/compose.ts'
import {decoded, toGraph} from '../serving/prepare.ts'
import {steps} from '../steps/index.ts'
import {progressOf, says} from '../words/says.ts'
import {held} from './cells/evaluate.ts'
import {freeOf} from './free-name.ts'

export type ExplainSpec = {
  /** The metric that importance is told in; the project's own where it has one for this task. */
  metric?: string | undefined
  /** How many rows are drawn, at most. */
  rows?: number | undefined
  /** How often each column is shuffled. */
  repeats?: number | undefined
  seed?: number | undefined
}

/**
 * Explains the model of a run on the rows that training saw least of, and keeps what was found with the run. The
 * columns are those of the first table in the run's lineage that has these rows, most often the split: steps after
 * it belong to the model, as in serving.
 *
 * @throws AppError `bad-request` where the run left no model, `missing-file` where its model or its rows are gone,
 * `wrong-type` for images, `refused` for a clustering; and as `compose` and `explain` do
 */
export async function explainRun(
  project: Project,
  runs: Runs,
  {id: run, ...spec}: ExplainSpec & {id: string},
  task: Task,
): Promise<Explanation> {
  const explanation = await explanationOf(project, runs, await runs.get(run), spec, task)
  // On a disk that takes no changes it is told all the same.
  if (!project.readOnly) await runs.addExplanation(run, explanation)
  return explanation
}

async function explanationOf(
  project: Project,
  runs: Runs,
  run: Run,
  {rows = 5000, repeats = 10, seed = 1, metric = metricOf(project, run)}: ExplainSpec,
  task: Task,
): Promise<Explanation> {
  const {signal, tell} = task
  refuseUnexplained(run)
  const model = await modelOf(project, run)
  const modelOnnx = await graphOf(runs, run)
  const [part, prepared] = held(model.data.parts)
  const place = await firstPlace(project, run, model, part)
  const session = await Session.open({folder: project.folder})
  try {
    tell(progressOf(says`reading rows`, {done: 0}))
    await session.mount([...place.table.objects, ...prepared.objects])
    const composed = await compose({
      recipe: {raw: place.table.columns, steps: place.rest},
      steps,
      features: model.features,
      modelOnnx,
      target: model.target,
      describe: query => session.columns(query),
    })
    const drawn = await draw(session, {place, prepared, model, composed}, {rows, seed, signal})
    const scorer = await openColumnScorer(composed, session, {signal})
    try {
      const found = await explain(
        {
          task: model.task as ExplainedTask,
          ...(model.classes ? {classes: model.classes} : {}),
          ...drawn,
          predict: scorer.score,
          metric,
          repeats,
          seed,
        },
        task,
      )
      return {
        part: part,
        all: drawn.all,
        ...(place.cell === undefined ? {} : {cell: place.cell}),
        after: place.done.map(step => step.kind),
        unread: composed.ignores.filter(name => name !== model.target),
        ...found,
      }
    } finally {
      await scorer.close()
    }
  } finally {
    session.close()
  }
}

/** The metric that the project is judged by, where an explanation may be told in it. */
function metricOf({manifest}: Project, {task}: Run): string | undefined {
  const wanted = manifest.success?.metric
  return task === 'clustering' ? undefined : explainedIn[task].find(name => name === wanted)
}

function refuseUnexplained({id: run, task, status}: Run) {
  if (status.state !== 'finished')
    throw new AppError('bad-request', says`run ${run} left no model that could be explained`, {
      hint:
        status.state === 'running'
          ? says`wait until it has finished`
          : says`train it again, to its end`,
    })
  if (task === 'clustering')
    throw new AppError(
      'refused',
      says`a clustering has no target, so nothing says what a column is worth to it`,
      {hint: says`its report shows how well the clusters are told apart`},
    )
}

/** What the run's cell gave: the same cell on the same rows gives the same again, whichever run was the last. */
async function modelOf({store}: Project, {code, cell, document}: Run): Promise<ModelValue> {
  const value = (await store.get(code))?.value
  if (value?.type !== 'model')
    throw new AppError(
      'missing-file',
      says`the rows that this run learned from are not in the store any more`,
      {
        hint: says`run "${cell}" in ${document} again`,
      },
    )
  const {data, features} = value
  const images = data.parts.train.columns.filter(
    c => c.kind === 'image' && features.includes(c.name),
  )
  if (images.length > 0)
    throw new AppError(
      'wrong-type',
      says`"${images[0]!.name}" is an image: a pixel that is shuffled among images says nothing`,
      {hint: says`the confusion matrix of its evaluation opens the images that were mistaken`},
    )
  return value
}

async function graphOf(runs: Runs, {id: run}: Run): Promise<Uint8Array> {
  const bytes = await readFile(runs.artifact(run, 'model.onnx')).catch(() => undefined)
  if (bytes) return bytes
  throw new AppError('missing-file', says`run ${run} has lost its model`, {
    hint: says`take the folder of the run back from a copy`,
  })
}

/** A table that has the rows, what was done to it before, and what is left to do until the model reads it. */
type Place = {cell?: string; table: Table; done: Applied[]; rest: Applied[]}

/**
 * The earliest table of the run's lineage from which on no step changes which rows there are: row by row it is the
 * same as the one that the model was given. That one itself where there is none.
 */
async function firstPlace(
  {store}: Project,
  {lineage}: Run,
  {data}: ModelValue,
  part: Explanation['part'],
): Promise<Place> {
  const {recipe, parts} = data
  const places: Place[] = [{table: parts[part]!, done: recipe.steps, rest: []}]
  const found = await Promise.all(
    Object.entries(lineage).map(async ([cell, hash]) => ({
      cell,
      value: (await store.get(hash))?.value,
    })),
  )
  for (const {cell, value} of found) {
    if (value?.type !== 'table' && value?.type !== 'split') continue
    // A table is the whole, so it has these rows only where none were parted from it.
    const table =
      value.type === 'split' ? value.parts[part] : part === 'train' ? value.table : undefined
    const done = value.recipe.steps
    if (!table || !isDeepStrictEqual(value.recipe.rows, recipe.rows)) continue
    if (!isDeepStrictEqual(recipe.steps.slice(0, done.length), done)) continue
    const rest = recipe.steps.slice(done.length)
    if (table.rows === parts[part]!.rows && rest.every(keepsRows(part)))
      places.push({cell, table, done, rest})
  }
  // Of two that are as early, the later cell of the document: it is nearer to the model.
  return places.reduce((best, place) => (place.done.length < best.done.length ? place : best))
}

const keepsRows =
  (part: Explanation['part']) =>
  ({kind}: Applied): boolean => {
    const step = Object.hasOwn(steps, kind) ? steps[kind] : undefined
    return step?.rows === 'map' || (step?.touches === 'train' && part !== 'train')
  }

type Drawing = {place: Place; prepared: Table; model: ModelValue; composed: Composed}

/** A sample of the rows that have a target: columns as they are at the place, targets as the model knows them. */
async function draw(
  session: Session,
  {place, prepared, model, composed: {inputs}}: Drawing,
  {rows, seed, signal}: {rows: number; seed: number; signal: AbortSignal},
): Promise<{all: number; features: Feature[]; y: Float64Array}> {
  const spec: MatrixSpec = {...model, features: model.features}
  const known = relationOf(prepared)
  const y = await readTargets(session, known, spec, {signal})
  const chosen = sampleOf(y.length, rows, seed)
  const at = id(freeOf(inputs, 'row'))
  // The chosen ones are counted among rows with a target; here each has its number among all.
  const wanted = sql`
    select numbered.${at} from (
      select ${at}, row_number() over (order by ${at}) - 1 as place from (
        select row_number() over () - 1 as ${at}, has_target from (
          select ${hasTarget(known, spec)} as has_target from ${known}))
      where has_target
    ) numbered join (select unnest(${Array.from(chosen)}::bigint[]) as place) chosen using (place)`
  const found = await session.rows(
    sql`select ${join(inputs.map(toGraph))} from (
        select *, row_number() over () - 1 as ${at} from (${inputsOf(place.table, inputs)}))
      join (${wanted}) using (${at}) order by ${at}`,
    {signal},
  )
  return {
    all: y.length,
    features: inputs.map(column => ({
      name: column.name,
      kind: column.kind,
      values: decoded(
        column,
        found.map(row => row[column.name]),
      ) as Feature['values'],
    })),
    y: Float64Array.from(chosen, i => y[i]!),
  }
}

const inputsOf = (table: Table, inputs: readonly Column[]) =>
  sql`select ${join(inputs.map(({name}) => id(name)))} from ${relationOf(table)}`
