import {fork} from 'node:child_process'
import {existsSync, readFileSync} from 'node:fs'
import {readdir, readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {beforeAll, expect, test} from 'vitest'
import {openModel} from '../../../core/onnx/predict.ts'
import type {LogLine} from '../../../core/schema/log.ts'
import type {LogPoint, TrainJob} from '../../../core/train/job.ts'
import {train} from '../../../core/train/train.ts'
import {program} from '../../support/program.ts'
import {project} from './project.ts'

let failing: string
beforeAll(async () => {
  failing = await program('test/support/failing-worker.ts')
})

const calm = () => ({signal: new AbortController().signal, tell: () => {}})

test('a job gives a model, one for each fold, their files, and the learning curve', async () => {
  const {job, all} = await project()
  job.folds = [1, 2].map(k => ({
    train: `${all} where fold <> ${k}`,
    validation: `${all} where fold = ${k}`,
  }))
  const points: LogPoint[] = []
  const told: (string | undefined)[] = []
  const result = await train(job, {
    signal: new AbortController().signal,
    tell: ({message}) => told.push(message),
    log: point => points.push(point),
  })
  expect(result).toMatchObject({
    kind: 'logistic',
    params: {C: 1, penalty: 'l2'},
    task: 'classification',
    classes: ['left', 'right'],
    fit: {onnx: 'model.onnx', rows: {train: 300, validation: 0}},
    folds: [
      {onnx: 'fold-1.onnx', rows: {train: 200, validation: 100}},
      {onnx: 'fold-2.onnx', rows: {train: 200, validation: 100}},
    ],
  })
  expect((await readdir(job.outFolder)).sort()).toEqual([...result.files].sort())
  expect(JSON.parse(await readFile(join(job.outFolder, 'model.json'), 'utf8'))).toMatchObject({
    kind: 'logistic',
    features: ['a', 'b'],
    classes: ['left', 'right'],
    seed: 1,
  })
  expect(new Set(points.map(p => p.fold))).toEqual(new Set([0, 1, 2]))
  expect(points[0]).toMatchObject({fold: 0, epoch: 1, metrics: {loss: expect.any(Number)}})
  expect(told).toContain('fold 2, iteration 1')
  const model = await openModel(join(job.outFolder, 'fold-2.onnx'))
  const {probabilities} = await model.predict(Float32Array.of(0.5, 0.5, -0.5, -0.5), 2, 2)
  expect(probabilities![1]).toBeGreaterThan(0.9)
  expect(probabilities![3]).toBeLessThan(0.1)
})

const kinds = {
  logistic: {},
  mlp: {hidden: [8], epochs: 3, dropout: 0.3, batchNorm: true},
  'k-means': {clusters: 3},
}
for (const [kind, params] of Object.entries(kinds))
  test(`two processes with one seed give the same bytes: ${kind}`, async () => {
    const {job, folder} = await project()
    job.model = {kind, params}
    const {files} = await train(job, calm())
    const again = {...job, outFolder: join(folder, 'again')}
    await train(again, calm())
    for (const file of files)
      expect(
        (await readFile(join(job.outFolder, file))).equals(
          await readFile(join(again.outFolder, file)),
        ),
        file,
      ).toBe(true)
  })

test('rows without a target are left out and counted', async () => {
  const {job, all} = await project()
  job.tables.train = `select * replace (if(fold = 0, null, side) as side) ${all}`
  const {fit} = await train(job, calm())
  expect(fit.rows.train).toBe(200)
  expect(fit.setAside.train).toEqual({noTarget: 100, unknownClass: 0})
  expect(fit.warnings).toEqual(['100 training rows without a target were left out'])
})

test("the worker's own error comes back as it is", async () => {
  const {job, all} = await project()
  job.tables = {train: `select * replace (nullif(fold, 0) as a) ${all}`}
  await expect(train(job, calm())).rejects.toMatchObject({
    code: 'bad-data',
    message: '"a" has 100 missing values',
    hint: 'add an impute step before it, or filter those rows out',
    where: 'a',
  })
})

test('what becomes of a training is said as it happens: rows, engine and why, an early end, each fold', async () => {
  const {job, all} = await project()
  job.model = {
    kind: 'mlp',
    // No step is taken, so no epoch is better than the first.
    params: {hidden: [4], epochs: 50, patience: 2, learningRate: 1e-30, engine: 'cpu'},
  }
  job.folds = [{train: `${all} where fold <> 1`, validation: `${all} where fold = 1`}]
  const lines: LogLine[] = []
  const {fit} = await train(job, {...calm(), say: line => lines.push(line)})
  const said = lines.map(({text}) => text)
  expect(said[0]).toMatch(/^the training process \d+ may use \d+ MiB$/)
  expect(said).toContainEqual(
    expect.stringMatching(
      /^all rows: 300 training rows and 0 validation rows of 2 numbers were read in /,
    ),
  )
  expect(said).toContain('all rows: trains on compiled·cpu, cpu was asked for')
  expect(said).toContainEqual(
    expect.stringMatching(/^all rows: stopped early in epoch 3: val_loss was not better/),
  )
  expect(said).toContainEqual(
    expect.stringMatching(/^fold 1: 200 training rows and 100 validation rows/),
  )
  expect(said).toContainEqual(expect.stringMatching(/^fold 1: mlp was fitted by compiled·cpu, /))
  expect(fit.summary.epochs).toBe(3)
  for (const line of lines) {
    expect(line).toMatchObject({from: 'bancada', level: 'info', said: expect.any(Array)})
    expect(new Date(line.at).toISOString()).toBe(line.at)
  }
})

test('a warning is said once, when it comes up', async () => {
  const {job, all} = await project()
  job.tables.train = `select * replace (if(fold = 0, null, side) as side) ${all}`
  const lines: LogLine[] = []
  await train(job, {...calm(), say: line => lines.push(line)})
  expect(lines.filter(({level}) => level === 'warning').map(({text}) => text)).toEqual([
    '100 training rows without a target were left out',
  ])
})

test('what a worker writes to its streams is told line by line, the last one without an end too', async () => {
  const {job} = await project()
  const lines: LogLine[] = []
  await train(
    {...job, model: {kind: 'talk', params: {}}, target: 'a', features: ['b']},
    {...calm(), program: failing, say: line => lines.push(line)},
  ).catch(() => {})
  const of = (from: LogLine['from']) => lines.flatMap(l => (l.from === from ? [l.text] : []))
  expect(of('stdout')).toEqual(['one', 'two ✓'])
  expect(of('stderr')).toEqual(['three', '', 'unended'])
})

async function fail(kind: string, more: Partial<TrainJob> = {}) {
  const {job} = await project()
  return train(
    {...job, model: {kind, params: {}}, target: 'a', features: ['b'], ...more},
    {...calm(), program: failing},
  ).catch(error => error)
}

test('a worker that exits is a crash with its last words', async () => {
  expect(await fail('exit')).toMatchObject({
    code: 'crashed',
    message: 'the training process ended with exit code 7:\ngoodbye from the worker',
  })
})

test('a worker that is killed is a crash', async () => {
  expect(await fail('kill')).toMatchObject({
    code: 'crashed',
    message: 'the training process was ended by SIGKILL',
    hint: expect.stringContaining('memory'),
  })
})

test('a bug in a model is an internal error', async () => {
  expect(await fail('throw')).toMatchObject({code: 'internal', message: 'a bug in a model'})
})

for (const kind of ['heap', 'arrays'])
  test(`a worker whose ${kind} outgrow its memory limit is out of memory`, async () => {
    expect(await fail(kind, {memory: 300})).toMatchObject({
      code: 'out-of-memory',
      message: 'training needed more than 300 MiB of memory',
    })
  })

const alive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
const until = async (holds: () => boolean) => {
  while (!holds()) await new Promise(resolve => setTimeout(resolve, 20))
}

/** A file is there before its text is; the number of no text is that of this process and its children. */
const isWritten = (file: string) => existsSync(file) && readFileSync(file, 'utf8') !== ''

test('cancel ends a worker in an endless loop, and its process with it', async () => {
  const {job, folder} = await project()
  const mark = join(folder, 'pid')
  const stop = new AbortController()
  const training = train(
    {...job, model: {kind: 'loop', params: {file: mark}}, target: 'a', features: ['b']},
    {signal: stop.signal, tell: () => {}, program: failing},
  )
  await until(() => isWritten(mark))
  const pid = Number(await readFile(mark, 'utf8'))
  expect(alive(pid)).toBe(true)
  stop.abort()
  await expect(training).rejects.toMatchObject({code: 'cancelled'})
  expect(alive(pid)).toBe(false)
})

test('cancel ends a worker that is compiling', {timeout: 120_000}, async () => {
  const {job} = await project()
  // Thousands of nodes: opening them takes seconds.
  const hidden = Array.from({length: 50}, () => 16)
  job.model = {kind: 'mlp', params: {hidden, batchNorm: true, dropout: 0.1, epochs: 1000}}
  const stop = new AbortController()
  let after: string | undefined
  const training = train(job, {
    signal: stop.signal,
    tell: ({message}) => {
      if (stop.signal.aborted) after = message
      if (message === 'compiling') stop.abort()
    },
  })
  await expect(training).rejects.toMatchObject({code: 'cancelled'})
  expect(stop.signal.aborted).toBe(true)
  expect(after).toBeUndefined()
})

test('a training that is cancelled before it starts does not start', async () => {
  const {job} = await project()
  await expect(train(job, {signal: AbortSignal.abort(), tell: () => {}})).rejects.toMatchObject({
    code: 'cancelled',
  })
  expect(existsSync(job.outFolder)).toBe(false)
})

test('a worker ends itself when its parent is gone, even in an endless loop', async () => {
  const {job, folder} = await project()
  const mark = join(folder, 'pid')
  const parent = fork(await program('test/support/training-parent.ts'), [], {stdio: 'ignore'})
  parent.send({
    job: {...job, model: {kind: 'loop', params: {file: mark}}, target: 'a', features: ['b']},
    program: failing,
  })
  await until(() => isWritten(mark))
  const pid = Number(await readFile(mark, 'utf8'))
  parent.kill('SIGKILL')
  await until(() => !alive(pid))
})
