// The grid in a real browser, over the table of the `pages` bench: how soon its rows are there, and that the
// page does not grow however far it is scrolled. Needs `npm run build` and the built window.
// node test/bench/run.mjs pages && node test/bench/run.mjs grid [ROWS]
import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {existsSync, mkdtempSync} from 'node:fs'
import {cpus, loadavg, tmpdir} from 'node:os'
import {join} from 'node:path'
import {createInterface} from 'node:readline'
import {type CDPSession, chromium, type Page} from 'playwright'

const rows = Number(process.argv[2] ?? 100_000_000)
const folder = join(tmpdir(), `bancada-bench-pages-${rows}`)
if (!existsSync(join(folder, 'ready')))
  throw new Error(`no table of ${rows} rows: run the bench "pages" with as many first`)

const server = spawn(
  process.execPath,
  [join(import.meta.dirname, '../../../dist/cli.mjs'), 'serve', '--json', '--project', folder],
  {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {...process.env, BANCADA_HOME: mkdtempSync(join(tmpdir(), 'bancada-home-'))},
  },
)
process.on('exit', () => server.kill())
const [line] = (await once(createInterface({input: server.stdout}), 'line')) as [string]
const {url} = JSON.parse(line) as {url: string}
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})
const page = await browser.newPage({viewport: {width: 1280, height: 800}, locale: 'en-US'})
page.setDefaultTimeout(120_000)
await page.goto(url)
await page.getByRole('navigation', {name: 'Screens'}).waitFor()
const devtools = await page.context().newCDPSession(page)

const firsts: number[] = []
for (let i = 0; i < 5; i++) {
  await show('#/project/data', '')
  await page.getByRole('navigation', {name: 'Files and tables'}).waitFor()
  await page.getByRole('button', {name: /^big /}).waitFor()
  firsts.push(await untilRow(page, 0, `document.querySelector('nav button[title="big"]').click()`))
}
const jumps: number[] = []
for (let i = 0; i < 5; i++) {
  const row = Math.floor(rows / 2) + i * 5_000_000 - 10_000_000
  jumps.push(await untilRow(page, row, scrollTo(row)))
}
const before = await heap(devtools)
const scrolled = await scrollFar(page)
const after = await heap(devtools)

console.log(
  JSON.stringify({
    bench: 'grid',
    rows,
    cpu: cpus()[0]!.model,
    cores: cpus().length,
    load: loadavg()[0],
    firstPage: summary(firsts),
    jump: summary(jumps),
    scrolled,
    heap: {before, after},
  }),
)
await browser.close()
process.exit(0)

async function show(path: string, item: string) {
  const to = `${path}?${new URLSearchParams({folder, ...(item && {item})})}`
  await page.evaluate(`location.hash = ${JSON.stringify(to)}`)
}

/** Puts the bar where a row is; in the middle one stands for the other. */
function scrollTo(row: number): string {
  return `(() => {
    const grid = document.querySelector('[role=grid]')
    const [tallest, edge] = [8e6, 1e6]
    const content = ${rows} * 28
    const view = grid.clientHeight - grid.querySelector('[role=rowgroup]').clientHeight
    const place = ${row} * 28
    grid.scrollTop = content <= tallest ? place
      : edge + (place - edge) / (content - view - 2 * edge) * (tallest - view - 2 * edge)
  })()`
}

/** Milliseconds in the page from what is done until a row near the wanted one is drawn with its values. */
async function untilRow(page: Page, row: number, act: string): Promise<number> {
  const ms = await page.evaluate(`new Promise(resolve => {
    const start = performance.now();
    ${act}
    const look = () => {
      const cells = [...document.querySelectorAll('[role=gridcell][data-column="0"]')]
      const near = cells.some(cell => Math.abs(Number(cell.textContent.replaceAll(',', '')) - ${row}) < 5000
        && cell.textContent !== '')
      if (near) resolve(performance.now() - start)
      else requestAnimationFrame(look)
    }
    look()
  })`)
  return Math.round(ms as number)
}

/** A thousand stops all over the table, each long enough for its rows to be asked for. */
async function scrollFar(page: Page): Promise<number> {
  const stops = 1000
  await page.evaluate(`(async () => {
    const grid = document.querySelector('[role=grid]')
    for (let i = 0; i < ${stops}; i++) {
      grid.scrollTop = (i * 0.6180339887 % 1) * (grid.scrollHeight - grid.clientHeight)
      await new Promise(resolve => setTimeout(resolve, 60))
    }
  })()`)
  return stops
}

/** Megabytes of the page's heap, after what is garbage went. */
async function heap(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage')
  const {usedSize} = await session.send('Runtime.getHeapUsage')
  return Math.round(usedSize / 1e5) / 10
}

function summary(times: number[]) {
  const sorted = [...times].sort((a, b) => a - b)
  return {best: sorted[0], median: sorted[Math.floor(sorted.length / 2)], all: times}
}
