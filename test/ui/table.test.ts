import type {Locator, Page} from 'playwright'
import {describe, expect, test} from 'vitest'
import {cellTexts, toTsv} from '../../renderer/table/cell-text.ts'
import {layOut, plainLook, seenColumns} from '../../renderer/table/columns.ts'
import {barOf, placeOf, scrolled, spacerOf} from '../../renderer/table/scrolling.ts'
import {at, moved} from '../../renderer/table/selection.ts'
import {openProjectWindow, seriousFaults, seriousFaultsInBoth} from '../support/window.ts'

describe('scrolling', () => {
  const extent = {content: 100_000_000 * 28, view: 600}
  const last = extent.content - extent.view

  test('every place has a bar that stands for it, and both ends meet exactly', () => {
    expect(barOf(0, extent)).toBe(0)
    expect(barOf(last, extent)).toBe(spacerOf(extent.content) - extent.view)
    for (const share of [0, 0.0001, 0.2, 0.5, 0.9999, 1])
      expect(placeOf(barOf(share * last, extent), extent)).toBeCloseTo(share * last, 3)
  })

  test('a small step moves the rows by as much, a large one jumps in proportion', () => {
    const from = {bar: barOf(last / 2, extent), place: last / 2}
    expect(scrolled(from, from.bar + 100, extent).place).toBe(from.place + 100)
    expect(scrolled(from, from.bar - 1_000_000, extent).place).toBeLessThan(from.place - 4e8)
  })

  test('steps to the end of the bar end at the last row', () => {
    let now = {bar: barOf(last - 5000, extent), place: last - 5000}
    const end = spacerOf(extent.content) - extent.view
    while (now.bar < end) now = scrolled(now, Math.min(end, now.bar + 120), extent)
    expect(now.place).toBe(last)
  })
})

test('of ten thousand columns only those in sight are drawn, and the pinned ones', () => {
  const columns = Array.from({length: 10_000}, (_, i) => ({
    name: `c${i}`,
    type: 'DOUBLE',
    kind: 'number' as const,
  }))
  const layout = layOut(columns, {...plainLook, pinned: ['c7000'], hidden: ['c0']}, 50)
  expect(layout.all[0]!.column.name).toBe('c7000')
  expect(layout.pinned).toBe(1)
  const [first, end] = seenColumns(layout, 500_000, 501_000)
  expect(end - first).toBeLessThan(12)
  expect(layout.all[first]!.left - layout.fixed).toBeLessThanOrEqual(500_000)
  expect(layout.all[end - 1]!.left).toBeGreaterThan(500_500)
})

test('values are written as the language writes them, exactly, and missing is not empty', () => {
  const text = cellTexts('pt-BR', {missing: 'ausente', empty: 'vazio'})
  const number = {kind: 'number' as const}
  expect(text(1234567.5, number).text).toBe('1.234.567,5')
  expect(text(2007, number).text).toBe('2007')
  expect(text('170141183460469231731687303715884105727', number).text).toBe(
    '170.141.183.460.469.231.731.687.303.715.884.105.727',
  )
  expect(text(null, number)).toEqual({text: 'ausente', tone: 'missing'})
  expect(text('', {kind: 'category'})).toEqual({text: 'vazio', tone: 'empty'})
  expect(text({a: [1, null]}, {kind: 'other'}).text).toBe('{"a":[1,null]}')
  expect(text('x'.repeat(1e6), {kind: 'category'}).text).toHaveLength(301)
})

test('a copy quotes what would break its rows', () => {
  expect(
    toTsv([
      ['a\tb', 1.5, null],
      ['say "hi"\n', true, {x: 1}],
    ]),
  ).toBe('"a\tb"\t1.5\t\n"say ""hi""\n"\ttrue\t"{""x"":1}"')
})

test('keys move the cursor within the table, and Shift extends what is chosen', () => {
  const bounds = {rows: 100, columns: 5, page: 20}
  const press = (key: string, more = {}) => ({
    ...{key, shiftKey: false, ctrlKey: false, metaKey: false},
    ...more,
  })
  const start = at({row: 0, column: 0})
  expect(moved(start, press('ArrowUp'), bounds)?.cursor).toEqual({row: -1, column: 0})
  expect(moved(start, press('End', {ctrlKey: true}), bounds)?.cursor).toEqual({row: 99, column: 4})
  expect(moved(start, press('PageDown', {shiftKey: true}), bounds)).toEqual({
    anchor: {row: 0, column: 0},
    cursor: {row: 20, column: 0},
  })
  expect(moved(start, press('ArrowLeft'), bounds)?.cursor.column).toBe(0)
  expect(moved(start, press('x'), bounds)).toBeUndefined()
})

const script = '<script>window.hurt = 1</script>'
const image = '<img src=x onerror="window.hurt = 1">'
const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`
const big = `# Big

\`\`\`sql cell=big
select range as i, 'row ' || range as label, if(range % 3 = 0, null, range::double / 7) as gap,
  ${quoted(image)} as "${script}", [range, null] as list
from range(1000000)
\`\`\`
`

/** A document of the project, its table open on the Data screen. */
async function openTable(text: string, table: string, options = {}) {
  const window = await openProjectWindow({
    files: {'notebooks/big.md': text},
    place: {screen: 'data', item: `table:notebooks/big.md#${table}`},
    ...options,
  })
  const {page} = window
  await page.getByRole('button', {name: `Run ${table}`}).click()
  const grid = page.getByRole('grid')
  await grid.waitFor()
  return {...window, grid}
}

const cell = (grid: Locator, text: string) => grid.getByRole('gridcell', {name: text, exact: true})
const heading = (grid: Locator, name: string) =>
  grid.getByRole('columnheader').filter({hasText: name})

/** Scrolls as a person does who drags the bar to a share of it. */
const dragTo = (grid: Locator, share: number) =>
  grid.evaluate((element, share) => {
    element.scrollTop = share * (element.scrollHeight - element.clientHeight)
  }, share)

const firstNumber = async (page: Page) =>
  Number((await page.getByRole('rowheader').first().textContent())!.replaceAll(',', ''))

describe('a table of a million rows', () => {
  test('it scrolls to its middle and its end, and text from the data stays text', async () => {
    const {page, grid} = await openTable(big, 'big')
    await cell(grid, 'row 0').waitFor()
    expect(await grid.getAttribute('aria-rowcount')).toBe('1000001')
    expect(await grid.getAttribute('aria-colcount')).toBe('6')
    await grid.getByText(script, {exact: true}).waitFor()
    await grid.getByText(image, {exact: true}).first().waitFor()
    expect(await page.evaluate(() => 'hurt' in globalThis)).toBe(false)

    await dragTo(grid, 0.5)
    await expect.poll(() => firstNumber(page)).toBeGreaterThan(499_000)
    const middle = await firstNumber(page)
    expect(middle).toBeLessThan(501_000)
    await cell(grid, `row ${middle + 3}`).waitFor()
    // A turn of the wheel moves some rows, not thousands.
    await grid.hover()
    for (let i = 0; i < 5; i++) await page.mouse.wheel(0, 100)
    await expect.poll(() => firstNumber(page)).toBeGreaterThan(middle)
    expect((await firstNumber(page)) - middle).toBeLessThan(40)

    await grid.focus()
    await page.keyboard.press('Control+End')
    await cell(grid, 'row 999999').waitFor()
    const active = await grid.getAttribute('aria-activedescendant')
    const last = page.locator(`[id="${active}"]`)
    await last.waitFor()
    expect(await last.textContent()).toBe('[999999,null]')
    await page.keyboard.press('Control+Home')
    await cell(grid, 'row 0').waitFor()

    await page.getByLabel('Go to row').fill('654321')
    await page.keyboard.press('Enter')
    await cell(grid, 'row 654320').waitFor()
  })

  test('it sorts, filters, searches and hides, and says how many rows are left', async () => {
    const {page, grid} = await openTable(big, 'big')
    await cell(grid, 'row 0').waitFor()
    await heading(grid, 'label').getByRole('button').first().click()
    await heading(grid, 'label').getByRole('button').first().click()
    await expect.poll(() => heading(grid, 'label').getAttribute('aria-sort')).toBe('descending')
    await cell(grid, 'row 999999').waitFor()
    await page.getByRole('button', {name: 'Show all rows in their order'}).click()
    await cell(grid, 'row 0').waitFor()

    await page.getByRole('button', {name: 'Column i', exact: true}).click()
    await page.getByRole('combobox', {name: 'Filter'}).or(page.getByLabel('Filter')).first().click()
    await page.getByRole('option', {name: 'is at least'}).click()
    await page.getByRole('textbox', {name: 'Value'}).fill('999990')
    await page.getByRole('button', {name: 'Apply'}).click()
    await page.getByText('10 rows of 1,000,000').waitFor()
    await page.getByText('i ≥ 999,990', {exact: true}).waitFor()

    await page.getByRole('searchbox').fill('ROW 999995')
    await page.getByText('1 row of 1,000,000').waitFor()
    await page.getByRole('searchbox').fill('nothing like it')
    await page.getByText('No row meets the search and the filters').waitFor()
    await page.getByRole('button', {name: 'Show all rows in their order'}).click()
    await page.getByText('1,000,000 rows × 5 columns', {exact: true}).waitFor()

    await page.getByRole('button', {name: 'Columns', exact: true}).click()
    await page.getByRole('checkbox', {name: 'label'}).uncheck()
    await page.keyboard.press('Escape')
    await expect.poll(() => heading(grid, 'label').count()).toBe(0)
    await page.getByText('4 columns of 5').waitFor()
  })

  test('a column is dragged to another place, or taken there by keys, and a click still sorts', async () => {
    const {page, grid} = await openTable(big, 'big')
    await cell(grid, 'row 0').waitFor()
    const order = () =>
      grid
        .getByRole('columnheader')
        .evaluateAll(all =>
          all
            .slice(1)
            .map(heading => heading.textContent?.match(/^\S+?(?=BIGINT|VARCHAR|DOUBLE|$)/)?.[0]),
        )
    expect((await order()).slice(0, 3)).toEqual(['i', 'label', 'gap'])
    const drag = async (from: string, to: string, share: number) => {
      const [a, b] = [
        await heading(grid, from).boundingBox(),
        await heading(grid, to).boundingBox(),
      ]
      await page.mouse.move(a!.x + 30, a!.y + 14)
      await page.mouse.down()
      await page.mouse.move(a!.x + 60, a!.y + 14, {steps: 3})
      await page.mouse.move(b!.x + b!.width * share, b!.y + 14, {steps: 5})
      await page.mouse.up()
    }
    await drag('label', 'gap', 0.8)
    await expect.poll(async () => (await order()).slice(0, 3)).toEqual(['i', 'gap', 'label'])
    // A drag is no click: nothing is sorted. A click is.
    expect(await heading(grid, 'label').getAttribute('aria-sort')).toBe(null)
    await heading(grid, 'gap').getByRole('button').first().click()
    await expect.poll(() => heading(grid, 'gap').getAttribute('aria-sort')).toBe('ascending')

    await grid.focus()
    await page.keyboard.press('Control+Home')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Alt+ArrowRight')
    await expect.poll(async () => (await order()).slice(0, 3)).toEqual(['gap', 'i', 'label'])
    // The cursor has gone with it.
    await page.keyboard.press('Alt+ArrowRight')
    await expect.poll(async () => (await order()).slice(0, 3)).toEqual(['gap', 'label', 'i'])
  })

  test('keys choose and copy, open a value in full, and sort; axe finds nothing in either theme', async () => {
    const {page, grid} = await openTable(big, 'big', {
      permissions: ['clipboard-read', 'clipboard-write'],
    })
    await cell(grid, 'row 0').waitFor()
    await grid.focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Shift+ArrowDown')
    await page.keyboard.press('Shift+ArrowRight')
    await page.getByText('2 × 2 selected').waitFor()
    await page.keyboard.press('Control+c')
    await page.getByText('2 rows copied').waitFor()
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(`row 0\t\nrow 1\t${1 / 7}`)
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    const viewer = page.getByRole('region', {name: 'Value in full'})
    await viewer.getByText('null').waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => viewer.count()).toBe(0)
    await page.keyboard.press('Control+Home')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await expect
      .poll(() => heading(grid, 'BIGINT').first().getAttribute('aria-sort'))
      .toBe('descending')
    await page.getByRole('button', {name: 'Profile the columns'}).click()
    await heading(grid, 'gap').getByText('33.3% missing').waitFor()
    expect(await seriousFaultsInBoth(page)).toEqual([])
    // The menu of a column, by the keyboard.
    await grid.focus()
    await page.keyboard.press('Alt+ArrowDown')
    await page.getByRole('button', {name: 'Pin at the left'}).click()
    expect(await seriousFaults(page)).toEqual([])
    await page.keyboard.press('Escape')
    await expect
      .poll(() => heading(grid, 'BIGINT').first().getAttribute('data-pinned'))
      .toBe('true')
  })
})
