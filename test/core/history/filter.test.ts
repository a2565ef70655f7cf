// Every expression runs in a real DuckDB over a few real runs.

import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {History} from '../../../core/history/history.ts'
import {Runs} from '../../../core/history/runs.ts'
import {clock, spec} from './spec.ts'

let folder: string
let history: History
const labels = new Map<string, string>()

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bancada-test-'))
  const time = clock('2026-03-01T10:00:00.000Z')
  const runs = new Runs(join(folder, '.bancada', 'runs'), {now: time.now})
  history = new History(runs)
  const make = async (
    label: string,
    params: Record<string, unknown>,
    metrics: Record<string, number>,
    cell = 'net',
  ) => {
    const run = await runs.begin(spec({params, cell}))
    time.pass(4000)
    await run.finish({engine: 'tfjs·wasm', metrics})
    labels.set(run.id, label)
    time.pass(86_400_000)
    return run.id
  }
  await make(
    'a',
    {lr: 0.001, activation: 'relu', schedule: {kind: 'cosine'}},
    {f1: 0.95, 'top-5': 1},
  )
  const b = await make(
    'b',
    {lr: 0.1, activation: 'tanh', nested: true},
    {f1: 0.85, loss: Number.NaN},
  )
  const c = await make('c', {lr: 'auto', activation: "it's"}, {loss: 0.2}, 'linear')
  await runs.setTags(b, ['paper', 'old'])
  await runs.setStar(b, true)
  await runs.setNotes(c, 'Archived? No: kept')
  const d = await make('d', {lr: 1e-4}, {f1: 0.5, loss: Number.POSITIVE_INFINITY})
  await runs.setArchived(d, true)
})

afterAll(async () => {
  await history.close()
  await rm(folder, {recursive: true, force: true})
})

const matching = async (filter: string) =>
  (await history.list({filter, sort: [{by: 'created'}]})).rows.map(r => labels.get(r.id)).join('')

test.each([
  ['', 'abc'],
  ['metrics.f1 > 0.9', 'a'],
  ['metrics.f1 > 0.9 and params.lr < 0.01', 'a'],
  ['metrics.f1 >= .85', 'ab'],
  ['params.lr < 0.01', 'a'],
  ['params.lr = 1e-3', 'a'],
  ["params.lr = 'auto'", 'c'],
  ["params.activation = 'relu' or params.activation = 'tanh'", 'ab'],
  [`params.activation = 'it''s'`, 'c'],
  ["params.activation like 'T%'", 'b'],
  ['params.activation in (\'relu\', "tanh")', 'ab'],
  ["params.activation not in ('relu')", 'bc'],
  ["params.schedule.kind = 'cosine'", 'a'],
  ['params.nested', 'b'],
  ['params.nested = true', 'b'],
  ["state = 'finished'", 'abc'],
  ["state == 'finished' AND NOT star", 'ac'],
  ['star', 'b'],
  ['star = false', 'ac'],
  ["tags has 'paper'", 'b'],
  ["not tags has 'paper'", 'ac'],
  ["tags not has 'paper'", 'ac'],
  ["cell != 'net'", 'c'],
  ['metrics."top-5" = 1', 'a'],
  ['metrics.f1 is missing', 'c'],
  ['metrics.f1 is not missing', 'ab'],
  // NaN is missing, so it is neither more nor less than anything.
  ['metrics.loss > 0', 'c'],
  ['not metrics.loss > 0', 'ab'],
  ['metrics.f1 > metrics.loss', ''],
  ['metrics.f1 > params.lr', 'ab'],
  ['seconds = 4', 'abc'],
  ['created > 2026-03-02', 'bc'],
  ['created >= 2026-03-02T10:00:04 and created < 2026-03-03', 'b'],
  ["created < '2026-03-02'", 'a'],
  ['archived', 'd'],
  ['archived or star', 'bd'],
  ["notes like '%archived%'", 'c'],
  ['(metrics.f1 > 0.9 or star) and not (params.lr > 0.05)', 'a'],
  ['metrics.f1 > 0.9 or star and params.lr > 0.05', 'ab'],
  ['not not star', 'b'],
  ["id like '20260301%'", 'a'],
  ["cell = 'net''; drop table stored; --'", ''],
])('%s', async (filter, expected) => {
  expect(await matching(filter)).toBe(expected)
})

test.each([
  ['metrics.f2 > 1', 'unknown-name', 1, 'no run has "metrics.f2"', 'did you mean "metrics.f1"?'],
  ['star and f1 > 1', 'unknown-name', 10, 'no run has "f1"', 'did you mean "metrics.f1"?'],
  ['stat = 1', 'unknown-name', 1, 'no run has "stat"', 'did you mean "state"?'],
  ['shown = 1', 'unknown-name', 1, 'no run has "shown"', undefined],
  ['constructor = 1', 'unknown-name', 1, 'no run has "constructor"', undefined],
  ['state = finished', 'unknown-name', 9, 'no run has "finished"', undefined],
  ['metrics.f1 > ', 'bad-params', 13, 'expected a name, but it ends here', undefined],
  ['metrics.f1 > > 1', 'bad-params', 14, 'expected a name, not ">"', undefined],
  ['(star', 'bad-params', 6, 'expected ")", but it ends here', undefined],
  ['star)', 'bad-params', 5, 'expected and, or, or the end, not ")"', undefined],
  ["state = 'fin", 'bad-params', 9, `cannot read "'fin"`, 'a quotation mark is not closed'],
  ['metrics.f1 > 0,9', 'bad-params', 15, 'expected and, or, or the end, not ","', undefined],
  ['metrics.f1 = 1 & star', 'bad-params', 16, 'cannot read "& star"', undefined],
  ["metrics.f1 > 'high'", 'bad-params', 1, 'metrics.f1 is a number', undefined],
  ['state > 1', 'bad-params', 1, 'state is text', undefined],
  [
    "created > 'soon'",
    'bad-params',
    1,
    'created is a time',
    'such as 2026-03-01 or 2026-03-01T10:00',
  ],
  ["tags = 'paper'", 'bad-params', 1, 'tags is a list', "use has 'x'"],
  ["cell has 'x'", 'bad-params', 1, 'cell is not a list', 'use = or like'],
  ['star = 1', 'bad-params', 1, 'star is true or false', 'write star or not star'],
  ['cell', 'bad-params', 1, 'cell is not true or false', undefined],
  ['cell in (net)', 'bad-params', 10, 'expected a value, not "net"', 'put text in quotes'],
  ['metrics.', 'bad-params', 9, 'expected a name after the dot, but it ends here', undefined],
  ['metrics', 'unknown-name', 1, 'no run has "metrics"', undefined],
])('the error of %s has its place and a way out', async (filter, code, column, message, hint) => {
  await expect(history.list({filter})).rejects.toMatchObject({
    code,
    where: `filter, column ${column}`,
    message: expect.stringContaining(message),
    ...(hint ? {hint} : {}),
  })
})

test('sorting puts runs without a value last, either way, and numbers by size', async () => {
  const by = async (key: string, order: 'asc' | 'desc') =>
    (await history.list({sort: [{by: key, order}], archived: true})).rows
      .map(r => labels.get(r.id))
      .join('')
  expect(await by('metrics.f1', 'asc')).toBe('dbac')
  expect(await by('metrics.f1', 'desc')).toBe('abdc')
  // Text after numbers.
  expect(await by('params.lr', 'asc')).toBe('dabc')
  expect(await by('params.lr', 'desc')).toBe('badc')
  await expect(history.list({sort: [{by: 'metrics.f2'}]})).rejects.toMatchObject({
    code: 'unknown-name',
  })
})
