// Explanations beside scikit-learn's: its own models, asked here by their weights, on the same rows.
import {beforeAll, describe, expect, test} from 'vitest'
import type {Feature, Predict} from '../../core/evaluate/explain/answers.ts'
import {type Explained, explain} from '../../core/evaluate/explain/explain.ts'
import type {ExplainedTask} from '../../core/schema/explanation.ts'
import {python} from '../support/python.ts'
import {normal, random} from '../support/random.ts'

const rows = 600
const repeats = 100
const names = ['steps', 'wide', 'noise'] as const

/** Fifteen different values, so that both take those for the grid; normal ones; and what is of no use. */
const features = (() => {
  const next = random(11)
  const column = (of: () => number) => Float64Array.from({length: rows}, of)
  return [
    column(() => Math.floor(next() * 15) / 5),
    column(() => normal(next)),
    column(() => normal(next)),
  ]
})()

type Peer = {
  y: number[]
  /** A bias, then a weight for each column and for the product of the first two. */
  weights: number[][]
  importance: Record<string, {mean: number[]; sd: number[]; base: number}>
  dependence: {grid: number[]; mean: number[][]; low: number[][]; high: number[][]}[]
}

const peers = (task: ExplainedTask, scorers: Record<string, string>) =>
  python<Peer>(
    `
import numpy as np
from sklearn.inspection import partial_dependence, permutation_importance
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin

X = np.array(data["x"]).T
draw = np.random.default_rng(3)
signal = 2 * X[:, 0] + X[:, 1] + 1.5 * X[:, 0] * X[:, 1]
widen = lambda X: np.column_stack([X, X[:, 0] * X[:, 1]])
classes = data["task"] == "classification"
y = signal + draw.normal(size=len(signal))
if classes: y = np.digitize(y, np.quantile(y, [0.3, 0.7]))

class Wide(ClassifierMixin if classes else RegressorMixin, BaseEstimator):
    def fit(self, X, y):
        self.inner_ = (LogisticRegression(max_iter=2000) if classes else LinearRegression()).fit(widen(X), y)
        if classes: self.classes_ = self.inner_.classes_
        return self
    def predict(self, X): return self.inner_.predict(widen(X))
    if classes:
        # As a graph answers; scikit-learn's log loss is bounded by the precision, too.
        def predict_proba(self, X): return self.inner_.predict_proba(widen(X)).astype(np.float32)

model = Wide().fit(X, y)
importance = {}
for ours, scorer in data["scorers"].items():
    found = permutation_importance(model, X, y, scoring=scorer, n_repeats=data["repeats"], random_state=5)
    from sklearn.metrics import get_scorer
    importance[ours] = {"mean": found.importances_mean, "sd": found.importances.std(axis=1, ddof=1),
        "base": get_scorer(scorer)(model, X, y)}
dependence = []
for j in range(X.shape[1]):
    found = partial_dependence(model, X, [j], kind="both", grid_resolution=20,
        response_method="predict_proba" if classes else "auto")
    own = found["individual"]
    dependence.append({"grid": found["grid_values"][0], "mean": found["average"],
        "low": np.quantile(own, 0.1, axis=1), "high": np.quantile(own, 0.9, axis=1)})
inner = model.inner_
weights = np.column_stack([np.atleast_1d(inner.intercept_), np.atleast_2d(inner.coef_)])
result = {"y": y, "weights": weights, "importance": importance, "dependence": dependence}
`,
    {x: features, task, scorers, repeats},
  )

/** The peer's model by its weights. */
const predictBy =
  (weights: readonly number[][]): Predict =>
  async ([a, b, c], n) => {
    const width = weights.length
    const answers = new Float32Array(n * width)
    for (let i = 0; i < n; i++) {
      const [x, y, z] = [a, b, c].map(column => (column as Float64Array)[i]!) as [
        number,
        number,
        number,
      ]
      const row = [1, x, y, z, x * y]
      const scores = weights.map(own => own.reduce((sum, w, j) => sum + w * row[j]!, 0))
      const powers = scores.map(score => Math.exp(score - Math.max(...scores)))
      const total = powers.reduce((sum, p) => sum + p, 0)
      for (let k = 0; k < width; k++)
        answers[i * width + k] = width === 1 ? scores[0]! : powers[k]! / total
    }
    return answers
  }

const cases: [ExplainedTask, Record<string, string>][] = [
  [
    'classification',
    {
      log_loss: 'neg_log_loss',
      accuracy: 'accuracy',
      balanced_accuracy: 'balanced_accuracy',
      macro_f1: 'f1_macro',
      roc_auc: 'roc_auc_ovr',
    },
  ],
  ['regression', {rmse: 'neg_root_mean_squared_error', mae: 'neg_mean_absolute_error', r2: 'r2'}],
]

describe.each(cases)('%s', (task, scorers) => {
  let peer: Peer
  beforeAll(async () => {
    peer = await peers(task, scorers)
  })
  const ours = (metric: string): Promise<Explained> =>
    explain(
      {
        task,
        ...(task === 'classification' ? {classes: ['low', 'middle', 'high']} : {}),
        features: names.map((name, j): Feature => ({name, kind: 'number', values: features[j]!})),
        y: Float64Array.from(peer.y),
        predict: predictBy(peer.weights),
        metric,
        repeats,
        seed: 2,
      },
      {signal: new AbortController().signal, tell: () => {}},
    )

  test.each(Object.keys(scorers))(
    'permutation importance in %s is that of permutation_importance, as far as chance lets it be',
    async metric => {
      const found = await ours(metric)
      const theirs = peer.importance[metric]!
      // A scorer of a loss is its negative.
      expect(Math.abs(found.metric.value)).toBeCloseTo(Math.abs(theirs.base), 5)
      for (const [j, name] of names.entries()) {
        const {mean, sd} = found.importance.find(one => one.name === name)!
        const [peerMean, peerSd] = [theirs.mean[j]!, theirs.sd[j]!]
        // Four standard errors of the difference of two means.
        const error = Math.sqrt((sd ** 2 + peerSd ** 2) / repeats)
        expect(Math.abs(mean - peerMean), name).toBeLessThan(4 * error + 1e-6)
        // Of two samples of a hundred, the standard deviations are within a half of each other.
        expect(sd, name).toBeLessThan(1.5 * peerSd + 1e-6)
        expect(sd, name).toBeGreaterThan(peerSd / 1.5 - 1e-6)
      }
    },
  )

  test('partial dependence and its band are those of partial_dependence', async () => {
    const {dependence} = await ours(Object.keys(scorers)[0]!)
    const of = (name: string) => dependence.find(one => one.name === name)!
    const steps = of('steps')
    const [theirs, wide] = peer.dependence
    expect(steps.at).toHaveLength(15)
    for (const [i, value] of (steps.at as number[]).entries())
      expect(value).toBeCloseTo(theirs!.grid[i]!, 12)
    for (const [k, line] of steps.lines.entries())
      for (const what of ['mean', 'low', 'high'] as const)
        for (const [i, value] of line[what].entries())
          expect(value, `${what} ${k} ${i}`).toBeCloseTo(theirs![what][k]![i]!, 5)
    // Their quantiles are of another type (R's 0.4, 0.4), so the ends of a grid are near, not the same.
    const at = of('wide').at as number[]
    expect(at).toHaveLength(20)
    for (const [i, value] of at.entries()) expect(value).toBeCloseTo(wide!.grid[i]!, 1)
  })
})
