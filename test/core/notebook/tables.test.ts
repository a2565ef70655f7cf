import {writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import {clientOf} from '../../../core/cli/client.ts'
import {runNotebook} from '../../../core/notebook/run.ts'
import {Tables} from '../../../core/notebook/tables.ts'
import {createProject} from '../../../core/project.ts'
import {rowsOfPage} from '../../../core/wire/page.ts'
import {temporaryFolder} from '../../support/folder.ts'

const document = 'notebooks/test.md'

async function open() {
  const project = await createProject(join(await temporaryFolder(), 'project'))
  const write = (query: string) =>
    writeFile(join(project.folder, document), `\`\`\`sql cell=some\n${query}\n\`\`\`\n`)
  await write('select 1::utinyint as x')
  return {project, write}
}

test('a page is of the table as it was last computed, at once after a run', async () => {
  const {project, write} = await open()
  const client = await clientOf(project.folder)
  const page = () => client.call('table.page', {document, table: 'some'})
  await expect(page()).rejects.toMatchObject({
    code: 'bad-request',
    hint: `run it: \`bancada run ${document} --cell some\``,
  })
  await client.call('notebook.run', {document})
  const before = await page()
  expect(rowsOfPage(before.arrow)).toEqual([{x: 1}])
  expect(before).toMatchObject({
    total: 1,
    rows: 1,
    columns: [{name: 'x', type: 'UTINYINT', kind: 'number'}],
  })
  await write('select 2 as x')
  await expect(page()).rejects.toMatchObject({code: 'bad-request'})
  await client.call('notebook.run', {document})
  const after = await page()
  expect(rowsOfPage(after.arrow)).toEqual([{x: 2}])
  expect(after.result).not.toBe(before.result)
  expect(await client.call('table.count', {document, table: 'some', search: '3'})).toEqual({
    result: after.result,
    total: 0,
  })
  await expect(client.call('table.page', {document, table: 'sone'})).rejects.toMatchObject({
    code: 'unknown-name',
    hint: 'did you mean "some"?',
  })
})

test('a run of another process is seen after a second', async () => {
  const {project, write} = await open()
  let now = 0
  const tables = new Tables(project, {now: () => now})
  onTestFinished(() => tables.close())
  await runNotebook(project, document)
  const view = {filter: [], search: '', sort: []}
  const x = async () => {
    const page = await tables.page({document, table: 'some'}, view, {offset: 0, limit: 1})
    return rowsOfPage(page.arrow)[0]!.x
  }
  expect(await x()).toBe(1)
  await write('select 2 as x')
  await runNotebook(project, document)
  expect(await x()).toBe(2)
  // The same document with another result, as after a change of its data.
  const file = join(project.folder, 'data', 'n.csv')
  const source = '```yaml cell=some kind=source\nfile: data/n.csv\n```\n'
  await writeFile(file, 'x\n3\n')
  await writeFile(join(project.folder, document), source)
  await runNotebook(project, document)
  expect(await x()).toBe(3)
  await writeFile(file, 'x\n40\n')
  await runNotebook(project, document)
  expect(await x()).toBe(3)
  now += 1001
  expect(await x()).toBe(40)
})

test('a run of the same host is seen at once, with the document as it was', async () => {
  const {project} = await open()
  const file = join(project.folder, 'data', 'n.csv')
  await writeFile(file, 'x\n3\n')
  const source = '```yaml cell=some kind=source\nfile: data/n.csv\n```\n'
  await writeFile(join(project.folder, document), source)
  const client = await clientOf(project.folder)
  const x = async () => {
    await client.call('notebook.run', {document})
    const {arrow} = await client.call('table.page', {document, table: 'some'})
    return rowsOfPage(arrow)[0]!.x
  }
  expect(await x()).toBe(3)
  await writeFile(file, 'x\n40\n')
  expect(await x()).toBe(40)
})
