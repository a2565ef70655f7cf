// Models beside scikit-learn's, fitted to the same rows. Ours answer in float32, through the graph that ships.
import {beforeAll, describe, expect, test} from 'vitest'
import {data, files, learn, matrix, normals} from '../core/models/support.ts'
import {python} from '../support/python.ts'

type Rows = {x: number[][]; y: number[]; w: number[]; fresh: number[][]}

/** Rows of five features of different scale, in float32 as training sees them; `truth` makes the target. */
function table(
  seed: number,
  truth: (z: number[], noise: () => number) => number,
  rows = 300,
): Rows {
  const normal = normals(seed)
  const draw = () => Array.from({length: 5}, () => normal())
  const scales = [1, 0.1, 5, 2, 1]
  const shown = (z: number[]) => z.map((v, j) => Math.fround(v * scales[j]! + j))
  const drawn = Array.from({length: rows}, draw)
  return {
    x: drawn.map(shown),
    y: drawn.map(z => Math.fround(truth(z, normal))),
    w: drawn.map(() => Math.fround(0.25 + Math.abs(normal()))),
    fresh: Array.from({length: 50}, () => shown(draw())),
  }
}

const line = table(1, (z, noise) => 3 * z[0]! - 2 * z[1]! + 0.5 * z[2]! + 10 + noise())
const classesOf = (scores: number[]) => scores.indexOf(Math.max(...scores))
const two = table(2, (z, noise) => (z[0]! - z[2]! + noise() > 0.5 ? 1 : 0))
const three = table(3, (z, noise) => classesOf([z[0]! + noise(), z[1]! + noise(), z[2]! - 0.5]))

function closeTo(own: readonly number[], peer: readonly number[], tolerance: number) {
  expect(own.length).toBe(peer.length)
  const off = own.flatMap((v, i) =>
    Math.abs(v - peer[i]!) <= tolerance * Math.max(1, Math.abs(peer[i]!)) ? [] : [[i, v, peer[i]]],
  )
  expect(off).toEqual([])
}

describe('linear', () => {
  const cases: [string, object, string, number][] = [
    ['least squares', {penalty: 'none'}, 'LinearRegression()', 1e-8],
    ['ridge', {penalty: 'l2', alpha: 30}, 'Ridge(alpha=30)', 1e-8],
    ['lasso', {penalty: 'l1', alpha: 0.2}, 'Lasso(alpha=0.2, tol=1e-12, max_iter=100000)', 1e-6],
    [
      'elastic net',
      {penalty: 'elastic-net', alpha: 0.5, l1Ratio: 0.3},
      'ElasticNet(alpha=0.5, l1_ratio=0.3, tol=1e-12, max_iter=100000)',
      1e-6,
    ],
  ]
  for (const weighted of [false, true])
    test.each(cases)(
      `%s${weighted ? ' with row weights' : ''}`,
      async (_, params, peer, tolerance) => {
        const {x, y, w, fresh} = line
        const fit = await learn(
          'linear',
          {...params},
          data('regression', matrix(x, y, weighted ? w : undefined)),
        )
        const other = await python<{weights: number[]; prediction: number[]}>(
          `
import numpy as np
from sklearn.linear_model import *
x, y, w = np.array(data["x"]), np.array(data["y"]), np.array(data["w"])
model = ${peer}.fit(x, y, sample_weight=w if data["weighted"] else None)
result = {"weights": model.coef_, "prediction": model.predict(np.array(data["fresh"]))}
`,
          {...line, weighted},
        )
        const {weights} = files(fit, 'coefficients.json') as {weights: number[]}
        closeTo(weights, other.weights, tolerance)
        closeTo((await fit.predict(fresh)).prediction!, other.prediction, 1e-5)
      },
    )
})

describe('logistic', () => {
  const exact = 'tol=1e-12, max_iter=100000'
  const cases: [string, object, string][] = [
    ['l2', {penalty: 'l2', C: 0.3}, `LogisticRegression(C=0.3, ${exact})`],
    ['no penalty', {penalty: 'none'}, `LogisticRegression(penalty=None, ${exact})`],
    [
      'balanced classes',
      {penalty: 'l2', C: 1, classWeights: 'balanced'},
      `LogisticRegression(class_weight="balanced", ${exact})`,
    ],
    [
      'l1',
      {penalty: 'l1', C: 0.1},
      `LogisticRegression(penalty="l1", C=0.1, solver="saga", ${exact})`,
    ],
    [
      'elastic net',
      {penalty: 'elastic-net', C: 0.1, l1Ratio: 0.5},
      `LogisticRegression(penalty="elasticnet", l1_ratio=0.5, C=0.1, solver="saga", ${exact})`,
    ],
  ]
  for (const [name, rows, classes] of [
    ['two classes', two, 2],
    ['three classes', three, 3],
  ] as const)
    test.each(cases)(`%s, ${name}`, async (_, params, peer) => {
      const {x, y, fresh} = rows
      const given = data('classification', matrix(x, y), classes)
      const fit = await learn('logistic', {...params, tolerance: 1e-9}, given)
      const other = await python<number[][]>(
        `
import numpy as np
from sklearn.linear_model import LogisticRegression
model = ${peer}.fit(np.array(data["x"]), np.array(data["y"]))
result = model.predict_proba(np.array(data["fresh"]))
`,
        rows,
      )
      closeTo((await fit.predict(fresh)).probabilities!, other.flat(), 2e-5)
    })
})

test.each(['uniform', 'distance'])('knn, %s votes', async weighting => {
  const params = {neighbours: 7, weighting}
  const classified = await learn('knn', params, data('classification', matrix(three.x, three.y), 3))
  const valued = await learn('knn', params, data('regression', matrix(line.x, line.y)))
  const other = await python<{probabilities: number[][]; prediction: number[]}>(
    `
import numpy as np
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
t, l = data["three"], data["line"]
a = KNeighborsClassifier(7, weights=data["weighting"]).fit(t["x"], t["y"])
b = KNeighborsRegressor(7, weights=data["weighting"]).fit(l["x"], l["y"])
result = {"probabilities": a.predict_proba(t["fresh"]), "prediction": b.predict(l["fresh"])}
`,
    {three, line, weighting},
  )
  const {probabilities} = await classified.predict(three.fresh)
  closeTo(probabilities!, other.probabilities.flat(), 1e-5)
  closeTo((await valued.predict(line.fresh)).prediction!, other.prediction, 1e-5)
})

test.each([false, true])('naive Bayes, row weights: %s', async weighted => {
  const {x, y, w, fresh} = three
  const given = data('classification', matrix(x, y, weighted ? w : undefined), 3)
  // scikit-learn smooths by the unweighted variance even where rows have weights; ours weighs there too.
  const smoothing = weighted ? 0 : 1e-9
  const fit = await learn('naive-bayes', {smoothing}, given)
  const other = await python<{means: number[][]; variances: number[][]; probabilities: number[][]}>(
    `
import numpy as np
from sklearn.naive_bayes import GaussianNB
model = GaussianNB(var_smoothing=data["smoothing"]).fit(data["x"], data["y"], sample_weight=data["w"] if data["weighted"] else None)
result = {"means": model.theta_, "variances": model.var_, "probabilities": model.predict_proba(data["fresh"])}
`,
    {...three, weighted, smoothing},
  )
  const {classes} = files(fit, 'classes.json') as {
    classes: {means: number[]; variances: number[]}[]
  }
  closeTo(
    classes.flatMap(c => c.means),
    other.means.flat(),
    1e-9,
  )
  closeTo(
    classes.flatMap(c => c.variances),
    other.variances.flat(),
    1e-9,
  )
  closeTo((await fit.predict(fresh)).probabilities!, other.probabilities.flat(), 1e-5)
})

describe('k-means', () => {
  const normal = normals(9)
  const centres = [
    [0, 0],
    [8, 1],
    [2, 9],
    [-7, 4],
  ]
  const x = Array.from({length: 400}, (_, i) => centres[i % 4]!.map(c => Math.fround(c + normal())))
  let peer: {centres: number[][]; inertia: number; clouds: number}
  beforeAll(async () => {
    peer = await python(
      `
import numpy as np
from sklearn.cluster import KMeans
x = np.array(data)
model = KMeans(4, n_init=10, tol=0, random_state=1).fit(x)
order = np.lexsort(model.cluster_centers_.T)
result = {"centres": model.cluster_centers_[order], "inertia": model.inertia_,
          "clouds": KMeans(6, n_init=50, tol=0, random_state=1).fit(x).inertia_}
`,
      x,
    )
  })

  test('clear groups have the same centres and inertia', async () => {
    const fit = await learn('k-means', {clusters: 4, tolerance: 0}, data('clustering', matrix(x)))
    const own = (files(fit, 'centres.json') as {centres: number[][]}).centres
    own.sort((a, b) => a.at(-1)! - b.at(-1)!)
    closeTo(own.flat(), peer.centres.flat(), 1e-9)
    closeTo([fit.summary!.inertia!], [peer.inertia], 1e-9)
  })

  test('with more clusters than groups, many starts find as small an inertia', async () => {
    const params = {clusters: 6, starts: 50, tolerance: 0}
    const fit = await learn('k-means', params, data('clustering', matrix(x)))
    // Local optima differ in the details; both searches get to within a hundredth of the best.
    expect(fit.summary!.inertia! / peer.clouds).toBeLessThan(1.01)
    expect(fit.summary!.inertia! / peer.clouds).toBeGreaterThan(0.99)
  })
})
