import {writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, test, vi} from 'vitest'
import {profileFile} from '../../../../core/data/profile/file.ts'
import {profile} from '../../../../core/data/profile/index.ts'
import {id, join as joined, raw, sql} from '../../../../core/data/sql.ts'
import {packageRoot} from '../../../../core/package-root.ts'
import {english} from '../../../../core/words/says.ts'
import {temporaryFolder} from '../../../support/folder.ts'
import {session} from '../../../support/step.ts'

const task = {signal: new AbortController().signal, tell: () => {}}

test('figures of a column are those worked out by hand', async () => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'rows.csv'), 'x,tag\n1,a\n2,a\n3,b\n4,\n4,\n,b\n')
  const found = await profileFile({folder, file: 'rows.csv'}, task)
  const {rows, columns, duplicates, missing} = found
  expect([rows, duplicates, missing.rows]).toEqual([6, 1, 3])
  const [x, tag] = columns
  expect(x).toMatchObject({name: 'x', kind: 'number', missing: 1, distinct: 4})
  const numbers = (x as Extract<typeof x, {kind: 'number'}>).numbers!
  expect(numbers).toMatchObject({min: 1, max: 4, mean: 2.8, zeros: 0, infinite: 0})
  // Sample variance of 1, 2, 3, 4, 4: (3.24 + 0.64 + 0.04 + 1.44 + 1.44) / 4.
  expect(numbers.sd).toBeCloseTo(Math.sqrt(6.8 / 4), 12)
  expect(numbers.quantiles.find(q => q.p === 0.5)!.value).toBe(3)
  expect(numbers.histogram.counts.reduce((a, b) => a + b)).toBe(5)
  expect(tag).toMatchObject({name: 'tag', missing: 2, distinct: 2})
})

test('three million rows are counted to the last, and what is drawn from them is said to be', async () => {
  const folder = join(packageRoot(), 'node_modules/vega-datasets/data')
  const {rows, columns, limits} = await profileFile({folder, file: 'flights-3m.parquet'}, task)
  expect(rows).toBe(3_000_000)
  const delay = columns.find(c => c.name === 'delay')!
  expect(delay).toMatchObject({missing: 0, distinct: 867, numbers: {min: -1116, max: 1688}})
  const {numbers} = delay as Extract<typeof delay, {kind: 'number'}>
  expect(numbers!.histogram.counts.reduce((a, b) => a + b)).toBe(3_000_000)
  expect(columns.some(c => c.estimated)).toBe(false)
  expect(limits.map(english)).toEqual([
    'correlations are estimated from about 1,000,000 of 3,000,000 rows',
  ])
})

test('a thousand columns take a handful of queries, and none of them grows with the square of the columns', async () => {
  const db = await session()
  const number = (i: number) => sql`hash(r * ${i + 1}) % 1000 / 8 as ${id(`n${i}`)}`
  const text = (i: number) => sql`'t' || hash(r * ${i + 1}) % 9 as ${id(`t${i}`)}`
  const columns = Array.from({length: 500}, (_, i) => [number(i), text(i)]).flat()
  await db.run(
    sql`create table wide as select ${joined(columns)}, r % 2 as y from (select unnest(range(300)) as r)`,
  )
  const asked = vi.spyOn(db, 'rows')
  const found = await profile(db, await db.relation(sql`from wide`), {...task, target: 'y'})
  expect(found.columns).toHaveLength(1001)
  expect(found.target!.columns).toHaveLength(1000)
  // 60 numbers: 1770 pairs, twice; 20 texts: 190 pairs, and 1200 with a number.
  expect(found.correlations).toHaveLength(2 * 1770 + 190 + 1200)
  expect(found.limits.map(english)).toEqual([
    'correlations cover the first 60 of 501 number columns',
    'correlations cover the first 20 of 500 category columns',
  ])
  expect(asked.mock.calls.length).toBeLessThan(12)
  expect(Math.max(...asked.mock.calls.map(([{text}]) => text.length))).toBeLessThan(40_000)
})

test.each([0, 1])('a table of %d rows has a profile', async n => {
  const db = await session()
  const columns = sql`1.5 as x, 'a' as t, true as b, date '2024-05-01' as d, [1] as l, {'k': 1} as s`
  const rows = await db.relation(sql`select ${columns} from range(${n})`)
  for (const target of [undefined, 'x', 't', 'b', 'd']) {
    const found = await profile(db, rows, {...task, target})
    expect(found).toMatchObject({rows: n, duplicates: 0, correlations: []})
    expect(found.columns.map(c => [c.missing, c.distinct])).toEqual(rows.columns.map(() => [0, n]))
    expect(JSON.stringify(found)).not.toMatch(/NaN|Infinity/)
  }
})

test('columns without any value are empty, whatever their type', async () => {
  const db = await session()
  const types = ['DOUBLE', 'VARCHAR', 'BOOLEAN', 'DATE', 'INTEGER[]', 'DECIMAL(9,2)']
  const columns = types.map((type, i) => sql`null::${raw(type)} as ${id(`c${i}`)}`)
  const rows = await db.relation(sql`select ${joined(columns)}, 1 as full from range(30)`)
  const found = await profile(db, rows, {...task, target: 'full'})
  for (const [i] of types.entries()) {
    expect(found.columns[i]).toMatchObject({missing: 30, distinct: 0})
    expect(found.warnings.filter(w => w.columns[0] === `c${i}`).map(w => w.kind)).toEqual(['empty'])
  }
  expect(found.missing).toEqual({
    rows: 30,
    patterns: [{columns: types.map((_, i) => `c${i}`), rows: 30}],
  })
  expect(found.target!.columns).toEqual([])
})

test('NaN is missing, infinity is a value that takes no part in the figures', async () => {
  const db = await session()
  const rows = await db.relation(
    sql`select unnest([1e0, 3e0, ${Number.NaN}, ${Number.POSITIVE_INFINITY}, ${Number.NEGATIVE_INFINITY}, null, -0e0]) as x`,
  )
  const {columns} = await profile(db, rows, task)
  expect(columns[0]).toMatchObject({
    missing: 2,
    distinct: 5,
    numbers: {min: 0, max: 3, mean: 4 / 3, infinite: 2, zeros: 1, negatives: 0},
  })
})

test('numbers near the end of the doubles keep finite figures', async () => {
  const db = await session()
  const rows = await db.relation(sql`select unnest([-1.7e308, 1.7e308, 0e0, 1.7e308]) as x`)
  const {columns} = await profile(db, rows, task)
  const {numbers} = columns[0] as Extract<(typeof columns)[0], {kind: 'number'}>
  expect(numbers!.mean / 1.7e308).toBeCloseTo(1 / 4, 12)
  expect(numbers!.skewness).toBeCloseTo(-0.4933822, 6)
  expect(JSON.stringify(numbers)).not.toContain('null')
})

test('whole numbers and decimals too long for a double are told apart', async () => {
  const db = await session()
  const rows = await db.relation(
    sql`select 9007199254740992 + r as big, (r / 1000)::decimal(20, 3) + 99999999999999 as long, (r % 4)::decimal(9, 1) as short from (select unnest(range(100)) as r)`,
  )
  const {columns} = await profile(db, rows, task)
  expect(columns.map(c => c.distinct)).toEqual([100, 100, 4])
})

test('dates, times and moments are told in their own form', async () => {
  const db = await session()
  const rows = await db.relation(
    sql`select date '2024-01-01' + r::int as d, time '10:00:00' + to_minutes(r) as t, timestamp '2024-01-01 10:00:00' + to_hours(r) as ts from (select unnest(range(5)) as r)
      union all by name select 'infinity'::date as d, null as t, '-infinity'::timestamp as ts`,
  )
  const {columns} = await profile(db, rows, {...task, target: 'd'})
  expect(columns).toMatchObject([
    {
      kind: 'date',
      distinct: 6,
      dates: {min: '2024-01-01', max: '2024-01-05', median: '2024-01-03'},
    },
    {kind: 'date', missing: 1, dates: {min: '10:00:00', max: '10:04:00'}},
    {kind: 'date', dates: {min: '2024-01-01 10:00:00', max: '2024-01-01 14:00:00'}},
  ])
})

test('lists and structs are counted by what they hold', async () => {
  const db = await session()
  const rows = await db.relation(
    sql`select [r % 3] as l, {'a': r % 2, 'b': 'x'} as s, map {'k': r % 2} as m, r::varchar::blob as blob from (select unnest(range(12)) as r)`,
  )
  const {columns, duplicates} = await profile(db, rows, task)
  expect(columns.map(c => [c.kind, c.distinct])).toEqual([
    ['other', 3],
    ['other', 2],
    ['other', 2],
    ['other', 12],
  ])
  expect(duplicates).toBe(0)
})

test('a text of megabytes is counted whole and shown in part', async () => {
  const db = await session()
  const rows = await db.relation(
    sql`select repeat('é', 2000000) || r % 2 as t from (select unnest(range(6)) as r)`,
  )
  const {columns, target} = await profile(db, rows, {...task, target: 't'})
  expect(columns[0]).toMatchObject({distinct: 2, values: {shortest: 2_000_001, longest: 2_000_001}})
  expect(JSON.stringify([columns, target]).length).toBeLessThan(3000)
})

test('names of any kind are names', async () => {
  const db = await session()
  const names = ['a "b"', "it's", '🐧', 'select', 'x', 'i', 'n', 'y; drop table t', ' ']
  const columns = names.map(
    (name, i) => sql`${i % 2 ? sql`'v' || r % 4` : sql`r % 7`} as ${id(name)}`,
  )
  const rows = await db.relation(
    sql`select ${joined(columns)} from (select unnest(range(90)) as r)`,
  )
  const found = await profile(db, rows, {...task, target: '🐧'})
  expect(found.columns.map(c => c.name)).toEqual(names)
  expect(found.target!.columns).toHaveLength(names.length - 1)
  await expect(profile(db, rows, {...task, target: '🐦'})).rejects.toMatchObject({
    code: 'no-column',
  })
})

test('a target of more classes than can be listed says so', async () => {
  const db = await session()
  const rows = await db.relation(
    sql`select 'c' || r % 300 as y, r % 300 as x from (select unnest(range(3000)) as r)`,
  )
  const {target, limits} = await profile(db, rows, {...task, target: 'y'})
  expect(target!.classes).toHaveLength(100)
  expect(limits.map(english)).toContain('the 100 most frequent of 300 classes are listed')
})
