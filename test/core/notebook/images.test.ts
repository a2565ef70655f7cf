// Images from a folder to a served model: real files, DuckDB, a training in its worker, a bundle that is started.
import {mkdir, rm, symlink, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {profile} from '../../../core/data/profile/index.ts'
import {Session} from '../../../core/data/session.ts'
import {raw} from '../../../core/data/sql.ts'
import {Runs} from '../../../core/history/runs.ts'
import {Evaluated} from '../../../core/notebook/evaluated.ts'
import {explainRun} from '../../../core/notebook/explained.ts'
import {type Outcome, runNotebook} from '../../../core/notebook/run.ts'
import {Tables} from '../../../core/notebook/tables.ts'
import {createProject, type Project} from '../../../core/project.ts'
import type {Column, Table} from '../../../core/schema/table.ts'
import {startBundle} from '../../../core/serving/client.ts'
import {random} from '../../../core/train/random.ts'
import {rowsOfPage} from '../../../core/wire/page.ts'
import {temporaryFolder} from '../../support/folder.ts'
import {greyPng, plainJpeg, putFiles} from '../../support/images.ts'

const document = 'notebooks/test.md'
const form = (name: string, kind: string, from: string, body = '') =>
  `\`\`\`yaml cell=${name} kind=${kind}${from && ` from=${from}`}\n${body}\n\`\`\`\n\n`
const query = (name: string, body: string) => `\`\`\`sql cell=${name}\n${body}\n\`\`\`\n\n`
const images = (body = 'width: 8\nheight: 8\ncolour: grey') =>
  form('pictures', 'images', '', `folder: data/pictures\n${body}`)

async function projectOf(text: string, files: Readonly<Record<string, Uint8Array>> = {}) {
  const project = await createProject(join(await temporaryFolder(), 'project'))
  await writeFile(join(project.folder, document), text)
  await putFiles(join(project.folder, 'data', 'pictures'), files)
  return project
}

/** A stripe across or down on a dark ground, at a place and of a brightness by chance. */
function stripe(across: boolean, chance: ReturnType<typeof random>): Uint8Array {
  const at = chance.below(8)
  const bright = 120 + chance.below(120)
  const line = Array.from({length: 8}, (_, y) =>
    Array.from({length: 8}, (_, x) => ((across ? y : x) === at ? bright : chance.below(40))),
  )
  return greyPng(line)
}

function stripes(each: number): Record<string, Uint8Array> {
  const chance = random(3)
  const files: Record<string, Uint8Array> = {}
  for (let i = 0; i < each; i++) {
    files[`across/${i}.png`] = stripe(true, chance)
    files[`down/${i}.png`] = stripe(false, chance)
  }
  return files
}

const done = ({cells}: Outcome, name: string) => {
  const cell = cells.get(name)!
  if (cell.state !== 'done') throw new Error(JSON.stringify(cell))
  return cell
}
const faultOf = ({cells}: Outcome, name: string) => {
  const cell = cells.get(name)!
  return cell.state === 'failed' ? cell.fault : undefined
}

async function pageOf(project: Project, table: string) {
  const tables = new Tables(project)
  try {
    const view = {filter: [], search: '', sort: []}
    const page = await tables.page({document, table}, view, {offset: 0, limit: 100})
    return {columns: page.columns, total: page.total, rows: rowsOfPage(page.arrow)}
  } finally {
    await tables.close()
  }
}

const small = greyPng([
  [0, 50],
  [100, 250],
])

test('a folder becomes a table of files, labels and pixels of one size; what cannot be read is kept aside', async () => {
  const project = await projectOf(images('width: 2\nheight: 2\ncolour: grey'), {
    'a/1.png': small,
    'a/deep/2.PNG': small,
    'b/3.jpg': plainJpeg(6, 6, [200, 200, 200]),
    '4.png': small,
    'b/broken.png': small.subarray(0, 40),
    'b/moving.gif': Buffer.from('GIF89a…'),
    'b/notes.txt': Buffer.from('no image, and none that claims to be'),
    '.hidden/5.png': small,
  })
  const outcome = await runNotebook(project, document)
  const {result} = done(outcome, 'pictures')
  expect(result.value).toMatchObject({rejects: {count: 2}})
  expect(result.warnings).toEqual([
    '2 images could not be read and are kept aside; the first: data/pictures/b/broken.png: broken: it is cut off',
  ])
  const {columns, rows} = await pageOf(project, 'pictures')
  expect(columns).toEqual([
    {name: 'file', type: 'VARCHAR', kind: 'category'},
    {name: 'label', type: 'VARCHAR', kind: 'category'},
    {name: 'image', type: 'UTINYINT[2][2]', kind: 'image'},
  ])
  expect(rows.map(({file, label}) => [file, label])).toEqual([
    ['4.png', null],
    ['a/1.png', 'a'],
    ['a/deep/2.PNG', 'a'],
    ['b/3.jpg', 'b'],
  ])
  expect(rows[0]!.image).toEqual(Uint8Array.from([0, 50, 100, 250]))
  const {value} = result
  const kept = value.type === 'table' ? value.rejects!.table! : undefined
  const session = await Session.open({folder: project.folder})
  await session.mount(kept!.objects)
  expect(await session.rows(raw(`select file, line, reason from (${kept!.sql})`))).toEqual([
    {file: 'data/pictures/b/broken.png', line: null, reason: 'broken: it is cut off'},
    {
      file: 'data/pictures/b/moving.gif',
      line: null,
      reason: 'neither a PNG nor a JPEG file',
    },
  ])
  session.close()
})

test('images come from the cache until a file is changed, added or taken away', async () => {
  const project = await projectOf(images(), {'a/1.png': small, 'a/2.png': small})
  const cached = async () => done(await runNotebook(project, document), 'pictures').cached
  expect([await cached(), await cached()]).toEqual([false, true])
  await putFiles(join(project.folder, 'data/pictures'), {'b/3.png': small})
  expect([await cached(), await cached()]).toEqual([false, true])
  await rm(join(project.folder, 'data/pictures/a/1.png'))
  expect(await cached()).toBe(false)
  await putFiles(join(project.folder, 'data/pictures'), {'a/2.png': greyPng([[7]])})
  expect(await cached()).toBe(false)
})

test('what is no folder of images is refused, with a way out', async () => {
  const fault = async (folder: string, files: Record<string, Uint8Array> = {}) => {
    const project = await projectOf(form('pictures', 'images', '', `folder: ${folder}`), files)
    await mkdir(join(project.folder, 'data', 'empty'), {recursive: true})
    await symlink('/etc', join(project.folder, 'data', 'out'))
    return faultOf(await runNotebook(project, document), 'pictures')
  }
  expect(await fault('data/pictres', {'1.png': small})).toMatchObject({
    code: 'missing-file',
    hint: 'did you mean "data/pictures"?',
  })
  expect(await fault('data/empty')).toMatchObject({code: 'missing-file'})
  expect(await fault('../..')).toMatchObject({code: 'refused'})
  expect(await fault('data/out')).toMatchObject({code: 'refused'})
  expect(await fault('data/pictures/1.png', {'1.png': small})).toMatchObject({code: 'bad-data'})
  expect(await fault('data/pictures', {'1.png': Buffer.from('no')})).toMatchObject({
    code: 'bad-data',
    message: 'none of the 1 images could be read',
  })
})

test('reading stops when it is cancelled', async () => {
  const project = await projectOf(images(), stripes(60))
  const stop = new AbortController()
  const running = runNotebook(project, document, {
    signal: stop.signal,
    tell: event => {
      if (JSON.stringify(event).includes('images read')) stop.abort()
    },
  })
  const outcome = await running.catch(error => error)
  expect(JSON.stringify(outcome.code ?? faultOf(outcome, 'pictures')?.code)).toContain('cancelled')
})

test('images keep their shape through splits, queries and steps, and are profiled by how many there are', async () => {
  const project = await projectOf(
    images() +
      query('some', 'select *, length(file) as size from pictures') +
      form('parts', 'split', 'some', 'test: 0.5') +
      form('kept', 'drop', 'parts', 'columns: [file]') +
      query('train', 'from kept.train union all from kept.test'),
    stripes(5),
  )
  const outcome = await runNotebook(project, document)
  const typeOf = (columns: readonly Column[]) => columns.find(c => c.name === 'image')?.type
  const {value} = done(outcome, 'kept').result
  if (value.type !== 'split') throw new Error(value.type)
  const tables: Table[] = [value.parts.train, value.parts.test!]
  expect(tables.map(t => typeOf(t.columns))).toEqual(['UTINYINT[8][8]', 'UTINYINT[8][8]'])
  const {columns, rows} = await pageOf(project, 'train')
  expect([typeOf(columns), rows.length, (rows[0]!.image as Uint8Array).length]).toEqual([
    'UTINYINT[8][8]',
    10,
    64,
  ])
  const session = await Session.open({folder: project.folder})
  const table = done(outcome, 'train').result.value
  if (table.type !== 'table') throw new Error(table.type)
  await session.mount(table.table.objects)
  const all = await session.relation(raw(table.table.sql))
  const task = {signal: new AbortController().signal, tell: () => {}}
  const found = await profile(session, all, {...task, target: 'label'})
  expect(found.columns.find(c => c.name === 'image')).toMatchObject({
    kind: 'image',
    missing: 0,
    distinct: 10,
  })
  session.close()
})

const whole =
  images() +
  form('parts', 'split', 'pictures', 'test: 0.25\nstratify: label') +
  form(
    'net',
    'cnn',
    'parts',
    'target: label\nfilters: [8]\nhidden: [8]\nlearningRate: 0.01\nepochs: 30',
  ) +
  form('scores', 'evaluate', 'net') +
  form('version', 'register', 'scores', 'name: stripes') +
  form('bundle', 'package', 'version')

test('a network learns from images, is evaluated, and its bundle answers pictures of any size', async () => {
  const project = await projectOf(whole, stripes(60))
  const outcome = await runNotebook(project, document)
  const {value} = done(outcome, 'scores').result
  if (value.type !== 'report') throw new Error(value.type)
  expect(value.report.metrics.find(m => m.name === 'accuracy')!.value).toBeGreaterThan(0.95)
  expect(value.model).toMatchObject({features: ['image'], classes: ['across', 'down']})

  // The rows behind the confusion matrix bring their pixels with them.
  const behind = await new Evaluated(project).rows(
    {document, cell: 'scores'},
    {truth: 'down', predicted: 'down'},
    {offset: 0, limit: 3},
  )
  expect(behind.columns.find(c => c.name === 'image')).toMatchObject({kind: 'image'})
  expect((rowsOfPage(behind.arrow)[0]!.image as Uint8Array).length).toBe(64)

  const runs = new Runs(join(project.folder, '.bancada', 'runs'))
  const task = {signal: new AbortController().signal, tell: () => {}}
  await expect(explainRun(project, runs, {id: value.model!.run}, task)).rejects.toMatchObject({
    code: 'wrong-type',
    message: expect.stringContaining('"image" is an image'),
    hint: expect.stringContaining('confusion matrix'),
  })

  const bundle = done(outcome, 'bundle').result.value
  if (bundle.type !== 'bundle') throw new Error(bundle.type)
  expect(bundle.golden).toMatchObject({mismatches: 0})
  const server = await startBundle(join(project.store.objects, bundle.folder))
  try {
    const ask = async (body: string, type = 'application/json') => {
      const response = await fetch(`${server.url}/invocations`, {
        method: 'POST',
        headers: {'content-type': type},
        body,
      })
      return response.json() as Promise<{
        predictions?: {prediction: string | null; probabilities?: Record<string, number>}[]
        error?: {message: string; hint: string; where: string}
      }>
    }
    const lying = Array.from({length: 8}, (_, y) =>
      Array.from({length: 8}, () => (y === 2 ? 200 : 20)),
    )
    const file = (rows: number[][]) => greyPng(rows).toString('base64')
    const wide = lying.flatMap(row => [row, row]).map(row => row.flatMap(v => [v, v]))
    const given = await ask(
      JSON.stringify([
        {image: lying},
        {image: `data:image/png;base64,${file(lying)}`},
        {image: file(wide)},
        {image: null},
      ]),
    )
    expect(given.predictions!.map(p => p.prediction)).toEqual(['across', 'across', 'across', null])
    expect(given.predictions![1]).toEqual(given.predictions![0])
    const csv = await fetch(`${server.url}/invocations`, {
      method: 'POST',
      headers: {'content-type': 'text/csv', accept: 'application/json'},
      body: `${file(lying)}\n`,
    })
    expect(await csv.json()).toEqual({predictions: [given.predictions![0]]})

    expect((await ask(JSON.stringify([{image: lying.slice(1)}]))).error).toMatchObject({
      message: 'the image is not 8 × 8, grey: a list has 7 values',
      where: 'row 1, column "image"',
    })
    expect(
      (await ask(JSON.stringify([{image: [...lying.slice(1), [1, 2, 3, 4, 5, 6, 7, 256]]}]))).error,
    ).toMatchObject({message: 'the image is not 8 × 8, grey: a pixel is 256'})
    expect((await ask(JSON.stringify([{image: 'bm8='}]))).error).toMatchObject({
      message: 'the image cannot be read: neither a PNG nor a JPEG file',
    })
    expect((await ask(JSON.stringify([{image: 5}]))).error?.message).toMatch(
      /^5 is not a PNG or JPEG/,
    )
    const described = await (await fetch(`${server.url}/openapi.json`)).text()
    expect(described).toContain('An image of 8 × 8, grey')
  } finally {
    await server.stop()
  }
}, 120_000)

test('a missing image is named before a training, and filtered out it trains', async () => {
  const gaps = query(
    'gaps',
    `select label, image from pictures union all select label, null from pictures where file < 'across/3'`,
  )
  const net = (from: string, more = '') =>
    form('net', 'cnn', from, `target: label\nfilters: [4]\nepochs: 2\n${more}`)
  const project = await projectOf(images() + gaps + net('gaps'), stripes(20))
  expect(faultOf(await runNotebook(project, document), 'net')).toMatchObject({
    code: 'bad-data',
    message: expect.stringMatching(/^"image" has \d+ missing images$/),
  })
  const mended = query('mended', 'from gaps where image is not null')
  await writeFile(join(project.folder, document), images() + gaps + mended + net('mended'))
  done(await runNotebook(project, document), 'net')
}, 60_000)

test('an image beside other features, and numbers for a cnn, are refused with what to write', async () => {
  const project = await projectOf(
    images() +
      query('more', 'select label, image, length(file) as n from pictures') +
      form('both', 'mlp', 'more', 'target: label\nepochs: 1') +
      form('numbers', 'cnn', 'more', 'target: label\nfeatures: [n]\nepochs: 1') +
      form('deep', 'cnn', 'more', 'target: label\nfilters: [4, 4, 4, 4]\nepochs: 1') +
      form('flat', 'mlp', 'more', 'target: label\nfeatures: [image]\nepochs: 2') +
      form('flat_scores', 'evaluate', 'flat'),
    stripes(10),
  )
  const outcome = await runNotebook(project, document)
  expect(faultOf(outcome, 'both')).toMatchObject({
    code: 'wrong-type',
    hint: 'a model learns from an image alone: write features: [image]',
  })
  expect(faultOf(outcome, 'numbers')).toMatchObject({
    code: 'wrong-type',
    message: 'cnn learns from one column of images',
  })
  expect(faultOf(outcome, 'deep')).toMatchObject({
    code: 'bad-params',
    message: 'after 4 times of pooling nothing is left of 8 × 8 pixels',
  })
  // Any other model takes the pixels as so many numbers.
  expect(done(outcome, 'flat_scores').result.rows).toBe(20)
}, 60_000)
