// What tests do in the notebook: find a cell, wait for its state, write in its query.
import type {Page} from 'playwright'

/** A cell of the page by its name. */
export const cell = (page: Page, name: string) => page.getByRole('article', {name, exact: true})

/** Brings a cell to the screen: what is far from it is not drawn. */
export const show = (page: Page, name: string) =>
  page.locator(`[data-block="${name}"]`).scrollIntoViewIfNeeded()

/** Until a cell stands so: `fresh`, `stale` … */
export async function stands(page: Page, name: string, state: string) {
  await show(page, name)
  await cell(page, name).getByText(state, {exact: true}).first().waitFor({timeout: 120_000})
}

/** Until everything that was to run has run. */
export const runsNoMore = (page: Page) =>
  page.getByRole('button', {name: 'Run all'}).waitFor({timeout: 180_000})

/** Opens the editor of a query, its cursor at the end: what is typed next goes into it. */
export async function editQuery(page: Page, name: string) {
  const editor = cell(page, name).locator('.monaco-editor')
  if ((await editor.count()) > 0) await editor.locator('.view-line').last().click()
  else
    await cell(page, name)
      .getByRole('textbox', {name: `Query of ${name}`})
      .click()
  await cell(page, name).locator('.monaco-editor.focused').waitFor()
  await page.keyboard.press('Control+End')
}

/** Presses Undo until a text is as it was: a word typed slowly is several steps. */
export async function undoUntil(page: Page, text: () => Promise<string>, wanted: string) {
  for (let steps = 0; (await text()) !== wanted; steps++) {
    if (steps === 20) throw new Error(`undone 20 times, and the text is still ${await text()}`)
    const before = await text()
    await page.keyboard.press('Control+z')
    for (let looks = 0; looks < 600 && (await text()) === before; looks++)
      await new Promise(resolve => setTimeout(resolve, 100))
  }
}
