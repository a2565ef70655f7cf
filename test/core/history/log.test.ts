import {mkdir, readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {type LogLimits, RunLog, readLog} from '../../../core/history/log.ts'
import {Runs} from '../../../core/history/runs.ts'
import type {LogLine} from '../../../core/schema/log.ts'
import {says} from '../../../core/words/says.ts'
import {temporaryFolder} from '../../support/folder.ts'
import {clock, mortal, spec} from './spec.ts'

const at = '2026-03-01T10:00:00.000Z'
const line = (text: string): LogLine => ({at, from: 'stderr', level: 'info', text})

async function logWith(limits: Partial<LogLimits>) {
  const folder = join(await temporaryFolder(), 'run')
  await mkdir(folder)
  return {folder, log: new RunLog(folder, () => Date.parse(at), limits)}
}

test('a run says when each line was said, by whom, and how it ended', async () => {
  const time = clock(at)
  const runs = new Runs(join(await temporaryFolder(), 'runs'), {
    now: time.now,
    processes: mortal(),
  })
  const run = await runs.begin(spec())
  run.note(says`epoch ${1}/${2}`)
  time.pass(1500)
  run.add({at: new Date(time.now()).toISOString(), from: 'stderr', level: 'info', text: 'odd'})
  await run.fail({code: 'bad-data', message: 'no rows', hint: 'loosen the filter'})
  // What a stream still had to say comes too late.
  run.note('late')
  expect(await runs.log(run.id)).toEqual([
    {at, from: 'bancada', level: 'info', text: 'epoch 1/2', said: ['epoch {0}/{1}', 1, 2]},
    {at: '2026-03-01T10:00:01.500Z', from: 'stderr', level: 'info', text: 'odd'},
    {at: '2026-03-01T10:00:01.500Z', from: 'bancada', level: 'error', text: 'no rows'},
    {at: '2026-03-01T10:00:01.500Z', from: 'bancada', level: 'info', text: 'loosen the filter'},
  ])
  const other = await runs.begin(spec())
  await other.finish({engine: 'e'})
  expect((await runs.log(other.id)).map(({text}) => text)).toEqual(['finished'])
  await expect(runs.log('none')).rejects.toMatchObject({code: 'unknown-name'})
})

test('a log that grows too long says where it is cut, and has its end', async () => {
  const {folder, log} = await logWith({bytes: 10 * 1024, end: 3})
  for (let i = 0; i < 1000; i++) log.add(line(`line ${i}`))
  // Before the run ends, a kill may come.
  const before = await readLog(folder)
  expect(before.at(-1)).toMatchObject({
    from: 'bancada',
    level: 'warning',
    text: expect.stringContaining('the log is cut here: it has 10 KiB'),
  })
  log.close()
  const lines = await readLog(folder)
  const written = before.length - 1
  expect(lines.slice(before.length).map(({text}) => text)).toEqual([
    `${1000 - written - 3} lines were left out`,
    'line 997',
    'line 998',
    'line 999',
  ])
  expect((await readFile(join(folder, 'log.ndjson'))).length).toBeLessThan(11 * 1024)
})

test('a line that is too long is cut and says how long it was', async () => {
  const {folder, log} = await logWith({line: 10})
  log.add({...line('x'.repeat(1000)), said: ['{0}', 'x'.repeat(1000)]})
  log.close()
  expect(await readLog(folder)).toEqual([line(`${'x'.repeat(10)} … (1000 characters)`)])
})
