import {mkdir, readdir, utimes, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {openProject} from '../../core/project.ts'
import {ownTemp, sweepTemp} from '../../core/temp.ts'
import {newProject} from '../../core/templates.ts'
import {program} from '../support/child.ts'
import {temporaryFolder} from '../support/folder.ts'

/** Is in the middle of a result, for ever, and holds a session that has spilled to disk. */
const busy = `
  import {readdir, writeFile} from 'node:fs/promises'
  import {join} from 'node:path'
  import {Session} from './core/data/session.ts'
  import {raw} from './core/data/sql.ts'
  import {openProject} from './core/project.ts'
  const {folder, store} = await openProject(process.argv[2])
  const session = await Session.open({folder, memory: '40MB', threads: 1})
  await session.run(raw('create table t as select range as n, hash(range) as h from range(8000000)'))
  await store.put('a'.repeat(64), 'sql', async aside => {
    await writeFile(join(aside, 'half.parquet'), 'half')
    console.log((await readdir(store.temp)).length)
    await new Promise(() => setInterval(() => {}, 1000))
  })
`

const project = async () =>
  (await newProject(join(await temporaryFolder(), 'p'), {template: 'mini-project'})).folder

test('what a killed process was making is swept by the next one; what a living one makes stays', async () => {
  const folder = await project()
  const tmp = join(folder, '.bancada', 'tmp')
  const [killed, living] = await Promise.all([program(busy, [folder]), program(busy, [folder])])
  // A result in the making, and DuckDB's pages.
  for (const {line} of [killed, living]) expect(Number(await line())).toBeGreaterThanOrEqual(2)
  expect(await readdir(tmp)).toHaveLength(3)

  killed.child.kill('SIGKILL')
  expect(await killed.ended()).toBe('SIGKILL')
  const {store} = await openProject(folder)
  const left = await readdir(tmp)
  expect(left).toHaveLength(2)
  const [theirs] = left.filter(name => join(tmp, name) !== store.temp)
  expect((await readdir(join(tmp, theirs!))).length).toBeGreaterThanOrEqual(2)

  living.child.kill('SIGKILL')
  await living.ended()
  await openProject(folder)
  expect(await readdir(tmp)).toEqual([store.temp.slice(tmp.length + 1)])
}, 60_000)

test('a process of another machine is taken at its word for a month, and what is no folder of a process stays', async () => {
  const tmp = await temporaryFolder()
  const elsewhere = {pid: 1, host: 'another-machine', started: ''}
  const theirs = ownTemp(tmp, {self: () => elsewhere})
  const old = ownTemp(tmp, {self: () => ({...elsewhere, pid: 2})})
  await mkdir(theirs)
  await mkdir(old)
  await mkdir(join(tmp, 'of-nobody'))
  await writeFile(join(tmp, 'files.json'), '{}')
  const month = new Date(Date.now() - 31 * 24 * 3_600_000)
  await utimes(old, month, month)
  await sweepTemp(tmp)
  expect((await readdir(tmp)).map(name => join(tmp, name)).sort()).toEqual(
    [theirs, join(tmp, 'files.json'), join(tmp, 'of-nobody')].sort(),
  )
})

test('a pid that is used again is not the process that left the folder', async () => {
  const tmp = await temporaryFolder()
  const own = ownTemp(tmp)
  const [pid, host] = JSON.parse(
    Buffer.from(own.slice(tmp.length + 4), 'base64url').toString(),
  ) as [number, string]
  const before = ownTemp(tmp, {self: () => ({pid, host, started: 'in another life'})})
  await mkdir(own)
  await mkdir(before)
  await sweepTemp(tmp)
  // Windows does not tell when a process began: there the folder stays until the pid is free.
  const left = process.platform === 'win32' ? [own, before].sort() : [own]
  expect((await readdir(tmp)).map(name => join(tmp, name)).sort()).toEqual(left)
})
