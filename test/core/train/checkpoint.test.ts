// Checkpoints within one process: every one of a training leads to the same end; a spoiled one is left alone.

import {expect, test} from 'vitest'
import type {Checkpoints} from '../../../core/plugin.ts'
import {sealed, unsealed} from '../../../core/train/checkpoint.ts'
import {checkpointsIn} from '../../../core/train/checkpoint-folder.ts'
import {english, says} from '../../../core/words/says.ts'
import {temporaryFolder} from '../../support/folder.ts'
import {blobs, data, learn, matrix} from '../models/support.ts'

/** In memory: begins with `first` and gives every checkpoint that was kept. */
function kept(first?: Uint8Array, version = 'test') {
  const all: Uint8Array[] = []
  const checkpoints: Checkpoints = {
    version,
    due: () => true,
    read: async () => first,
    write: async bytes => void all.push(bytes),
  }
  return {checkpoints, all}
}

/** Everything that has a memory: batches within an epoch, chance, moments, statistics, means, patience. */
const params = {
  hidden: [6],
  batchNorm: true,
  dropout: 0.3,
  schedule: 'one-cycle',
  epochs: 4,
  batchSize: 4,
  patience: 2,
  ema: 0.9,
}
const {x, y} = blobs({rows: 90})
const given = data('classification', matrix(x, y), 3)

for (const engine of ['compiled', 'tfjs'])
  test(`every checkpoint of a training leads to the same end: ${engine}`, async () => {
    const {checkpoints, all} = kept()
    const whole = await learn('mlp', {...params, engine}, given, {checkpoints})
    expect(whole.warnings).toEqual([])
    expect(all.length).toBeGreaterThanOrEqual(2 * whole.curve.length)
    for (const bytes of all) {
      const again = await learn('mlp', {...params, engine}, given, kept(bytes))
      expect(Buffer.from(again.bytes).equals(whole.bytes)).toBe(true)
      expect(again.curve).toEqual(whole.curve)
      expect(again.summary).toEqual(whole.summary)
      expect(again.warnings!.map(english)).toEqual([expect.stringContaining('broken off')])
    }
  })

test('a checkpoint that cannot be used is left alone, and the run says why it started afresh', async () => {
  const {checkpoints, all} = kept()
  const whole = await learn('mlp', params, given, {checkpoints})
  const bytes = all[2]!
  const changed = Uint8Array.from(bytes)
  changed[changed.length - 9]! ^= 1
  const newer = Buffer.concat([Buffer.from('bancada-checkpoint 99 '), bytes.subarray(21)])
  const cases: [ReturnType<typeof kept>, string][] = [
    ...[0, 10, 60, bytes.length - 1].map(
      n => [kept(bytes.subarray(0, n)), 'is damaged'] as [ReturnType<typeof kept>, string],
    ),
    [kept(changed), 'is damaged'],
    [kept(newer), 'is of another version of Bancada'],
    [kept(bytes, 'newer'), 'is of another version of Bancada'],
  ]
  for (const [own, problem] of cases) {
    const fitted = await learn('mlp', params, given, own)
    expect(fitted.warnings!.map(english)).toEqual([
      `the training started afresh: its checkpoint ${problem}`,
    ])
    expect(Buffer.from(fitted.bytes).equals(whole.bytes)).toBe(true)
  }
  const other = await learn('mlp', {...params, momentum: 0.5}, given, kept(bytes))
  expect(other.warnings!.map(english)).toEqual([
    expect.stringContaining('of another engine or recipe'),
  ])
})

test('a checkpoint that cannot be read or written does not end the training', async () => {
  const {checkpoints} = kept()
  const failing: Checkpoints = {
    ...checkpoints,
    read: () => Promise.reject(new Error('no access')),
    write: () => Promise.reject(new Error('the disk is full')),
  }
  const {warnings} = await learn('mlp', params, given, {checkpoints: failing})
  expect(warnings!.map(english)).toEqual([
    'the training started afresh: its checkpoint could not be read: no access',
    'no checkpoint could be kept: the disk is full',
  ])
})

test('two trainings at once may share one folder of checkpoints', async () => {
  const folder = await temporaryFolder()
  const whole = await learn('mlp', params, given)
  const one = async () => {
    const checkpoints = checkpointsIn({folder, every: 0, version: 'a'})('fold-0')
    return learn('mlp', params, given, {checkpoints})
  }
  // And a third, which takes up whatever the last of them left.
  for (const fitted of [...(await Promise.all([one(), one()])), await one()]) {
    expect(Buffer.from(fitted.bytes).equals(whole.bytes)).toBe(true)
    expect(fitted.curve).toEqual(whole.curve)
  }
})

test('what is sealed comes back as it was, for its own training alone', () => {
  const state = {epoch: 3, first: Number.NaN, params: Float32Array.of(1, Number.NaN, -0)}
  const mark = {version: 'a', key: 'b'}
  expect(unsealed(sealed(state, mark), mark)).toEqual({kept: state})
  expect(unsealed(sealed(state, mark), {...mark, key: 'c'})).toEqual({
    problem: says`its checkpoint is of another engine or recipe, or of rows in another order`,
  })
})

test('checkpoints of a folder are due after their time, and at the end of a fit after a tenth of it', async () => {
  const folder = `${await temporaryFolder()}/deep/er`
  const {due, read, write} = checkpointsIn({folder, every: 0, version: 'a'})('fold-0')
  expect(await read()).toBeUndefined()
  await write(Uint8Array.of(1, 2))
  expect([...(await read())!]).toEqual([1, 2])
  expect(due({})).toBe(true)
  const seldom = checkpointsIn({folder, every: 1, version: 'a'})('fold-0')
  await new Promise(resolve => setTimeout(resolve, 150))
  expect([seldom.due({}), seldom.due({end: true})]).toEqual([false, true])
})
