// The metrics that an explanation may be told in: each from a model's answers to some rows, at one go.
import type {ExplainedTask, explainedIn} from '../../schema/explanation.ts'
import {accuracy} from '../accuracy.ts'
import {balancedAccuracy} from '../balanced-accuracy.ts'
import {ones} from '../battery.ts'
import {confusion, predictedLabels, type Sums, sums} from '../confusion.ts'
import {logLoss} from '../log-loss.ts'
import {mae} from '../mae.ts'
import {oneVsRest, rankings} from '../one-vs-rest.ts'
import {macro, rates} from '../precision-recall.ts'
import {r2} from '../r2.ts'
import {rmse} from '../rmse.ts'
import {rocAuc} from '../roc-auc.ts'

/**
 * `y`: class indices, or values. `answers`: row-major `rows × width`, the probability of each class, or with a
 * width of 1 the prediction. NaN where the metric is undefined on these rows.
 */
export type Scoring = {
  better: 'high' | 'low'
  of: (y: Float64Array, answers: Float32Array, width: number) => number
}

const byLabel =
  (of: (sums: Sums) => number): Scoring['of'] =>
  (y, answers, width) =>
    of(sums(confusion(y, predictedLabels(answers, width), width)(ones(y.length))))

export const scorings: {[T in ExplainedTask]: Record<(typeof explainedIn)[T][number], Scoring>} = {
  classification: {
    log_loss: {better: 'low', of: (y, p, k) => logLoss(p, y, k)(ones(y.length))},
    accuracy: {better: 'high', of: byLabel(accuracy)},
    balanced_accuracy: {better: 'high', of: byLabel(balancedAccuracy)},
    macro_f1: {better: 'high', of: byLabel(s => macro(rates(s).f1, s))},
    roc_auc: {
      better: 'high',
      of: (y, p, k) => {
        const ranked = rankings(p, y, k).map(({ranking}) => ranking)
        return oneVsRest(rocAuc, ranked)(ones(y.length))
      },
    },
  },
  regression: {
    rmse: {better: 'low', of: (y, p) => rmse(y, p)(ones(y.length))},
    mae: {better: 'low', of: (y, p) => mae(y, p)(ones(y.length))},
    r2: {better: 'high', of: (y, p) => r2(y, p)(ones(y.length))},
  },
}
