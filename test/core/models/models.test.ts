// What every kind of model keeps, whatever it is.
import {expect, test} from 'vitest'
import {models} from '../../../core/models/index.ts'
import type {TrainingData} from '../../../core/plugin.ts'
import type {TaskKind} from '../../../core/schema/model.ts'
import {blobs, data, labels, learn, matrix, plane} from './support.ts'

/** Parameters that suit a problem of a hundred rows, where the defaults do not. */
const small: Record<string, Record<string, unknown>> = {
  mlp: {hidden: [16], epochs: 40, batchSize: 16, learningRate: 0.02},
  cnn: {filters: [8], pool: 1, hidden: [16], epochs: 40, batchSize: 16, learningRate: 0.02},
  'k-means': {clusters: 3},
}

const problems: Record<TaskKind, () => {given: TrainingData; fresh: number[][]; truth: number[]}> =
  {
    classification: () => {
      const {x, y} = blobs()
      const fresh = blobs({seed: 2})
      return {given: data('classification', matrix(x, y), 3), fresh: fresh.x, truth: fresh.y}
    },
    regression: () => {
      const {x, y} = plane()
      const fresh = plane({seed: 2})
      return {given: data('regression', matrix(x, y)), fresh: fresh.x, truth: fresh.y}
    },
    clustering: () => {
      const {x} = blobs()
      const fresh = blobs({seed: 2})
      return {given: data('clustering', matrix(x)), fresh: fresh.x, truth: fresh.y}
    },
  }

/** For a model that learns from images: each row as one of a single line. */
const lines = (given: TrainingData): TrainingData => ({
  ...given,
  image: {width: given.features.length, height: 1, channels: 1},
})

for (const model of Object.values(models)) {
  const params = small[model.kind] ?? {}
  const shaped = (given: TrainingData) => (model.takes === 'image' ? lines(given) : given)
  const problem = (task: TaskKind) => {
    const {given, ...rest} = problems[task]()
    return {...rest, given: shaped(given)}
  }

  test(`${model.kind} refuses parameters that it does not know`, () => {
    expect(model.params.safeParse({...params, nosuch: 1}).success).toBe(false)
    expect(model.params.safeParse({}).success).toBe(true)
  })

  test(`${model.kind} describes every parameter`, () => {
    const {shape} = model.params as unknown as {shape: Record<string, {description?: string}>}
    for (const [name, field] of Object.entries(shape)) expect(field.description, name).toBeTruthy()
    expect(model.doc.length).toBeGreaterThan(80)
  })

  for (const task of model.tasks) {
    test(`${model.kind} learns a simple ${task} and its graph gives the answers`, async () => {
      const {given, fresh, truth} = problem(task)
      const fitted = await learn(model.kind, params, given)
      const answers = await fitted.predict(fresh)
      const n = fresh.length
      if (task === 'classification') {
        const {probabilities} = answers
        const found = labels(probabilities!, 3)
        expect(found.filter((k, i) => k === truth[i]).length / n).toBeGreaterThan(0.97)
        for (let i = 0; i < n; i++) {
          const [a, b, c] = probabilities!.slice(3 * i, 3 * i + 3)
          expect(a! + b! + c!).toBeCloseTo(1, 5)
        }
      } else if (task === 'regression') {
        const mean = truth.reduce((sum, v) => sum + v, 0) / n
        const error = answers.prediction!.reduce((sum, v, i) => sum + (v - truth[i]!) ** 2, 0)
        const spread = truth.reduce((sum, v) => sum + (v - mean) ** 2, 0)
        expect(1 - error / spread).toBeGreaterThan(0.95)
      } else {
        // Clusters carry no labels: rows of one group are together, and groups are apart.
        const names = [0, 1, 2].map(k => new Set(answers.cluster!.filter((_, i) => truth[i] === k)))
        expect(names.map(s => s.size)).toEqual([1, 1, 1])
        expect(new Set(names.flatMap(s => [...s])).size).toBe(3)
        answers.cluster!.forEach((k, i) => {
          const own = answers.distances!.slice(3 * i, 3 * i + 3)
          expect(own[k]).toBe(Math.min(...own))
        })
      }
    })

    test(`${model.kind} repeats bit for bit for one seed (${task})`, async () => {
      const {given} = problem(task)
      const [a, b] = [
        await learn(model.kind, params, given, {seed: 7}),
        await learn(model.kind, params, given, {seed: 7}),
      ]
      expect(Buffer.from(a.bytes).equals(b.bytes)).toBe(true)
      expect(a.curve).toEqual(b.curve)
    })

    test(`${model.kind} gives finite answers for a constant feature and far-off rows (${task})`, async () => {
      const {given, fresh} = problem(task)
      const width = given.features.length
      const rows = Array.from({length: given.train.rows}, (_, i) => [
        ...given.train.x.subarray(i * width, (i + 1) * width),
        0.1,
      ])
      const wider = data(
        task,
        {...given.train, x: Float32Array.from(rows.flat())},
        given.classes?.length,
      )
      const fitted = await learn(model.kind, params, shaped(wider))
      const answers = await fitted.predict([
        ...fresh.slice(0, 3).map(row => [...row, 0.1]),
        Array.from({length: width + 1}, () => 1e6),
        Array.from({length: width + 1}, () => -1e6),
      ])
      for (const values of Object.values(answers)) expect(values.every(Number.isFinite)).toBe(true)
    })

    test(`${model.kind} answers one row as it answers many (${task})`, async () => {
      const {given, fresh} = problem(task)
      const fitted = await learn(model.kind, params, given)
      const many = await fitted.predict([...fresh, ...fresh, ...fresh])
      const one = await fitted.predict(fresh.slice(0, 1))
      for (const [name, values] of Object.entries(one))
        values.forEach((v, i) => {
          expect(v).toBeCloseTo(many[name]![i]!, 5)
        })
    })
  }
}
