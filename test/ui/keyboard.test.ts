// The whole path once more, by keyboard alone.
import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import type {Page} from 'playwright'
import {expect, test} from 'vitest'
import {runsNoMore} from '../support/notebook.ts'
import {openPage, serve} from '../support/window.ts'

/** Presses a key until what has the focus is called so; its role may be asked for, too. */
async function go(page: Page, name: string | RegExp, key = 'Tab', most = 80) {
  const wanted = typeof name === 'string' ? new RegExp(`^${name}$`) : name
  const seen: string[] = []
  for (let i = 0; i < most; i++) {
    const now = await page.evaluate(() => {
      const page = globalThis as unknown as {document: {activeElement: Focused | null}}
      const focused = page.document.activeElement
      return (
        focused?.getAttribute('aria-label') ??
        focused?.labels?.[0]?.textContent ??
        focused?.textContent ??
        ''
      ).trim()
    })
    if (wanted.test(now)) return
    seen.push(now.slice(0, 30))
    await page.keyboard.press(key)
  }
  throw new Error(`${name} never had the focus: ${seen.join(' | ')}`)
}
type Focused = {
  getAttribute: (name: string) => string | null
  labels?: ArrayLike<{textContent: string | null}>
  textContent: string | null
}

/** The file dialogue of a button; asked for again where none comes, as now and then on a busy machine. */
async function chooserOf(page: Page, button: string) {
  const opened = page.waitForEvent('filechooser')
  let chooser: Awaited<typeof opened> | undefined
  opened.then(
    one => {
      chooser = one
    },
    () => undefined,
  )
  const asked = async () => {
    await go(page, button)
    await page.keyboard.press('Enter')
    return expect.poll(() => chooser !== undefined, {timeout: 3000}).toBe(true)
  }
  for (let i = 0; i < 10 && !chooser; i++) await asked().catch(() => undefined)
  return opened
}

test('the whole path by keyboard alone', {timeout: 400_000}, async () => {
  const server = await serve('--home')
  const {page} = await openPage(server.url, {viewport: {width: 1500, height: 950}})
  const press = (keys: string) => page.keyboard.press(keys)

  // A project from a template.
  await page.getByRole('heading', {name: 'Begin with a template'}).waitFor()
  await go(page, 'New project')
  await press('Enter')
  await page.getByRole('dialog').getByRole('textbox', {name: 'Name'}).waitFor()
  await go(page, /^Name/)
  await page.keyboard.type('Palmer')
  await go(page, /^Mini-pipeline/)
  await press('Space')
  await go(page, 'Create')
  await press('Enter')
  await page.getByRole('heading', {name: 'Which penguin is this?'}).waitFor()
  const file = join(server.home, 'projects', 'palmer', 'notebooks', 'mini-pipeline.md')

  // A query is edited: from cell to cell with J, into it with E, out of it with Escape.
  for (let i = 0; i < 4; i++) await press('j')
  const adults = page.getByRole('article', {name: 'adults'})
  await page.locator('article[data-selected="true"][aria-label="adults"]').waitFor()
  await press('e')
  await adults.locator('.monaco-editor.focused').waitFor()
  await press('Control+End')
  await page.keyboard.type(' and true')
  await expect.poll(() => readFile(file, 'utf8')).toMatch('is not null and true')
  await press('Escape')
  await adults.locator('.monaco-editor').waitFor({state: 'detached'})

  // It runs; a step is added on the canvas and taken back.
  await press('Control+Shift+Enter')
  await runsNoMore(page)
  await press('Alt+2')
  await page.locator('.react-flow__node').first().waitFor()
  const before = await readFile(file, 'utf8')
  await go(page, /^SQL “adults”|^Split “parts”|“penguins”/)
  await press('a')
  await page.getByLabel('Search for a step …').waitFor()
  await page.getByLabel('Search for a step …').and(page.locator(':focus')).waitFor()
  await page.keyboard.type('limit')
  await page
    .getByRole('option', {name: /limit|first rows/i})
    .first()
    .waitFor()
  await press('Enter')
  await expect.poll(() => readFile(file, 'utf8')).toMatch('kind=limit')
  await page.getByRole('dialog').waitFor({state: 'detached'})
  await press('Control+z')
  await expect.poll(() => readFile(file, 'utf8')).toBe(before)

  // Another file comes in; a warning of its profile is mended, and that is taken back.
  await press('Control+2')
  await page.getByRole('button', {name: /^penguins\.json/}).waitFor()
  const chooser = await chooserOf(page, 'Add files')
  const lines = Array.from({length: 40}, (_, i) => `${(i * 7) % 11},Palmer`)
  const buffer = Buffer.from(['eggs,station', ...lines].join('\n'))
  await chooser.setFiles({name: 'nests.csv', mimeType: 'text/csv', buffer})
  await page.getByRole('button', {name: /^nests\.csv/}).waitFor()
  await go(page, /^nests\.csv/)
  await press('Enter')
  await page
    .getByRole('button', {name: /^Fix: /})
    .first()
    .waitFor()
  await go(page, /^Fix: /)
  await press('Enter')
  await page.getByText(/^Added the cell/).waitFor()
  await press('Control+1')
  await page.locator('.react-flow__node').first().waitFor()
  await press('Control+z')
  await expect.poll(() => readFile(file, 'utf8')).toBe(before)

  // A parameter is changed, and the document run again.
  await press('Alt+1')
  const parts = page.getByRole('article', {name: 'parts'})
  await go(page, /^Run parts$/)
  await go(page, /^Test/)
  await press('Control+a')
  await page.keyboard.type('0.3')
  await press('Enter')
  await expect.poll(() => readFile(file, 'utf8')).toMatch('test: 0.3')
  await press('Control+Shift+Enter')
  await parts.getByText('240 rows to train').waitFor({timeout: 90_000})
  await runsNoMore(page)

  // Its runs are compared, and one is looked at.
  await press('Control+3')
  await page.getByText('2 runs', {exact: true}).waitFor()
  await go(page, /^Runs; arrows move/)
  await press('Space')
  await press('ArrowDown')
  await press('Space')
  await go(page, /^Compare/)
  await press('Enter')
  await page.getByText('2 runs compared').waitFor()
  await go(page, 'All runs')
  await press('Enter')
  await go(page, /^Runs; arrows move/)
  await press('Enter')
  await page.getByRole('button', {name: 'All runs'}).waitFor()

  // Its model: an approval with a reason, and an answer.
  await press('Control+4')
  await page.getByRole('heading', {name: 'penguin-species'}).waitFor()
  await go(page, 'Approve')
  await press('Enter')
  await page.getByRole('dialog').getByRole('textbox', {name: 'Why'}).waitFor()
  await go(page, /^Why/)
  await page.keyboard.type('by keyboard')
  await go(page, 'Approve')
  await press('Enter')
  await page.getByText('by keyboard').waitFor()
  // The radio of the version, and after it the tab of the same name.
  await go(page, /^Version \d$/)
  await press('Tab')
  await go(page, 'Try it', 'ArrowRight')
  await go(page, 'Start')
  await press('Enter')
  await page.getByRole('textbox', {name: 'Body Mass (g)'}).waitFor()
  await go(page, /^Body Mass/)
  await page.keyboard.type('5400')
  await go(page, 'Ask')
  await press('Enter')
  await page.getByText(/^1 answer in /).waitFor()

  // The palette reaches everything.
  await press('Control+k')
  await page
    .getByLabel(/^Search or run/)
    .and(page.locator(':focus'))
    .waitFor()
  await page.keyboard.type('all projects')
  await press('Enter')
  await page.getByRole('button', {name: /^Palmer/}).waitFor()
})
