// Real processes: killed while they write, and side by side.
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {Runs} from '../../../core/history/runs.ts'
import {program} from '../../support/child.ts'
import {temporaryFolder} from '../../support/folder.ts'
import {spec} from './spec.ts'

const trainer = `
  import {Runs} from './core/history/runs.ts'
  const runs = new Runs(process.argv[2])
  const run = await runs.begin(${JSON.stringify(spec())})
  console.log(run.id)
  for (let epoch = 1; ; epoch++) {
    run.log(epoch, {loss: 1 / epoch})
    if (epoch === 500) console.log('warm')
    if (epoch % 100 === 0) await new Promise(resolve => setImmediate(resolve))
  }
`

test('kill -9 while it logs loses no point that was logged, and the run is crashed', async () => {
  const folder = join(await temporaryFolder(), 'runs')
  const {child, line, ended} = await program(trainer, [folder])
  const id = await line()
  const runs = new Runs(folder)
  expect((await runs.get(id)).status).toMatchObject({state: 'running', process: {pid: child.pid}})
  expect(await line()).toBe('warm')
  child.kill('SIGKILL')
  expect(await ended()).toBe('SIGKILL')

  const points = await runs.points(id)
  expect(points.length).toBeGreaterThanOrEqual(500)
  expect(points.map(p => p.epoch)).toEqual(points.map((_, i) => i + 1))
  const {status, curves} = await runs.get(id)
  expect(status.state).toBe('crashed')
  expect(curves.loss!.points).toBe(points.length)
})

test('kill -9 loses no line of the log', async () => {
  const talker = `
    import {Runs} from './core/history/runs.ts'
    const run = await new Runs(process.argv[2]).begin(${JSON.stringify(spec())})
    console.log(run.id)
    for (let i = 0; i < 200; i++) run.note('line ' + i, i % 2 ? 'warning' : 'info')
    console.log('said')
    setInterval(() => {}, 1000)
  `
  const folder = join(await temporaryFolder(), 'runs')
  const {child, line, ended} = await program(talker, [folder])
  const id = await line()
  expect(await line()).toBe('said')
  child.kill('SIGKILL')
  expect(await ended()).toBe('SIGKILL')
  const lines = await new Runs(folder).log(id)
  expect(lines.map(({text}) => text)).toEqual(Array.from({length: 200}, (_, i) => `line ${i}`))
  expect(lines[1]).toMatchObject({from: 'bancada', level: 'warning'})
})

test('two processes that tag and evaluate one run lose nothing', async () => {
  const folder = join(await temporaryFolder(), 'runs')
  const runs = new Runs(folder)
  const run = await runs.begin(spec())
  const talker = `
    import {Runs} from './core/history/runs.ts'
    const [, , folder, id, name] = process.argv
    const runs = new Runs(folder)
    for (let i = 0; i < 40; i++)
      await runs.addMetrics(id, name + i, [{name: name + i, value: i, better: 'high'}])
  `
  const both = await Promise.all(['a', 'b'].map(name => program(talker, [folder, run.id, name])))
  for (const {ended} of both) expect(await ended()).toBe(0)
  await run.finish({engine: 'e'})
  const {metrics} = await runs.get(run.id)
  const expected = ['a', 'b'].flatMap(name =>
    Array.from({length: 40}, (_, i) => [`${name}${i}`, i]),
  )
  expect(metrics).toEqual(Object.fromEntries(expected))
})
