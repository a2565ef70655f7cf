import {appendFile, mkdir, readdir, readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {Runs} from '../../../core/history/runs.ts'
import type {Report} from '../../../core/schema/report.ts'
import {temporaryFolder} from '../../support/folder.ts'
import {readOnly} from '../../support/unprivileged.ts'
import {clock, mortal, spec} from './spec.ts'

async function store() {
  const folder = join(await temporaryFolder(), 'runs')
  const time = clock()
  const owner = mortal()
  return {folder, time, owner, runs: new Runs(folder, {now: time.now, processes: owner})}
}

test('a run keeps what went in, every point and how it ended', async () => {
  const {runs, time} = await store()
  const run = await runs.begin(spec())
  for (let epoch = 1; epoch <= 3; epoch++) {
    time.pass(500)
    run.log(epoch, {loss: 1 / epoch, val_loss: epoch === 2 ? 0.9 : 0.4})
  }
  const model = await run.save('model/weights.bin', Buffer.from('abc'))
  await run.finish({engine: 'tfjs·wasm', metrics: {epochs: 3}, warnings: ['slow']})

  const got = await runs.get(run.id)
  expect(got).toMatchObject({
    ...spec(),
    id: run.id,
    created: '2026-03-01T10:00:00.000Z',
    status: {state: 'finished', ended: '2026-03-01T10:00:01.500Z'},
    engine: 'tfjs·wasm',
    curves: {
      loss: {last: 1 / 3, min: 1 / 3, max: 1, points: 3},
      val_loss: {last: 0.4, min: 0.4, max: 0.9, points: 3},
    },
    metrics: {loss: 1 / 3, val_loss: 0.4, epochs: 3},
    artifacts: [model],
    warnings: ['slow'],
  })
  expect(model).toEqual({
    name: 'model/weights.bin',
    bytes: 3,
    sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  })
  expect(await runs.points(run.id)).toEqual([
    {epoch: 1, seconds: 0.5, metrics: {loss: 1, val_loss: 0.4}},
    {epoch: 2, seconds: 1, metrics: {loss: 0.5, val_loss: 0.9}},
    {epoch: 3, seconds: 1.5, metrics: {loss: 1 / 3, val_loss: 0.4}},
  ])
})

test('the environment names the machine and what computes', async () => {
  const folder = await temporaryFolder()
  const runs = new Runs(folder)
  const {environment} = await runs.get((await runs.begin(spec())).id)
  const own = JSON.parse(await readFile('package.json', 'utf8'))
  expect(environment.bancada).toBe(own.version)
  expect(environment.node).toBe(process.versions.node)
  expect(environment.packages['onnxruntime-node']).toBe(own.dependencies['onnxruntime-node'])
})

test('ids sort by time', async () => {
  const {runs, time} = await store()
  const made: string[] = []
  for (const ms of [0, 1, 999, 60_000, 86_400_000]) {
    time.pass(ms + 1)
    made.push((await runs.begin(spec())).id)
  }
  expect([...made].sort()).toEqual(made)
  expect(await runs.ids()).toEqual(made)
})

test('a loss that became NaN or infinite is told as such', async () => {
  const {runs} = await store()
  const run = await runs.begin(spec())
  run.log(1, {loss: 5})
  run.log(2, {loss: Number.POSITIVE_INFINITY})
  run.log(3, {loss: Number.NaN})
  await run.finish({engine: 'e', metrics: {gap: Number.NEGATIVE_INFINITY}})
  const {metrics, curves} = await runs.get(run.id)
  expect(metrics).toEqual({loss: Number.NaN, gap: Number.NEGATIVE_INFINITY})
  expect(curves.loss).toEqual({last: Number.NaN, min: 5, max: 5, points: 3})
  expect((await runs.points(run.id)).map(p => p.metrics.loss)).toEqual([
    5,
    Number.POSITIVE_INFINITY,
    Number.NaN,
  ])
})

test('a failed and a cancelled run keep what they had', async () => {
  const {runs} = await store()
  const failed = await runs.begin(spec())
  failed.log(1, {loss: 2})
  await failed.fail({code: 'out-of-memory', message: 'the worker ran out of memory'})
  const cancelled = await runs.begin(spec())
  await cancelled.cancel({engine: 'tfjs·cpu'})
  expect(await runs.get(failed.id)).toMatchObject({
    status: {state: 'failed', fault: {code: 'out-of-memory'}},
    metrics: {loss: 2},
  })
  expect(await runs.get(cancelled.id)).toMatchObject({
    status: {state: 'cancelled'},
    engine: 'tfjs·cpu',
  })
})

test('a run whose process is gone is shown as crashed, and its file is left alone', async () => {
  const {runs, owner} = await store()
  const run = await runs.begin(spec())
  run.log(1, {loss: 3})
  expect((await runs.get(run.id)).status.state).toBe('running')
  owner.end()
  const before = await readFile(join(runs.path(run.id), 'run.json'), 'utf8')
  const seen = await runs.get(run.id)
  expect(seen.status.state).toBe('crashed')
  expect(seen.metrics).toEqual({loss: 3})
  expect(await readFile(join(runs.path(run.id), 'run.json'), 'utf8')).toBe(before)
})

test('a torn last line is left out, and the line after it is not lost', async () => {
  const {runs} = await store()
  const run = await runs.begin(spec())
  run.log(1, {loss: 3})
  await appendFile(join(run.folder, 'metrics.ndjson'), '{"epoch":2,"sec')
  expect(await runs.points(run.id)).toHaveLength(1)

  await runs.setNotes(run.id, 'first')
  await appendFile(join(run.folder, 'changes.ndjson'), '{"at":"2026')
  expect((await runs.get(run.id)).notes).toBe('first')
  await runs.setStar(run.id, true)
  expect(await runs.get(run.id)).toMatchObject({notes: 'first', star: true})
})

test('notes, tags, star, archive and evaluations are added without touching run.json', async () => {
  const {runs} = await store()
  const run = await runs.begin(spec())
  run.log(1, {loss: 1})
  await runs.setTags(run.id, ['good', 'paper', 'good'])
  await runs.setArchived(run.id, true)
  await run.finish({engine: 'e'})
  await runs.addMetrics(run.id, 'scores', [{name: 'f1', value: 0.8, better: 'high'}])
  await runs.addMetrics(run.id, 'scores', [
    {name: 'f1', value: 0.9, low: 0.85, high: Number.NaN, better: 'high'},
  ])
  expect(await runs.get(run.id)).toMatchObject({
    tags: ['good', 'paper'],
    archived: true,
    star: false,
    metrics: {loss: 1, f1: 0.9},
    evaluations: {
      scores: [{name: 'f1', value: 0.9, low: 0.85, high: Number.NaN, better: 'high'}],
    },
  })
})

test('a run keeps the whole report of each evaluation, the last one of a cell', async () => {
  const {runs} = await store()
  const run = await runs.begin(spec())
  await run.finish({engine: 'e'})
  const report: Report = {
    about: 'evaluation',
    title: 'mlp on the test rows',
    rows: 5,
    metrics: [{name: 'f1', value: 0.8, low: 0.7, high: Number.NaN, better: 'high', baseline: 0.3}],
    intervals: {method: 'percentile bootstrap', level: 0.95, repeats: 500, seed: 1},
    baseline: 'always "a"',
    exhibits: [
      {
        kind: 'confusion',
        classes: ['a', 'b'],
        counts: [
          [2, 1],
          [0, 2],
        ],
      },
      {kind: 'curve', name: 'gain', series: [{label: 'b', x: [0, 1], y: [0, 1], at: [null, 0.5]}]},
      {kind: 'residuals', predicted: [1], residual: [0.5], rows: 9},
      {kind: 'histogram', name: 'residual', edges: [0, 1], counts: [1]},
      {
        kind: 'slices',
        column: 'Island',
        slices: [{value: 'Dream', rows: 2, metrics: [{name: 'f1', value: 1, better: 'high'}]}],
        leftOut: 1,
      },
      {kind: 'folds', rows: [2], metrics: [{name: 'f1', better: 'high', mean: 1, values: [null]}]},
      {kind: 'table', name: 'classes', columns: ['class'], rows: [['NaN'], [null]]},
    ],
    warnings: ['few rows'],
  }
  await runs.addReport(run.id, 'scores', {...report, title: 'an earlier one'})
  await runs.addReport(run.id, 'scores', report)
  expect(await runs.report(run.id, 'scores')).toEqual(report)
  expect((await runs.get(run.id)).metrics).toMatchObject({f1: 0.8})

  await expect(runs.report(run.id, 'score')).rejects.toMatchObject({
    code: 'unknown-name',
    hint: expect.stringContaining('scores'),
  })
  const {reports} = await runs.get(run.id)
  await writeFile(join(run.folder, reports.scores!), '{"about":')
  await expect(runs.report(run.id, 'scores')).rejects.toMatchObject({code: 'damaged'})
  // Figures without a report take the place of the earlier evaluation, report and all.
  await runs.addMetrics(run.id, 'scores', [{name: 'f1', value: 0.9, better: 'high'}])
  expect((await runs.get(run.id)).reports).toEqual({})
})

test('a run by a newer Bancada is too new, and the others are read', async () => {
  const {runs} = await store()
  const [newer, own] = [await runs.begin(spec()), await runs.begin(spec())]
  const file = join(newer.folder, 'run.json')
  await writeFile(file, JSON.stringify({version: 2, shape: 'unheard of'}))
  await expect(runs.get(newer.id)).rejects.toMatchObject({
    code: 'too-new',
    where: file,
    hint: expect.stringContaining('update'),
  })
  expect((await runs.get(own.id)).id).toBe(own.id)
})

test('a hand-edited run tells which field does not fit', async () => {
  const {runs} = await store()
  const run = await runs.begin(spec())
  const file = join(run.folder, 'run.json')
  const stored = JSON.parse(await readFile(file, 'utf8'))
  await writeFile(file, JSON.stringify({...stored, seed: 'one'}))
  await expect(runs.get(run.id)).rejects.toMatchObject({code: 'damaged', where: `${file}: seed`})
  await writeFile(file, '{"version": 1,')
  await expect(runs.get(run.id)).rejects.toMatchObject({code: 'damaged', where: file})
  await writeFile(file, '[]')
  await expect(runs.get(run.id)).rejects.toMatchObject({code: 'damaged', where: file})
})

test('an unknown run gets the nearest id; a path is no id', async () => {
  const {runs} = await store()
  const run = await runs.begin(spec())
  const typo = `${run.id.slice(0, -1)}x`
  await expect(runs.get(typo)).rejects.toMatchObject({
    code: 'unknown-name',
    hint: `did you mean "${run.id}"?`,
  })
  await expect(runs.remove('../runs')).rejects.toMatchObject({code: 'unknown-name'})
  expect(await runs.ids()).toEqual([run.id])
})

test('removing is for good, and refused while it runs', async () => {
  const {runs, folder, owner} = await store()
  const run = await runs.begin(spec())
  await expect(runs.remove(run.id)).rejects.toMatchObject({code: 'refused'})
  owner.end()
  await runs.remove(run.id)
  expect(await readdir(folder)).toEqual([])
})

test('what a kill left half-made is never listed and goes away in time', async () => {
  const {runs, folder, time} = await store()
  await mkdir(join(folder, '.gone-20260301-100000-000-aaaaaaaa'), {recursive: true})
  await mkdir(join(folder, '.new-20260301-100000-000-bbbbbbbb'))
  const first = await runs.begin(spec())
  expect(await runs.ids()).toEqual([first.id])
  // It is young: another process may be at work on it.
  expect(await readdir(folder)).toContain('.new-20260301-100000-000-bbbbbbbb')
  time.pass(2 * 3_600_000)
  const second = await runs.begin(spec())
  expect((await readdir(folder)).sort()).toEqual([first.id, second.id])
})

test('an artifact cannot leave the run', async () => {
  const {runs} = await store()
  const run = await runs.begin(spec())
  for (const name of ['../run.json', '/etc/x', 'a//b', '.', 'c:\\x'])
    await expect(run.save(name, Buffer.from('x')), name).rejects.toMatchObject({code: 'bad-params'})
  await run.save('a', Buffer.from('x'))
  await expect(run.save('a', Buffer.from('x'))).rejects.toMatchObject({code: 'duplicate-name'})
})

test('a read-only folder is told as such', async () => {
  const {runs, folder} = await store()
  await mkdir(folder)
  await readOnly(folder, () =>
    expect(runs.begin(spec())).rejects.toMatchObject({
      code: 'read-only',
      where: folder,
      hint: expect.stringContaining('writable'),
    }),
  )
})
