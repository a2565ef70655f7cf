// Evaluating a classifier: labels, rankings and probabilities.
import type {Exhibit, Series} from '../schema/report.ts'
import {says} from '../words/says.ts'
import {accuracy} from './accuracy.ts'
import {averagePrecision} from './average-precision.ts'
import {balancedAccuracy} from './balanced-accuracy.ts'
import {type Battery, battery, type Measured, type Spec, together} from './battery.ts'
import {brier} from './brier.ts'
import {calibration, calibrationError} from './calibration.ts'
import {confusion, type Labels, predictedLabels, type Sums, sums} from './confusion.ts'
import {kappa} from './kappa.ts'
import {lift} from './lift.ts'
import {logLoss} from './log-loss.ts'
import {mcc} from './mcc.ts'
import {oneVsRest, rankings} from './one-vs-rest.ts'
import {macro, type Rates, rates, weighted} from './precision-recall.ts'
import {precisionRecallCurve} from './precision-recall-curve.ts'
import {columnOf, ranking} from './ranking.ts'
import {roc} from './roc.ts'
import {rocAuc} from './roc-auc.ts'
import {rowsOf} from './rows.ts'
import type {Subject} from './subject.ts'
import {topK} from './top-k.ts'

export type ClassificationInput = {
  /** Class indices. */
  y: Uint32Array
  classes: readonly string[]
  /** Row-major `rows × classes`. */
  probabilities: Float32Array
  /** Class indices of the training rows. */
  trainY: Labels
}

export function classification({y, classes, probabilities, trainY}: ClassificationInput): Subject {
  const k = classes.length
  const measures = (labels: Uint32Array, scores: Float32Array) =>
    classificationBattery(labels, scores, k)
  const prior = classShares(trainY, k)
  const favourite = prior.indexOf(Math.max(...prior))
  const absent = classes.filter((_, c) => !y.includes(c))
  // Of two classes there is one ranking. With the rows in its order a resample reads memory in
  // sequence, which is several times faster for hundreds of thousands of rows.
  const order = k === 2 ? ranking(columnOf(probabilities, k, 1), y, 1).row : undefined
  const ordered = order ?? Uint32Array.from(y.keys())
  const truth = rowsOf(y, ordered)
  return {
    battery: measures(truth, rowsOf(probabilities, ordered, k)),
    ...(order ? {order} : {}),
    baseline: {
      about:
        says`always "${classes[favourite]}", with the training rows' class shares as probabilities`
          .said,
      battery: measures(truth, constant(prior, y.length)),
    },
    subset: rows => measures(rowsOf(y, rows), rowsOf(probabilities, rows, k)),
    exhibits: weights => exhibits({y, classes, probabilities}, weights),
    warnings: absent.map(
      name =>
        says`no row is of class "${name}": averages over classes leave it out where they must`.said,
    ),
    passes: 4 + 2 * (k === 2 ? 1 : k),
  }
}

/** All metrics of a classifier, on class indices and row-major probabilities of `k` classes. */
export function classificationBattery(y: Uint32Array, probabilities: Float32Array, k: number) {
  return together(
    labelBattery(y, predictedLabels(probabilities, k), k),
    battery(y.length, probabilityMeasures(y, probabilities, k)),
  )
}

type LabelMetric = Spec & {of: (sums: Sums, rates: Rates) => number}

const onLabels: LabelMetric[] = [
  {name: 'accuracy', better: 'high', of: accuracy},
  {name: 'balanced_accuracy', better: 'high', of: balancedAccuracy},
  {name: 'macro_precision', better: 'high', of: (s, r) => macro(r.precision, s)},
  {name: 'macro_recall', better: 'high', of: (s, r) => macro(r.recall, s)},
  {name: 'macro_f1', better: 'high', of: (s, r) => macro(r.f1, s)},
  // With one label a row, micro-averaged precision, recall and F1 are all accuracy; F1 is the customary one.
  {name: 'micro_f1', better: 'high', of: accuracy},
  {name: 'weighted_precision', better: 'high', of: (s, r) => weighted(r.precision, s)},
  {name: 'weighted_recall', better: 'high', of: (s, r) => weighted(r.recall, s)},
  {name: 'weighted_f1', better: 'high', of: (s, r) => weighted(r.f1, s)},
  {name: 'mcc', better: 'high', of: mcc},
  {
    name: 'kappa',
    better: 'high',
    of: kappa,
    why: says`truth and predictions hold one and the same class only`,
  },
]

const onPositive: LabelMetric[] = [
  {name: 'precision', better: 'high', of: (_, r) => r.precision[1]!},
  {name: 'recall', better: 'high', of: (_, r) => r.recall[1]!},
  {name: 'f1', better: 'high', of: (_, r) => r.f1[1]!},
]

function labelBattery(y: Labels, predicted: Labels, k: number): Battery {
  const metrics = k === 2 ? [...onLabels, ...onPositive] : onLabels
  const matrix = confusion(y, predicted, k)
  return {
    rows: y.length,
    metrics,
    at: weights => {
      const s = sums(matrix(weights))
      const r = rates(s)
      return metrics.map(({of}) => of(s, r))
    },
  }
}

function probabilityMeasures(y: Labels, probabilities: Float32Array, k: number): Measured[] {
  const ranked = rankings(probabilities, y, k).map(r => r.ranking)
  return [
    {
      name: 'roc_auc',
      better: 'high',
      measure: oneVsRest(rocAuc, ranked),
      why: says`all rows are of one class`,
    },
    {
      name: 'pr_auc',
      better: 'high',
      measure: oneVsRest(averagePrecision, ranked),
      why: says`no row is of the positive class`,
    },
    {name: 'log_loss', better: 'low', measure: logLoss(probabilities, y, k)},
    {name: 'brier', better: 'low', measure: brier(probabilities, y, k)},
    {
      name: 'ece',
      better: 'low',
      measure: calibrationError(confidence(y, probabilities, k)),
      // Resampling adds gaps of its own to every bin, so its quantiles lie above the figure.
      interval: false,
    },
    ...[3, 5]
      .filter(n => n < k)
      .map(
        (n): Measured => ({
          name: `top_${n}_accuracy`,
          better: 'high',
          measure: topK(probabilities, y, k, n),
        }),
      ),
  ]
}

/** The probability of the predicted class, and whether it was right. */
function confidence(y: Labels, probabilities: Float32Array, k: number) {
  const predicted = predictedLabels(probabilities, k)
  return {
    probability: Float32Array.from(predicted, (c, i) => probabilities[i * k + c]!),
    happened: Uint8Array.from(predicted, (c, i) => (c === y[i] ? 1 : 0)),
  }
}

function exhibits(
  {y, classes, probabilities}: Omit<ClassificationInput, 'trainY'>,
  weights: Float64Array,
): Exhibit[] {
  const k = classes.length
  const {cells} = confusion(y, predictedLabels(probabilities, k), k)(weights)
  const s = sums({classes: k, cells})
  const r = rates(s)
  const ranked = rankings(probabilities, y, k).map(({class: c, ranking}) => ({
    label: classes[c]!,
    ranking,
  }))
  const gains = ranked.flatMap(({label, ranking}) => lift(label, ranking, weights) ?? [])
  const curve = (
    name: 'roc' | 'pr' | 'calibration' | 'lift' | 'gain',
    series: Series[],
  ): Exhibit[] => (series.length > 0 ? [{kind: 'curve', name, series}] : [])
  return [
    {
      kind: 'confusion',
      classes: [...classes],
      counts: classes.map((_, t) => Array.from(cells.subarray(t * k, (t + 1) * k))),
    },
    {
      kind: 'table',
      name: says`per class`.said,
      columns: [says`class`, says`precision`, says`recall`, says`F1`, says`support`].map(
        ({said}) => said,
      ),
      rows: classes.map((name, c) => [name, r.precision[c]!, r.recall[c]!, r.f1[c]!, s.truth[c]!]),
    },
    ...curve(
      'roc',
      ranked.flatMap(({label, ranking}) => roc(label, ranking, weights) ?? []),
    ),
    ...curve(
      'pr',
      ranked.flatMap(({label, ranking}) => precisionRecallCurve(label, ranking, weights) ?? []),
    ),
    ...curve(
      'calibration',
      ranked.map(({label}) => {
        const c = classes.indexOf(label)
        const forecast = {
          probability: columnOf(probabilities, k, c),
          happened: Uint8Array.from(y, own => (own === c ? 1 : 0)),
        }
        return calibration(label, forecast, weights)
      }),
    ),
    ...curve(
      'gain',
      gains.map(g => g.gain),
    ),
    ...curve(
      'lift',
      gains.map(g => g.lift),
    ),
  ]
}

function classShares(y: Labels, k: number): Float64Array {
  const shares = new Float64Array(k)
  for (let i = 0; i < y.length; i++) shares[y[i]!]! += 1 / y.length
  return shares
}

function constant(row: ArrayLike<number>, rows: number): Float32Array {
  const table = new Float32Array(rows * row.length)
  for (let i = 0; i < rows; i++) table.set(row, i * row.length)
  return table
}
