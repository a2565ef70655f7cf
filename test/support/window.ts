// The window as a user has it: a real host behind a real server, in a real browser.
import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {existsSync} from 'node:fs'
import {chown} from 'node:fs/promises'
import {join} from 'node:path'
import {createInterface} from 'node:readline'
import axe from 'axe-core'
import {type Browser, type BrowserContextOptions, chromium, type Page} from 'playwright'
import {expect, onTestFinished} from 'vitest'
import {newProject} from '../../core/templates.ts'
import {temporaryFolder} from './folder.ts'

const root = join(import.meta.dirname, '..', '..')

/** The browser of the system, or the one that Playwright brought. */
const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium'].find(
  path => path !== undefined && existsSync(path),
)

/** `bancada serve` in a process of its own, with settings of its own. */
export const serve = (...args: string[]) => serveAs(undefined, ...args)

/** The same as another user of the system, by number. */
export async function serveAs(uid: number | undefined, ...args: string[]) {
  const home = await temporaryFolder()
  if (uid !== undefined) await chown(home, uid, uid)
  const child = spawn(process.execPath, [join(root, 'dist/cli.mjs'), 'serve', '--json', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    ...(uid !== undefined && {uid, gid: uid}),
    env: {...process.env, BANCADA_HOME: home, BANCADA_PROJECTS: join(home, 'projects')},
  })
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGTERM')
    await once(child, 'exit')
  })
  const [line] = (await once(createInterface({input: child.stdout}), 'line')) as [string]
  return {child, home, ...(JSON.parse(line) as {url: string; port: number; key: string})}
}

let browser: Promise<Browser> | undefined

/** A page at an address. When the test ends, nothing may have gone wrong in it, or left loopback. */
export async function openPage(url: string, options: BrowserContextOptions = {}) {
  browser ??= chromium.launch({executablePath, args: ['--no-sandbox', '--disable-gpu']})
  const context = await (await browser).newContext({
    viewport: {width: 1280, height: 800},
    locale: 'en-US',
    ...options,
  })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('console', message => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text())
  })
  page.on('pageerror', error => faults.push(String(error.stack ?? error)))
  page.on('request', request => {
    const {protocol, hostname} = new URL(request.url())
    if (!['data:', 'blob:'].includes(protocol) && hostname !== '127.0.0.1')
      faults.push(`a request to ${request.url()}`)
  })
  onTestFinished(async ({task}) => {
    // What it looked like when it failed: `BANCADA_SHOTS=/tmp npx vitest …`.
    const {BANCADA_SHOTS: shots} = process.env
    if (shots && task.result?.state === 'fail')
      await page.screenshot({
        path: join(shots, `${task.name.replace(/\W+/g, '-').slice(0, 60)}.png`),
      })
    await context.close()
    expect(faults).toEqual([])
  })
  await page.goto(url)
  return {page, context, faults}
}

/** A project from a template in a temporary folder, open in a page. */
export async function openProjectWindow({
  template = 'mini-pipeline',
  ...options
}: {template?: string} & BrowserContextOptions = {}) {
  const folder = join(await temporaryFolder(), 'project')
  await newProject(folder, {template, name: 'Penguins'})
  const server = await serve('--project', folder)
  return {folder, server, ...(await openPage(server.url, options))}
}

/** What axe finds that is serious; empty is good. */
export async function seriousFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const {violations} = await page.evaluate(() =>
    (globalThis as unknown as {axe: typeof axe}).axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    }),
  )
  return violations
    .filter(({impact}) => impact === 'serious' || impact === 'critical')
    .flatMap(({id, nodes}) =>
      nodes.map(node => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
    )
}
