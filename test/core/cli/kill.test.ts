// What is killed, or finds no room, while the real command works: what it says, and what a later run makes of it.
import {spawnSync} from 'node:child_process'
import {existsSync} from 'node:fs'
import {mkdir, readdir, readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import {packageRoot} from '../../../core/package-root.ts'
import {createProject} from '../../../core/project.ts'
import type {Settled} from '../../../core/schema/result.ts'
import {bancada, lastJson, start} from '../../support/cli.ts'
import {temporaryFolder} from '../../support/folder.ts'
import {random} from '../../support/generate.ts'

/** A project with one document, `d`, and a table of sixty rows. */
async function project(document: string): Promise<string> {
  const {folder} = await createProject(join(await temporaryFolder(), 'p'))
  const lines = Array.from({length: 60}, (_, i) => `${i},${(i * 7) % 11},${i % 3 ? 'no' : 'yes'}\n`)
  await mkdir(join(folder, 'data'), {recursive: true})
  await writeFile(join(folder, 'data', 'd.csv'), `x,y,t\n${lines.join('')}`)
  await writeFile(join(folder, 'notebooks', 'd.md'), document)
  return folder
}

const cell = (name: string, kind: string, from: string, body: string) =>
  `\`\`\`yaml cell=${name} kind=${kind}${from && ` from=${from}`}\n${body}\n\`\`\`\n\n`
const query = (name: string, text: string) => `\`\`\`sql cell=${name}\n${text}\n\`\`\`\n\n`
const data = cell('d', 'source', '', 'file: data/d.csv') + cell('parts', 'split', 'd', 'seed: 1')

const run = (folder: string) => ['run', 'd', '--json', '--project', folder]
type Told = {cells: (Settled & {hash: string})[]}

test('after ten kills at any moment, a run ends with the results of one that nobody disturbed', async () => {
  const document =
    data +
    cell('net', 'mlp', 'parts', 'target: t\nhidden: [4]\nepochs: 30') +
    cell('scores', 'evaluate', 'net', '')
  const results = async (folder: string) => {
    const ran = await bancada(...run(folder))
    const {cells} = lastJson(ran) as Told
    expect([ran.code, cells.map(c => c.state)]).toEqual([0, ['done', 'done', 'done', 'done']])
    const {hash} = cells.find(c => c.cell === 'scores')!
    const stored = await readFile(join(folder, '.bancada', 'objects', hash, 'result.json'), 'utf8')
    return {hashes: cells.map(c => c.hash), scores: JSON.parse(stored).value.report}
  }
  const began = performance.now()
  const undisturbed = await results(await project(document))
  const whole = performance.now() - began

  const folder = await project(document)
  const chance = random(1)
  for (let i = 0; i < 10; i++) {
    const victim = start(...run(folder))
    // From before it has read anything to about its end; later ones have less to do.
    const at = whole * (0.1 + 0.8 * chance()) * (i < 5 ? 1 : 0.5)
    await Promise.race([victim.done, new Promise(resolve => setTimeout(resolve, at))])
    victim.child.kill('SIGKILL')
    await victim.done
  }
  expect(await results(folder)).toEqual(undisturbed)
  const {problems} = lastJson(await bancada('runs', '--json', '--project', folder))
  expect(problems).toEqual([])
}, 240_000)

/** The processes that a process started, where the system tells. */
async function childrenOf(pid: number): Promise<number[]> {
  const told = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
  return told.split(' ').filter(Boolean).map(Number)
}

test.skipIf(!existsSync('/proc/self/task'))(
  'a training that the system kills is told as such, and the rest of the document is done (needs Linux to find the process)',
  async () => {
    const folder = await project(
      data +
        cell('net', 'mlp', 'parts', 'target: t\nhidden: [4]\nepochs: 100000') +
        query('other', 'select count(*) as n from d'),
    )
    const {child, done} = start(...run(folder))
    onTestFinished(() => void child.kill('SIGKILL'))
    const runs = join(folder, '.bancada', 'runs')
    const metrics = async () => {
      const [name] = (await readdir(runs).catch(() => [])).filter(n => /^\d/.test(n))
      return name !== undefined && (await readdir(join(runs, name))).length > 1
    }
    let workers: number[] = []
    while (workers.length === 0 || !(await metrics())) {
      await new Promise(resolve => setTimeout(resolve, 20))
      workers = await childrenOf(child.pid!)
    }
    for (const pid of workers) process.kill(pid, 'SIGKILL')
    const ran = await done
    const {cells} = lastJson(ran) as Told
    expect([ran.code, ran.stderr]).toEqual([1, ''])
    expect(Object.fromEntries(cells.map(c => [c.cell, c.state]))).toEqual({
      d: 'done',
      parts: 'done',
      net: 'failed',
      other: 'done',
    })
    expect(cells.find(c => c.cell === 'net')).toMatchObject({
      fault: {
        code: 'crashed',
        message: 'the training process was ended by SIGKILL',
        hint: 'the system does this when it runs out of memory: close other programs, or train on fewer rows',
      },
    })
    const {rows} = lastJson(await bancada('runs', '--json', '--project', folder))
    expect(rows.map((r: {state: string}) => r.state)).toEqual(['failed'])
  },
  60_000,
)

const mounts = spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0

test.skipIf(!mounts)(
  'a query that spills onto a full disk says that the disk is full (needs root on Linux for a small disk)',
  async () => {
    const folder = await project(
      query('big', 'select hash(range) as h, range::varchar as t from range(5000000) order by h'),
    )
    const cli = `"${process.execPath}" "${join(packageRoot(), 'dist', 'cli.mjs')}"`
    const script = `
      mkdir -p "${folder}/.bancada/tmp" && mount -t tmpfs -o size=16m tmpfs "${folder}/.bancada/tmp" &&
      ${cli} run d --json --memory 64MB --threads 1 --project "${folder}"`
    const {stdout, stderr, status} = spawnSync('unshare', ['-m', 'bash', '-c', script], {
      encoding: 'utf8',
    })
    expect([status, stderr]).toEqual([1, ''])
    expect(JSON.parse(stdout).cells).toMatchObject([
      {
        state: 'failed',
        fault: {
          code: 'no-space',
          message: 'the disk is full',
          hint: 'free some space and run it again; what was finished is kept',
        },
      },
    ])
  },
  60_000,
)

test('a registry event of a newer version is named, and left as it is', async () => {
  const folder = await project(data)
  const log = join(folder, '.bancada', 'models', 'penguins', 'log')
  await mkdir(log, {recursive: true})
  const file = join(log, '000001.json')
  const text = '{"version": 99, "seq": 1, "type": "blessed"}'
  await writeFile(file, text)
  const where = ['--json', '--project', folder]
  const fault = {code: 'too-new', message: expect.stringContaining('version 99')}
  const models = async (...verb: string[]) => {
    const ran = await bancada('models', ...verb, ...where)
    return [ran.code, lastJson(ran)]
  }
  const found = await Promise.all([
    models(),
    models('show', 'penguins'),
    models('promote', 'penguins', '1', 'staging'),
  ])
  expect(found).toMatchObject([
    [0, {models: [{name: 'penguins', fault}]}],
    [1, {ok: false, fault}],
    [1, {ok: false, fault}],
  ])
  expect(await readFile(file, 'utf8')).toBe(text)
}, 60_000)
