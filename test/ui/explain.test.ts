// A run's page: what its model leans on, and what was said while it trained.
import {readdir, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {Runs} from '../../core/history/runs.ts'
import {runNotebook} from '../../core/notebook/run.ts'
import {openProject} from '../../core/project.ts'
import {says} from '../../core/words/says.ts'
import {spec} from '../core/history/spec.ts'
import {cell, stands} from '../support/notebook.ts'
import {goTo, openProjectWindow, seriousFaultsInBoth} from '../support/window.ts'

const runsOf = (folder: string) => new Runs(join(folder, '.bancada', 'runs'))

test('a run is explained by a button: importance and dependence as charts and tables, there again after a reload', async () => {
  const {page, folder} = await openProjectWindow({ran: true, place: {screen: 'runs'}})
  const runs = runsOf(folder)
  const [id] = await runs.ids()
  await goTo(page, folder, {screen: 'runs', item: `run:${id}`})
  const section = page.getByRole('region', {name: 'What the model leans on'})
  await section.getByText('Shuffles each column', {exact: false}).waitFor()
  await section.getByRole('button', {name: 'Explain', exact: true}).click()

  // The project is judged by macro F1, so importance is told in it.
  const table = section.getByRole('table', {name: 'Importance of each column in macro_f1'})
  await table.getByRole('rowheader', {name: 'Island', exact: true}).waitFor()
  const kept = await runs.explanation(id!)
  expect(kept.importance.map(({name}) => name).sort()).toEqual([
    'Beak Depth (mm)',
    'Beak Length (mm)',
    'Body Mass (g)',
    'Flipper Length (mm)',
    'Island',
    'Sex',
  ])
  const headers = table.getByRole('rowheader')
  expect(await headers.allTextContents()).toEqual(kept.importance.map(({name}) => name))
  await section.getByRole('img', {name: 'Importance of each column in macro_f1'}).waitFor()
  await section.getByText('on 68 of 68 test rows', {exact: false}).waitFor()
  await section.getByText('Columns as the cell parts gives them', {exact: false}).waitFor()
  await section.getByRole('img', {name: 'Partial dependence on Island'}).waitFor()

  await section.getByRole('combobox', {name: 'Class'}).click()
  await page.getByRole('option', {name: 'Gentoo'}).click()
  await section.getByRole('button', {name: 'Show as table: Partial dependence on Island'}).click()
  const island = section.getByRole('table', {name: 'Partial dependence on Island'})
  await island.getByRole('columnheader', {name: 'Probability of Gentoo'}).waitFor()
  const cells = island.getByRole('row').filter({hasText: 'Biscoe'}).getByRole('cell')
  await expect.poll(() => cells.count()).toBe(4)

  await section.getByRole('combobox', {name: 'Metric'}).click()
  await page.getByRole('option', {name: 'log_loss'}).click()
  await section.getByRole('button', {name: 'Explain again'}).click()
  await section.getByRole('img', {name: 'Importance of each column in log_loss'}).waitFor()
  await page.reload()
  await section.getByRole('img', {name: 'Importance of each column in log_loss'}).waitFor()
  await section.getByRole('button', {name: 'Explain again'}).waitFor()
  expect(await readdir(join(runs.path(id!), 'explanations'))).toHaveLength(2)
  await section.getByRole('img', {name: 'Partial dependence on Sex'}).waitFor()
  expect(await seriousFaultsInBoth(page)).toEqual([])
})

test('a long explanation shows how far it is and is stopped; one that cannot be made says why', async () => {
  const names = Array.from({length: 150}, (_, i) => `x${i}`)
  const columns = names.map((name, i) => `(hash(i * 1000 + ${i}) % 1000)::double as ${name}`)
  const wide = `\`\`\`sql cell=wide\nselect ${columns.join(', ')}, x0 + 2 * x1 as y from range(5000) t(i)\n\`\`\`\n\n\`\`\`yaml cell=line kind=linear from=wide\ntarget: y\n\`\`\`\n`
  const {page, folder} = await openProjectWindow({
    files: {'notebooks/wide.md': wide},
    place: {screen: 'runs'},
    locale: 'pt-BR',
  })
  await runNotebook(await openProject(folder), 'notebooks/wide.md')
  const runs = runsOf(folder)
  const [id] = await runs.ids()
  await goTo(page, folder, {screen: 'runs', item: `run:${id}`})
  const section = page.getByRole('region', {name: 'Em que o modelo se apoia'})
  await section.getByRole('button', {name: 'Explicar', exact: true}).click()
  await section.getByRole('status').filter({hasText: 'embaralhando "x'}).waitFor()
  await section.getByRole('progressbar', {name: 'Explicando …'}).waitFor()
  await section.getByRole('button', {name: 'Parar'}).click()
  await section.getByRole('button', {name: 'Explicar', exact: true}).waitFor()
  expect((await runs.get(id!)).explanation).toBeUndefined()

  const other = await runs.begin({...spec(), code: 'gone'})
  await other.finish({engine: 'e'})
  await goTo(page, folder, {screen: 'runs', item: `run:${other.id}`})
  await section.getByRole('button', {name: 'Explicar', exact: true}).click()
  await section.getByRole('alert').filter({hasText: 'não estão mais no armazém'}).waitFor()
})

test('the log grows while a run trains, is searched, and says what the process wrote', async () => {
  const {page, folder} = await openProjectWindow({place: {screen: 'runs'}})
  const runs = runsOf(folder)
  const run = await runs.begin(spec())
  await goTo(page, folder, {screen: 'runs', item: `run:${run.id}`})
  const section = page.getByRole('region', {name: 'Log', exact: true})
  await section.getByText('Nothing was said yet.').waitFor()
  run.note(says`trains on ${'compiled·cpu'}`)
  await section.getByText('trains on compiled·cpu').waitFor()
  run.note('few rows', 'warning')
  run.add({at: new Date().toISOString(), from: 'stderr', level: 'info', text: '<b>odd</b>'})
  await section.getByText('<b>odd</b>').waitFor()
  const lines = section.getByRole('region', {name: 'Lines of the log'}).locator(':scope > div')
  expect(await lines.count()).toBe(3)

  await section.getByRole('combobox', {name: 'Lines'}).click()
  await page.getByRole('option', {name: 'Warnings and errors'}).click()
  await section.getByText('1 of 3 lines').waitFor()
  expect(await lines.allTextContents()).toEqual([expect.stringMatching(/warningfew rows$/)])
  await section.getByRole('combobox', {name: 'Lines'}).click()
  await page.getByRole('option', {name: 'All'}).click()
  await section.getByRole('textbox', {name: 'Search in the log'}).fill('ODD')
  await section.getByText('1 of 3 lines').waitFor()
  await section.getByRole('textbox', {name: 'Search in the log'}).fill('')

  await run.fail({code: 'crashed', message: 'the training process was ended by SIGKILL'})
  await section.getByText('was ended by SIGKILL').waitFor()
  const alert = page.getByRole('alert').filter({hasText: 'SIGKILL'})
  await alert.getByRole('button', {name: 'See the log'}).click()
  await expect
    .poll(() =>
      page
        .getByRole('heading', {name: 'Log', exact: true})
        .evaluate(heading => heading === heading.ownerDocument.activeElement),
    )
    .toBe(true)
  expect(await seriousFaultsInBoth(page)).toEqual([])
})

test('a cell whose training failed leads to the log of its run', async () => {
  const {page, folder} = await openProjectWindow()
  const file = join(folder, 'notebooks', 'mini-pipeline.md')
  await writeFile(
    file,
    '```sql cell=few\nselect * from (values (1.0, 2.0), (2.0, null::double)) t(x, y)\n```\n\n```yaml cell=line kind=linear from=few\ntarget: x\n```\n',
  )
  await cell(page, 'line').waitFor()
  await page.getByRole('button', {name: 'Run all'}).click()
  await stands(page, 'line', 'failed')
  await cell(page, 'line').getByRole('button', {name: 'Log of the training'}).click()
  await page
    .getByRole('region', {name: 'Log', exact: true})
    .getByText('"y" has 1 missing value', {exact: false})
    .waitFor()
})
