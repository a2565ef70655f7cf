// Every template is a project that works as it stands.
import {readdir, readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {parseNotebook} from '../../core/notebook/document.ts'
import {runNotebook} from '../../core/notebook/run.ts'
import {documents} from '../../core/project.ts'
import type {Report} from '../../core/schema/report.ts'
import type {Language} from '../../core/schema/settings.ts'
import {newProject, templates} from '../../core/templates.ts'
import {temporaryFolder} from '../support/folder.ts'

const made = async (template: string, language?: Language) =>
  newProject(join(await temporaryFolder(), 'project'), {template, language})

const sourceOf = async (template: string, language?: Language) => {
  const project = await made(template, language)
  const [document] = await documents(project)
  return {
    project,
    document: document!,
    text: await readFile(join(project.folder, document!), 'utf8'),
  }
}

/** Runs all of a template, its networks for a few epochs only, and gives the reports by cell. */
async function runWhole(template: string): Promise<Record<string, Report>> {
  const {project, document, text} = await sourceOf(template)
  await writeFile(join(project.folder, document), text.replace(/^epochs: \d+$/m, 'epochs: 8'))
  const {cells, problems} = await runNotebook(project, document, {
    signal: new AbortController().signal,
    tell: () => {},
  })
  expect(problems).toEqual([])
  const all = [...cells.values()]
  expect(all.filter(cell => cell.state !== 'done')).toEqual([])
  return Object.fromEntries(
    all.flatMap(cell => {
      const value = cell.state === 'done' ? cell.result.value : undefined
      return value?.type === 'report' ? [[cell.cell, value.report]] : []
    }),
  )
}

const figure = (report: Report, name: string) =>
  report.metrics.find(metric => metric.name === name)!.value

test('the tabular classification runs whole: two models on one split, a rehearsal, and drift where there is some', async () => {
  const found = await runWhole('tabular-classification')
  expect(found.baseline_scores!.rows).toBe(found.network_scores!.rows)
  // A class alone, the commonest, would give an accuracy of 0.44.
  expect(figure(found.baseline_scores!, 'accuracy')).toBeGreaterThan(0.7)
  expect(found.network_scores!.exhibits.map(({kind}) => kind)).toContain('slices')
  expect(figure(found.rehearsal!, 'mismatches')).toBe(0)
  expect(found.same_days!.alarm ?? false).toBe(false)
  expect(found.changed_station!.alarm).toBe(true)
}, 180_000)

test('the tabular regression runs whole: missing values, two models on one split, residuals', async () => {
  const found = await runWhole('tabular-regression')
  expect(found.line_scores!.rows).toBe(found.network_scores!.rows)
  expect(figure(found.line_scores!, 'r2')).toBeGreaterThan(0.6)
  expect(found.network_scores!.exhibits.map(({kind}) => kind)).toContain('residuals')
  expect(figure(found.rehearsal!, 'mismatches')).toBe(0)
  expect(found.same_cars!.alarm ?? false).toBe(false)
  expect(found.overseas_cars!.alarm).toBe(true)
}, 180_000)

test('the image classification runs whole: images, two models on one split, a rehearsal, and drift in brightness', async () => {
  const found = await runWhole('image-classification')
  expect(found.baseline_scores!.rows).toBe(800)
  expect(figure(found.network_scores!, 'accuracy')).toBeGreaterThan(
    figure(found.baseline_scores!, 'accuracy'),
  )
  expect(figure(found.network_scores!, 'accuracy')).toBeGreaterThan(0.9)
  expect(figure(found.rehearsal!, 'mismatches')).toBe(0)
  expect(found.same_digits!.alarm ?? false).toBe(false)
  expect(found.other_scanner!.alarm).toBe(true)
}, 300_000)

test('the text classification runs whole: near-duplicates out, two models on one split, and only a text to ask', async () => {
  const found = await runWhole('text-classification')
  for (const scores of [found.baseline_scores!, found.network_scores!]) {
    expect(scores.rows).toBe(found.baseline_scores!.rows)
    // A filter that lets everything through would get none.
    expect(figure(scores, 'f1')).toBeGreaterThan(0.9)
    expect(scores.exhibits.map(({kind}) => kind)).toContain('slices')
  }
  expect(figure(found.rehearsal!, 'mismatches')).toBe(0)
  expect(found.same_messages!.alarm ?? false).toBe(false)
  expect(found.campaign_day!.alarm).toBe(true)
}, 240_000)

test('the mini-project comes with a guide, prompts, and nothing done but the source', async () => {
  const {project, text} = await sourceOf('mini-project')
  expect(project.manifest).toMatchObject({guide: 'mini-project'})
  expect(project.manifest.problem).toBe(undefined)
  expect(parseNotebook(text).notebook.cells.map(({kind}) => kind)).toEqual(['source'])
})

test('a template in Portuguese has the same cells, under the same file names, in other words', async () => {
  for (const template of templates()) {
    const [en, pt] = [await sourceOf(template), await sourceOf(template, 'pt-BR')]
    expect(pt.document).toBe(en.document)
    const [mine, theirs] = [en, pt].map(({text}) => parseNotebook(text))
    expect(mine!.problems).toEqual([])
    const cells = ({notebook}: ReturnType<typeof parseNotebook>) =>
      notebook.cells.map(({info, body}) => ({info, body}))
    expect(cells(theirs!), template).toEqual(cells(mine!))
    expect(theirs!.notebook.text.length).toBe(mine!.notebook.text.length)
    for (const [i, {text}] of theirs!.notebook.text.entries())
      expect(text, template).not.toBe(mine!.notebook.text[i]!.text)
    expect(pt.project.manifest.problem === en.project.manifest.problem).toBe(
      template === 'mini-project',
    )
    expect(await readdir(pt.project.folder)).toEqual(await readdir(en.project.folder))
  }
})
