// `data.profile` over the contract, and the command as its client.
import {cp, mkdir, readdir, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import {type Client, connect} from '../../../../core/connect.ts'
import {openHost} from '../../../../core/host.ts'
import {packageRoot} from '../../../../core/package-root.ts'
import {serve} from '../../../../core/rpc.ts'
import type {Progress} from '../../../../core/schema/result.ts'
import {ownTemp} from '../../../../core/temp.ts'
import {newProject} from '../../../../core/templates.ts'
import {wirePair} from '../../../../core/wire/pair.ts'
import {bancada, lastJson} from '../../../support/cli.ts'
import {temporaryFolder} from '../../../support/folder.ts'

const document = 'notebooks/mini-pipeline.md'
/** A test that starts the command several times, on a busy machine. */
const long = 120_000

async function project() {
  const {folder} = await newProject(join(await temporaryFolder(), 'p'), {template: 'mini-pipeline'})
  return folder
}

async function clientOf(folder: string): Promise<Client> {
  const [mine, theirs] = wirePair()
  serve(theirs, await openHost(folder))
  const client = connect(mine)
  onTestFinished(() => client.close())
  return client
}

const left = (folder: string) => readdir(ownTemp(join(folder, '.bancada', 'tmp')))

test('a file of the project is profiled, with progress, and nothing is left behind', async () => {
  const folder = await project()
  const client = await clientOf(folder)
  const told: Progress[] = []
  const input = {file: 'data/penguins.json', target: 'Species'}
  const found = await client.call('data.profile', input, {tell: event => told.push(event)})
  expect(found).toMatchObject({rows: 344, rejected: 0, target: {name: 'Species'}})
  expect(found.columns.map(c => c.name)).toContain('Body Mass (g)')
  const messages = told.map(t => t.message)
  for (const message of [
    'profiling the columns',
    'correlating the columns',
    'comparing columns with Species',
  ])
    expect(messages).toContain(message)
  for (const {done = 0} of told) expect(done >= 0 && done <= 1).toBe(true)
  expect(await left(folder)).toEqual([])
})

test('a file that a person got wrong is answered with a way out', async () => {
  const folder = await project()
  const client = await clientOf(folder)
  const ask = (input: object) => client.call('data.profile', input as {file: string})
  await expect(ask({file: 'penguins.json'})).rejects.toMatchObject({
    code: 'missing-file',
    hint: 'did you mean "data/penguins.json"?',
  })
  await expect(ask({file: '../p.csv'})).rejects.toMatchObject({code: 'refused'})
  await expect(ask({file: 'data/penguins.json', target: 'Speces'})).rejects.toMatchObject({
    code: 'no-column',
    hint: 'did you mean "Species"?',
  })
  await expect(ask({document})).rejects.toMatchObject({
    code: 'bad-request',
    message: expect.stringContaining('takes a file, or a document and a table'),
  })
  expect(await left(folder)).toEqual([])
})

test('a cell is profiled as it was last computed, and a split by its parts', async () => {
  const client = await clientOf(await project())
  const ask = (table: string) => client.call('data.profile', {document, table, target: 'Species'})
  await expect(ask('parts.train')).rejects.toMatchObject({
    code: 'bad-request',
    hint: expect.stringContaining('bancada run'),
  })
  const {cells} = await client.call('notebook.run', {document, cells: ['parts']})
  expect(cells.map(c => [c.cell, c.state])).toEqual([
    ['penguins', 'done'],
    ['adults', 'done'],
    ['parts', 'done'],
  ])
  expect(await ask('adults')).toMatchObject({rows: 342, rejected: 0, notes: []})
  const [train, test_] = [await ask('parts.train'), await ask('parts.test')]
  expect(train.rows + test_.rows).toBe(342)
  expect(train.rows).toBeGreaterThan(test_.rows)
  await expect(ask('parts.tset')).rejects.toMatchObject({code: 'unknown-name'})
  await expect(ask('adlts')).rejects.toMatchObject({hint: 'did you mean "adults"?'})
})

const stages = ['reading', 'profiling the columns', 'correlating the columns', 'comparing columns']
test.each(stages)('stopped while %s, it ends at once and leaves nothing behind', async stage => {
  const folder = await project()
  const rows = Array.from({length: 20_000}, (_, i) =>
    Array.from({length: 12}, (_, j) => `${(i * (7919 + j)) % 1009},v${(i * (104_729 + j)) % 17}`),
  )
  const names = Array.from({length: 24}, (_, j) => `c${j}`)
  await writeFile(join(folder, 'data/wide.csv'), `${names}\n${rows.map(String).join('\n')}\n`)
  const client = await clientOf(folder)
  const stop = new AbortController()
  const told: string[] = []
  const running = client.call(
    'data.profile',
    {file: 'data/wide.csv', target: 'c0'},
    {
      signal: stop.signal,
      tell: ({message = ''}) => {
        if (message.startsWith(stage)) stop.abort()
        if (stop.signal.aborted) told.push(message)
      },
    },
  )
  await expect(running).rejects.toMatchObject({code: 'cancelled'})
  // It never came to the next stage.
  const later = stages.slice(stages.indexOf(stage) + 1)
  expect(told.filter(message => later.some(l => message.startsWith(l)))).toEqual([])
  expect(await left(folder)).toEqual([])
})

test(
  'the command profiles a file wherever it lies, and a cell of a project',
  async () => {
    const penguins = join(packageRoot(), 'node_modules/vega-datasets/data/penguins.json')
    const outside = lastJson(await bancada('profile', penguins, '--target', 'Species', '--json'))
    expect(outside).toMatchObject({ok: true, of: penguins, rows: 344})
    const folder = await project()
    const within = lastJson(
      await bancada('profile', join(folder, 'data/penguins.json'), '--target', 'Species', '--json'),
    )
    const named = lastJson(
      await bancada('profile', 'data/penguins.json', '-p', folder, '-t', 'Species', '--json'),
    )
    expect(within).toEqual(named)
    expect({...within, of: ''}).toEqual({...outside, of: ''})

    const ofCell = ['--project', folder, '--document', 'mini-pipeline', 'adults']
    const early = await bancada('profile', ...ofCell, '--json')
    expect([early.code, lastJson(early).fault.code]).toEqual([2, 'bad-request'])
    await bancada('run', '--project', folder, '--cell', 'adults')
    expect(lastJson(await bancada('profile', ...ofCell, '--json'))).toMatchObject({
      of: `adults of ${document}`,
      rows: 342,
    })
    const {stdout} = await bancada('profile', ...ofCell, '--target', 'Species')
    expect(stdout).toContain('342 rows')
    expect(stdout).toMatch(/How well each column alone tells Species/)
  },
  long,
)

test(
  'the command outside a project leaves its folder as it was',
  async () => {
    const folder = await temporaryFolder()
    await mkdir(join(folder, 'data'))
    await cp(
      join(packageRoot(), 'node_modules/vega-datasets/data/penguins.json'),
      join(folder, 'data/p.json'),
    )
    expect((await bancada('profile', join(folder, 'data/p.json'))).code).toBe(0)
    expect(await readdir(folder)).toEqual(['data'])
    expect(await readdir(join(folder, 'data'))).toEqual(['p.json'])
    const missing = await bancada('profile', join(folder, 'data/q.json'), '--json')
    expect(lastJson(missing)).toMatchObject({ok: false, fault: {code: 'missing-file'}})
  },
  long,
)
