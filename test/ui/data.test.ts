import {readdir, readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import type {Page} from 'playwright'
import {expect, test} from 'vitest'
import {openProjectWindow, seriousFaults} from '../support/window.ts'

const document = 'notebooks/mini-pipeline.md'
const image = '<img src=x onerror="window.hurt = 1">'

/** Forty houses: an id, a price that some miss, the same city in every row, and HTML where a name belongs. */
const houses = [
  `id,"${image.replaceAll('"', '""')}",price,city`,
  ...Array.from({length: 40}, (_, i) => `h${i},${i % 7},${i % 5 === 0 ? '' : i * 10},Recife`),
].join('\n')

async function openData(options = {}) {
  const window = await openProjectWindow({place: {screen: 'data'}, ...options})
  await window.page.getByRole('navigation', {name: 'Files and tables'}).waitFor()
  return window
}

/** Lets a file of some text, or of so many bytes, fall on the screen. */
async function drop(page: Page, name: string, content: string | number) {
  const part = typeof content === 'number' ? `new Uint8Array(${content})` : JSON.stringify(content)
  const transfer = await page.evaluateHandle(`(() => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([${part}], ${JSON.stringify(name)}))
    return transfer
  })()`)
  const target = page.getByRole('navigation', {name: 'Files and tables'})
  await target.dispatchEvent('dragover', {dataTransfer: transfer})
  await page.getByText('Drop the files to bring them into the project').waitFor()
  await target.dispatchEvent('drop', {dataTransfer: transfer})
}

test('a dropped CSV is profiled, and a warning is mended by a step in the document, with undo', async () => {
  const {page, folder} = await openData()
  const before = await readFile(join(folder, document), 'utf8')
  await drop(page, 'houses.csv', houses)
  await page.getByRole('heading', {name: 'data/houses.csv'}).waitFor()
  expect(await readFile(join(folder, 'data', 'houses.csv'), 'utf8')).toBe(houses)
  await page.getByRole('article', {name: image}).waitFor()
  expect(await page.evaluate(() => 'hurt' in globalThis)).toBe(false)
  await page.getByText('city has the same value in all rows').waitFor()
  expect(await seriousFaults(page)).toEqual([])

  await page.getByRole('button', {name: /^Fix: .*: price is missing in 20%/}).click()
  await page.getByText(`Added the cell impute to ${document}`).waitFor()
  const after = await readFile(join(folder, document), 'utf8')
  expect(after).toContain('```yaml cell=houses kind=source\nfile: data/houses.csv\n```')
  expect(after).toContain(
    '```yaml cell=impute kind=impute from=houses\ncolumns: ["price"]\nwith: median\n```',
  )
  // The source is there now: another fix needs no second one.
  await page.getByRole('button', {name: /^Fix: .*: city has the same value/}).click()
  await page.getByText(`Added the cell drop to ${document}`).waitFor()
  await page.getByText('Done by the cell impute').waitFor()
  const both = await readFile(join(folder, document), 'utf8')
  expect(both.match(/data\/houses\.csv/g)).toHaveLength(1)
  // The first fix takes what the second gives: neither branches off.
  expect(both).toContain('```yaml cell=drop kind=drop from=houses\n')
  expect(both).toContain('```yaml cell=impute kind=impute from=drop\n')
  await page.getByRole('button', {name: 'Undo'}).last().click()
  await expect.poll(() => readFile(join(folder, document), 'utf8')).toBe(after)
  // The notice of the older edit offers nothing any more: the newest is another.
  await expect.poll(() => page.getByRole('button', {name: 'Undo'}).count()).toBe(0)
  await page.keyboard.press('Control+z')
  await expect.poll(() => readFile(join(folder, document), 'utf8')).toBe(before)
})

test('a file on its way shows how far it is, and can be stopped', async () => {
  const {page, folder} = await openData()
  await drop(page, 'large.csv', 300e6)
  await page.getByText(/^large\.csv: \d/).waitFor()
  await page.getByRole('button', {name: 'Stop'}).click()
  await expect.poll(() => page.getByText(/^large\.csv/).count()).toBe(0)
  expect(await readdir(join(folder, 'data'))).not.toContain('large.csv')
})

test('a target tells which columns leak; a profile that takes long can be stopped', async () => {
  const {page, folder} = await openData({colorScheme: 'dark'})
  await page.getByRole('button', {name: /penguins\.json/}).click()
  await page.getByRole('table').first().waitFor()
  await page.getByRole('combobox', {name: 'Target'}).or(page.getByLabel('Target')).first().click()
  await page.getByRole('option', {name: 'Species'}).click()
  await page.getByText('How well each column alone tells Species').waitFor()
  await page.getByRole('rowheader', {name: 'Flipper Length (mm)'}).first().waitFor()
  expect(await seriousFaults(page)).toEqual([])

  const rows = Array.from({length: 200_000}, (_, i) => `${i},${(i * 7919) % 1009},word ${i % 977}`)
  await writeFile(join(folder, 'data', 'long.csv'), ['a,b,c', ...rows].join('\n'))
  await page.evaluate(`dispatchEvent(new Event('focus'))`)
  await page.getByRole('button', {name: /long\.csv/}).click()
  await page.getByRole('button', {name: 'Stop'}).click()
  await page.getByText('The profile was stopped.').waitFor()
  await page.getByRole('button', {name: 'Profile it'}).waitFor()
})
