import {writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import {Session} from '../../../core/data/session.ts'
import {id, raw, sql} from '../../../core/data/sql.ts'
import {temporaryFolder} from '../../support/folder.ts'

async function session() {
  const folder = await temporaryFolder()
  const made = await Session.open({folder, threads: 1})
  onTestFinished(() => made.close())
  return {folder, session: made}
}

test('values and names survive quoting', async () => {
  const {session: db} = await session()
  const odd = `it's "odd"; drop table x --\n\0é🐧`
  const [row] = await db.rows(
    sql`select ${odd} as ${id('a"b')}, ${0.1} as n, ${-0} as z, ${[1, 2.5]} as l, ${Number.POSITIVE_INFINITY} as i`,
  )
  expect(row).toEqual({'a"b': odd, n: 0.1, z: -0, l: [1, 2.5], i: Number.POSITIVE_INFINITY})
  expect(await db.columns(sql`select ${0.1} as n`)).toEqual([
    {name: 'n', type: 'DOUBLE', kind: 'number'},
  ])
})

test('a query cannot leave the project', async () => {
  const {session: db, folder} = await session()
  await writeFile(join(folder, 'in.csv'), 'a\n1\n')
  expect(await db.rows(sql`from read_csv(${join(folder, 'in.csv')})`)).toEqual([{a: 1}])
  const escapes = [
    `from read_csv('/etc/passwd')`,
    `from read_text('${folder}/../../etc/passwd')`,
    `copy (select 1) to '/tmp/escaped.csv'`,
    `attach '/tmp/escaped.db'`,
    'install httpfs',
    'set enable_external_access = true',
    `set allowed_directories = ['/']`,
    'reset lock_configuration',
  ]
  for (const attempt of escapes)
    await expect(db.rows(raw(attempt)), attempt).rejects.toMatchObject({code: 'refused'})
})

test('a running query stops when it is cancelled', async () => {
  const {session: db} = await session()
  const stop = new AbortController()
  const running = db.rows(sql`select count(*) from range(1e9::bigint) a, range(1e9::bigint) b`, {
    signal: stop.signal,
  })
  setTimeout(() => stop.abort(), 50)
  await expect(running).rejects.toMatchObject({code: 'cancelled'})
})

test('an error tells its line, its column and the nearest name', async () => {
  const {session: db} = await session()
  await db.run(sql`create table people as select 1 as age`)
  await expect(db.rows(raw('select\n  agee\nfrom people'))).rejects.toMatchObject({
    code: 'bad-sql',
    where: 'line 2, column 3',
    hint: 'did you mean "age"?',
  })
})
