import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import type {Locator, Page} from 'playwright'
import {expect, test} from 'vitest'
import {openProjectWindow, seriousFaults} from '../support/window.ts'

const document = 'notebooks/mini-pipeline.md'

/** The sample's canvas; `text` takes the document's place. */
async function openCanvas(options: {text?: string; colorScheme?: 'dark' | 'light'} = {}) {
  const {text, ...rest} = options
  const {page, folder} = await openProjectWindow({
    viewport: {width: 1600, height: 900},
    place: {document, view: 'canvas'},
    ...(text !== undefined && {files: {[document]: text}}),
    ...rest,
  })
  const file = join(folder, document)
  const source = () => readFile(file, 'utf8')
  return {page, source, file}
}

const node = (page: Page, name: string) => page.locator(`.react-flow__node[data-id="${name}"]`)
const port = (page: Page, name: string, side: 'source' | 'target') =>
  node(page, name).locator(`.react-flow__handle.${side}`)

/** The middle of what has come to rest: a canvas that opens moves until all of it is in sight. */
async function middle(of: Locator) {
  await of.waitFor()
  const box = async () => JSON.stringify(await of.boundingBox())
  let before = ''
  await expect
    .poll(
      async () => {
        const now = await box()
        const rests = now === before
        before = now
        return rests
      },
      {interval: 100},
    )
    .toBe(true)
  const {x, y, width, height} = JSON.parse(before)
  return {x: x + width / 2, y: y + height / 2}
}

async function drag(page: Page, from: {x: number; y: number}, to: {x: number; y: number}) {
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, {steps: 4})
  await page.mouse.move(to.x, to.y, {steps: 4})
  await page.mouse.up()
}

const small = `# Small

\`\`\`yaml cell=rows kind=source
file: data/penguins.json
\`\`\`

\`\`\`yaml cell=parts kind=split from=rows
test: 0.2
\`\`\`

\`\`\`yaml cell=filled kind=impute from=parts
columns: [Sex]
\`\`\`

\`\`\`yaml cell=net kind=logistic
target: Species
\`\`\`

\`\`\`sql cell=query
select * from rows
\`\`\`
`

test('every cell is a node, every use an edge, and each says in words what the picture shows', async () => {
  const {page} = await openCanvas()
  await page.getByRole('button', {name: 'Show all'}).click()
  const drift = page.getByRole('group', {name: /^Drift “shifted_birds”/})
  await drift.waitFor()
  await expect.poll(() => page.locator('.react-flow__node').count()).toBe(14)
  await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(15)
  expect(await drift.getAttribute('aria-label')).toBe(
    'Drift “shifted_birds”, stale. Takes from bundle, shifted. Gives a report. Goes to no cell.',
  )
  expect(await node(page, 'parts').getAttribute('aria-label')).toContain(
    'Gives a split. Goes to filled.',
  )
  // One stop for the Tab key, and none for edges.
  expect(await page.locator('.react-flow [tabindex="0"]').count()).toBe(1)
})

test.each(['light', 'dark'] as const)(
  'the canvas has no serious fault for axe, %s',
  async scheme => {
    const {page} = await openCanvas({text: small, colorScheme: scheme})
    await node(page, 'net').click()
    await page.getByRole('button', {name: 'Show the graph as a list'}).click()
    await page.getByRole('navigation', {name: 'The graph as a list'}).waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('button', {name: 'Add a step …'}).click()
    await page.getByRole('option', {name: /^Fill missing values/}).waitFor()
    expect(await seriousFaults(page)).toEqual([])
  },
)

test('dragging a cell writes its place and nothing else; arranging takes it out again, undo puts it back', async () => {
  const {page, source} = await openCanvas({text: small})
  const at = await middle(node(page, 'filled'))
  await drag(page, at, {x: at.x, y: at.y + 160})
  await expect.poll(source).toMatch(/^---\nlayout:\n {2}filled: \[ ?\d+, \d+ ?\]\n---\n\n# Small\n/)
  expect((await source()).endsWith(small)).toBe(true)
  const moved = await source()
  await page.getByRole('button', {name: 'Arrange automatically'}).click()
  await expect.poll(source).not.toContain('filled: [')
  await page.keyboard.press('Control+z')
  await expect.poll(source).toBe(moved)
})

test('an edge dragged to a cell joins its from=, and can be deleted again', async () => {
  const {page, source} = await openCanvas({text: small})
  // The whole cell takes the edge, not its port alone.
  await drag(page, await middle(port(page, 'filled', 'source')), await middle(node(page, 'net')))
  await expect.poll(source).toContain('cell=net kind=logistic from=filled')
  await page.locator('.react-flow__edge[data-id="filled→net"]').waitFor({state: 'attached'})
  const [from, to] = [port(page, 'filled', 'source'), port(page, 'net', 'target')]
  await expect.poll(async () => (await middle(to)).x - (await middle(from)).x).toBeGreaterThan(20)
  const [start, end] = [await middle(from), await middle(to)]
  await page.mouse.click((start.x + end.x) / 2, (start.y + end.y) / 2)
  await page.keyboard.press('Delete')
  await expect.poll(source).toBe(small)
})

test('a wrong connection is refused with the reason, and the document stays as it is', async () => {
  const {page, source} = await openCanvas({text: small})
  const told = page.getByRole('status').filter({hasText: '“'})
  const attempt = async (from: string, to: string) =>
    drag(page, await middle(port(page, from, 'source')), await middle(node(page, to)))
  await attempt('filled', 'parts')
  await told.getByText('in a circle').waitFor()
  await attempt('parts', 'query')
  await told.getByText('its text says what it reads').waitFor()
  await attempt('net', 'filled')
  await told
    .getByText('“net” gives a model, and “filled” (Fill missing values) takes a table or a split.')
    .waitFor()
  expect(await source()).toBe(small)
})

test('where a table is needed, a split is asked for one of its parts', async () => {
  const {page, source} = await openCanvas({
    text: `${small}\n\`\`\`yaml cell=again kind=split\ntest: 0.5\n\`\`\`\n`,
  })
  await drag(page, await middle(port(page, 'parts', 'source')), await middle(node(page, 'again')))
  await page.getByRole('button', {name: 'Training'}).click()
  await expect.poll(source).toContain('cell=again kind=split from=parts.train')
  await page.locator('.react-flow__edge-text', {hasText: 'train'}).waitFor()
})

test('an edge dropped on empty canvas adds a step that takes from it, where it was dropped', async () => {
  const {page, source} = await openCanvas({text: small})
  const from = await middle(port(page, 'filled', 'source'))
  await drag(page, from, {x: from.x + 60, y: from.y + 150})
  const search = page.getByRole('combobox', {name: 'Search for a step …'})
  await search.fill('one-hot')
  await page.getByRole('option', {name: /^One-hot/}).waitFor()
  // What cannot take a split is not there.
  expect(await page.getByRole('option', {name: /^Evaluate/}).count()).toBe(0)
  await search.press('Enter')
  await expect.poll(source).toContain('```yaml cell=one_hot kind=one-hot from=filled\n```')
  expect(await source()).toMatch(/layout:\n {2}one_hot: \[/)
  await expect.poll(() => node(page, 'one_hot').evaluate(at => at.matches(':focus'))).toBe(true)
})

test('everything can be done by keyboard: walking, adding, connecting, moving, copying, deleting', async () => {
  const {page, source} = await openCanvas({text: small})
  await node(page, 'rows').focus()
  const focused = () => page.locator(':focus').getAttribute('data-id')
  await page.keyboard.press('End')
  await expect.poll(focused).toBe('query')
  await page.keyboard.press('ArrowLeft')
  await expect.poll(focused).toBe('rows')
  await page.keyboard.press('PageDown')
  await page.keyboard.press('ArrowRight')
  await expect.poll(focused).toBe('filled')

  await page.keyboard.press('c')
  await page.getByRole('combobox', {name: 'Search for a cell …'}).fill('net')
  await page.getByRole('option', {name: /net/}).waitFor()
  await page.keyboard.press('Enter')
  await expect.poll(source).toContain('cell=net kind=logistic from=filled')

  await node(page, 'filled').focus()
  await page.keyboard.press('Alt+ArrowDown')
  await page.keyboard.press('Alt+ArrowDown')
  await expect.poll(source).toMatch(/filled: \[ ?\d+, \d+ ?\]/)

  await page.keyboard.press('a')
  await page.getByRole('combobox', {name: 'Search for a step …'}).fill('scale')
  await page.getByRole('option', {name: /^Scale/}).waitFor()
  await page.keyboard.press('Enter')
  await expect.poll(source).toContain('```yaml cell=scale kind=scale from=filled\n```')
  await expect.poll(focused).toBe('scale')
  await page.keyboard.press('Delete')
  await expect.poll(source).not.toContain('cell=scale')
})

test('copied cells are pasted with their bodies and with the edges among them', async () => {
  const {page, source} = await openCanvas({text: small})
  await node(page, 'parts').click()
  await node(page, 'filled').click({modifiers: ['Shift']})
  await page.keyboard.press('Control+c')
  await page.keyboard.press('Control+v')
  await expect
    .poll(source)
    .toContain(
      '```yaml cell=parts_2 kind=split from=rows\ntest: 0.2\n```\n\n```yaml cell=filled_2 kind=impute from=parts_2\ncolumns: [Sex]\n```',
    )
  await page.keyboard.press('Control+z')
  await expect.poll(source).toBe(small)
})

test('a document without cells says what to do next, and adds the first step', async () => {
  const {page, source} = await openCanvas({text: '# Nothing yet\n'})
  await page.getByRole('button', {name: 'Add the first step'}).click()
  await page.getByRole('option', {name: /^Data file/}).click()
  await expect.poll(source).toContain('cell=source kind=source')
  await node(page, 'source').waitFor()
})

test('a document of a newer Bancada can be looked at only', async () => {
  const {page, source} = await openCanvas({text: `---\nbancada: 99\n---\n\n${small}`})
  const before = await source()
  const at = await middle(node(page, 'filled'))
  await drag(page, at, {x: at.x, y: at.y + 120})
  await page.keyboard.press('Delete')
  expect(await page.getByRole('button', {name: 'Add a step …'}).isDisabled()).toBe(true)
  expect(await source()).toBe(before)
})
