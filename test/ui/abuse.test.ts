// The window where it is ill-treated: by other pages, by what data holds, by size, by two at a time, by the disk.
import {once} from 'node:events'
import {chmod, chown, readdir, readFile, writeFile} from 'node:fs/promises'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {join} from 'node:path'
import type {Page} from 'playwright'
import {expect, onTestFinished, test} from 'vitest'
import {openHost} from '../../core/host.ts'
import {createProject} from '../../core/project.ts'
import {fileItem} from '../../renderer/table/item.ts'
import {temporaryFolder} from '../support/folder.ts'
import {cell, editQuery, stands} from '../support/notebook.ts'
import {goTo, openPage, openProjectWindow, serve, serveAs} from '../support/window.ts'

/** A project with one document, open in a page. */
async function openDocument(text: string, data: Record<string, string> = {}) {
  const folder = join(await temporaryFolder(), 'project')
  await createProject(folder, {name: 'Abused'})
  const file = join(folder, 'notebooks', 'a.md')
  await writeFile(file, text)
  for (const [name, content] of Object.entries(data))
    await writeFile(join(folder, 'data', name), content)
  const server = await serve('--project', folder)
  return {folder, file, server, ...(await openPage(server.url))}
}

const saved = (file: string, what: (text: string) => boolean) =>
  expect.poll(async () => what(await readFile(file, 'utf8'))).toBe(true)

test('a page of another origin gets nothing from the host, although the browser is let in there', async () => {
  const {page, context, server, faults} = await openProjectWindow()
  await page.getByRole('heading', {name: 'Which penguin is this?'}).waitFor()
  const host = `127.0.0.1:${server.port}`
  const script = await page.locator('script[src]').first().getAttribute('src')
  const other = createServer((_, response) => {
    response.setHeader('content-type', 'text/html')
    response.end('<!doctype html><title>other</title><body></body>')
  })
  other.listen(0, '127.0.0.1')
  await once(other, 'listening')
  onTestFinished(() => void other.close())
  const foreign = await context.newPage()
  await foreign.goto(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`)
  const got = await foreign.evaluate(attack(host, script!))
  expect(got).toEqual({
    fetch: 'refused',
    blind: 'refused',
    socket: 'refused',
    script: 'refused',
    image: 'refused',
  })
  // The browser shows nothing of the frame, by the policy that came with it.
  expect(foreign.frames().map(frame => frame.url())).not.toContain(`http://${host}/?framed`)
  // A form makes the browser itself go there: the host refuses the request.
  const posted = foreign.waitForResponse(answer => answer.request().method() === 'POST')
  await foreign.evaluate(`document.body.append(Object.assign(document.createElement('form'),
    {method: 'post', action: 'http://${host}/rpc'})); void document.forms[0].submit()`)
  expect((await posted).status()).toBe(403)
  // Its own page is none the worse. What the browser said of the refusals is what this test is about.
  await page.getByRole('heading', {name: 'Which penguin is this?'}).waitFor()
  expect(faults).toEqual([])
})

test('what data, files, notes and names hold is text on every screen', async () => {
  const bad = '<img src=x onerror=globalThis.hit=1>'
  const worse = '<script>globalThis.hit=1</script>'
  const rows = Array.from({length: 40}, (_, i) => `${i},${i % 2 ? bad : worse},${i % 7}`)
  const name = '<img src=x onerror=hit=1>.csv'
  const {page, folder} = await openDocument(
    `# ${bad}\n\n\`\`\`yaml cell=bad kind=source\nfile: ${JSON.stringify(`data/${name}`)}\n\`\`\`\n\n\`\`\`yaml cell=parts kind=split from=bad\nseed: 1\n\`\`\`\n\n\`\`\`yaml cell=model kind=logistic from=parts\ntarget: ${JSON.stringify(worse)}\n\`\`\`\n`,
    {[name]: `${bad},${worse},"${bad}2"\n${rows.join('\n')}\n`},
  )
  await page.getByRole('button', {name: 'Run all'}).click()
  await stands(page, 'model', 'fresh')
  await page.getByText('<img src=x onerror', {exact: false}).first().waitFor()
  const host = await openHost(folder)
  const context = {
    signal: new AbortController().signal,
    gone: new AbortController().signal,
    tell: () => {},
  }
  const {rows: runs} = await host['runs.list']({}, context)
  const {id} = runs[0]!
  await host['runs.mark'](
    {id, notes: `${bad} [a](javascript:hit=1)`, tags: ['<b>tag</b>']},
    context,
  )
  // Each screen, and what stands on it when it is there whole.
  const screens = {
    canvas: [{view: 'canvas'}, page.locator('.react-flow__node[data-id="model"]')],
    data: [{screen: 'data'}, page.getByRole('button', {name})],
    file: [
      {screen: 'data', item: fileItem(`data/${name}`)},
      page.getByRole('article', {name: bad}).first(),
    ],
    runs: [{screen: 'runs'}, page.getByRole('grid').getByText('<b>tag</b>')],
    run: [{screen: 'runs', item: `run:${id}`}, page.getByText('<b>tag</b>')],
    models: [{screen: 'models'}, page.getByRole('heading', {name: 'No models registered yet'})],
  } as const
  for (const [screen, [place, sign]] of Object.entries(screens)) {
    await goTo(page, folder, place)
    await sign.waitFor()
    const hurt = await page.evaluate(`[typeof hit,
      document.querySelectorAll('img[src="x"], main script, a[href^="javascript"]').length]`)
    expect({screen, hurt}).toEqual({screen, hurt: ['undefined', 0]})
  }
})

test('a document of 2,000 cells opens, scrolls to its end, and takes an edit there', async () => {
  const cells = Array.from(
    {length: 2000},
    (_, i) => `\`\`\`sql cell=c${i}\nselect ${i} as n\n\`\`\`\n`,
  )
  const {page, file} = await openDocument(`# Long\n\n${cells.join('\n')}`)
  await page.getByRole('heading', {name: 'Long'}).waitFor()
  const last = cell(page, 'c1999')
  await expect
    .poll(async () => {
      await page.evaluate(`for (const element of document.querySelectorAll('main, main *'))
          if (element.scrollHeight > element.clientHeight + 1000) element.scrollTop = 1e9`)
      return last.isVisible()
    })
    .toBe(true)
  await editQuery(page, 'c1999')
  await page.keyboard.type(' + 1')
  await saved(file, text => text.includes('select 1999 as n + 1'))
})

test('a text of five megabytes opens, and the rest of the document still takes an edit', async () => {
  const long = 'five megabytes of words \n'.repeat(200_000)
  const query = '```sql cell=after\nselect 1 as n\n```\n'
  const {page, file} = await openDocument(`# Long\n\n${query}\n${long}\nEnd.\n`)
  await page.getByText(/^This text has 5,000,00\d characters/).waitFor()
  await editQuery(page, 'after')
  await page.keyboard.type(' + 1')
  await saved(file, text => text.includes('select 1 as n + 1') && text.endsWith('End.\n'))
})

test('two windows see each other’s edits, and are asked when both changed one cell', async () => {
  const {page, context, file, server} = await openDocument('```sql cell=one\nselect 1 as a\n```\n')
  const second = await context.newPage()
  // What the second window says and hears can be held back, as by a slow machine.
  let held: (() => void)[] | undefined
  const pass = (send: () => void) => void (held ? held.push(send) : send())
  await second.routeWebSocket(/\/rpc/, socket => {
    const host = socket.connectToServer()
    socket.onMessage(message => pass(() => host.send(message)))
    host.onMessage(message => pass(() => socket.send(message)))
  })
  const address = new URL(page.url())
  await second.goto(`http://127.0.0.1:${server.port}/${address.hash}`)
  const type = async (at: Page, text: string) => {
    await editQuery(at, 'one')
    await at.keyboard.type(text)
  }
  await type(page, ', 2 as b')
  await saved(file, text => text.includes('select 1 as a, 2 as b'))
  await cell(second, 'one').getByText('2 as b').first().waitFor()
  await editQuery(second, 'one')
  held = []
  await second.keyboard.type(', 4 as mine')
  await type(page, ', 3 as theirs')
  await saved(file, text => text.includes('3 as theirs'))
  for (const send of held.splice(0)) send()
  held = undefined
  await second.getByText('Another program or window changed this cell').waitFor()
  expect(await readFile(file, 'utf8')).not.toContain('mine')
  await second.getByRole('button', {name: 'Keep mine'}).click()
  await saved(file, text => text.includes('4 as mine') && !text.includes('theirs'))
})

test('where the folder takes no changes any more, an edit says why and what was typed stays', async () => {
  const folder = join(await temporaryFolder(), 'project')
  await createProject(folder, {name: 'Locked'})
  const file = join(folder, 'notebooks', 'a.md')
  await writeFile(file, '```sql cell=one\nselect 1 as a\n```\n')
  // Root may write anywhere, so the host runs as somebody else.
  const uid = process.geteuid?.() === 0 ? 65_534 : undefined
  if (uid !== undefined) await give(folder, uid)
  const server = await serveAs(uid, '--project', folder)
  const {page} = await openPage(server.url)
  const notebooks = join(folder, 'notebooks')
  onTestFinished(() => chmod(notebooks, 0o755))
  await editQuery(page, 'one')
  await chmod(notebooks, 0o555)
  await page.keyboard.type(', 2 as b')
  await page
    .getByText(/read-only|may not be written|cannot be written/i)
    .first()
    .waitFor()
  await cell(page, 'one').getByText('2 as b').first().waitFor()
  expect(await readFile(file, 'utf8')).not.toContain('2 as b')
  // With the folder open again the next key saves all of it.
  await chmod(notebooks, 0o755)
  await page.keyboard.type(', 3 as c')
  await saved(file, text => text.includes('select 1 as a, 2 as b, 3 as c'))
})

/** What a page may try: it tells what came of each, or `nothing` after a while. */
const attack = (host: string, script: string) => `(async () => {
  const within = tried => Promise.race([
    tried.catch(() => 'refused'),
    new Promise(resolve => setTimeout(resolve, 30_000, 'nothing')),
  ])
  const read = more => within(fetch('http://${host}/', {credentials: 'include', ...more}).then(() => 'read'))
  const element = (tag, src) => within(new Promise(resolve => {
    const made = document.createElement(tag)
    made.onload = () => resolve('loaded')
    made.onerror = () => resolve('refused')
    made.src = src
    document.body.append(made)
  }))
  const got = {
    fetch: await read({}),
    blind: await read({mode: 'no-cors'}),
    socket: await within(new Promise(resolve => {
      const socket = new WebSocket('ws://${host}/rpc')
      socket.onopen = () => resolve('open')
      socket.onerror = () => resolve('refused')
    })),
    script: await element('script', 'http://${host}${script}'),
    image: await element('img', 'http://${host}/icon.png'),
  }
  await element('iframe', 'http://${host}/?framed')
  return got
})()`

/** Makes a folder and what lies in it somebody's, who may also come there. */
async function give(folder: string, uid: number): Promise<void> {
  await chmod(join(folder, '..'), 0o755)
  for (const entry of await readdir(folder, {recursive: true}))
    await chown(join(folder, entry), uid, uid)
  await chown(folder, uid, uid)
}
