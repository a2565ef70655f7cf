import {mkdir, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {Runs} from '../../../core/history/runs.ts'
import {type Outcome, runNotebook} from '../../../core/notebook/run.ts'
import {statusOf} from '../../../core/notebook/status.ts'
import {Tables} from '../../../core/notebook/tables.ts'
import {createProject, type Project} from '../../../core/project.ts'
import type {CellEvent} from '../../../core/schema/result.ts'
import {rowsOfPage} from '../../../core/wire/page.ts'
import {temporaryFolder} from '../../support/folder.ts'

const document = 'notebooks/test.md'

/** A project with one document of the given fences. */
async function projectOf(text: string, files: Record<string, string> = {}): Promise<Project> {
  const folder = join(await temporaryFolder(), 'project')
  const project = await createProject(folder)
  await write(project, text)
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(folder, 'data'), {recursive: true})
    await writeFile(join(folder, 'data', name), content)
  }
  return project
}
const write = (project: Project, text: string) => writeFile(join(project.folder, document), text)

const sqlCell = (name: string, body: string) => `\`\`\`sql cell=${name}\n${body}\n\`\`\`\n\n`
const formCell = (name: string, kind: string, from: string, body = '') =>
  `\`\`\`yaml cell=${name} kind=${kind}${from && ` from=${from}`}\n${body}\n\`\`\`\n\n`

/** The first rows of a table of the document. */
async function rowsOf(project: Project, table: string) {
  const tables = new Tables(project)
  try {
    const view = {filter: [], search: '', sort: []}
    const page = await tables.page({document, table}, view, {offset: 0, limit: 10})
    return {rows: rowsOfPage(page.arrow), total: page.total}
  } finally {
    await tables.close()
  }
}

/** `{a: 'done', b: 'cached', c: 'no-column'}`: what became of each cell. */
const summary = ({cells}: Outcome) =>
  Object.fromEntries(
    [...cells].map(([name, cell]) => [
      name,
      cell.state === 'done'
        ? cell.cached
          ? 'cached'
          : 'done'
        : cell.state === 'failed'
          ? cell.fault.code
          : `blocked by ${cell.by}`,
    ]),
  )

const people = sqlCell(
  'people',
  `select * from (values (1, 'a', 10.0), (2, 'b', 'nan'::double), (3, 'a', null)) t(id, tag, x)`,
)

test('a document runs from top to bottom and then from the cache', async () => {
  const project = await projectOf(people + sqlCell('some', 'from people where x > 5'))
  expect(summary(await runNotebook(project, document))).toEqual({people: 'done', some: 'done'})
  expect(summary(await runNotebook(project, document))).toEqual({people: 'cached', some: 'cached'})
  expect(await rowsOf(project, 'some')).toMatchObject({
    rows: [{id: 1, tag: 'a', x: 10}],
    total: 1,
  })
})

test('columns that share a name keep their own values, and NaN is missing in each', async () => {
  const twice = `select 1.5::double as a, 'nan'::double as a, 2.5::float as A`
  const project = await projectOf(sqlCell('twice', twice))
  expect(summary(await runNotebook(project, document))).toEqual({twice: 'done'})
  expect(await rowsOf(project, 'twice')).toMatchObject({rows: [{a: 1.5, a_1: null, A_2: 2.5}]})
})

test('NaN is missing in every table', async () => {
  const project = await projectOf(people)
  await runNotebook(project, document)
  const {rows} = await rowsOf(project, 'people')
  expect(rows.map(r => r.x)).toEqual([10, null, null])
})

test('an edit makes stale what depends on it and nothing else', async () => {
  const other = sqlCell('other', 'select 1 as one')
  const project = await projectOf(people + sqlCell('some', 'from people where x > 5') + other)
  await runNotebook(project, document)
  await write(project, people + sqlCell('some', 'from people where x > 6') + other)
  const {cells} = await statusOf(project, document)
  expect(cells.map(c => [c.cell, c.state])).toEqual([
    ['people', 'fresh'],
    ['some', 'stale'],
    ['other', 'fresh'],
  ])
  expect(summary(await runNotebook(project, document))).toEqual({
    people: 'cached',
    some: 'done',
    other: 'cached',
  })
})

test('a data file that changes makes its source stale', async () => {
  const project = await projectOf(formCell('people', 'source', '', 'file: data/people.csv'), {
    'people.csv': 'id,x\n1,10\n2,20\n',
  })
  await runNotebook(project, document)
  expect(summary(await runNotebook(project, document))).toEqual({people: 'cached'})
  await writeFile(join(project.folder, 'data/people.csv'), 'id,x\n1,10\n2,21\n')
  expect(summary(await runNotebook(project, document))).toEqual({people: 'done'})
})

test('a failing cell blocks what depends on it, and the others still run', async () => {
  const project = await projectOf(
    people +
      sqlCell('wrong', 'select agee from people') +
      sqlCell('after', 'from wrong') +
      sqlCell('fine', 'from people'),
  )
  const outcome = await runNotebook(project, document)
  expect(summary(outcome)).toEqual({
    people: 'done',
    wrong: 'bad-sql',
    after: 'blocked by wrong',
    fine: 'done',
  })
})

test('cells that read one table side by side do not get in each other’s way', async () => {
  const readers = ['a', 'b', 'c', 'd', 'e', 'f']
  const project = await projectOf(people + readers.map(r => sqlCell(r, 'from people')).join(''))
  const {cells} = await runNotebook(project, document)
  expect([...cells.values()].map(c => c.state)).toEqual(['people', ...readers].map(() => 'done'))
})

test('a mistyped column, parameter, kind and cell each say the nearest name', async () => {
  const project = await projectOf(
    people +
      formCell('a', 'drop', 'people', 'columns: [tagg]') +
      formCell('b', 'drop', 'people', 'column: [tag]') +
      formCell('c', 'dropp', 'people', 'columns: [tag]') +
      formCell('d', 'drop', 'peopel', 'columns: [tag]'),
  )
  const {cells} = await runNotebook(project, document)
  const fault = (name: string) => {
    const cell = cells.get(name)!
    return cell.state === 'failed' ? cell.fault : undefined
  }
  expect(fault('a')).toMatchObject({code: 'no-column', hint: 'did you mean "tag"?'})
  expect(fault('b')).toMatchObject({code: 'bad-params', hint: 'did you mean "columns"?'})
  expect(fault('c')).toMatchObject({code: 'unknown-kind', hint: 'did you mean "drop"?'})
  expect(fault('d')).toMatchObject({code: 'unknown-name', hint: 'did you mean "people"?'})
})

test('cancelling stops a running query at once and keeps what was finished', async () => {
  const endless = sqlCell(
    'endless',
    'select count(*) as n from people, range(1000000000) a, range(1000000000) b',
  )
  const project = await projectOf(people + endless)
  const stop = new AbortController()
  const tell = (event: CellEvent) => {
    if (event.cell === 'endless' && event.state === 'running') setTimeout(() => stop.abort(), 50)
  }
  const outcome = await runNotebook(project, document, {signal: stop.signal, tell})
  expect(summary(outcome)).toEqual({people: 'done', endless: 'cancelled'})
  const {cells} = await statusOf(project, document)
  expect(cells.map(c => c.state)).toEqual(['fresh', 'stale'])
})

test('only what is asked for runs, with what it needs', async () => {
  const project = await projectOf(
    people + sqlCell('a', 'from people') + sqlCell('b', 'from people'),
  )
  expect(summary(await runNotebook(project, document, {only: ['a']}))).toEqual({
    people: 'done',
    a: 'done',
  })
  await expect(runNotebook(project, document, {only: ['aa']})).rejects.toMatchObject({
    code: 'unknown-name',
    hint: 'did you mean "a"?',
  })
})

test('a cell that was asked for by itself leaves alone what a model downstream predicts, as in a full run', async () => {
  const rows = sqlCell('rows', 'select r % 7 as x, r % 5 * 1.5 as y from range(60) t(r)')
  const scaled = formCell('scaled', 'scale', 'rows')
  const net = formCell('net', 'linear', 'scaled', 'target: y')
  const project = await projectOf(rows + scaled + net)
  expect(summary(await runNotebook(project, document, {only: ['scaled']}))).toEqual({
    rows: 'done',
    scaled: 'done',
  })
  const {cells} = await statusOf(project, document)
  expect(cells.map(c => [c.cell, c.state])).toEqual([
    ['rows', 'fresh'],
    ['scaled', 'fresh'],
    ['net', 'stale'],
  ])
  const page = await rowsOf(project, 'scaled')
  expect(page.rows[0]!.y).toBe(0)
})

test('a query cannot read another file or write one', async () => {
  const project = await projectOf(
    sqlCell('outside', `from read_text('/etc/passwd')`) +
      sqlCell('write', `copy (select 1) to 'x.csv'`),
  )
  expect(summary(await runNotebook(project, document))).toEqual({
    outside: 'refused',
    write: 'refused',
  })
})

test('steps learn from the training part alone', async () => {
  const rows = Array.from(
    {length: 10},
    (_, i) => `(${i}, ${i < 8 ? 1 : 1000}, timestamp '2024-01-0${(i % 9) + 1}')`,
  ).join(', ')
  const project = await projectOf(
    sqlCell(
      'rows',
      `select id, x::double as x, row_number() over () as t from (values ${rows}) v(id, x, d)`,
    ) +
      formCell('parts', 'split', 'rows', 'test: 0.2\ntime: t') +
      formCell('scaled', 'scale', 'parts', 'columns: [x]\nwith: min-max'),
  )
  expect(summary(await runNotebook(project, document))).toEqual({
    rows: 'done',
    parts: 'done',
    scaled: 'done',
  })
  const {rows: test} = await rowsOf(project, 'scaled.test')
  // The training rows are all 1, so the two large values of the test part were not looked at.
  expect(test.map(r => r.id)).toEqual([8, 9])
  const {rows: train} = await rowsOf(project, 'scaled.train')
  expect(new Set(train.map(r => r.x)).size).toBe(1)
})

test('with folds, the model is trained on each and the report tells the spread', async () => {
  const project = await projectOf(
    sqlCell(
      'rows',
      `select (range * 37 % 101)::double as x, (range * 53 % 89)::double as noise,
       case when range * 37 % 101 > 50 then 'high' else 'low' end as label from range(120)`,
    ) +
      formCell('parts', 'split', 'rows', 'test: 0.2\nfolds: 4\nstratify: label') +
      formCell('scaled', 'scale', 'parts') +
      formCell('model', 'logistic', 'scaled', 'target: label') +
      formCell('scores', 'evaluate', 'model'),
  )
  const {cells} = await runNotebook(project, document)
  const scores = cells.get('scores')!
  if (scores.state !== 'done' || scores.result.value.type !== 'report')
    throw new Error(JSON.stringify([...cells.values()].filter(c => c.state === 'failed')))
  const {report} = scores.result.value
  expect(report.rows).toBe(24)
  const folds = report.exhibits.find(e => e.kind === 'folds')
  expect(folds).toBeDefined()
  expect(JSON.stringify(folds)).toContain('accuracy')
  expect(report.metrics.find(m => m.name === 'accuracy')!.value).toBeGreaterThan(0.9)
}, 60_000)

test('a training that fails names its run, whose log says why', async () => {
  const project = await projectOf(
    sqlCell('few', `select * from (values (1.0, 2.0), (2.0, null::double)) t(x, y)`) +
      formCell('model', 'linear', 'few', 'target: x'),
  )
  const outcome = await runNotebook(project, document)
  const model = outcome.cells.get('model')!
  const fault = model.state === 'failed' ? model.fault : undefined
  const runs = new Runs(join(project.folder, '.bancada', 'runs'))
  const [id] = await runs.ids()
  expect(fault).toMatchObject({code: 'bad-data', where: 'y', run: id})
  const lines = await runs.log(id!)
  expect(lines[0]!.text).toMatch(/^the training process/)
  expect(lines.filter(({level}) => level === 'error').map(({text}) => text)).toEqual([
    fault!.message,
  ])
})
