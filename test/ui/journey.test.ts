// A new user's whole path in one sitting: from a dropped file to a model that answers, seen and undone.
import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import type {Page} from 'playwright'
import {expect, test} from 'vitest'
import {packageRoot} from '../../core/package-root.ts'
import {cell, show, stands} from '../support/notebook.ts'
import {openPage, serve} from '../support/window.ts'

/** The penguins as a CSV file, as somebody would have them. */
async function penguins(): Promise<string> {
  const file = join(packageRoot(), 'node_modules/vega-datasets/data/penguins.json')
  const rows = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>[]
  const names = Object.keys(rows[0]!)
  // Two columns as exports have them: a number for each row, and one value for all.
  return [
    ['ring', 'station', ...names],
    ...rows.map((row, i) => [`R${i + 1000}`, 'Palmer', ...names.map(name => row[name] ?? '')]),
  ]
    .map(fields => fields.map(field => `"${field}"`).join(','))
    .join('\n')
}

const rail = (page: Page, name: string) => page.getByRole('button', {name, exact: true}).first()

test('from a dropped CSV to a model that answers', {timeout: 400_000}, async () => {
  const server = await serve('--home')
  const {page} = await openPage(server.url, {viewport: {width: 1500, height: 950}})

  // A file is dropped on the home screen: a project with a document that reads it, and has.
  await page.getByRole('heading', {name: 'Begin with a template'}).waitFor()
  const transfer = await page.evaluateHandle(`(() => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([${JSON.stringify(await penguins())}], 'penguins.csv'))
    return transfer
  })()`)
  await page.locator('main').dispatchEvent('drop', {dataTransfer: transfer})
  await page.getByRole('heading', {name: 'penguins'}).first().waitFor()
  await stands(page, 'penguins', 'fresh')
  const folder = join(server.home, 'projects', 'penguins')
  const file = join(folder, 'notebooks', 'penguins.md')
  const saved = (text: string | RegExp) => expect.poll(() => readFile(file, 'utf8')).toMatch(text)

  // Two warnings of its profile are mended.
  await rail(page, 'Data').click()
  await page.getByRole('button', {name: /penguins\.csv/}).click()
  for (let i = 0; i < 2; i++) {
    const fix = page.getByRole('button', {name: /^Fix: /}).first()
    await fix.click()
    await page
      .getByText(/^Added the cell/)
      .nth(i)
      .waitFor()
  }

  // Steps are added on the canvas.
  await rail(page, 'Documents').click()
  await page.getByText('Canvas', {exact: true}).click()
  const add = async (search: string, name: string) => {
    await page.getByRole('button', {name: 'Add a step …'}).click()
    const field = page.getByLabel('Search for a step …')
    await field.fill(search)
    await page
      .getByRole('option', {name: new RegExp(search, 'i')})
      .first()
      .waitFor()
    await field.press('Enter')
    await page.locator(`.react-flow__node[data-id="${name}"]`).waitFor()
  }
  const inspector = page.getByRole('complementary', {name: 'Inspector'})
  const fill = async (label: string | RegExp, value: string) => {
    await inspector.getByLabel(label, {exact: true}).first().fill(value)
    await page.keyboard.press('Tab')
  }
  // What is chosen feeds what is added.
  await page.locator('.react-flow__node[data-id="drop"]').click()
  await add('split', 'split')
  await add('fill missing', 'impute')
  await add('one-hot', 'one_hot')
  await add('neural', 'mlp')
  await fill('Target', 'Species')
  await saved(/cell=mlp kind=mlp from=one_hot\ntarget: Species/)
  await add('evaluate', 'evaluate')
  await add('register', 'register')
  await fill(/^Name/, 'penguin')
  await add('package', 'package')
  await saved(/cell=package kind=package from=register/)

  // It trains, and its curve is seen.
  await page.getByText('Notebook', {exact: true}).click()
  await page.getByRole('button', {name: 'Run all'}).click()
  await show(page, 'mlp')
  await cell(page, 'mlp').getByRole('img', {name: /epoch/}).first().waitFor({timeout: 180_000})
  await stands(page, 'package', 'fresh')
  // Once more, with fewer epochs.
  await show(page, 'mlp')
  await cell(page, 'mlp').getByText('target: Species').click()
  await page.keyboard.press('Escape')
  await cell(page, 'mlp')
    .getByRole('button', {name: /^More settings/})
    .click()
  await cell(page, 'mlp').getByLabel('Epochs', {exact: true}).fill('7')
  await page.keyboard.press('Tab')
  await saved('epochs: 7')
  await page.getByRole('button', {name: 'Run all'}).click()
  await stands(page, 'package', 'fresh')

  // The two runs are compared.
  await rail(page, 'Runs').click()
  await page.getByText('2 runs').first().waitFor()
  const chosen = page.getByRole('checkbox', {name: /^Select /})
  await chosen.nth(0).check()
  await chosen.nth(1).check()
  await page.getByRole('button', {name: /^Compare/}).click()
  await page.getByText('2 runs compared').waitFor()
  await page.getByText('epochs').first().waitFor()

  // The second version is approved, and tried.
  await rail(page, 'Models').click()
  await page.getByRole('heading', {name: 'penguin'}).waitFor()
  await page.getByRole('button', {name: 'Approve', exact: true}).click()
  await page.getByRole('dialog').getByRole('textbox', {name: 'Why'}).fill('good enough to try')
  await page.getByRole('dialog').getByRole('button', {name: 'Approve'}).click()
  await page.getByText('good enough to try').waitFor()
  await page.getByRole('tab', {name: 'Try it'}).click()
  await page.getByRole('button', {name: 'Start', exact: true}).click()
  await page.getByRole('textbox', {name: 'Body Mass (g)'}).fill('5400')
  await page.getByRole('button', {name: 'Ask'}).click()
  await page.getByText(/^1 answer in /).waitFor()

  // Another language and theme, ten steps undone, and a reload that loses nothing.
  for (const command of ['language', 'claro e escuro']) {
    await page.keyboard.press('Control+k')
    const field = page.getByRole('dialog').getByLabel(/^(Search or run|Busque ou)/)
    await field.fill(command)
    await field.press('Enter')
    await page.getByRole('dialog').waitFor({state: 'detached'})
  }
  await page.locator('html[lang="pt-BR"][data-mantine-color-scheme="dark"]').waitFor()
  await rail(page, 'Documentos').click()
  await page.getByRole('heading', {name: 'penguins'}).first().waitFor()
  const texts = [await readFile(file, 'utf8')]
  for (let i = 0; i < 10; i++) {
    await page.keyboard.press('Control+z')
    await expect.poll(() => readFile(file, 'utf8')).not.toBe(texts.at(-1))
    texts.push(await readFile(file, 'utf8'))
  }
  expect(texts.at(-1)).not.toContain('kind=mlp')
  await page.reload()
  await cell(page, 'penguins').waitFor()
  for (let i = 10; i > 0; i--) {
    await page.keyboard.press('Control+Shift+Z')
    await expect.poll(() => readFile(file, 'utf8')).toBe(texts[i - 1])
  }
})
