// Evaluating a model: outputs beside the truth become a report.

import {breathe} from '../breathe.ts'
import {AppError} from '../error.ts'
import type {Outputs} from '../onnx/predict.ts'
import type {Task} from '../plugin.ts'
import type {TaskKind} from '../schema/model.ts'
import type {Exhibit, Report} from '../schema/report.ts'
import {type Phrase, progressOf, type Said, says} from '../words/says.ts'
import {type Battery, ones} from './battery.ts'
import {repeatsFor} from './bootstrap.ts'
import {finite, labels, needed, probabilities, sameRows, weights as toWeights} from './check.ts'
import {classification, classificationBattery} from './classification.ts'
import {clustering} from './clustering.ts'
import {measure, measureFolds, measureSlices} from './measure.ts'
import {regression, regressionBattery} from './regression.ts'
import type {SliceColumn} from './slices.ts'
import type {Subject} from './subject.ts'

export type EvaluationInput = {
  task: TaskKind
  title?: Said
  /** Class index (classification) or value (regression) of each evaluated row. */
  y?: ArrayLike<number>
  /** Class labels, in the order of the class index. */
  classes?: readonly string[]
  /** What the model gave for those rows. */
  outputs: Outputs
  /** The rows as the model saw them, row-major `rows × features`: clustering needs them. */
  x?: {values: Float32Array; features: number}
  weights?: ArrayLike<number>
  /** The targets of the training rows: what the baseline knows. */
  trainY?: ArrayLike<number>
  /** Raw columns of the evaluated rows, to look at the rows of each value apart. */
  slices?: readonly SliceColumn[]
  /** What the model of each fold gave for that fold's validation rows. */
  folds?: readonly {y: ArrayLike<number>; outputs: Outputs}[]
  seed: number
  /** Of the intervals; 0.95 unless it says otherwise. */
  level?: number
  /** Resamples; 1,000 unless there are so many rows that fewer must do (never below 200). */
  repeats?: number
}

/**
 * Metrics with bootstrap intervals and a baseline beside each, the task's tables and curves, metrics by
 * slice and by fold. A metric that is undefined on these rows is left out, and a warning says why.
 * @throws AppError `bad-data` for no rows, NaN, a label or probability out of range, or lengths that do
 * not fit; `bad-params` for a level outside 0…1 or fewer than 2 repeats.
 */
export async function evaluate(input: EvaluationInput, task: Task): Promise<Report> {
  const {seed, level = 0.95, title = says`Evaluation`.said, slices = [], folds = []} = input
  const subject = await subjects[input.task](input, task)
  const {rows} = subject.battery
  const weights = input.weights ? toWeights(input.weights, rows) : ones(rows)
  const repeats = input.repeats ?? repeatsFor(rows, subject.passes)
  const spec = {seed, level, repeats}
  checkSpec(spec)
  const {metrics, warnings} = await measure(subject, weights, spec, task)
  const exhibits: Exhibit[] = subject.exhibits(weights)
  for (const column of slices) {
    sameRows(says`values of "${column.column}"`, column.values.length, rows)
    task.tell(progressOf(says`by ${column.column}`))
    exhibits.push(await measureSlices(column, subject, weights, spec, task))
  }
  if (folds.length > 0) exhibits.push(measureFolds(folds.map(fold => foldBattery(input, fold))))
  return {
    about: 'evaluation',
    title,
    rows,
    metrics,
    intervals: {method: 'percentile bootstrap', level, repeats, seed},
    ...(subject.baseline ? {baseline: subject.baseline.about} : {}),
    exhibits,
    warnings: [...subject.warnings, ...warnings, ...fewRows(rows)],
  }
}

const tasks: Record<TaskKind, Phrase> = {
  classification: says`a classification`,
  regression: says`a regression`,
  clustering: says`a clustering`,
}

const subjects: Record<
  TaskKind,
  (input: EvaluationInput, task: Task) => Subject | Promise<Subject>
> = {
  classification(input) {
    const classes = classesOf(input)
    const trainY = labels('training target', trainingTargets(input), classes.length)
    return classification({...labelled(input, classes.length), classes, trainY})
  },
  regression(input) {
    const trainY = trainingTargets(input)
    finite('training target', trainY)
    return regression({...valued(input), trainY, seed: input.seed})
  },
  clustering({x: given, outputs, seed}, {signal}) {
    const x = needed(says`features`, says`a clustering`, given)
    const cluster = needed(says`clusters`, says`a clustering`, outputs.cluster)
    const distances = needed(says`distances`, says`a clustering`, outputs.distances)
    finite('feature', x.values, x.features)
    sameRows(says`feature values`, x.values.length, cluster.length * x.features)
    const clusters = distances.length / cluster.length
    finite('distance', distances, clusters)
    labels('cluster', cluster, clusters)
    return clustering(
      {x: x.values, features: x.features, cluster, distances, seed},
      breathe(signal),
    )
  },
}

function foldBattery(
  input: EvaluationInput,
  fold: {y: ArrayLike<number>; outputs: Outputs},
): Battery {
  const own = {...input, ...fold}
  if (input.task === 'classification') {
    const classes = classesOf(input).length
    const {y, probabilities: scores} = labelled(own, classes)
    return classificationBattery(y, scores, classes)
  }
  if (input.task === 'regression') {
    const {y, prediction} = valued(own)
    return regressionBattery(y, prediction)
  }
  throw new AppError('bad-data', says`a clustering has no target to cross-validate on`)
}

function classesOf({classes}: EvaluationInput): readonly string[] {
  const known = needed(says`class labels`, says`a classification`, classes)
  if (known.length < 2)
    throw new AppError(
      'bad-data',
      says`the training rows have one class only, "${known[0] ?? ''}"`,
      {
        hint: says`a classification needs rows of at least two classes`,
      },
    )
  return known
}

const trainingTargets = ({trainY, task}: EvaluationInput) =>
  needed(says`training targets for its baseline`, tasks[task], trainY)

function labelled({y: given, outputs}: EvaluationInput, classes: number) {
  const y = labels('target', needed(says`targets`, says`a classification`, given), classes)
  const scores = needed(says`probabilities`, says`a classification`, outputs.probabilities)
  probabilities(scores, y.length, classes)
  return {y, probabilities: scores}
}

function valued({y: given, outputs}: EvaluationInput) {
  const y = needed(says`targets`, says`a regression`, given)
  const prediction = needed(says`predictions`, says`a regression`, outputs.prediction)
  finite('target', y)
  sameRows(says`predictions`, prediction.length, y.length)
  finite('prediction', prediction)
  return {y: Float64Array.from(y), prediction}
}

function checkSpec({level, repeats}: {level: number; repeats: number}) {
  if (!(level > 0 && level < 1))
    throw new AppError('bad-params', says`the intervals' level is ${level}, not between 0 and 1`, {
      hint: says`such as 0.95`,
    })
  if (!(Number.isInteger(repeats) && repeats >= 2))
    throw new AppError(
      'bad-params',
      says`${repeats} resamples are not a whole number of 2 or more`,
      {
        hint: says`such as 1000`,
      },
    )
}

const fewRows = (rows: number) =>
  rows < 30 ? [says`only ${rows} rows: figures and intervals are rough`.said] : []
