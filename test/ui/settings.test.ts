import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {openProjectWindow, seriousFaultsInBoth} from '../support/window.ts'

test('an amount of memory is kept when it is one, and refused with the reason when it is not', async () => {
  const {page, server} = await openProjectWindow()
  const kept = async () =>
    JSON.parse(await readFile(join(server.home, 'settings.json'), 'utf8').catch(() => '{}')).memory
  await page.getByRole('heading', {name: 'Which penguin is this?'}).waitFor()
  await page.keyboard.press('Control+,')
  const memory = page.getByLabel('Memory for data')
  await memory.fill('plenty')
  await memory.press('Tab')
  await page.getByText('Write a number and its unit').waitFor()
  expect(await seriousFaultsInBoth(page)).toEqual([])
  expect(await kept()).toBeUndefined()
  await memory.fill('2,5 GB')
  await memory.press('Tab')
  await page.getByText('Write a number and its unit').waitFor({state: 'detached'})
  await expect.poll(kept).toBe('2.5 GB')
  await page.reload()
  await page.getByRole('heading', {name: 'Which penguin is this?'}).waitFor()
  await page.keyboard.press('Control+,')
  await expect.poll(() => memory.inputValue()).toBe('2.5 GB')
})
