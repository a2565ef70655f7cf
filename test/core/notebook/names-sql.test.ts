import {expect, onTestFinished, test} from 'vitest'
import {Session} from '../../../core/data/session.ts'
import {readSqlNames, tablesOf} from '../../../core/notebook/names-sql.ts'
import {temporaryFolder} from '../../support/folder.ts'

async function open() {
  const made = await Session.open({folder: await temporaryFolder(), threads: 1})
  onTestFinished(() => made.close())
  return made
}

/** The tables of a query as `name@place`, and what stands at that place. */
async function tables(query: string, session: Session) {
  const {tables, fault} = await tablesOf(query, session)
  expect(fault, query).toBeUndefined()
  return tables.map(({path, at}) => {
    expect(at, `${query}: ${path}`).toBeDefined()
    return [path.join('.'), query.slice(at!.start, at!.end)]
  })
}

test('a query reads the tables of its joins, subqueries and set operations, wherever they stand', async () => {
  const db = await open()
  const reads = async (query: string) => (await tables(query, db)).map(([name]) => name)
  expect(await reads('from a')).toEqual(['a'])
  expect(await reads('from a select x where y > 1')).toEqual(['a'])
  expect(await reads('select * from a join b using (id) left join c on a.x = c.x')).toEqual([
    'a',
    'b',
    'c',
  ])
  expect(await reads('select * from a, b x, lateral (select x.y from c) t')).toEqual([
    'a',
    'b',
    'c',
  ])
  expect(await reads('select (select max(x) from b) from a where exists (from c)')).toEqual([
    'b',
    'a',
    'c',
  ])
  expect(
    await reads(
      'select x from a where x in (from b) order by (select 1 from c) limit (select 2 from d)',
    ),
  ).toEqual(['a', 'b', 'c', 'd'])
  expect(await reads('from a union all by name from b except from c')).toEqual(['a', 'b', 'c'])
  expect(await reads('select * from a asof join b using (t) positional join c')).toEqual([
    'a',
    'b',
    'c',
  ])
  expect(await reads('values (1), ((select 2 from a))')).toEqual(['a'])
  expect(await reads('table a')).toEqual(['a'])
  expect(await reads('summarize a')).toEqual(['a'])
  expect(await reads('describe select * from a')).toEqual(['a'])
  expect(await reads('select 1')).toEqual([])
  expect(await reads('from a a1, a a2;')).toEqual(['a', 'a'])
})

test('quoted names, parts of a split and names after any letter are found in the text', async () => {
  const db = await open()
  expect(await tables('from "my-cell"', db)).toEqual([['my-cell', '"my-cell"']])
  expect(await tables('from parts.train', db)).toEqual([['parts.train', 'parts']])
  expect(await tables('from "parts" /* 🐧 */ . "train"', db)).toEqual([['parts.train', '"parts"']])
  expect(await tables('/* 🐧é */ select \'データ\' as x from péng🐧, "a""b"', db)).toEqual([
    ['péng🐧', 'péng🐧'],
    ['a"b', '"a""b"'],
  ])
  expect(await tables('select\u00a0x from\u00a0\u00a0a', db)).toEqual([['a', 'a']])
  expect(await tables("select '\u00a0é', x from a", db)).toEqual([['a', 'a']])
  expect(await tables('from Adults', db)).toEqual([['Adults', 'Adults']])
})

test('a CTE is no table where it is in scope, and only there', async () => {
  const db = await open()
  const reads = async (query: string) => (await tables(query, db)).map(([name]) => name)
  expect(await reads('with a as (from b) from a')).toEqual(['b'])
  expect(await reads('with a as (select * from a) from A')).toEqual(['a'])
  expect(await reads('with a as (from x), b as (from a) from b, a')).toEqual(['x'])
  expect(await reads('with a as (from b), b as (select 1) from a, b')).toEqual(['b'])
  expect(
    await reads('with recursive a as (select 1 n union all select n + 1 from a, limits) from a'),
  ).toEqual(['limits'])
  expect(await reads('with recursive a as (from b), b as (from a) from a, b')).toEqual(['b'])
  expect(await reads('select * from (with a as (select 1) from a) t, a')).toEqual(['a'])
  expect(await reads('with a as (with b as (from c) from b) from a, b')).toEqual(['c', 'b'])
  expect(await reads('with a as (select 1) from a, other.a')).toEqual(['other.a'])
  expect(
    await reads(
      'with recursive t(n) using key (n) as (select 1 union select n + 1 from recurring.t) from t',
    ),
  ).toEqual([])
})

test('what DuckDB says of a CTE that hides a table is what we say', async () => {
  const db = await open()
  await db.borrow(connection => connection.run('create table a as select 1 as id'))
  const queries = [
    'with a as (select 2 as id) from a',
    'with a as (select id + 1 as id from a) from a',
    'with x as (with a as (select 7 as id) from a) from x, a',
    'with recursive a as (select id from a) from a',
    'select * from (with a as (select 1) from a)',
  ]
  for (const query of queries) {
    const before = await db.borrow(c => c.runAndReadAll(query).then(r => r.getRowsJson()))
    const names = await tablesOf(query, db)
    // With the table away, exactly the queries that read it fail.
    await db.borrow(c => c.run('alter table a rename to gone'))
    const works = await db.borrow(c =>
      c.runAndReadAll(query).then(
        () => true,
        () => false,
      ),
    )
    await db.borrow(c => c.run('alter table gone rename to a'))
    expect(before.length).toBe(1)
    expect(names.tables.length === 0, query).toBe(works)
  }
})

test('columns that go by a table’s name are found, and those that go by an alias are not', async () => {
  const db = await open()
  const mentions = async (query: string) => {
    const {tables} = await tablesOf(query, db)
    return tables.map(({path, mentions}) => [path[0], ...mentions.map(({start}) => start)])
  }
  expect(await mentions('select a.x, "a".y, A.* from a where (select a.z)')).toEqual([
    ['a', 7, 12, 19, 44],
  ])
  expect(await mentions('select a.x from b a')).toEqual([['b']])
  expect(await mentions('select parts.train.x, train.x from parts.train')).toEqual([['parts', 7]])
  expect(await mentions('with a as (from c) select a.x from a')).toEqual([['c']])
  expect(await mentions('select list_transform(l, lambda a: a.x) from a')).toEqual([['a']])
  expect((await tablesOf('select a from a', db)).tables[0]!.obscure).toBe(true)
  expect((await tablesOf('select columns(a.*) from a', db)).tables[0]!.obscure).toBe(true)
  expect((await tablesOf('select * exclude (a.x) from a', db)).tables[0]!.obscure).toBe(true)
})

test('a pivot names its tables, with or without listed values', async () => {
  const db = await open()
  expect(await tables('pivot a on b using sum(c)', db)).toEqual([['a', 'a']])
  expect(await tables("pivot a on b, c || ',on' using sum(d) group by e order by e", db)).toEqual([
    ['a', 'a'],
  ])
  expect(await tables("pivot a on b in ('x', 'y') using sum(c)", db)).toEqual([['a', 'a']])
  expect(await tables('select * from (pivot a on b) t join c using (id) -- pivot on', db)).toEqual([
    ['a', 'a'],
    ['c', 'c'],
  ])
  expect(
    await tables(
      'with p as (pivot a on year using sum(n)), q as (from c) from p join q on p.x = q.y',
      db,
    ),
  ).toEqual([
    ['a', 'a'],
    ['c', 'c'],
  ])
  expect(await tables('pivot (select * from a join b on a.x = b.x) on y using max(z)', db)).toEqual(
    [
      ['a', 'a'],
      ['b', 'b'],
    ],
  )
  expect(await tables('from a pivot (sum(x) for y in (1, 2))', db)).toEqual([['a', 'a']])
  expect(await tables('unpivot a on b, c into name n value v', db)).toEqual([['a', 'a']])
})

test('what is no single query is refused with a way out', async () => {
  const db = await open()
  const fault = async (query: string) => (await tablesOf(query, db)).fault
  expect(await fault('drop table a')).toMatchObject({
    code: 'refused',
    message: expect.stringContaining('cannot drop'),
  })
  for (const query of [
    'insert into a values (1)',
    'set threads = 1',
    "copy a to 'x.csv'",
    "attach 'x'",
    'install x',
    'create table b as from a',
    'explain select 1',
    'call x()',
    'load x',
    'pragma threads=4',
    'update a set x = 1',
    'begin',
    'use x',
    'checkpoint',
    'vacuum',
  ])
    expect(await fault(query), query).toMatchObject({code: 'refused'})
  expect(await fault('select 1; select 2')).toMatchObject({
    message: 'a cell holds one query, not 2',
  })
  expect(await fault('select 1; drop table a')).toMatchObject({code: 'refused'})
  expect(await fault('')).toMatchObject({message: 'the cell has no query'})
  expect(await fault('-- nothing')).toMatchObject({message: 'the cell has no query'})
  expect(await fault('select 🐧 from\n where')).toMatchObject({code: 'bad-sql', at: 16})
  expect(await fault("from query('select 1')")).toMatchObject({code: 'refused'})
  expect(await fault("from query_table('a')")).toMatchObject({code: 'refused'})
})

test('what a query reads beside tables is told', async () => {
  const db = await open()
  const outside = async (query: string) => (await tablesOf(query, db)).outside
  expect(await outside("from read_csv('x.csv'), range(3), unnest([1])")).toEqual(['read_csv'])
  expect(await outside('show tables')).toEqual(['show'])
  expect(await outside('from duckdb_settings()')).toEqual(['duckdb_settings'])
  expect(await outside('from a')).toEqual([])
})

test('many queries are read in one call, each with its own answer', async () => {
  const db = await open()
  const queries = Array.from({length: 200}, (_, i) =>
    i % 50 === 7 ? 'drop table x' : i % 50 === 9 ? `pivot t${i} on x` : `from t${i}`,
  )
  const names = await readSqlNames(queries, db)
  for (const [i, {tables, fault}] of names.entries())
    if (i % 50 === 7) expect(fault?.code).toBe('refused')
    else expect(tables.map(t => t.path)).toEqual([[`t${i}`]])
})
