// Explaining runs of real documents: real DuckDB, trainings in their worker, the composed graph.
import {readdir, rm, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {Runs} from '../../../core/history/runs.ts'
import {type ExplainSpec, explainRun} from '../../../core/notebook/explained.ts'
import {runNotebook} from '../../../core/notebook/run.ts'
import {createProject} from '../../../core/project.ts'
import {temporaryFolder} from '../../support/folder.ts'

const document = 'notebooks/test.md'
const query = (name: string, body: string) => `\`\`\`sql cell=${name}\n${body}\n\`\`\`\n\n`
const form = (name: string, kind: string, from: string, body = '') =>
  `\`\`\`yaml cell=${name} kind=${kind} from=${from}\n${body}\n\`\`\`\n\n`

/** Homes whose price is made of their size and town; of their colour nothing, and some sizes are missing. */
const homes = query(
  'homes',
  `select i as number, if(i % 20 = 0, null, 40 + (i * 37) % 160)::double as size,
    ['Lund', 'Malmö', 'Ystad'][1 + i % 3] as town, ['red', 'blue'][1 + (i * 7) % 2] as colour,
    date '2020-01-01' + i::integer as sold,
    coalesce(size, 120) * 10 + (i % 3) * 500 as price, price > 1800 as dear
  from range(600) t(i)`,
)
const parts = form('parts', 'split', 'homes', 'test: 0.3\nseed: 3')

async function ran(text: string) {
  const project = await createProject(join(await temporaryFolder(), 'project'))
  await writeFile(join(project.folder, document), text)
  const outcome = await runNotebook(project, document)
  for (const cell of outcome.cells.values())
    if (cell.state !== 'done') throw new Error(JSON.stringify(cell))
  const runs = new Runs(join(project.folder, '.bancada', 'runs'))
  const [id] = await runs.ids()
  const explained = (spec: ExplainSpec = {}) =>
    explainRun(
      project,
      runs,
      {id: id!, ...spec},
      {signal: new AbortController().signal, tell: () => {}},
    )
  return {project, outcome, runs, id: id!, explained}
}

const linear = (from: string, features: string, target = 'price') =>
  form(
    'model',
    target === 'dear' ? 'logistic' : 'linear',
    from,
    `target: ${target}\nfeatures: [${features}]`,
  )

test('importance is told in raw columns: a town, not its one-hot columns, and it is kept with the run', async () => {
  const {outcome, runs, id, explained} = await ran(
    homes +
      parts +
      form('filled', 'impute', 'parts', 'columns: [size]\nwith: mean') +
      // Replayed by DuckDB when serving, so the columns go through both.
      form('made', 'derive', 'filled', 'columns:\n  double: size * 2') +
      form('coded', 'one-hot', 'made', 'columns: [town, colour]') +
      linear('coded', 'double, town_Lund, town_Malmö, town_Ystad, colour_red, colour_blue') +
      form('judged', 'evaluate', 'model'),
  )
  const found = await explained()
  expect(found).toMatchObject({part: 'test', all: 180, rows: 180, unanswered: 0, cell: 'parts'})
  expect(found.after).toEqual([])
  expect(new Set(found.importance.map(({name}) => name))).toEqual(
    new Set(['size', 'town', 'colour']),
  )
  const of = Object.fromEntries(found.importance.map(one => [one.name, one]))
  expect(of.size!.mean).toBeGreaterThan(300)
  expect(of.town!.mean).toBeGreaterThan(300)
  expect(Math.abs(of.colour!.mean)).toBeLessThan(10)
  expect(new Set(found.unread)).toEqual(new Set(['number', 'sold', 'dear']))
  // With every column in its place the metric is the evaluation's own.
  const judged = outcome.cells.get('judged')!
  const report =
    judged.state === 'done' && judged.result.value.type === 'report' && judged.result.value.report
  const rmse = report && report.metrics.find(({name}) => name === 'rmse')!.value
  expect(found.metric).toMatchObject({name: 'rmse', value: expect.closeTo(Number(rmse), 3)})

  const town = found.dependence.find(({name}) => name === 'town')!
  const towns = town.at as string[]
  expect(new Set(towns)).toEqual(new Set(['Lund', 'Malmö', 'Ystad']))
  const at = (name: string) => town.lines[0]!.mean[towns.indexOf(name)]!
  expect(at('Malmö') - at('Lund')).toBeCloseTo(500, -1)
  expect(at('Ystad') - at('Malmö')).toBeCloseTo(500, -1)

  expect(await runs.explanation(id)).toEqual(found)
  const kept = (await runs.get(id)).explanation!
  expect(await explained()).toEqual(found)
  expect((await runs.get(id)).explanation).toBe(kept)
  expect(await readdir(join(runs.path(id), 'explanations'))).toHaveLength(1)
})

test('columns are those of the first table with the same rows: after a filter of the test rows, and what was done before is named', async () => {
  const {explained} = await ran(
    homes +
      form('early', 'rename', 'homes', 'names:\n  size: area') +
      form('parts', 'split', 'early', 'test: 0.3\nseed: 3') +
      form('filled', 'impute', 'parts', 'columns: [area]\nwith: mean') +
      form('large', 'filter', 'filled', 'where: area > 60') +
      form('scaled', 'scale', 'large', 'columns: [area]\nwith: standard') +
      linear('scaled', 'area'),
  )
  const found = await explained()
  expect(found).toMatchObject({cell: 'large', after: ['rename', 'impute', 'filter'], part: 'test'})
  expect(found.all).toBeLessThan(180)
  // Before it was scaled: from 60 on.
  expect(Math.min(...(found.dependence[0]!.at as number[]))).toBeGreaterThan(60)
})

test('a table that was never split is explained on its own rows, classes by the positive one; the project names the metric', async () => {
  const {project, explained} = await ran(
    homes +
      form('filled', 'impute', 'homes', 'columns: [size]\nwith: mean') +
      linear('filled', 'size', 'dear'),
  )
  expect(await explained()).toMatchObject({
    part: 'train',
    cell: 'homes',
    metric: {name: 'log_loss'},
  })
  project.manifest.success = {metric: 'roc_auc', threshold: 0.8}
  const found = await explained({rows: 100, repeats: 3})
  expect(found).toMatchObject({metric: {name: 'roc_auc'}, all: 600, rows: 100, repeats: 3})
  expect(found.importance[0]!.values).toHaveLength(3)
  expect(found.dependence[0]!.lines.map(line => line.class)).toEqual(['true'])
  expect((await explained({metric: 'accuracy'})).metric.name).toBe('accuracy')
})

test('what cannot be explained says why and what to do: a clustering, a run that failed, rows and models that are gone', async () => {
  const grouped = await ran(
    homes +
      query('sizes', 'select size from homes where size is not null') +
      form('groups', 'k-means', 'sizes', 'clusters: 2'),
  )
  await expect(grouped.explained()).rejects.toMatchObject({
    code: 'refused',
    hint: expect.any(String),
  })

  const {project, runs, id, explained} = await ran(
    homes +
      form('filled', 'impute', 'homes', 'columns: [size]\nwith: mean') +
      linear('filled', 'size'),
  )
  await rm(runs.artifact(id, 'model.onnx'))
  await expect(explained()).rejects.toMatchObject({
    code: 'missing-file',
    message: expect.stringContaining('has lost its model'),
  })
  await rm(project.store.objects, {recursive: true})
  await expect(explained()).rejects.toMatchObject({
    code: 'missing-file',
    message: expect.stringContaining('the rows'),
    hint: `run "model" in ${document} again`,
  })
  await expect(runs.explanation(id)).rejects.toMatchObject({code: 'unknown-name'})

  const run = await runs.begin({...(await runs.get(id)), cell: 'other'})
  await run.fail({code: 'bad-data', message: 'no'})
  const task = {signal: new AbortController().signal, tell: () => {}}
  await expect(explainRun(project, runs, {id: run.id}, task)).rejects.toMatchObject({
    code: 'bad-request',
  })
})
