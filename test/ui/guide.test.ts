// The guide beside a document, and the report that is handed in, in a real browser against a real host.
import {readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import type {Page} from 'playwright'
import {expect, test} from 'vitest'
import {openPage, openProjectWindow, seriousFaults, seriousFaultsInBoth} from '../support/window.ts'

const guide = (page: Page) => page.getByRole('region', {name: 'Guide'})
const item = (page: Page, name: string) =>
  guide(page)
    .getByRole('listitem')
    .filter({has: page.getByText(name, {exact: true})})

test('a student is led on: the problem is filled in, and a cell comes below its heading', async () => {
  const {page, folder} = await openProjectWindow({template: 'mini-project'})
  await guide(page).getByText('0 of 7 done').waitFor()
  await item(page, 'Problem').getByRole('button', {name: 'Fill in'}).click()
  await page.getByLabel('The problem').fill('Mistakes are found too late.')
  await page.getByRole('combobox', {name: 'Success is measured by'}).fill('macro_f1')
  await page.getByLabel('Worth using from').fill('0.9')
  await page.getByLabel('Authors').fill('Ada, Grace')
  await page.getByRole('button', {name: 'Save'}).click()
  await guide(page).getByText('1 of 7 done').waitFor()
  await guide(page).getByText('macro_f1 is to reach 0.9.').waitFor()
  const manifest = JSON.parse(await readFile(join(folder, 'bancada.json'), 'utf8'))
  expect(manifest).toMatchObject({
    problem: 'Mistakes are found too late.',
    success: {metric: 'macro_f1', threshold: 0.9},
    owners: ['Ada', 'Grace'],
  })
  expect(await seriousFaultsInBoth(page)).toEqual([])

  await item(page, 'Cleaning').getByRole('button', {name: 'Add: SQL'}).click()
  const text = () => readFile(join(folder, 'notebooks/mini-project.md'), 'utf8')
  await expect
    .poll(async () =>
      /## Cleaning\n[^#]*```sql cell=query\nselect \* from penguins\n```\n\n## Features/.test(
        await text(),
      ),
    )
    .toBe(true)
  // A query that hands its table on as it is has cleaned nothing.
  await item(page, 'Cleaning').getByText('The query hands its table on').waitFor()
})

test('work ticks its items, the report tells of it, and undone work opens them again', async () => {
  const {page, folder} = await openProjectWindow()
  const file = join(folder, 'notebooks/mini-pipeline.md')
  await page.getByRole('button', {name: /^Guide/}).click()
  await guide(page).getByText('1 of 7 done').waitFor()
  await page.getByRole('button', {name: 'Run all'}).click()
  await guide(page).getByText('6 of 7 done').waitFor({timeout: 180_000})
  await guide(page)
    .getByText(/macro_f1 is 0\.\d+, and 0\.95 was the goal/)
    .waitFor()

  await item(page, 'Reflection').getByRole('button', {name: 'Write'}).click()
  const area = page.getByRole('textbox', {name: 'Text', exact: true})
  const words = Array.from({length: 40}, (_, i) => `word${i}`).join(' ')
  await area.fill(`${await area.inputValue()}\n\n${words}`)
  await guide(page).getByText('7 of 7 done').waitFor()

  await guide(page).getByRole('button', {name: 'Report'}).click()
  await page.getByText('Written to reports/mini-pipeline.html').waitFor()
  const sheet = page.getByRole('region', {name: 'Report'})
  await sheet.getByRole('heading', {name: 'Evidence'}).waitFor()
  expect(await sheet.getByText('word39').count()).toBe(1)
  expect(await seriousFaultsInBoth(page)).toEqual([])
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', {name: 'Download as HTML'}).click(),
  ])
  expect(saved.suggestedFilename()).toBe('mini-pipeline.html')
  const html = await readFile(join(folder, 'reports/mini-pipeline.html'), 'utf8')
  expect(await readFile(await saved.path(), 'utf8')).toBe(html)
  // On paper the whole report stands on pages of its own, without the window around it.
  expect(await pagesOf(page)).toBeGreaterThan(3)

  await page.getByRole('button', {name: 'Back to the document'}).click()
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replace('test: 0.2', 'test: 0.3'))
  // What comes before the split is as it was, and so is what was written.
  await guide(page).getByText('3 of 7 done').waitFor()
  await item(page, 'Evaluation').getByRole('button', {name: 'Run scores'}).waitFor()

  const {page: paper} = await openPage('about:blank')
  const asked: string[] = []
  paper.on('request', request => asked.push(request.url()))
  await paper.setContent(html)
  expect(await pagesOf(paper)).toBeGreaterThan(3)
  expect(asked).toEqual([])
  expect(await seriousFaults(paper)).toEqual([])
}, 240_000)

async function pagesOf(page: Page): Promise<number> {
  const pdf = await page.pdf({tagged: true, outline: true, preferCSSPageSize: true})
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0
}
