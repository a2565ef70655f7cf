import fc from 'fast-check'
import {expect, onTestFinished, test} from 'vitest'
import {Session} from '../../../core/data/session.ts'
import {shuffleCuts, shuffleKey} from '../../../core/data/shuffle.ts'
import {id, join, raw, sql} from '../../../core/data/sql.ts'
import type {CellContext} from '../../../core/notebook/cell-kind.ts'
import {splitCell} from '../../../core/notebook/cells/split.ts'
import type {Table} from '../../../core/schema/table.ts'
import type {SplitValue} from '../../../core/schema/value.ts'
import {Store} from '../../../core/store.ts'
import {english} from '../../../core/words/says.ts'
import {temporaryFolder} from '../../support/folder.ts'

/** Splits the rows of a query; gives each part's and fold's rows. */
async function split(query: string, given: Record<string, unknown>) {
  const folder = await temporaryFolder()
  const store = new Store(folder)
  await store.prepare()
  const session = await Session.open({folder, threads: 2})
  onTestFinished(() => session.close())
  const columns = await session.columns(raw(query))
  const table: Table = {sql: query, objects: [], columns, rows: 0}
  const value = {type: 'table', table, recipe: {raw: columns, rows: table, steps: []}} as const
  const {value: made, warnings = []} = await store.put('h'.repeat(64), 'split', folder =>
    splitCell.run({
      session,
      folder,
      hash: 'h'.repeat(64),
      params: splitCell.params.parse(given),
      inputs: [{name: 'rows', hash: '', value}],
      signal: new AbortController().signal,
    } as unknown as CellContext<never>),
  )
  const rows = async ({sql: text, objects, rows: count}: Table) => {
    await session.mount(objects)
    const found = await session.rows(raw(text))
    expect(found).toHaveLength(count)
    return found
  }
  const {parts, folds} = made as SplitValue
  return {
    train: await rows(parts.train),
    validation: parts.validation && (await rows(parts.validation)),
    test: parts.test && (await rows(parts.test)),
    folds: await Promise.all(
      folds.map(async f => ({train: await rows(f.train), validation: await rows(f.validation)})),
    ),
    warnings,
    columns: parts.train.columns.map(c => c.name),
  }
}
const ids = (rows: Record<string, unknown>[] | undefined) => (rows ?? []).map(r => r.id as number)
const hundred = 'select range as id, range % 4 as quarter, range // 10 as block from range(100)'

test('every row is in one part, in its old order, and a seed repeats the split', async () => {
  const a = await split(hundred, {test: 0.2, validation: 0.1, seed: 7})
  expect([a.train.length, a.validation!.length, a.test!.length]).toEqual([70, 10, 20])
  const all = [...ids(a.train), ...ids(a.validation), ...ids(a.test)]
  expect([...all].sort((x, y) => x - y)).toEqual(Array.from({length: 100}, (_, i) => i))
  expect(ids(a.train)).toEqual([...ids(a.train)].sort((x, y) => x - y))
  expect(a.columns).toEqual(['id', 'quarter', 'block'])
  expect(ids((await split(hundred, {test: 0.2, validation: 0.1, seed: 7})).test)).toEqual(
    ids(a.test),
  )
  expect(ids((await split(hundred, {test: 0.2, validation: 0.1, seed: 8})).test)).not.toEqual(
    ids(a.test),
  )
})

test('a random split deals out the shuffled rows in turn: test, validation, training; folds in blocks', async () => {
  const session = await Session.open({folder: await temporaryFolder()})
  onTestFinished(() => session.close())
  const shuffled = ids(
    await session.rows(
      sql`select range as id from range(100) order by ${shuffleKey(sql`range`, 7)}`,
    ),
  )
  const made = await split(hundred, {test: 0.2, validation: 0.1, folds: 4, seed: 7})
  const rising = (from: number, to?: number) => shuffled.slice(from, to).sort((a, b) => a - b)
  expect(ids(made.test)).toEqual(rising(0, 20))
  expect(ids(made.validation)).toEqual(rising(20, 30))
  expect(ids(made.train)).toEqual(rising(30))
  expect(made.folds.map(f => ids(f.validation))).toEqual(
    [20, 40, 60, 80].map(at => rising(at, at + 20)),
  )
})

test('a column that has the name of DuckDB’s own row number is a column like any other', async () => {
  const query = 'select range as id, 7 as "File_Row_Number" from range(50)'
  const {train, test: part, columns} = await split(query, {test: 0.2})
  expect(columns).toEqual(['id', 'File_Row_Number'])
  expect([...train, ...part!].every(r => r.File_Row_Number === 7)).toBe(true)
  expect([...ids(train), ...ids(part)].sort((a, b) => a - b)).toEqual(
    Array.from({length: 50}, (_, i) => i),
  )
})

test('a stratified split keeps every stratum’s share to within one row', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({min: 5, max: 200}),
      fc.integer({min: 1, max: 5}),
      fc.constantFrom(0.1, 0.2, 0.25, 0.5),
      async (n, k, share) => {
        const {test: part, train} = await split(
          `select range as id, (range * 7919) % ${k} as s from range(${n})`,
          {test: share, stratify: 's'},
        )
        for (let s = 0; s < k; s++) {
          const size = [...part!, ...train].filter(r => r.s === s).length
          expect(Math.abs(part!.filter(r => r.s === s).length - size * share)).toBeLessThanOrEqual(
            1,
          )
        }
      },
    ),
    {numRuns: 15},
  )
})

test('a group never stands in two parts or in both sides of a fold', async () => {
  const {train, test: part, folds} = await split(hundred, {test: 0.3, group: 'block', folds: 3})
  const blocks = (rows: Record<string, unknown>[]) => new Set(rows.map(r => r.block))
  for (const block of blocks(part!)) expect(blocks(train).has(block)).toBe(false)
  expect(part!.length).toBeGreaterThan(0)
  for (const fold of folds)
    for (const block of blocks(fold.validation)) expect(blocks(fold.train).has(block)).toBe(false)
})

test('by time, the latest rows are the test part and rows of one time stay together', async () => {
  const {
    train,
    validation,
    test: part,
  } = await split('select 99 - range as id, (99 - range) // 3 as t from range(100)', {
    test: 0.2,
    validation: 0.2,
    time: 't',
  })
  const times = (rows: Record<string, unknown>[]) => rows.map(r => r.t as number)
  expect(Math.max(...times(train))).toBeLessThan(Math.min(...times(validation!)))
  expect(Math.max(...times(validation!))).toBeLessThan(Math.min(...times(part!)))
  expect(part!.length).toBeGreaterThanOrEqual(17)
})

test('folds leave the test part out, and each other row is validated once', async () => {
  const {train, test: part, folds} = await split(hundred, {test: 0.2, folds: 4})
  expect(folds.flatMap(f => ids(f.validation)).sort((a, b) => a - b)).toEqual(ids(train))
  for (const fold of folds) {
    expect(fold.train.length + fold.validation.length).toBe(80)
    for (const id of ids(part)) expect(ids(fold.train)).not.toContain(id)
  }
})

test('in time, a fold learns from what came before it only', async () => {
  const {folds} = await split('select range as id, range as t from range(60)', {
    test: 0,
    time: 't',
    folds: 3,
  })
  expect(
    folds.map(f => [
      Math.max(...ids(f.train)),
      Math.min(...ids(f.validation)),
      Math.max(...ids(f.validation)),
    ]),
  ).toEqual([
    [14, 15, 29],
    [29, 30, 44],
    [44, 45, 59],
  ])
})

test('too few rows to train on is an error, an empty part a warning', async () => {
  await expect(split('select 1 as id where false', {test: 0.2})).rejects.toMatchObject({
    code: 'bad-data',
  })
  const {train, warnings} = await split('select 1 as id', {test: 0.2})
  expect(train).toHaveLength(1)
  expect(warnings.map(english)).toEqual(['the test part is empty'])
})

test('shuffle keys are all different and differ by seed', async () => {
  const session = await Session.open({folder: await temporaryFolder()})
  onTestFinished(() => session.close())
  const [row] = await session.rows(
    sql`select count(distinct a) as a, count(distinct b) as b, corr(a, r) as ra, corr(a, b) as ab
        from (select range as r, ${shuffleKey(sql`range`, 1)} as a, ${shuffleKey(sql`range`, 2)} as b from range(200000))`,
  )
  expect(row).toMatchObject({a: 200000, b: 200000})
  expect(Math.abs(row!.ra as number)).toBeLessThan(0.01)
  expect(Math.abs(row!.ab as number)).toBeLessThan(0.01)
})

test('cuts deal out exact numbers of rows by the same keys as DuckDB', async () => {
  const session = await Session.open({folder: await temporaryFolder()})
  onTestFinished(() => session.close())
  const ranks = [0, 1, 777, 5000, 9999, 10000]
  const cuts = shuffleCuts(10000, 42, ranks)
  const [row] = await session.rows(
    sql`select ${join(cuts.map((cut, i) => sql`count(*) filter (key < ${cut}) as ${id(`n${i}`)}`))}
        from (select ${shuffleKey(sql`range`, 42)} as key from range(10000))`,
  )
  expect(Object.values(row!)).toEqual(ranks)
})
