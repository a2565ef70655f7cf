// A person's way with images: the template from the home screen, thumbnails, what was taken for what, a picture tried.
import {readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import type {Page} from 'playwright'
import {expect, test} from 'vitest'
import {Runs} from '../../core/history/runs.ts'
import {bancada} from '../support/cli.ts'
import {temporaryFolder} from '../support/folder.ts'
import {greyPng, plainJpeg, putFiles} from '../support/images.ts'
import {openPage, openProjectWindow, seriousFaults, serve} from '../support/window.ts'

const document = 'notebooks/image-classification.md'

async function goTo(page: Page, folder: string, screen: string, item?: string) {
  const query = new URLSearchParams({folder, ...(item && {item})})
  await page.evaluate(`location.hash = ${JSON.stringify(`#/project/${screen}?${query}`)}`)
}

/** Whether a canvas shows more than one colour. */
const isDrawn = (page: Page, name: RegExp) =>
  page
    .getByRole('img', {name})
    .first()
    .evaluate(canvas => {
      const own = canvas as unknown as {
        width: number
        height: number
        getContext(kind: '2d'): {
          getImageData(x: number, y: number, w: number, h: number): {data: Uint8ClampedArray}
        }
      }
      const {data} = own.getContext('2d').getImageData(0, 0, own.width, own.height)
      return new Set(data.filter((_, i) => i % 4 === 0)).size > 2
    })

const thumbnail = /^image of 28 × 28 pixels$/

test('the template is made from the home screen, and its images are seen where its cell has run', async () => {
  const server = await serve('--home')
  const {page} = await openPage(server.url)
  await page.getByRole('heading', {name: 'Begin with a template'}).waitFor()
  await page.getByRole('button', {name: 'New project'}).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', {name: 'Name'}).fill('Digits')
  await dialog.getByRole('radio', {name: /^Image classification/}).check()
  await dialog.getByRole('button', {name: 'Create'}).click()
  await page.getByRole('heading', {name: 'Which digit is this?'}).waitFor({timeout: 60_000})
  await page.getByRole('button', {name: 'Run digits', exact: true}).click()
  const preview = page.getByRole('region', {name: 'First rows of digits'})
  await preview.getByRole('img', {name: thumbnail}).first().waitFor({timeout: 60_000})
  expect(await isDrawn(page, thumbnail)).toBe(true)

  await page.getByRole('button', {name: 'Open the table digits', exact: true}).first().click()
  const grid = page.getByRole('grid', {name: 'Rows of digits'})
  await grid.getByRole('img', {name: thumbnail}).first().waitFor()
  await grid
    .getByRole('gridcell')
    .filter({has: page.getByRole('img')})
    .first()
    .click()
  await page.keyboard.press('Enter')
  await page
    .getByRole('region', {name: 'Value in full'})
    .getByRole('img', {name: thumbnail})
    .waitFor()
  expect(await seriousFaults(page)).toEqual([])
}, 120_000)

test('a folder of images is brought in, and read by a cell', async () => {
  const {page, folder} = await openProjectWindow()
  const pets = await temporaryFolder()
  await putFiles(join(pets, 'pets'), {
    'cat/1.png': greyPng([[0, 255]]),
    'cat/2.jpg': plainJpeg(8, 8, [200, 30, 30]),
    'dog/1.png': greyPng([[90]]),
    'dog/.hidden.png': greyPng([[90]]),
  })
  await goTo(page, folder, 'data')
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', {name: 'Add a folder of images'}).click(),
  ])
  await chooser.setFiles(join(pets, 'pets'))
  await page.getByRole('heading', {name: 'data/pets'}).waitFor()
  await page.getByRole('button', {name: /^pets\s*3 images/}).waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('button', {name: 'Add as images'}).click()
  await page.getByText(/^Added the cell pets to /).waitFor()
  await goTo(page, folder, 'data', 'table:notebooks/mini-pipeline.md#pets')
  await page.getByRole('button', {name: 'Run pets'}).click()
  const grid = page.getByRole('grid', {name: 'Rows of pets'})
  await grid.getByRole('gridcell', {name: 'cat/2.jpg'}).waitFor()
  await grid.getByRole('img', {name: 'image of 32 × 32 pixels'}).first().waitFor()
}, 120_000)

test('a cell of the confusion matrix opens the images behind it, and the model answers a picture', async () => {
  const {page, folder} = await openProjectWindow({template: 'image-classification'})
  const path = join(folder, document)
  const text = await readFile(path, 'utf8')
  // Quicker, and with mistakes to look at.
  await writeFile(path, text.replace(/^epochs: \d+$/m, 'epochs: 2'))
  const {stdout, code} = await bancada('run', '--project', folder)
  expect(code, stdout).toBe(0)

  const runs = new Runs(join(folder, '.bancada', 'runs'))
  const all = await Promise.all((await runs.ids()).map(id => runs.get(id)))
  const {id} = all.find(run => run.kind === 'cnn')!
  await goTo(page, folder, 'runs', `run:${id}`)
  await page.getByRole('button', {name: /rows of 3 predicted as 3;/}).click()
  const behind = page.getByRole('dialog', {name: 'Truth 3, predicted 3'})
  await behind.getByRole('img', {name: thumbnail}).first().waitFor()
  expect(await isDrawn(page, thumbnail)).toBe(true)
  await behind
    .getByText(/^3\/\d+\.png$/)
    .first()
    .waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await page.emulateMedia({colorScheme: 'dark'})
  expect(await seriousFaults(page)).toEqual([])
  await page.keyboard.press('Escape')

  await goTo(page, folder, 'models')
  await page.getByRole('tab', {name: 'Try it'}).click()
  await page.getByRole('button', {name: 'Start', exact: true}).click()
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', {name: 'Choose an image …'}).click(),
  ])
  await chooser.setFiles(join(folder, 'data', 'digits', '0', '001.png'))
  await page.getByRole('img', {name: 'Image for image'}).waitFor()
  await page.getByRole('button', {name: 'Ask'}).click()
  const answers = page.getByRole('region', {name: 'Answers'})
  await answers.getByRole('cell', {name: '0', exact: true}).waitFor()
  await page.getByRole('button', {name: 'Image 2', exact: true}).click()
  await page.getByRole('button', {name: 'Ask'}).click()
  await page.getByText(/^1 answer in /).waitFor()
  expect(await seriousFaults(page)).toEqual([])
}, 240_000)
