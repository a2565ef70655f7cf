// Rows that may not be held: written to disk once, and streamed from there while a model is fitted.

import {existsSync} from 'node:fs'
import {readdir, readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {models} from '../../../core/models/index.ts'
import type {LogPoint, TrainJob} from '../../../core/train/job.ts'
import {train} from '../../../core/train/train.ts'
import {work} from '../../../core/train/work.ts'
import {english} from '../../../core/words/says.ts'
import {project} from './project.ts'

/** Nothing may be held, and a block has about a quarter of the 300 rows. */
const budget = {rows: 0, block: 1000}

async function run(job: TrainJob) {
  const points: LogPoint[] = []
  const told: string[] = []
  const result = await work(job, models, {
    signal: new AbortController().signal,
    tell: ({message}) => message && told.push(message),
    log: point => points.push(point),
  })
  return {...result, points, told}
}

const close = (a: number, b: number) =>
  expect(Math.abs(a - b)).toBeLessThan(0.05 * Math.abs(b) + 0.01)

const cases: Record<string, {params: object; target?: string; features?: string[]}> = {
  'mlp, classes': {params: {hidden: [8], epochs: 30, learningRate: 0.01, classWeights: 'balanced'}},
  'mlp, numbers': {
    params: {hidden: [8], epochs: 30, learningRate: 0.01, batchNorm: true},
    target: 'b',
    features: ['a', 'fold'],
  },
  'mlp, counts': {
    params: {hidden: [8], epochs: 30, learningRate: 0.01, loss: 'poisson'},
    target: 'fold',
    features: ['a', 'b'],
  },
  'mlp, tfjs': {params: {hidden: [8], epochs: 10, learningRate: 0.01, engine: 'tfjs'}},
}
for (const [name, {params, ...more}] of Object.entries(cases))
  test(`streamed rows train a network as well as rows in memory: ${name}`, async () => {
    const {job, folder} = await project()
    const own = {...job, ...more, model: {kind: 'mlp', params: {...params}}}
    const held = await run(own)
    const streamed = await run({...own, budget, outFolder: join(folder, 'streamed')})
    expect(held.fit.because.map(english).join()).not.toContain('streamed')
    expect(streamed.fit.because.map(english).join()).toContain(
      'rows streamed from disk: they take 1 MiB, and 0 MiB may be held in memory',
    )
    close(streamed.fit.summary.loss!, held.fit.summary.loss!)
    expect(streamed.fit.rows).toEqual(held.fit.rows)
  })

const exact: Record<string, {params: object; target?: string; features?: string[]}> = {
  linear: {params: {}, target: 'b', features: ['a', 'fold']},
  logistic: {params: {classWeights: 'balanced'}},
  'naive-bayes': {params: {}},
}
for (const [kind, {params, ...more}] of Object.entries(exact))
  test(`streamed rows give the same ${kind} model as rows in memory, but for rounding`, async () => {
    const {job, folder} = await project()
    const own = {...job, ...more, model: {kind, params: {...params}}}
    const held = await run(own)
    const out = join(folder, 'streamed')
    const streamed = await run({...own, budget, outFolder: out})
    expect(streamed.fit.because.map(english).join()).toContain('rows streamed from disk')
    expect(streamed.fit.warnings).toEqual(held.fit.warnings)
    const [one, other] = await Promise.all(
      [job.outFolder, out].map(async folder => {
        const name = kind === 'naive-bayes' ? 'classes.json' : 'coefficients.json'
        const text = await readFile(join(folder, name), 'utf8')
        return text.match(/-?\d+\.\d+(e-?\d+)?/g)!.map(Number)
      }),
    )
    expect(one!.length).toBeGreaterThan(2)
    for (const [i, value] of one!.entries()) expect(other![i]).toBeCloseTo(value, 5)
  })

test('images are streamed as well as numbers, and give the same to within chance', async () => {
  const {job, folder, all} = await project()
  // Bright on the side that the row is of, by as much as `a` says.
  const pixel = `(if((x < 2) = (side = 'left'), 150 + 20 * least(greatest(a, -3), 3), 20))::utinyint`
  const image = `list_transform(range(3), y -> list_transform(range(4), x -> ${pixel}))::utinyint[4][3]`
  const own: TrainJob = {
    ...job,
    model: {kind: 'cnn', params: {filters: [4], hidden: [8], epochs: 20, learningRate: 0.01}},
    target: 'side',
    features: ['image'],
    tables: {train: `select side, ${image} as image ${all}`},
  }
  const held = await run(own)
  const streamed = await run({...own, budget, outFolder: join(folder, 'streamed')})
  expect(streamed.fit.because.map(english).join()).toContain('rows streamed from disk')
  expect(streamed.fit.rows).toEqual(held.fit.rows)
  expect(held.fit.summary.loss).toBeLessThan(0.2)
  close(streamed.fit.summary.loss!, held.fit.summary.loss!)
})

test('weights, warnings, a validation part and folds are those of rows in memory', async () => {
  const {job, folder, all} = await project()
  const some = `select *, 1 as same, if(side = 'left', 0, 2) as w, if(fold = 0, null, side) as known ${all}`
  const own: TrainJob = {
    ...job,
    model: {kind: 'mlp', params: {hidden: [8], epochs: 20, learningRate: 0.01, patience: 0}},
    target: 'known',
    features: ['a', 'b', 'same'],
    weights: 'w',
    tables: {
      train: some,
      validation: `select *, 1 as same, 1 as w, if(fold = 2, 'up', side) as known ${all}`,
    },
    folds: [{train: some, validation: some}],
  }
  const held = await run(own)
  const streamed = await run({...own, budget, outFolder: join(folder, 'streamed')})
  expect(streamed.fit.setAside).toEqual(held.fit.setAside)
  expect(streamed.fit.setAside.validation.unknownClass).toBe(100)
  expect(streamed.fit.rows).toEqual(held.fit.rows)
  expect(streamed.fit.warnings).toEqual(held.fit.warnings)
  expect(english(streamed.fit.warnings[0]!)).toContain('"same" has the same value')
  expect(streamed.points.map(p => [p.fold, p.epoch, Object.keys(p.metrics)])).toEqual(
    held.points.map(p => [p.fold, p.epoch, Object.keys(p.metrics)]),
  )
  close(streamed.fit.summary.val_loss!, held.fit.summary.val_loss!)
  await expect(
    run({...own, budget, tables: {train: some.replace(', 2) as w', ', 0) as w')}}),
  ).rejects.toMatchObject({message: 'all row weights are zero'})
})

const calm = () => ({signal: new AbortController().signal, tell: () => {}})

for (const engine of ['compiled', 'tfjs'])
  test(`two processes that stream with one seed give the same bytes: ${engine}`, async () => {
    const {job, folder} = await project()
    const params = {hidden: [8], epochs: 3, dropout: 0.3, batchNorm: true, engine}
    const own: TrainJob = {...job, model: {kind: 'mlp', params}, budget}
    const {files} = await train(own, calm())
    // Nothing of the rows is left beside the results.
    expect(await readdir(job.outFolder, {recursive: true})).toHaveLength(files.length + 1)
    const again = {...own, outFolder: join(folder, 'again')}
    await train(again, calm())
    const other = {...own, seed: 2, outFolder: join(folder, 'other')}
    await train(other, calm())
    const [one, two, three] = await Promise.all(
      [own, again, other].map(({outFolder}) => readFile(join(outFolder, 'model.onnx'))),
    )
    expect(two!.equals(one!)).toBe(true)
    expect(three!.equals(one!)).toBe(false)
  })

for (const [kind, change] of Object.entries({knn: {}, 'k-means': {target: undefined}}))
  test(`a model that needs all rows in memory refuses before it has read them: ${kind}`, async () => {
    const {job} = await project()
    const told: (string | undefined)[] = []
    const own: TrainJob = {...job, ...change, model: {kind, params: {}}, budget: {rows: 1000}}
    await expect(
      train(own, {...calm(), tell: ({message}) => told.push(message)}),
    ).rejects.toMatchObject({
      code: 'out-of-memory',
      message: expect.stringMatching(
        new RegExp(`^${kind} needs all its rows in memory: 300 rows of 2 features take`),
      ),
      hint: expect.stringContaining('(linear, logistic, mlp, naive-bayes)'),
    })
    expect(told).toEqual(['reading rows'])
  })

/** Rows that take a while to be written. */
const many = 'select sin(i) as a, cos(i) as b, i % 2 as side from range(20000000) t(i)'

test('writing rows is told as it goes, and a cancel in the middle leaves nothing', async () => {
  const {job} = await project()
  const stop = new AbortController()
  const told: {message?: string; done?: number}[] = []
  const own: TrainJob = {
    ...job,
    model: {kind: 'mlp', params: {}},
    task: 'classification',
    tables: {train: many},
    budget: {rows: 0},
  }
  const training = train(own, {
    signal: stop.signal,
    tell: progress => {
      told.push(progress)
      if (progress.message?.startsWith('writing rows') && progress.done! > 0.2) stop.abort()
    },
  })
  await expect(training).rejects.toMatchObject({code: 'cancelled'})
  expect(told.at(-1)!.message).toMatch(/^writing rows to disk: [\d,]+ of 20,000,000$/)
  expect(told.at(-1)!.done).toBeLessThan(0.9)
  expect(existsSync(job.outFolder) ? await readdir(job.outFolder) : []).toEqual([])
}, 60_000)
