// What a model leans on and how: permutation importance of every column, partial dependence on the leading ones.
import {breathe} from '../../breathe.ts'
import {AppError, didYouMean} from '../../error.ts'
import type {Task} from '../../plugin.ts'
import {
  type Dependence,
  type ExplainedTask,
  type Explanation,
  explainedIn,
} from '../../schema/explanation.ts'
import {progressOf, says} from '../../words/says.ts'
import {sampleOf} from '../random.ts'
import {answeredRows, type Feature, type Predict, pickRows, scoreOf} from './answers.ts'
import {type Grid, gridOf} from './grid.ts'
import {partialDependence} from './partial-dependence.ts'
import {permutationImportance} from './permutation.ts'
import {type Scoring, scorings} from './scoring.ts'

export type ExplainInput = {
  task: ExplainedTask
  /** Class labels, in the order of the model's probabilities. */
  classes?: readonly string[]
  /** Every column that the model reads, over the rows to explain it on. */
  features: readonly Feature[]
  /** Class index or value of each row. */
  y: Float64Array
  predict: Predict
  /** One of `explainedIn`. */
  metric?: string | undefined
  repeats: number
  seed: number
}

export type Explained = Pick<
  Explanation,
  'rows' | 'unanswered' | 'metric' | 'repeats' | 'seed' | 'importance' | 'dependence'
>

/** Partial dependence is taken of so many columns, over so many rows, for so many classes. */
const mostColumns = 6
const mostRows = 1000
const mostClasses = 6

/**
 * Explains a model by its answers alone, so any model. Rows that it cannot answer as they are are left out and
 * counted. @throws AppError `unknown-name` for a metric that is none, `bad-data` where no row has an answer.
 */
export async function explain(input: ExplainInput, {signal, tell}: Task): Promise<Explained> {
  const {task, classes = [], repeats, seed} = input
  const width = task === 'classification' ? classes.length : 1
  const [metric, scoring] = scoringOf(task, input.metric)
  const turn = breathe(signal)
  const predict: Predict = async (columns, rows) => {
    signal.throwIfAborted()
    await turn()
    return input.predict(columns, rows)
  }

  const columns = input.features.map(({values}) => values)
  const kept = answeredRows(await predict(columns, input.y.length), width)
  if (kept.length === 0)
    throw new AppError('bad-data', says`the model answers none of the ${input.y.length} rows`, {
      hint: says`a value that it cannot do without is missing in every row: impute it before the model`,
    })
  const features = input.features.map(f => ({...f, values: pickRows(f.values, kept)}))
  const y = Float64Array.from(kept, row => input.y[row]!)
  const base = scoreOf(
    scoring,
    y,
    await predict(
      features.map(({values}) => values),
      y.length,
    ),
    width,
  )

  // About as many calls as there will be, so that the bar neither jumps nor stands still.
  const total = features.length * repeats + Math.min(mostColumns, features.length) * 20
  let calls = 0
  const done = () => Math.min(1, calls++ / total)
  const importance = await permutationImportance(
    {features, y, width, predict, scoring, base, repeats, seed},
    ({name}) => tell(progressOf(says`shuffling "${name}"`, {done: done()})),
  )
  importance.sort((a, b) => b.mean - a.mean)

  const sample = sampleOf(y.length, mostRows, seed)
  const sampled = features.map(f => ({...f, values: pickRows(f.values, sample)}))
  const outputs = outputsOf(y, width)
  const dependence: Dependence[] = []
  for (const {name} of importance) {
    if (dependence.length === mostColumns) break
    const of = features.findIndex(f => f.name === name)
    const grid = gridOf(features[of]!)
    if (!grid) continue
    const lines = await partialDependence(
      {features: sampled, rows: sample.length, width, predict, outputs},
      sampled[of]!,
      grid,
      () => tell(progressOf(says`varying "${name}"`, {done: done()})),
    )
    dependence.push({
      name,
      kind: features[of]!.kind,
      ...gridAsKept(grid),
      rows: sample.length,
      lines: lines.map(({output, ...line}) => ({
        ...(width > 1 ? {class: classes[output]!} : {}),
        ...line,
      })),
      ...(width > outputs.length && outputs.length > 1
        ? {classesLeftOut: width - outputs.length}
        : {}),
    })
  }
  return {
    rows: y.length,
    unanswered: input.y.length - y.length,
    metric: {name: metric, better: scoring.better, value: base},
    repeats,
    seed,
    importance,
    dependence,
  }
}

function scoringOf(task: ExplainedTask, name: string = explainedIn[task][0]): [string, Scoring] {
  const known: Record<string, Scoring> = scorings[task]
  if (Object.hasOwn(known, name)) return [name, known[name]!]
  throw new AppError('unknown-name', says`a ${task} is not explained in "${name}"`, {
    hint: didYouMean(name, explainedIn[task]) ?? says`one of ${explainedIn[task].join(', ')}`,
    where: 'metric',
  })
}

/** The value; of two classes the positive one, the second; of more the most frequent, in their order. */
function outputsOf(y: Float64Array, width: number): number[] {
  if (width === 1) return [0]
  if (width === 2) return [1]
  const counts = new Float64Array(width)
  for (const label of y) counts[label]!++
  return Array.from(counts.keys())
    .sort((a, b) => counts[b]! - counts[a]! || a - b)
    .slice(0, mostClasses)
    .sort((a, b) => a - b)
}

const gridAsKept = ({at, rows, ...rest}: Grid) => ({at, ...(rows ? {counts: rows} : {}), ...rest})
