import {readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import type {Page} from 'playwright'
import {expect, test} from 'vitest'
import {Runs} from '../../core/history/runs.ts'
import {importances, ranks} from '../../renderer/runs/importance.ts'
import {spec} from '../core/history/spec.ts'
import {report} from '../core/registry/registration.ts'
import {goTo, openProjectWindow, seriousFaults, seriousFaultsInBoth} from '../support/window.ts'

/** Runs of one cell whose f1 rises with their learning rate, each with ten points of a curve. */
async function seed(folder: string, count: number) {
  const runs = new Runs(join(folder, '.bancada', 'runs'))
  const ids: string[] = []
  for (let i = 1; i <= count; i++) {
    const kind = i % 2 ? 'mlp' : 'logistic'
    const run = await runs.begin(spec({kind, params: {lr: i / 100, activation: 'relu'}, seed: i}))
    for (let epoch = 1; epoch <= 10; epoch++) run.log(epoch, {loss: i / epoch, val_loss: i + 1})
    await run.finish({engine: 'tfjs·wasm', metrics: {f1: 0.5 + i / 100}})
    ids.push(run.id)
  }
  return {runs, ids}
}

/** What the host has kept of the window. */
const settingsOf = (home: string) => readFile(join(home, 'settings.json'), 'utf8').catch(() => '')

const rows = (page: Page) => page.getByRole('grid').getByRole('row')

test('the list filters by an expression, tells what is wrong with one, sorts, and remembers its columns', async () => {
  const {page, folder, server} = await openProjectWindow({place: {screen: 'runs'}})
  await page.getByRole('heading', {name: 'No runs yet'}).waitFor()
  await seed(folder, 12)
  await page.reload()

  await page.getByRole('status').filter({hasText: '12 runs'}).waitFor()
  const filter = page.getByRole('textbox', {name: 'Filter'})
  await filter.fill('metrics.f1 > 0.6 and params.lr <= 0.11')
  await page.getByText('1 run', {exact: true}).waitFor()
  expect(await rows(page).count()).toBe(2)

  await filter.fill('metrics.f > 0.6')
  await page.getByText('did you mean "metrics.f1"?', {exact: false}).waitFor()
  // What was found before stays in sight while the question is mended.
  expect(await rows(page).count()).toBe(2)

  await filter.fill("kind = 'mlp'")
  await page.getByText('6 runs', {exact: true}).waitFor()
  await page.getByRole('button', {name: 'f1'}).click()
  await page
    .getByRole('columnheader', {name: 'f1'})
    .and(page.locator('[aria-sort=descending]'))
    .waitFor()
  await expect.poll(() => rows(page).nth(1).textContent()).toContain('0.61')

  await page.getByRole('button', {name: 'Columns'}).click()
  await page.getByRole('combobox', {name: 'Columns that are shown'}).fill('params.lr')
  await page.getByRole('option', {name: 'params.lr'}).click()
  await page.keyboard.press('Escape')
  await page.getByRole('columnheader', {name: 'lr'}).waitFor()
  // Kept a moment after the last change.
  await expect.poll(() => settingsOf(server.home)).toContain('params.lr')
  await page.reload()
  await page.getByRole('columnheader', {name: 'lr'}).waitFor()

  expect(await seriousFaultsInBoth(page)).toEqual([])
})

test('runs are grouped, each group named once, and a star is kept and found again', async () => {
  const {page, folder, server} = await openProjectWindow({place: {screen: 'runs'}})
  await page.getByRole('heading', {name: 'No runs yet'}).waitFor()
  const {ids, runs} = await seed(folder, 5)
  await page.reload()
  await rows(page).nth(5).waitFor()

  const star = (n: number) =>
    rows(page)
      .nth(n)
      .getByRole('button', {name: /^Star /})
  await star(2).click()
  await expect.poll(async () => (await runs.get(ids[3]!)).star).toBe(true)
  await expect.poll(() => star(2).getAttribute('aria-pressed')).toBe('true')
  await page.getByRole('grid').focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('s')
  await expect.poll(async () => (await runs.get(ids[4]!)).star).toBe(true)
  await page.keyboard.press('s')
  await expect.poll(async () => (await runs.get(ids[4]!)).star).toBe(false)
  await page.reload()
  await page.getByRole('textbox', {name: 'Filter'}).fill('star')
  await page.getByText('1 run', {exact: true}).waitFor()
  await expect.poll(() => star(1).getAttribute('aria-pressed')).toBe('true')
  await page.getByRole('textbox', {name: 'Filter'}).fill('')
  await page.getByText('5 runs', {exact: true}).waitFor()

  await page.getByRole('combobox', {name: 'Group by'}).click()
  await page.getByRole('option', {name: 'Group by kind'}).click()
  const begins = page.getByRole('grid').locator('[role=row][data-begins]')
  await expect.poll(() => begins.count()).toBe(2)
  // Two logistic ones, then three networks; the newest of each first.
  const at = () => begins.evaluateAll(all => all.map(row => row.getAttribute('aria-rowindex')))
  expect(await at()).toEqual(['2', '4'])
  expect(await begins.locator('b').allTextContents()).toEqual(['logistic', 'mlp'])
  expect(await page.getByRole('grid').locator('b').count()).toBe(2)
  await expect.poll(() => settingsOf(server.home)).toContain('runs.group')
  await page.reload()
  await expect.poll(() => begins.count()).toBe(2)
  // Chosen once more, it is taken back.
  await page.getByRole('combobox', {name: 'Group by'}).click()
  await page.getByRole('option', {name: 'Group by kind'}).click()
  await expect.poll(() => begins.count()).toBe(0)
})

test('the keyboard alone chooses runs, compares them and opens one', async () => {
  const {page, folder} = await openProjectWindow({place: {screen: 'runs'}})
  const {ids} = await seed(folder, 10)
  await page.reload()
  const grid = page.getByRole('grid')
  await grid.focus()
  await page.keyboard.press('Space')
  for (let i = 1; i < 9; i++) {
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Space')
  }
  await page.getByText('9 selected', {exact: false}).waitFor()
  await page.getByRole('button', {name: 'Compare', exact: true}).press('Enter')

  await page.getByRole('heading', {name: '9 runs compared'}).waitFor()
  await page.getByRole('img', {name: 'Learning curve of loss', exact: true}).waitFor()
  const table = page.getByRole('region', {name: 'Side by side'})
  await table.getByRole('rowheader', {name: 'lr'}).waitFor()
  // The same in all: not shown until asked for.
  expect(await table.getByRole('rowheader', {name: 'activation'}).count()).toBe(0)
  await page.getByRole('switch', {name: 'Show what is the same, too'}).press('Space')
  await table.getByRole('rowheader', {name: 'activation'}).waitFor()
  await table.getByRole('rowheader', {name: 'lr ≠ differs'}).waitFor()

  const bars = page.getByRole('button', {
    name: 'Show as table: Importance of each parameter for loss',
  })
  await bars.press('Enter')
  const strength = page.getByRole('table', {name: 'Importance of each parameter for loss'})
  await expect.poll(() => strength.getByRole('row', {name: 'lr'}).textContent()).toMatch(/lr1/)
  expect(await seriousFaults(page)).toEqual([])

  await goTo(page, folder, {screen: 'runs'})
  await grid.focus()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await page.getByText(ids[0]!, {exact: false}).waitFor()
})

test("a run's page shows its evaluation, keeps notes and tags, and shows what people write as text", async () => {
  const {page, folder} = await openProjectWindow({ran: true, place: {screen: 'runs'}})
  const runs = new Runs(join(folder, '.bancada', 'runs'))
  const [id] = await runs.ids()
  await goTo(page, folder, {screen: 'runs', item: `run:${id}`})
  await page.getByRole('table', {name: 'Confusion matrix'}).waitFor()
  await page.getByRole('img', {name: /^ROC curve/}).waitFor()
  await page.getByRole('heading', {name: 'By Island'}).waitFor()
  // The cell's present result, so that the rows behind it can be asked for.
  await page.getByRole('button', {name: /rows of Adelie predicted as Adelie;/}).click()
  const behind = page.getByRole('dialog', {name: 'Truth Adelie, predicted Adelie'})
  await behind.getByRole('columnheader', {name: 'Species'}).waitFor()
  await behind.getByRole('cell', {name: 'Adelie'}).first().waitFor()
  // As they were when they were split: no column of zeros and ones, nothing scaled.
  await behind.getByRole('columnheader', {name: 'Island', exact: true}).waitFor()
  await behind.getByText('The rows of parts.test, as they were before 3 steps').waitFor()
  expect(await behind.getByRole('columnheader', {name: /Island_/}).count()).toBe(0)
  expect(await seriousFaultsInBoth(page)).toEqual([])
  await page.keyboard.press('Escape')

  const hostile = '<img src=x onerror="document.title=1"> **tried**'
  await page.getByRole('textbox', {name: 'Notes'}).fill(hostile)
  await page.getByText('Saved', {exact: true}).waitFor()
  await page.getByRole('combobox', {name: 'Tags'}).fill('<b>paper</b>')
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await runs.get(id!)).tags).toEqual(['<b>paper</b>'])
  await page.reload()
  await expect.poll(() => page.getByRole('textbox', {name: 'Notes'}).inputValue()).toBe(hostile)
  await page.getByText('<b>paper</b>').waitFor()
  expect(await seriousFaultsInBoth(page)).toEqual([])

  await page.getByRole('button', {name: 'All runs'}).click()
  await page.getByText('<b>paper</b>').waitFor()
  expect(await page.title()).not.toBe('1')

  // Another result of the document: this report is of the past, and says so.
  const document = join(folder, 'notebooks', 'mini-pipeline.md')
  await writeFile(document, '# Nothing is left\n')
  await goTo(page, folder, {screen: 'runs', item: `run:${id}`})
  await page.getByText('The document has another result now', {exact: false}).waitFor()
  expect(await page.getByRole('button', {name: /predicted as/}).count()).toBe(0)
})

test('a run shows every point as it trains, and is deleted only after a question', async () => {
  const {page, folder} = await openProjectWindow({place: {screen: 'runs'}})
  const runs = new Runs(join(folder, '.bancada', 'runs'))
  const run = await runs.begin(spec())
  run.log(1, {loss: 0.9})
  await goTo(page, folder, {screen: 'runs', item: `run:${run.id}`})
  await page.getByRole('img', {name: 'loss: 0.9 at epoch 1'}).waitFor()
  run.log(2, {loss: 0.25})
  await page.getByRole('img', {name: 'loss: 0.25 at epoch 2'}).waitFor()
  run.log(3, {loss: Number.NaN})
  await page.getByText('loss was no finite number at epoch 3').waitFor()
  expect(await page.getByRole('button', {name: 'Delete for good …'}).isDisabled()).toBe(true)
  await run.finish({engine: 'tfjs·wasm'})
  await runs.addReport(run.id, '<i>scores</i>', report)
  await page.getByRole('img', {name: 'Learning curve of loss'}).waitFor()
  await page.getByText('NaN', {exact: true}).first().waitFor()

  await page.getByRole('button', {name: 'Delete for good …'}).click()
  await page.getByRole('button', {name: 'Cancel'}).click()
  expect(await runs.ids()).toEqual([run.id])
  await page.getByRole('button', {name: 'Delete for good …'}).click()
  await page.getByRole('button', {name: 'Delete for good', exact: true}).click()
  await page.getByRole('heading', {name: 'No runs yet'}).waitFor()
  expect(await runs.ids()).toEqual([])
})

test('a query of one’s own is answered, and its fault is told beneath it', async () => {
  const {page, folder} = await openProjectWindow({place: {screen: 'runs'}})
  await seed(folder, 3)
  await page.getByRole('tab', {name: 'SQL'}).click()
  const query = page.getByRole('textbox', {name: 'Query'})
  await query.fill('select kind, count(*) as n from runs group by kind order by kind')
  await query.press('Control+Enter')
  const answer = page.getByRole('region', {name: 'Answer'})
  await expect.poll(() => answer.getByRole('row').nth(2).textContent()).toBe('mlp2')
  await query.fill('select nothing from runs')
  await page.getByRole('button', {name: 'Run', exact: true}).click()
  await page.getByRole('alert').filter({hasText: 'nothing'}).waitFor()
  await query.fill('drop table stored')
  await page.getByRole('button', {name: 'Run', exact: true}).click()
  await page.getByRole('alert').filter({hasText: 'one select'}).waitFor()
})

test('importance is the rank correlation, and says nothing of few runs', () => {
  const of = (metric: number, params: Record<string, string | number | boolean>) => ({
    metric,
    params,
  })
  const rising = Array.from({length: 8}, (_, i) => of(i ** 3, {lr: i, same: 1, id: `run ${i}`}))
  expect(importances(rising)).toEqual([{name: 'lr', value: 1, runs: 8, how: 'rank'}])
  expect(importances(rising.slice(1))).toEqual([])
  expect(ranks([10, 20, 20, 5])).toEqual([2, 3.5, 3.5, 1])
  // Ranks 1 2 3 4 and 5 6 7 8: between 2 · 4 · 4 = 32 of 42.
  const groups = Array.from({length: 8}, (_, i) => of(i, {act: i < 4 ? 'relu' : 'tanh'}))
  expect(importances(groups)[0]!.value).toBeCloseTo(Math.sqrt(32 / 42))
})
