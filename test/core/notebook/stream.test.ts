// A document whose rows are larger than the memory that it is given: trained and evaluated all the same.

import {readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {Runs} from '../../../core/history/runs.ts'
import {runNotebook} from '../../../core/notebook/run.ts'
import {createProject} from '../../../core/project.ts'
import type {ReportValue} from '../../../core/schema/value.ts'
import {english} from '../../../core/words/says.ts'
import {temporaryFolder} from '../../support/folder.ts'

const document = 'notebooks/test.md'
const columns = Array.from({length: 60}, (_, j) => `sin(i * ${j + 1})::float as x${j}`)
const text = (rows: number) => `
\`\`\`sql cell=points
select ${columns}, if(x0 + x1 > 0, 'up', 'down') as side from range(${rows}) t(i)
\`\`\`

\`\`\`yaml cell=parts kind=split from=points
test: 0.1
validation: 0.1
\`\`\`

\`\`\`yaml cell=net kind=mlp from=parts
target: side
hidden: [8]
epochs: 2
batchSize: 1024
learningRate: 0.01
\`\`\`

\`\`\`yaml cell=near kind=knn from=parts
target: side
\`\`\`

\`\`\`yaml cell=report kind=evaluate from=net
\`\`\`
`

async function run(rows: number, memory?: string) {
  const project = await createProject(join(await temporaryFolder(), 'project'))
  await writeFile(join(project.folder, document), text(rows))
  const {cells} = await runNotebook(project, document, memory ? {memory} : {})
  const runs = new Runs(join(project.folder, '.bancada', 'runs'))
  const all = await Promise.all((await runs.ids()).map(id => runs.get(id)))
  const {engine, because = []} = all.find(run => run.kind === 'mlp')!
  return {project, cells, engine, because: because.map(english).join()}
}

test('the memory for data decides whether rows are streamed, and the run says so', async () => {
  // 230,000 rows of 61 numbers are 50 MiB, and a quarter of the memory is 48.
  const {project, cells, engine, because} = await run(230_000, '200MB')
  expect(engine).toBe('compiled·cpu')
  expect(because).toMatch(
    /rows streamed from disk: they take 4\d MiB, and 48 MiB may be held in memory$/,
  )
  expect(cells.get('net')).toMatchObject({state: 'done'})
  expect(cells.get('near')).toMatchObject({state: 'failed', fault: {code: 'out-of-memory'}})
  const report = cells.get('report')!
  if (report.state !== 'done') throw new Error(JSON.stringify(report))
  const {rows, metrics} = (report.result.value as ReportValue).report
  expect(rows).toBe(23_000)
  expect(metrics.find(({name}) => name === 'accuracy')!.value).toBeGreaterThan(0.95)
  const record = JSON.parse(
    await readFile(
      join(
        project.store.objects,
        (cells.get('net') as {result: {hash: string}}).result.hash,
        'model.json',
      ),
      'utf8',
    ),
  )
  expect(record.engine).toBe('compiled·cpu')

  expect((await run(3000, '200MB')).because).not.toContain('streamed')
}, 120_000)
