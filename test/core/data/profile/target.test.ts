// How well each column alone tells the target: one that gives it away near 1, one of noise near nothing.
import {expect, test} from 'vitest'
import {profile} from '../../../../core/data/profile/index.ts'
import {type Sql, sql} from '../../../../core/data/sql.ts'
import {session} from '../../../support/step.ts'

const task = {signal: new AbortController().signal, tell: () => {}}

async function judged(columns: Sql, rows = 4000, target = 'y') {
  const db = await session()
  const made = sql`select ${columns} from (select r, hash(r) % 1000003 as h from (select unnest(range(${rows})) as r))`
  await db.run(sql`create table t as ${made}`)
  const found = await profile(db, await db.relation(sql`from t`), {...task, target})
  const value = (name: string) => found.target!.columns.find(c => c.name === name)!.value
  const leaks = found.warnings.filter(w => w.kind === 'leakage').map(w => w.columns[0])
  return {value, leaks, ...found.target!}
}

test('two classes: the area under the ROC curve', async () => {
  const {value, leaks, ...target} = await judged(sql`
    if(h % 5 < 2, 'yes', 'no') as y, if(h % 5 < 2, 'Y', 'N') as copy, h % 5 as determined,
    hash(h) % 1000 / 7 as noise, 'n' || hash(h + 1) % 9 as words, r as id, h::varchar as "key",
    if(r % 2 = 0, null, h % 5 < 2) as gaps`)
  expect(target).toMatchObject({task: 'classification', measure: 'auc'})
  expect(target.classes!.map(c => c.value)).toEqual(['no', 'yes'])
  for (const name of ['copy', 'determined']) expect(value(name)).toBeCloseTo(1, 6)
  for (const name of ['noise', 'words', 'id', 'key'])
    expect(Math.abs(value(name) - 0.5), name).toBeLessThan(0.05)
  // Half of the rows tell nothing, so a quarter of the pairs is seen on neither side, and half on one.
  expect(value('gaps')).toBeCloseTo(1 / 4 + 1 / 2 + 1 / 8, 1)
  expect(leaks.sort()).toEqual(['copy', 'determined'])
})

test('the area of one column is what its formula gives', async () => {
  // Of x = 0, a quarter is positive; of x = 1, three quarters: the area is 3/4 · 3/4 + 2 · 3/4 · 1/4 / 2 = 0.75.
  const {value} = await judged(sql`(r // 2) % 4 < if(r % 2 = 0, 1, 3) as y, r % 2 as x`, 8000)
  expect(value('x')).toBeCloseTo(0.75, 1)
})

test('more classes: the share of entropy that is explained', async () => {
  const {value, leaks, ...target} = await judged(sql`
    'c' || h % 4 as y, h % 4 * 10 as copy, h % 2 as half, hash(h) % 1000 as noise, r as id`)
  expect(target).toMatchObject({task: 'classification', measure: 'entropy'})
  expect(value('copy')).toBeGreaterThan(0.98)
  // The parity leaves two of four equally frequent classes: one bit of two.
  expect(value('half')).toBeCloseTo(0.5, 1)
  expect(value('noise')).toBeLessThan(0.02)
  expect(value('id')).toBeLessThan(0.02)
  expect(leaks).toEqual(['copy'])
})

test('a number: the share of variance that is explained', async () => {
  const {value, leaks, ...target} = await judged(sql`
    h / 100 as y, h * 3 as line, 'k' || h % 1000003 // 100000 as coarse, hash(h) % 1000 as noise,
    exp(h / 100000) as curve, date '2000-01-01' + (h // 100)::int as day, r as id`)
  expect(target).toMatchObject({task: 'regression', measure: 'r2'})
  expect(target.classes).toBeUndefined()
  for (const name of ['line', 'curve', 'day']) expect(value(name), name).toBeGreaterThan(0.99)
  // Ten steps of an even spread leave 1/100 of the variance.
  expect(value('coarse')).toBeCloseTo(0.99, 2)
  for (const name of ['noise', 'id']) expect(value(name)).toBeLessThan(0.05)
  expect(leaks.sort()).toEqual(['coarse', 'curve', 'day', 'line'])
})

test('a long tail is told as well as the bulk', async () => {
  const {value} = await judged(sql`exp(h / 100000) as y, exp(h / 100000) * 2 + 1 as copy`)
  expect(value('copy')).toBeGreaterThan(0.95)
})

test('a few whole numbers are classes, and so is a flag', async () => {
  expect(await judged(sql`h % 3 as y, h as x`)).toMatchObject({task: 'classification'})
  expect(await judged(sql`h % 3 / 4 as y, h as x`)).toMatchObject({task: 'regression'})
  expect(await judged(sql`h % 3 = 0 as y, h as x`)).toMatchObject({measure: 'auc'})
})

test('rows without a target are left out', async () => {
  const {value, classes} = await judged(sql`
    case when r % 4 = 0 then null when h % 2 = 0 then 'a' else 'b' end as y, r % 4 = 0 as gone, h % 2 as copy`)
  expect(classes!.reduce((sum, c) => sum + c.count, 0)).toBe(3000)
  expect(value('copy')).toBeCloseTo(1, 6)
  expect(value('gone')).toBe(0.5)
})
