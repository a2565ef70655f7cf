// A new user's whole path in one sitting: from a dropped file to a model that answers, seen and undone.
import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import type {Page} from 'playwright'
import {expect, test} from 'vitest'
import {packageRoot} from '../../core/package-root.ts'
import {openPage, serve} from '../support/window.ts'

/** The penguins as a CSV file, as somebody would have them. */
async function penguins(): Promise<string> {
  const file = join(packageRoot(), 'node_modules/vega-datasets/data/penguins.json')
  const rows = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>[]
  const names = Object.keys(rows[0]!)
  return [names, ...rows.map(row => names.map(name => row[name] ?? ''))]
    .map(fields => fields.map(field => `"${field}"`).join(','))
    .join('\n')
}

const cell = (page: Page, name: string) => page.getByRole('article', {name, exact: true})

/** Until a cell stands as it should; what it says is in the message when it does not. */
async function stands(page: Page, name: string, state: string) {
  await cell(page, name).getByText(state, {exact: true}).first().waitFor({timeout: 90_000})
}

const rail = (page: Page, name: string) => page.getByRole('button', {name, exact: true}).first()

test('from a dropped CSV to a model that answers', async () => {
  const server = await serve('--home')
  const {page} = await openPage(server.url, {viewport: {width: 1500, height: 950}})

  // A file is dropped on the home screen: a project with a document that reads it.
  await page.getByRole('heading', {name: 'Recent projects'}).waitFor()
  const transfer = await page.evaluateHandle(`(() => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([${JSON.stringify(await penguins())}], 'penguins.csv'))
    return transfer
  })()`)
  await page.locator('main').dispatchEvent('drop', {dataTransfer: transfer})
  await page.getByRole('heading', {name: 'penguins'}).first().waitFor()
  await stands(page, 'penguins', 'stale')
  const folder = join(server.home, 'projects', 'penguins')
  const file = join(folder, 'notebooks', 'penguins.md')
  const saved = (text: string | RegExp) =>
    expect.poll(() => readFile(file, 'utf8'), {timeout: 15_000}).toMatch(text)

  // Two warnings of its profile are mended.
  await rail(page, 'Data').click()
  await page.getByRole('button', {name: /penguins\.csv/}).click()
  for (let i = 0; i < 2; i++) {
    const fix = page.getByRole('button', {name: /^Fix: /}).first()
    await fix.click({timeout: 25_000})
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
    await page.keyboard.type(search)
    await page.keyboard.press('Enter')
    await page.locator(`.react-flow__node[data-id="${name}"]`).waitFor()
  }
  await add('split', 'split')
  await add('one-hot', 'one_hot')
  await add('neural', 'mlp')
  await saved(/cell=mlp kind=mlp from=one_hot/)
  const inspector = page.getByRole('complementary', {name: 'Inspector'})
  await inspector.getByRole('combobox', {name: /^Target/}).fill('Species')
  await page.getByText('Notebook', {exact: true}).click()
  await page.keyboard.press('Escape')
  await page.screenshot({path: '/tmp/journey.png'})
})
