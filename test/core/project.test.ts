import {mkdir, readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {createProject, documents, openProject} from '../../core/project.ts'
import {newProject} from '../../core/templates.ts'
import {temporaryFolder} from '../support/folder.ts'

test('a project is found from any place inside it', async () => {
  const folder = join(await temporaryFolder(), 'penguins')
  await createProject(folder, {problem: 'which one is it?'})
  const deep = join(folder, 'data', 'raw')
  await mkdir(deep)
  const project = await openProject(deep)
  expect(project.folder).toBe(folder)
  expect(project.manifest).toMatchObject({
    name: 'penguins',
    problem: 'which one is it?',
    owners: [],
  })
  expect(await documents(project)).toEqual([])
})

test('the template brings its document and its data', async () => {
  const folder = join(await temporaryFolder(), 'mini')
  const project = await newProject(folder, {template: 'mini-pipeline'})
  expect(await documents(project)).toEqual(['notebooks/mini-pipeline.md'])
  expect(JSON.parse(await readFile(join(folder, 'data/penguins.json'), 'utf8'))).toHaveLength(344)
  expect(project.manifest.success).toEqual({metric: 'macro_f1', threshold: 0.95})
})

test('nothing of the user’s is written over', async () => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'thesis.txt'), 'two years of work')
  await expect(createProject(folder)).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringContaining('thesis.txt'),
  })
  const other = join(folder, 'fine')
  await createProject(other)
  await expect(createProject(other)).rejects.toMatchObject({code: 'refused'})
})

test('what is not a project, a broken manifest and a newer one say what to do', async () => {
  const folder = await temporaryFolder()
  await expect(openProject(folder)).rejects.toMatchObject({
    code: 'missing-file',
    hint: expect.stringContaining('bancada new'),
  })
  await writeFile(join(folder, 'bancada.json'), '{"name": ')
  await expect(openProject(folder)).rejects.toMatchObject({code: 'damaged'})
  await writeFile(join(folder, 'bancada.json'), '{"name": 3}')
  await expect(openProject(folder)).rejects.toMatchObject({
    code: 'damaged',
    where: expect.stringContaining('name'),
  })
  await writeFile(join(folder, 'bancada.json'), '{"version": 99, "name": "x"}')
  await expect(openProject(folder)).rejects.toMatchObject({
    code: 'too-new',
    hint: expect.stringContaining('update'),
  })
})

test('a template that does not exist gives the nearest', async () => {
  const folder = join(await temporaryFolder(), 'x')
  await expect(newProject(folder, {template: 'mini-pipelin'})).rejects.toMatchObject({
    code: 'unknown-name',
    hint: 'did you mean "mini-pipeline"?',
  })
})
