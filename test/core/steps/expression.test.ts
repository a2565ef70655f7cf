import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {Session} from '../../../core/data/session.ts'
import type {Relation} from '../../../core/data/sql.ts'
import {sql} from '../../../core/data/sql.ts'
import {applyStep} from '../../../core/notebook/apply.ts'
import {derive} from '../../../core/steps/derive.ts'
import {filter} from '../../../core/steps/filter.ts'

let session: Session
let folder: string
let rows: Relation
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bancada-test-'))
  await writeFile(join(folder, 'secret.csv'), 'a\n1\n')
  session = await Session.open({folder, threads: 1})
  await session.run(sql`create table other as select 42 as secret`)
  rows = await session.relation(sql`select * from (values (1, 'a'), (2, 'b')) t(x, name)`)
})
afterAll(async () => {
  session.close()
  await rm(folder, {recursive: true, force: true})
})

const kept = async (where: string) => {
  const {main} = await applyStep(session, filter, {where}, {main: rows})
  return (await session.rows(main.query)).map(row => row.x)
}
const derived = async (text: string) => {
  const {main} = await applyStep(session, derive, {columns: {made: text}}, {main: rows})
  return (await session.rows(main.query)).map(row => row.made)
}

describe('an expression may use all of the row', () => {
  test.each([
    ['x > 1', [2]],
    ['x in (1, 3) or name = $$b$$', [1, 2]],
    ['x > 1 -- a comment', [2]],
    ['/* ) */ x =\n  1', [1]],
    [`name <> ');'`, [1, 2]],
    ['list_contains(list_filter([1, 2], y -> y > 1), x)', [2]],
    ['case when name like $$a%$$ then true end', [1]],
  ])('%j', async (where, wanted) => expect(await kept(where)).toEqual(wanted))
})

describe('an expression is only an expression', () => {
  test.each([
    ['1) as a, (2', 'refused'],
    ['1); drop table other; select (1', 'refused'],
    ['1); select (1', 'refused'],
    ['1) from other where (true', 'refused'],
    ['1) union all select (2', 'refused'],
    ['1) limit (1', 'refused'],
    ['(select secret from other)', 'refused'],
    ['exists (from other)', 'refused'],
    ['x in (select 1)', 'refused'],
    [`(from read_csv('secret.csv'))`, 'refused'],
    ['sum(x) over ()', 'refused'],
    ['row_number() over ()', 'refused'],
    ['max(x)', 'refused'],
    ['count(*)', 'refused'],
    ['unnest([1, 2])', 'refused'],
    ['columns(*)', 'refused'],
    ['*', 'refused'],
    ['$1', 'refused'],
    ['random()', 'refused'],
    ['now()', 'refused'],
    ['current_date', 'refused'],
    ['gen_random_uuid()', 'refused'],
    [`nextval('s')`, 'refused'],
    ['x +', 'bad-sql'],
    ['x)', 'bad-sql'],
    ['(x', 'bad-sql'],
    ['x /*', 'bad-sql'],
    ['nosuch(x)', 'bad-sql'],
  ])('%j is %s', async (text, code) => {
    const fault = {code, message: expect.stringMatching(/^columns\.made: /)}
    await expect(derived(text)).rejects.toMatchObject(fault)
    await expect(kept(text)).rejects.toMatchObject({code})
  })
})

test('an error in an expression tells its place in the expression and the nearest column', async () => {
  await expect(kept('x > 0\n  and nme = 1')).rejects.toMatchObject({
    code: 'no-column',
    where: 'line 2, column 7',
    hint: 'did you mean "name"?',
  })
  await expect(kept('x > 0\n  and and')).rejects.toMatchObject({
    code: 'bad-sql',
    where: 'line 2, column 7',
  })
})

test('a condition must be true or false', async () => {
  await expect(kept('x + 1')).rejects.toMatchObject({code: 'wrong-type'})
})

test('a derived column may replace one by its exact name only', async () => {
  const apply = (columns: Record<string, string>) =>
    applyStep(session, derive, {columns}, {main: rows})
  const {main} = await apply({x: 'x * 10', y: 'x + 1'})
  expect(await session.rows(main.query)).toEqual([
    {x: 10, name: 'a', y: 2},
    {x: 20, name: 'b', y: 3},
  ])
  await expect(apply({X: '1'})).rejects.toMatchObject({code: 'duplicate-name'})
})
