// knn, naive-bayes and k-means beside their definitions, worked out the slow way.

import {expect, test} from 'vitest'
import {english} from '../../../core/words/says.ts'
import {blobs, data, files, learn, matrix, normals} from './support.ts'

const distance = (a: number[], b: number[]) =>
  Math.sqrt(a.reduce((s, v, j) => s + (Math.fround(v) - Math.fround(b[j]!)) ** 2, 0))

function cloud(rows: number, seed: number) {
  const normal = normals(seed)
  const x = Array.from({length: rows}, () => [1000 + normal(), 5 * normal()])
  return {x, y: x.map(([a, b]) => a! - 1000 + b! + normal())}
}

for (const weighting of ['uniform', 'distance'])
  test(`knn, ${weighting}: the neighbours' mean, over more rows than one block`, async () => {
    const {x, y} = cloud(300, 1)
    const fresh = [...cloud(600, 2).x, x[5]!]
    const fitted = await learn('knn', {neighbours: 4, weighting}, data('regression', matrix(x, y)))
    const {prediction} = await fitted.predict(fresh)
    expect(prediction!.length).toBe(601)
    fresh.forEach((row, i) => {
      const near = x
        .map((other, k) => ({d: distance(row, other), y: y[k]!}))
        .sort((a, b) => a.d - b.d)
        .slice(0, 4)
      const exact = near.filter(({d}) => d === 0)
      const of = exact.length && weighting === 'distance' ? exact : near
      const vote = ({d}: {d: number}) => (weighting === 'uniform' || d === 0 ? 1 : 1 / d)
      const total = of.reduce((s, n) => s + vote(n), 0)
      expect(prediction![i]).toBeCloseTo(of.reduce((s, n) => s + vote(n) * n.y, 0) / total, 3)
    })
  })

test('knn: shares of the neighbours’ classes', async () => {
  const x = [[0], [1], [2], [10], [11]]
  const fitted = await learn(
    'knn',
    {neighbours: 3},
    data('classification', matrix(x, [0, 0, 1, 1, 1]), 2),
  )
  const {probabilities} = await fitted.predict([[0.4], [10]])
  const close = [2 / 3, 1 / 3, 0, 1]
  probabilities!.forEach((p, i) => {
    expect(p).toBeCloseTo(close[i]!, 6)
  })
})

test('knn wants as many rows as neighbours', async () => {
  await expect(
    learn('knn', {neighbours: 5}, data('regression', matrix([[1], [2]], [1, 2]))),
  ).rejects.toMatchObject({code: 'bad-data', hint: 'set `neighbours` lower'})
})

test('naive Bayes gives the probabilities of its normal distributions', async () => {
  const {x: near, y} = blobs({rows: 90, apart: 1})
  const x = near.map(([a, b, c]) => [a!, 1000 + 0.1 * b!, 50 * c!])
  const fitted = await learn('naive-bayes', {smoothing: 0}, data('classification', matrix(x, y), 3))
  const {probabilities} = await fitted.predict(x)
  const classes: {prior: number; means: number[]; variances: number[]}[] = files(
    fitted,
    'classes.json',
  ).classes
  classes.forEach((c, k) => {
    const own = x.filter((_, i) => y[i] === k).map(row => row.map(Math.fround))
    expect(c.prior).toBeCloseTo(own.length / x.length, 9)
    for (const j of [0, 1, 2]) {
      const mean = own.reduce((s, row) => s + row[j]!, 0) / own.length
      expect(c.means[j]).toBeCloseTo(mean, 6)
      const variance = own.reduce((s, row) => s + (row[j]! - mean) ** 2, 0) / own.length
      expect(c.variances[j]! / variance).toBeCloseTo(1, 4)
    }
  })
  x.forEach((row, i) => {
    const joint = classes.map(({prior, means, variances}) =>
      row.reduce((p, v, j) => {
        const s2 = variances[j]!
        const off = Math.fround(v) - means[j]!
        return p * Math.exp((-off * off) / (2 * s2)) * (2 * Math.PI * s2) ** -0.5
      }, prior),
    )
    const total = joint.reduce((s, p) => s + p, 0)
    joint.forEach((p, k) => {
      expect(probabilities![3 * i + k]).toBeCloseTo(p / total, 5)
    })
  })
})

test('naive Bayes: a class without rows is never predicted', async () => {
  const given = data('classification', matrix([[0], [1], [5], [6]], [0, 0, 2, 2]), 3)
  const {probabilities} = await (await learn('naive-bayes', {}, given)).predict([[0.5], [3], [1e6]])
  expect([1, 4, 7].map(i => probabilities![i])).toEqual([0, 0, 0])
})

test('naive Bayes: rows that all look alike have no variance to learn from', async () => {
  const given = data('classification', matrix([[1], [1]], [0, 1]), 2)
  await expect(learn('naive-bayes', {}, given)).rejects.toMatchObject({code: 'bad-data'})
})

test('k-means: each centre is the mean of its rows, and inertia their squared distances', async () => {
  const {x} = blobs({rows: 200, classes: 4})
  const fitted = await learn('k-means', {clusters: 4, tolerance: 0}, data('clustering', matrix(x)))
  const {cluster, distances} = await fitted.predict(x)
  const {centres} = files(fitted, 'centres.json') as {centres: number[][]}
  centres.forEach((centre, k) => {
    const own = x.filter((_, i) => cluster![i] === k)
    centre.forEach((v, j) => {
      expect(v).toBeCloseTo(own.reduce((s, row) => s + row[j]!, 0) / own.length, 4)
    })
  })
  const squares = cluster!.map((k, i) => distances![4 * i + k]! ** 2)
  expect(fitted.summary!.inertia).toBeCloseTo(
    squares.reduce((s, v) => s + v, 0),
    2,
  )
  x.forEach((row, i) => {
    centres.forEach((centre, k) => {
      expect(distances![4 * i + k]).toBeCloseTo(distance(row, centre), 4)
    })
  })
})

test('k-means: more clusters than rows is an error, than distinct rows a warning', async () => {
  const three = data('clustering', matrix([[1], [1], [2]]))
  await expect(learn('k-means', {clusters: 4}, three)).rejects.toMatchObject({code: 'bad-data'})
  const fitted = await learn('k-means', {clusters: 3}, three)
  expect(english(fitted.warnings![0]!)).toMatch(/only 2 of 3 clusters have rows/)
})
