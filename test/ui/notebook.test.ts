// The document as a notebook, in a real browser against a real host.
import {execFileSync} from 'node:child_process'
import {readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {cell, editQuery, runsNoMore, stands, undoUntil} from '../support/notebook.ts'
import {openPage, openProjectWindow, seriousFaults} from '../support/window.ts'

const document = 'notebooks/mini-pipeline.md'
const textOf = (folder: string) => readFile(join(folder, document), 'utf8')

/** Waits until the file says something; it is written while the test goes on. */
const saved = (folder: string, what: (text: string) => boolean) =>
  expect.poll(async () => what(await textOf(folder))).toBe(true)

test('a document runs, and shows what came of each cell', async () => {
  const {page} = await openProjectWindow()
  await page.getByRole('heading', {name: 'Which penguin is this?'}).waitFor()
  await stands(page, 'penguins', 'stale')
  await page.getByRole('button', {name: 'Run all'}).click()
  await stands(page, 'penguins', 'fresh')
  await stands(page, 'parts', 'fresh')
  await runsNoMore(page)
  await cell(page, 'parts').getByText('274 rows to train, 68 to test').waitFor()
  await page.getByText('no problems').waitFor()
  expect(await seriousFaults(page)).toEqual([])
})

test('a training is watched, stopped, and goes on from where it stood', async () => {
  const {page, folder} = await openProjectWindow()
  const text = await textOf(folder)
  await page.getByRole('heading', {name: 'Which penguin is this?'}).waitFor()
  const endless = 'kind=mlp from=encoded\nepochs: 100000\npatience: 0'
  await writeFile(join(folder, document), text.replace('kind=logistic from=encoded', endless))
  const net = cell(page, 'classifier')
  await page.locator('[data-block="classifier"]').scrollIntoViewIfNeeded()
  await net.getByText('epochs: 100000').waitFor()
  await net.getByRole('button', {name: 'Run classifier'}).click()
  const curve = net.getByRole('img', {name: /^loss/})
  await curve.waitFor({timeout: 60_000})
  await net.getByRole('button', {name: 'Stop', exact: true}).click()
  const stopped = net.getByText(/^Stopped after epoch \d+/)
  await stopped.waitFor()
  const epoch = Number(/\d+/.exec((await stopped.textContent())!)![0])
  expect(epoch).toBeGreaterThan(0)
  await net.getByRole('button', {name: 'Go on'}).click()
  // What was heard before is told again, and then more.
  const on = async () =>
    Number(
      /at epoch ([\d,]+)/
        .exec((await curve.getAttribute('aria-label')) ?? '')?.[1]
        ?.replaceAll(',', ''),
    )
  await expect.poll(on, {timeout: 60_000}).toBeGreaterThan(epoch)
  await net.getByRole('button', {name: 'Stop', exact: true}).click()
  await stopped.waitFor()
  expect(await seriousFaults(page)).toEqual([])
})

test('a query is edited in place; its mistake is told where it stands, and undone', async () => {
  const {page, folder} = await openProjectWindow()
  const before = await textOf(folder)
  await stands(page, 'adults', 'stale')
  await editQuery(page, 'adults')
  await page.keyboard.type(' and "Bodi" > 1')
  await saved(folder, text => text.includes('is not null and "Bodi" > 1'))
  // Nothing else of the file has changed.
  expect(await textOf(folder)).toBe(before.replace('is not null\n', 'is not null and "Bodi" > 1\n'))
  await page.keyboard.press('Control+Enter')
  await cell(page, 'adults').getByRole('alert').getByText(/Bodi/).first().waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('heading', {name: 'Which penguin is this?'}).click()
  await undoUntil(page, () => textOf(folder), before)
})

test('in Portuguese, what is wrong with a cell is said in Portuguese, its hint too', async () => {
  const text =
    '```yaml cell=birds kind=source\nfile: data/pinguins.json\n```\n\n```sql cell=few\nselect mas from birds\n```\n'
  const {page, folder} = await openProjectWindow({files: {[document]: text}, locale: 'pt-BR'})
  const wrong = cell(page, 'birds').getByRole('alert')
  await page.getByRole('button', {name: 'Executar tudo'}).click()
  await wrong.getByText('não há o arquivo "data/pinguins.json" no projeto').waitFor()
  await wrong.getByText('você quis dizer "data/penguins.json"?').waitFor()
  await writeFile(join(folder, document), text.replace('pinguins', 'penguins'))
  await wrong.waitFor({state: 'detached'})
  await page.getByRole('button', {name: 'Executar tudo'}).click()
  await cell(page, 'few').getByText('não há coluna "mas" nas tabelas do FROM').waitFor()
})

test('a form writes single parameters into the file, and a reload loses nothing', async () => {
  const {page, folder} = await openProjectWindow()
  const before = await textOf(folder)
  await cell(page, 'parts').getByText('stratify: Species').click()
  await cell(page, 'parts').getByLabel('Test', {exact: false}).first().fill('0.3')
  await saved(folder, text => text.includes('test: 0.3'))
  expect(await textOf(folder)).toBe(before.replace('test: 0.2', 'test: 0.3'))
  await page.reload()
  await cell(page, 'parts').getByText('test: 0.3').waitFor()
})

test('another program’s change is shown at once, and can be undone', async () => {
  const {page, folder} = await openProjectWindow()
  const before = await textOf(folder)
  await page.getByRole('heading', {name: 'Which penguin is this?'}).waitFor()
  await writeFile(join(folder, document), before.replace('Which penguin', 'Which bird'))
  await page.getByRole('heading', {name: 'Which bird is this?'}).waitFor()
  await page.keyboard.press('Control+z')
  await saved(folder, text => text === before)
})

test('a notice tells of another program’s change, and takes back that one alone', async () => {
  const {page, folder} = await openProjectWindow()
  const before = await textOf(folder)
  await page.getByRole('heading', {name: 'Which penguin is this?'}).waitFor()
  const notice = page.getByRole('status').filter({hasText: 'Another program changed this document'})
  const changed = before.replace('Which penguin', 'Which bird')
  await writeFile(join(folder, document), changed)
  await notice.getByRole('button', {name: 'Undo'}).click()
  await saved(folder, text => text === before)

  await writeFile(join(folder, document), changed)
  await notice.getByRole('button', {name: 'Undo'}).waitFor()
  // Something newer: the notice would not know what it takes back.
  await cell(page, 'parts').getByText('stratify: Species').click()
  await cell(page, 'parts').getByLabel('Test', {exact: false}).first().fill('0.3')
  await saved(folder, text => text.includes('test: 0.3'))
  await expect.poll(() => notice.getByRole('button', {name: 'Undo'}).count()).toBe(0)
})

test('what is typed right after the palette’s keys goes into its field', async () => {
  const {page} = await openProjectWindow()
  await page.getByRole('heading', {name: 'Which penguin is this?'}).waitFor()
  const search = page.getByRole('button', {name: 'Search or run a command'})
  await search.focus()
  // No frame is drawn between the keys and the look at the focus, and no timer runs.
  const focused = await page.evaluate(`(async () => {
    const keys = new KeyboardEvent('keydown', {key: 'k', ctrlKey: true, bubbles: true})
    document.activeElement.dispatchEvent(keys)
    await Promise.resolve()
    return document.activeElement.role
  })()`)
  expect(focused).toBe('combobox')
  await page.keyboard.press('Escape')
  await expect.poll(() => page.locator(':focus').textContent()).toContain('Search or run a command')
})

test('the language and the theme are switched from the palette, and stay', async () => {
  const {page} = await openProjectWindow()
  await page.getByRole('heading', {name: 'Which penguin is this?'}).waitFor()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('language')
  await page.keyboard.press('Enter')
  await page.getByRole('button', {name: 'Executar tudo'}).waitFor()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('claro e escuro')
  await page.keyboard.press('Enter')
  await page.locator('html[data-mantine-color-scheme="dark"]').waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await page.reload()
  await page.getByRole('button', {name: 'Executar tudo'}).waitFor()
  await page.locator('html[data-mantine-color-scheme="dark"]').waitFor()
})

test('when the host dies the window says so, comes back by itself, and nothing is lost', async () => {
  const {page, folder, server, faults} = await openProjectWindow()
  await stands(page, 'penguins', 'stale')
  const [host] = String(execFileSync('pgrep', ['-P', String(server.child.pid)])).split('\n')
  await cell(page, 'parts').getByText('stratify: Species').click()
  await cell(page, 'parts').getByLabel('Test', {exact: false}).first().fill('0.25')
  await saved(folder, text => text.includes('test: 0.25'))
  process.kill(Number(host), 'SIGKILL')
  await page.getByRole('alert').getByText('The connection to the host was lost').waitFor()
  await page
    .getByRole('alert')
    .getByText('The connection to the host was lost')
    .waitFor({state: 'detached'})
  await cell(page, 'parts').getByLabel('Test', {exact: false}).first().fill('0.35')
  await saved(folder, text => text.includes('test: 0.35'))
  // The browser itself says that a socket broke.
  faults.splice(0, faults.length, ...faults.filter(fault => !/WebSocket/.test(fault)))
})

test('what a document holds is text, never code of the page', async () => {
  const {page, folder} = await openProjectWindow()
  await page.getByRole('heading', {name: 'Which penguin is this?'}).waitFor()
  const bad = '<img src=x onerror="globalThis.hit=1"><script>globalThis.hit=1</script>'
  const text = (await textOf(folder)).replace(
    'The measurements of 344 birds',
    `${bad} [a](javascript:globalThis.hit=1) The measurements of 344 birds`,
  )
  await writeFile(join(folder, document), text)
  await page.getByText('<img src=x', {exact: false}).waitFor()
  expect(await page.evaluate(() => (globalThis as {hit?: number}).hit)).toBe(undefined)
  expect(await page.locator('a[href^="javascript"]').count()).toBe(0)
})

test('a link works once', async () => {
  const {server} = await openProjectWindow()
  const {page, faults} = await openPage(server.url)
  await page.getByText('This window may not open').waitFor()
  faults.splice(0)
})
