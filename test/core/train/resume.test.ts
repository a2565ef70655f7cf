// A training whose process is killed with SIGKILL goes on from its last checkpoint, to the same bytes.

import {readdir, readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {afterEach, beforeAll, expect, test} from 'vitest'
import type {LogPoint, TrainJob} from '../../../core/train/job.ts'
import {train} from '../../../core/train/train.ts'
import {english} from '../../../core/words/says.ts'
import {program} from '../../support/program.ts'
import {project} from './project.ts'

/** Each of some ten processes takes a second to start, and much more on a busy machine. */
const long = 180_000

let worker: string
beforeAll(async () => {
  worker = await program('test/support/killed-worker.ts')
})
afterEach(() => {
  delete process.env.KILL_AT
})

/** Everything that has a memory: batches within an epoch, chance, moments, statistics, means, patience. */
const params = {
  hidden: [6],
  batchNorm: true,
  dropout: 0.3,
  schedule: 'cosine',
  epochs: 6,
  batchSize: 4,
  patience: 3,
  ema: 0.9,
}

/** Six blocks an epoch, and rows of one step in two of them. */
const streaming = {budget: {rows: 0, block: 600}}

/** Trains, killed at a point or to the end. */
async function run(job: TrainJob, at?: string) {
  if (at) process.env.KILL_AT = at
  else delete process.env.KILL_AT
  const points: LogPoint[] = []
  const result = await train(job, {
    signal: new AbortController().signal,
    tell: () => {},
    log: point => points.push(point),
    program: worker,
  })
  return {result, points}
}

const killed = (job: TrainJob, at: string) =>
  expect(run(job, at), at).rejects.toMatchObject({
    code: 'crashed',
    message: 'the training process was ended by SIGKILL',
  })

async function jobs(more: object = {}, change: Partial<TrainJob> = {}) {
  const {job, folder, all} = await project()
  Object.assign(job, change)
  job.model = {kind: 'mlp', params: {...params, ...more}}
  const folds = [1, 2].map(k => ({
    train: `${all} where fold <> ${k}`,
    validation: `${all} where fold = ${k}`,
  }))
  const checkpoints = {folder: join(folder, 'checkpoints', 'abc'), every: 0, version: 'test'}
  return {
    whole: {...job, outFolder: join(folder, 'whole')},
    broken: {...job, outFolder: join(folder, 'broken'), checkpoints},
    folds,
  }
}

for (const [way, change] of [
  ['rows in memory', {}],
  ['rows streamed from disk', streaming],
] as const)
  test(
    `stopped by its user at any moment, it keeps its place and ends with the same bytes: ${way}`,
    async () => {
      const {whole, broken} = await jobs({epochs: 12}, change)
      const {points} = await run(whole)
      // Only what a stop keeps is kept.
      const job = {...broken, checkpoints: {...broken.checkpoints!, every: 1e6}}
      const heard: number[] = []
      for (const epoch of [2, 5, 9]) {
        const stop = new AbortController()
        const stopped = train(job, {
          signal: stop.signal,
          tell: () => {},
          log: point => {
            heard.push(point.epoch)
            if (point.epoch === epoch) stop.abort()
          },
        })
        await expect(stopped).rejects.toMatchObject({code: 'cancelled'})
      }
      const last = await run(job)
      expect(last.points).toEqual(points)
      expect(last.result.fit.warnings.map(english)).toEqual([
        expect.stringMatching(/taken up again in epoch \d+$/),
      ])
      const again = Number(/\d+$/.exec(english(last.result.fit.warnings[0]!))![0])
      expect(again).toBeGreaterThanOrEqual(9)
      expect(await filesOf(job)).toEqual(await filesOf(whole))
    },
    long,
  )

async function filesOf({outFolder}: TrainJob) {
  const names = (await readdir(outFolder, {recursive: true})).filter(n => /\.\w+$/.test(n)).sort()
  const all = names.map(async n => [n, (await readFile(join(outFolder, n))).toString('base64')])
  return Object.fromEntries(await Promise.all(all))
}

const ways: [string, string, Partial<TrainJob>][] = [
  ['compiled', 'compiled', {}],
  ['tfjs', 'tfjs', {}],
  ['rows streamed from disk', 'compiled', streaming],
]
for (const [way, engine, more] of ways)
  test(
    `killed within an epoch and between two, it ends with the same bytes: ${way}`,
    async () => {
      const {whole, broken} = await jobs({engine}, more)
      const {points} = await run(whole)
      for (const at of ['write 1', 'write 2', 'epoch 3 of fold 0', 'write 3'])
        await killed(broken, at)
      const again = await run(broken)
      expect(await filesOf(broken)).toEqual(await filesOf(whole))
      expect(Object.keys(await filesOf(whole))).toContain('model.onnx')
      // Each point once, those before the kill too.
      expect(again.points).toEqual(points)
      expect(again.points.map(p => p.epoch)).toEqual(points.map((_, i) => i + 1))
      expect(again.result.fit.warnings.map(english)).toEqual([
        expect.stringMatching(
          /^the training was broken off before: it was taken up again in epoch \d$/,
        ),
      ])
    },
    long,
  )

test(
  'folds that were finished are not trained again',
  async () => {
    const {whole, broken, folds} = await jobs()
    const {points} = await run({...whole, folds})
    await killed({...broken, folds}, 'epoch 2 of fold 1')
    const again = await run({...broken, folds})
    expect(await filesOf(broken)).toEqual(await filesOf(whole))
    expect(again.points).toEqual(points)
    expect(again.result.fit.warnings.map(english)).toEqual([
      expect.stringContaining('had come to its end'),
    ])
    expect(again.result.folds.map(f => f.warnings.map(english))).toEqual([
      [expect.stringContaining('in epoch 2')],
      [],
    ])
  },
  long,
)
