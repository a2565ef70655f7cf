import {appendFile, cp, mkdir, readdir, readFile, rm, utimes, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import {Session} from '../../../core/data/session.ts'
import {sql} from '../../../core/data/sql.ts'
import {History} from '../../../core/history/history.ts'
import {Runs} from '../../../core/history/runs.ts'
import {program} from '../../support/child.ts'
import {temporaryFolder} from '../../support/folder.ts'
import {readOnly} from '../../support/unprivileged.ts'
import {clock, mortal, spec} from './spec.ts'

async function project(count = 0) {
  const folder = join(await temporaryFolder(), '.bancada', 'runs')
  const time = clock()
  const owner = mortal()
  const runs = new Runs(folder, {now: time.now, processes: owner})
  const made: string[] = []
  for (let i = 0; i < count; i++) {
    const run = await runs.begin(spec({seed: i}))
    time.pass(1000)
    await run.finish({engine: 'e', metrics: {f1: i / 100}})
    made.push(run.id)
  }
  const open = (options?: {clock: () => number}) => {
    const history = new History(runs, options)
    onTestFinished(() => history.close())
    return history
  }
  return {
    folder,
    time,
    owner,
    runs,
    made,
    open,
    snapshot: join(dirname(folder), 'index.runs-1.parquet'),
  }
}

const ids = async (history: History) => (await history.list({limit: 1000})).rows.map(r => r.id)

test('a store without runs has none, and nothing is made of it', async () => {
  const {open, folder} = await project()
  expect(await open().list()).toEqual({
    rows: [],
    total: 0,
    names: {params: [], metrics: []},
    problems: [],
  })
  await expect(readdir(dirname(folder))).rejects.toThrow('ENOENT')
})

test('the newest run comes first; pages and totals agree', async () => {
  const {open, made} = await project(5)
  const history = open()
  const page = await history.list({limit: 2, offset: 1})
  expect(page.rows.map(r => r.id)).toEqual([made[3], made[2]])
  expect(page.total).toBe(5)
  expect(await history.list({limit: 2, offset: 10})).toMatchObject({rows: [], total: 5})
})

test('a row has what went in and what came out, and only the columns asked for', async () => {
  const {open, runs} = await project()
  const run = await runs.begin(spec({params: {lr: 0.01, deep: {er: [1, 2]}, on: true, off: null}}))
  run.log(1, {loss: Number.NaN})
  await run.finish({engine: 'e', metrics: {f1: 0.5}, warnings: ['slow']})
  const history = open()
  const {rows, names} = await history.list()
  expect(rows[0]).toMatchObject({
    id: run.id,
    state: 'finished',
    warnings: 1,
    params: {lr: 0.01, 'deep.er': '[1,2]', on: true, off: null},
    metrics: {loss: Number.NaN, f1: 0.5},
  })
  expect(names).toEqual({params: ['deep.er', 'lr', 'on'], metrics: ['f1', 'loss']})
  const [narrow] = (await history.list({columns: ['params.lr', 'metrics.f1']})).rows
  expect([narrow!.params, narrow!.metrics]).toEqual([{lr: 0.01}, {f1: 0.5}])
})

test('the list follows every change of the folder', async () => {
  const {open, runs, owner, made} = await project(2)
  const history = open()
  expect(await ids(history)).toEqual([made[1], made[0]])

  const run = await runs.begin(spec())
  run.log(1, {loss: 9})
  const [row] = (await history.list()).rows
  expect(row).toMatchObject({id: run.id, state: 'running', metrics: {loss: 9}})
  run.log(2, {loss: 4})
  expect((await history.list()).rows[0]!.metrics).toEqual({loss: 4})
  await run.finish({engine: 'e'})
  expect((await history.list({filter: "state = 'finished'"})).total).toBe(3)

  await runs.setNotes(made[0]!, 'look')
  await runs.addMetrics(made[0]!, 'scores', [{name: 'f1', value: 0.77, better: 'high'}])
  const [noted] = (await history.list({filter: "notes = 'look'"})).rows
  expect(noted).toMatchObject({id: made[0], metrics: {f1: 0.77}})
  await runs.setArchived(made[0]!, true)
  expect(await ids(history)).not.toContain(made[0])

  owner.end()
  const orphan = await runs.begin(spec())
  expect((await history.list({filter: "state = 'crashed'"})).rows[0]!.id).toBe(orphan.id)
  await runs.remove(orphan.id)
  expect(await ids(history)).toEqual([run.id, made[1]])
})

test('a run that crashes while the list is open is shown as crashed', async () => {
  const {open, runs, owner} = await project()
  const history = open()
  const run = await runs.begin(spec())
  run.log(1, {loss: 2})
  expect((await history.list()).rows[0]!.state).toBe('running')
  owner.end()
  expect((await history.list()).rows[0]).toMatchObject({state: 'crashed', metrics: {loss: 2}})
  expect((await history.list({filter: "state = 'running'"})).total).toBe(0)
})

test('one bad run hides no other', async () => {
  const {open, folder, made} = await project(3)
  await writeFile(join(folder, made[0]!, 'run.json'), '{"version": 9}')
  await writeFile(join(folder, made[1]!, 'run.json'), 'not json')
  await mkdir(join(folder, 'empty'))
  await cp(join(folder, made[2]!), join(folder, 'copy'), {recursive: true})
  await writeFile(join(folder, 'stray.txt'), '')
  const history = open()
  const {rows, problems} = await history.list()
  expect(rows.map(r => r.id)).toEqual([made[2]])
  expect(Object.fromEntries(problems.map(p => [p.run, p.fault.code]))).toEqual({
    [made[0]!]: 'too-new',
    [made[1]!]: 'damaged',
    empty: 'missing-file',
    copy: 'damaged',
  })
  await rm(join(folder, 'copy'), {recursive: true})
  expect((await history.list()).problems.map(p => p.run)).not.toContain('copy')
})

test('what another process says of a run, begins, ends or removes is there with the next list', async () => {
  const {open, runs, folder, made} = await project(2)
  const history = open({clock: () => 0})
  expect(await ids(history)).toEqual([made[1], made[0]])
  const other = new Runs(folder, {processes: runs.processes})
  await other.setNotes(made[0]!, 'of another')
  expect((await history.list()).rows[1]).toMatchObject({notes: 'of another'})
  await other.setStar(made[0]!, true)
  expect((await history.list()).rows[1]).toMatchObject({notes: 'of another', star: true})
  const run = await other.begin(spec())
  expect((await history.list()).rows[0]).toMatchObject({id: run.id, state: 'running'})
  run.log(1, {loss: 0.5})
  expect((await history.list()).rows[0]).toMatchObject({metrics: {loss: 0.5}})
  await run.finish({engine: 'e', metrics: {f1: 1}})
  expect((await history.list()).rows[0]).toMatchObject({state: 'finished', metrics: {f1: 1}})
  await other.remove(made[1]!)
  expect(await ids(history)).toEqual([run.id, made[0]])
})

test('a hand-edited run is read again, in some seconds', async () => {
  const {open, folder, made} = await project(1)
  let now = 0
  const history = open({clock: () => now})
  await history.list()
  const file = join(folder, made[0]!, 'run.json')
  const edited = (await readFile(file, 'utf8')).replace('"f1": 0', '"f1": 0.123')
  await writeFile(file, edited)
  await utimes(file, new Date(), new Date())
  now += 5000
  expect((await history.list()).rows[0]!.metrics.f1).toBe(0.123)
})

test('a snapshot spares the next start the folders, and is never needed', async () => {
  const {open, folder, runs, made, snapshot} = await project(40)
  const first = open()
  await first.list()
  await first.close()
  await runs.setStar(made[39]!, true)
  const second = open()
  const list = await second.list({limit: 100})
  expect(list.total).toBe(40)
  expect(list.rows[0]).toMatchObject({id: made[39], star: true, metrics: {f1: 0.39}})
  await second.close()

  for (const garbage of [undefined, '', 'PAR1 garbage', '{}']) {
    if (garbage === undefined) await rm(snapshot)
    else await writeFile(snapshot, garbage)
    const again = open()
    expect((await again.list({limit: 100})).rows).toEqual(list.rows)
    await again.close()
  }
  // It was made again.
  await rm(folder, {recursive: true})
  const empty = open()
  expect((await empty.list()).total).toBe(0)
})

test('a snapshot of another shape is not believed', async () => {
  const {open, folder, snapshot, made} = await project(1)
  const history = open()
  await history.list()
  const session = await Session.open({folder: dirname(folder)})
  await session.write(sql`select ${'ghost'} as id, 'x' as stamp, 1 as other`, snapshot)
  session.close()
  expect(await ids(open())).toEqual([made[0]])
})

test('comparing marks what differs and keeps every point', async () => {
  const {open, runs} = await project()
  const train = async (params: Record<string, unknown>, losses: number[]) => {
    const run = await runs.begin(spec({params}))
    for (const [i, loss] of losses.entries()) run.log(i + 1, {loss})
    await run.finish({engine: 'e', metrics: {gap: Number.NaN}})
    return run.id
  }
  const a = await train({lr: 0.1, depth: 2}, [3, 2, 1])
  const b = await train({lr: 0.2, depth: 2, extra: 'x'}, [5, 4])
  const {params, metrics, curves, facts, runs: both} = await open().compare([b, a])
  expect(both.map(r => r.id)).toEqual([b, a])
  expect(params).toEqual([
    {name: 'lr', values: [0.2, 0.1], differs: true},
    {name: 'depth', values: [2, 2], differs: false},
    {name: 'extra', values: ['x', null], differs: true},
  ])
  expect(metrics).toEqual([
    {name: 'loss', values: [4, 1], differs: true},
    {name: 'gap', values: [Number.NaN, Number.NaN], differs: false},
  ])
  expect(curves).toEqual([
    {
      name: 'loss',
      series: [
        {run: b, epochs: [1, 2], values: [5, 4]},
        {run: a, epochs: [1, 2, 3], values: [3, 2, 1]},
      ],
    },
  ])
  expect(facts.find(f => f.name === 'seed')).toEqual({name: 'seed', values: [1, 1], differs: false})
})

test('SQL sees runs, params and metrics', async () => {
  const {open, made} = await project(3)
  const history = open()
  const {columns, rows, more} = await history.sql(
    `select r.id, m.value, p.number from runs r
     join metrics m on m.run = r.id and m.name = 'f1'
     join params p on p.run = r.id and p.name = 'lr'
     order by m.value desc; -- the best first`,
  )
  expect(columns.map(c => c.type)).toEqual(['VARCHAR', 'DOUBLE', 'DOUBLE'])
  expect(rows).toEqual([
    {id: made[2], value: 0.02, number: 0.01},
    {id: made[1], value: 0.01, number: 0.01},
    {id: made[0], value: 0, number: 0.01},
  ])
  expect(more).toBe(false)
  expect(await history.sql('from runs', {limit: 2})).toMatchObject({more: true})
})

test('SQL may only select, and only within the store', async () => {
  const {open} = await project(1)
  const history = open()
  for (const attempt of [
    'delete from stored',
    'drop view runs',
    'select 1; select 2',
    'insert into stored from stored returning id',
    "copy (select 1) to '/tmp/escaped.csv'",
    "attach '/tmp/escaped.db'",
    'set threads = 1',
    'pragma enable_profiling',
    "from read_csv('/etc/passwd')",
    "from read_text('/etc/hostname')",
    'explain analyze select 1',
    '',
    '-- nothing',
  ])
    await expect(history.sql(attempt), attempt).rejects.toMatchObject({code: 'refused'})
  await expect(history.sql('select idd\nfrom runs')).rejects.toMatchObject({
    code: 'bad-sql',
    where: 'line 1, column 8',
  })
  expect((await history.list()).total).toBe(1)
})

test('listing works in a read-only project', async () => {
  const {open, folder, made} = await project(40)
  const history = open()
  await readOnly(dirname(folder), async () => {
    expect((await history.list({limit: 100})).rows[0]!.id).toBe(made[39])
  })
  expect(await readdir(dirname(folder))).toEqual(['runs'])
})

test('two processes list and write side by side', async () => {
  const {open, folder, made} = await project(40)
  const other = `
    import {Session} from '../../../core/data/session.ts'
import {sql} from '../../../core/data/sql.ts'
import {History} from './core/history/history.ts'
    import {Runs} from './core/history/runs.ts'
    import {spec} from './test/core/history/spec.ts'
    const runs = new Runs(process.argv[2])
    const history = new History(runs)
    for (let i = 0; i < 40; i++) {
      const run = await runs.begin(spec({seed: 1000 + i}))
      await run.finish({engine: 'e'})
      if (i % 10 === 0) await history.list()
    }
    console.log(String((await history.list()).total))
    await history.close()
  `
  const child = await program(other, [folder])
  const history = open()
  const seen: number[] = []
  const done = child.ended()
  let running = true
  void done.finally(() => {
    running = false
  })
  while (running) seen.push((await history.list()).total)
  expect(await done).toBe(0)
  expect(await child.line()).toBe('80')
  expect(seen).toEqual([...seen].sort((a, b) => a - b))
  expect((await history.list({limit: 1000})).rows.map(r => r.id)).toEqual(
    expect.arrayContaining(made),
  )
  expect((await history.list()).total).toBe(80)
})

test('a torn point of a running run does not hide the run', async () => {
  const {open, runs} = await project()
  const run = await runs.begin(spec())
  run.log(1, {loss: 1})
  await appendFile(join(run.folder, 'metrics.ndjson'), '{"epoch": 2, "me')
  expect((await open().list()).rows[0]).toMatchObject({id: run.id, metrics: {loss: 1}})
})
