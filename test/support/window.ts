// The window as a user has it: a real host behind a real server, in a real browser.
import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {existsSync} from 'node:fs'
import {chown, cp, mkdir, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {createInterface} from 'node:readline'
import axe from 'axe-core'
import {type Browser, type BrowserContextOptions, chromium, type Page} from 'playwright'
import {expect, onTestFinished} from 'vitest'
import {newProject} from '../../core/templates.ts'
import {type Route, writeRoute} from '../../renderer/state/route.ts'
import {temporaryFolder} from './folder.ts'
import {ranProject} from './ran-project.ts'

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

/** On a busy machine a screen takes its time: what never comes is told after a minute. */
const patience = 60_000

/**
 * A page at an address; with `at`, at another place of the same server, which the link lets it into. When the test
 * ends, nothing may have gone wrong in it, or left loopback.
 */
export async function openPage(
  url: string,
  {at, ...options}: BrowserContextOptions & {at?: string} = {},
) {
  browser ??= chromium.launch({executablePath, args: ['--no-sandbox', '--disable-gpu']})
  const context = await (await browser).newContext({
    viewport: {width: 1280, height: 800},
    locale: 'en-US',
    ...options,
  })
  context.setDefaultTimeout(patience)
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
  if (at === undefined) await page.goto(url)
  else {
    // The link's cookie without its page.
    await context.request.get(url, {maxRedirects: 0})
    await page.goto(new URL(at, url).href)
  }
  return {page, context, faults}
}

type Place = Partial<Omit<Extract<Route, {at: 'project'}>, 'at' | 'folder'>>

type ProjectWindow = BrowserContextOptions & {
  template?: string
  /** Files of the project by path, in the place of the template's or beside them. */
  files?: Record<string, string>
  /** The screen to begin with, so that no other is drawn before it. */
  place?: Place
  /** A project whose cells all ran once, with its run and its registered model. */
  ran?: boolean
}

/** A project from a template in a temporary folder, open in a page. */
export async function openProjectWindow({
  template = 'mini-pipeline',
  files = {},
  place,
  ran = false,
  ...options
}: ProjectWindow = {}) {
  const folder = join(await temporaryFolder(), 'project')
  if (ran) await cp(await ranProject(), folder, {recursive: true})
  else await newProject(folder, {template, name: 'Penguins'})
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), {recursive: true})
    await writeFile(join(folder, path), text)
  }
  const server = await serve('--project', folder)
  const at = place && addressOf(folder, place)
  return {folder, server, ...(await openPage(server.url, {...options, ...(at && {at})}))}
}

const addressOf = (folder: string, place: Place) =>
  `/${writeRoute({at: 'project', folder, screen: 'documents', ...place})}`

/** Goes to a screen of a project as a link would. */
export async function goTo(page: Page, folder: string, place: Place) {
  await page.evaluate(`location.assign(${JSON.stringify(addressOf(folder, place).slice(1))})`)
}

/** What axe finds that is serious, and what lies below the window where nothing scrolls; empty is good. */
export const seriousFaults = async (page: Page): Promise<string[]> => [
  ...(await faultsOf(page, ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])),
  ...(await belowTheWindow(page)),
]

/** A frame that hides what is too long for it moves as a whole when the focus goes there, and stays moved. */
const belowTheWindow = (page: Page): Promise<string[]> =>
  page.evaluate(`['html', 'body', '#root', 'main']
    .flatMap(name => [...document.querySelectorAll(name)])
    .filter(place => getComputedStyle(place).overflowY === 'hidden')
    .filter(({scrollHeight, clientHeight}) => scrollHeight > clientHeight + 1)
    .map(({tagName, scrollHeight, clientHeight}) =>
      tagName + ': ' + scrollHeight + ' pixels of content in ' + clientHeight)`)

/** The same in the light and in the dark theme, of which only the colours can differ. */
export async function seriousFaultsInBoth(page: Page): Promise<string[]> {
  const found = await seriousFaults(page)
  const now = await page.locator('html').getAttribute('data-mantine-color-scheme')
  const colorScheme = now === 'dark' ? 'light' : 'dark'
  await page.emulateMedia({colorScheme})
  await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor()
  return [...found, ...(await faultsOf(page, ['color-contrast', 'link-in-text-block']))]
}

async function faultsOf(page: Page, runOnly: string[]): Promise<string[]> {
  // Colours on their way from one to another are neither.
  await page.evaluate(`Promise.all(document.getAnimations()
    .filter(animation => animation.effect.getComputedTiming().endTime < Infinity)
    .map(animation => animation.finished.catch(() => {})))`)
  if (!(await page.evaluate(`'axe' in globalThis`))) await page.evaluate(axe.source)
  const {violations} = await page.evaluate(
    runOnly =>
      (globalThis as unknown as {axe: typeof axe}).axe.run({runOnly, resultTypes: ['violations']}),
    runOnly,
  )
  return violations
    .filter(({impact}) => impact === 'serious' || impact === 'critical')
    .flatMap(({id, nodes}) =>
      nodes.map(node => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
    )
}
