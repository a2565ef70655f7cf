// Calls of the contract over the mini-pipeline, run once from the data file to the bundle.
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, expect, onTestFinished, test} from 'vitest'
import {type Client, connect} from '../../core/connect.ts'
import {openHost} from '../../core/host.ts'
import {serve} from '../../core/rpc.ts'
import type {Exhibit} from '../../core/schema/report.ts'
import {newProject} from '../../core/templates.ts'
import {rowsOfPage} from '../../core/wire/page.ts'
import {wirePair} from '../../core/wire/pair.ts'
import {temporaryFolder} from '../support/folder.ts'

const document = 'notebooks/mini-pipeline.md'
let place: string
let client: Client

async function clientOf(folder: string): Promise<Client> {
  const [mine, theirs] = wirePair()
  serve(theirs, await openHost(folder))
  return connect(mine)
}

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'bancada-test-'))
  await newProject(join(place, 'p'), {template: 'mini-pipeline'})
  client = await clientOf(join(place, 'p'))
  const {cells} = await client.call('notebook.run', {document})
  expect(cells.filter(({state}) => state !== 'done')).toEqual([])
}, 120_000)
afterAll(async () => {
  client.close()
  await rm(place, {recursive: true, force: true})
})

async function report() {
  const {cells} = await client.call('notebook.status', {document})
  const found = cells.find(({cell}) => cell === 'scores')
  if (found?.state !== 'fresh' || found.result.value.type !== 'report') throw new Error('no scores')
  return found.result.value.report
}

test('the rows behind each cell of the confusion matrix are as many as it counts', async () => {
  const {exhibits} = await report()
  type Confusion = Extract<Exhibit, {kind: 'confusion'}>
  const matrix = exhibits.find((exhibit): exhibit is Confusion => exhibit.kind === 'confusion')!
  const {classes, counts} = matrix
  for (const [t, truth] of classes.entries())
    for (const [p, predicted] of classes.entries()) {
      const named = {document, cell: 'scores', truth, predicted}
      const {total, arrow, columns} = await client.call('report.rows', named)
      expect(total).toBe(counts[t]![p])
      const rows = rowsOfPage(arrow)
      expect(rows).toHaveLength(total!)
      expect(columns.map(({name}) => name).slice(-2)).toEqual(['predicted', 'probability'])
      for (const row of rows) {
        expect([row.Species, row.predicted]).toEqual([truth, predicted])
        expect(row.probability).toBeGreaterThan(1 / classes.length)
      }
    }
})

test('rows of an evaluation come in pages, whatever they were taken for', async () => {
  const all = await client.call('report.rows', {document, cell: 'scores', limit: 1000})
  const rows = rowsOfPage(all.arrow)
  expect(rows).toHaveLength(all.total!)
  const page = await client.call('report.rows', {document, cell: 'scores', offset: 5, limit: 10})
  expect(rowsOfPage(page.arrow)).toEqual(rows.slice(5, 15))
  const past = await client.call('report.rows', {document, cell: 'scores', offset: 10_000})
  expect(past).toMatchObject({total: all.total, rows: 0})
})

test.each([
  [{cell: 'scores', truth: 'Adelei'}, 'unknown-name', /did you mean "Adelie"/],
  [{cell: 'score'}, 'unknown-name', /did you mean "scores"/],
  [{cell: 'parts'}, 'bad-request', undefined],
])('rows of %j are refused', async (of, code, hint) => {
  const call = client.call('report.rows', {document, ...of})
  await expect(call).rejects.toMatchObject({code, ...(hint && {hint: expect.stringMatching(hint)})})
})

test('a card comes as Markdown and as data, each figure with what it rests on', async () => {
  const [model] = await client.call('models.list', {})
  const {name, versions} = model!
  const of = {name, version: versions[0]!.version}
  const {markdown, card, stale} = await client.call('models.card', of)
  expect(markdown).toContain(`# Model card: ${name}, version 1`)
  expect(stale).toEqual([])
  const {rows: runs} = await client.call('runs.list', {})
  for (const {evidence} of card.evaluation.figures) expect(evidence.run).toBe(runs[0]!.id)
  const figures = (await report()).metrics.map(metric => metric.value)
  expect(card.evaluation.figures.map(({value}) => value)).toEqual(figures)
  const other = await client.call('models.card', {...of, language: 'pt-BR'})
  expect(other.markdown).not.toBe(markdown)
  const texts = {limitations: 'Adult birds only.', ethics: 'None is harmed.'}
  expect(await client.call('models.describe', {...of, texts})).toMatchObject({texts})
  expect((await client.call('models.card', of)).markdown).toContain('Adult birds only.')
  const {events} = await client.call('models.audit', {name})
  expect(events.filter(({type}) => type === 'described')).toHaveLength(2)
  await expect(client.call('models.card', {name, version: 99})).rejects.toMatchObject({
    code: 'unknown-name',
  })
})

test('a started bundle answers as it was packaged to, and says what a bad row is', async () => {
  const [model] = await client.call('models.list', {})
  const of = {name: model!.name, version: model!.versions[0]!.version}
  const {
    id,
    signature,
    examples: [example = {}],
  } = await client.call('bundle.start', of)
  expect(signature).toMatchObject({
    ...of,
    task: 'classification',
    classes: ['Adelie', 'Chinstrap', 'Gentoo'],
  })
  expect(Object.keys(example).toSorted()).toEqual(signature.inputs.map(({name}) => name).toSorted())
  const {answers, ms} = await client.call('bundle.ask', {id, rows: [example, example]})
  expect(answers).toHaveLength(2)
  expect(signature.classes).toContain(answers[0]!.prediction)
  expect(ms).toBeGreaterThan(0)
  const bad = client.call('bundle.ask', {id, rows: [{no_such_column: 1}]})
  await expect(bad).rejects.toMatchObject({code: 'bad-request'})
  // It goes on after a bad row.
  expect((await client.call('bundle.ask', {id, rows: [example]})).answers).toEqual([answers[0]])
  await client.call('bundle.stop', {id})
  const late = client.call('bundle.ask', {id, rows: [example]})
  await expect(late).rejects.toMatchObject({code: 'unknown-name'})
})

test.skipIf(process.platform !== 'linux')(
  'a started bundle ends when its client goes away',
  async () => {
    const [model] = await client.call('models.list', {})
    const other = await clientOf(join(place, 'p'))
    const of = {name: model!.name, version: 1}
    const {
      id,
      examples: [example = {}],
    } = await other.call('bundle.start', of)
    await other.call('bundle.ask', {id, rows: [example]})
    const before = await childrenOf(process.pid)
    other.close()
    await expect
      .poll(async () => (await childrenOf(process.pid)).length, {timeout: 10_000})
      .toBeLessThan(before.length)
  },
)

test('a version that was never packaged, and a folder that is no bundle, say so', async () => {
  const never = client.call('bundle.start', {name: 'none', version: 1})
  await expect(never).rejects.toMatchObject({code: 'missing-file'})
  const none = client.call('bundle.start', {folder: 'data'})
  await expect(none).rejects.toMatchObject({code: 'missing-file'})
})

test('the words of SQL are DuckDB’s own', async () => {
  const {functions, keywords, types} = await client.call('sql.words', {})
  const named = new Map(functions.map(one => [one.name, one]))
  expect(named.size).toBe(functions.length)
  expect(named.get('median')).toMatchObject({kind: 'aggregate'})
  expect(named.get('lower')).toMatchObject({
    kind: 'scalar',
    signatures: [expect.stringMatching(/^lower\(.*VARCHAR\) → VARCHAR$/)],
    description: expect.stringMatching(/lower/i),
  })
  expect(named.has('read_csv')).toBe(true)
  expect([...named.keys()].filter(name => /[^a-z0-9_]/.test(name))).toEqual([])
  expect(keywords).toEqual(expect.arrayContaining(['select', 'qualify']))
  expect(types).toEqual(expect.arrayContaining(['varchar', 'double', 'timestamp']))
})

async function project(text = '# One\n') {
  const folder = join(await temporaryFolder(), 'p')
  await newProject(folder, {name: 'Mine'})
  await writeFile(join(folder, 'notebooks', 'one.md'), text)
  const own = await clientOf(folder)
  onTestFinished(() => own.close())
  return {folder, call: own.call}
}

test('a document is renamed after its title, never over another', async () => {
  const {folder, call} = await project()
  const one = 'notebooks/one.md'
  const renamed = await call('document.rename', {document: one, name: 'Preços de casas'})
  expect(renamed).toEqual({document: 'notebooks/precos-de-casas.md'})
  expect(await readFile(join(folder, renamed.document), 'utf8')).toBe('# One\n')
  const {document: two} = await call('document.create', {name: 'Two'})
  const taken = call('document.rename', {document: two, name: 'preços de casas'})
  await expect(taken).rejects.toMatchObject({code: 'duplicate-name'})
  const gone = call('document.rename', {document: one, name: 'x'})
  await expect(gone).rejects.toMatchObject({code: 'missing-file'})
  expect((await call('project.info', {})).documents).toEqual([renamed.document, two])
  expect(await call('document.rename', {document: two, name: 'Two'})).toEqual({document: two})
})

test('a removed document can be put back, and who watches it hears that it went', async () => {
  const {folder, call} = await project()
  const document = 'notebooks/one.md'
  const told: string[] = []
  const stop = new AbortController()
  const watching = call(
    'document.watch',
    {document},
    {signal: stop.signal, tell: ({type}) => void told.push(type)},
  )
  await expect.poll(() => told).toContain('blocks')
  const {trash} = await call('document.remove', {document})
  await expect.poll(() => told).toContain('missing')
  stop.abort()
  await expect(watching).rejects.toMatchObject({code: 'cancelled'})
  expect((await call('project.info', {})).documents).toEqual([])
  await writeFile(join(folder, document), '# Another\n')
  expect(await call('document.restore', {trash})).toEqual({document: 'notebooks/one-2.md'})
  expect(await readFile(join(folder, 'notebooks/one-2.md'), 'utf8')).toBe('# One\n')
  await expect(call('document.restore', {trash})).rejects.toMatchObject({code: 'missing-file'})
  for (const bad of ['../x.md', '.bancada/trash/../../bancada.json', document])
    await expect(call('document.restore', {trash: bad})).rejects.toMatchObject({code: 'refused'})
})

test('a document that runs is not moved, and one outside of notebooks never', async () => {
  const {folder, call} = await project(
    '```sql cell=a\nselect count(*) as n from range(100000000000) t(i) where i % 7 = sin(i)\n```\n',
  )
  const document = 'notebooks/one.md'
  await call('document.run', {document})
  const rename = call('document.rename', {document, name: 'x'})
  await expect(rename).rejects.toMatchObject({code: 'refused'})
  await expect(call('document.remove', {document})).rejects.toMatchObject({code: 'refused'})
  await call('document.stop', {document})
  await expect
    .poll(
      () =>
        call('document.remove', {document}).then(
          () => 'removed',
          error => error.code,
        ),
      {
        timeout: 10_000,
      },
    )
    .toBe('removed')
  await writeFile(join(folder, 'README.md'), '# Read me\n')
  const outside = call('document.remove', {document: 'README.md'})
  await expect(outside).rejects.toMatchObject({code: 'refused'})
})

test('the manifest is changed field by field, and keys that nobody knows stay', async () => {
  const {folder, call} = await project()
  const file = join(folder, 'bancada.json')
  const stored = JSON.parse(await readFile(file, 'utf8'))
  await writeFile(file, JSON.stringify({...stored, theirs: {x: 1}}))
  const success = {metric: 'macro_f1', threshold: 0.9}
  await call('project.update', {problem: 'Which?', success})
  await call('project.update', {owners: ['Ana'], problem: null})
  const expected = {version: 1, name: 'Mine', owners: ['Ana'], success, theirs: {x: 1}}
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(expected)
  expect((await call('project.info', {})).manifest).toEqual(expected)
  await expect(call('project.update', {name: ' '})).rejects.toMatchObject({code: 'bad-request'})
  const unknown = call('project.update', {nam: 'x'} as never)
  await expect(unknown).rejects.toMatchObject({code: 'bad-request'})
})

/** Processes that one has started, from the system's own list. */
async function childrenOf(pid: number): Promise<string[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
  return text.split(' ').filter(Boolean)
}
