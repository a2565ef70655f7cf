// From the command to a window that can be used, after the first build; JupyterLab the same way beside it. Each turn
// also opens a page without anything in it, from the same server: that much of the time is the browser's own.
// node test/bench/run.mjs start [TIMES], after one `npm start`. `BANCADA_PYTHON` names a Python that has JupyterLab.
import {type ChildProcess, spawn} from 'node:child_process'
import {existsSync} from 'node:fs'
import {mkdtemp} from 'node:fs/promises'
import {cpus, loadavg, tmpdir} from 'node:os'
import {join} from 'node:path'
import {type Browser, chromium} from 'playwright'
import {newProject} from '../../core/templates.ts'

const times = Number(process.argv[2] ?? 5)
const scratch = await mkdtemp(join(tmpdir(), 'bancada-bench-start-'))
const folder = join(scratch, 'project')
await newProject(folder, {template: 'mini-pipeline', name: 'Penguins'})
const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium'].find(
  path => path && existsSync(path),
)
const browser = await chromium.launch({executablePath, args: ['--no-sandbox', '--disable-gpu']})

const start = ['scripts/start.mjs', '--no-open', '--port', '0', '--project', folder]
const bancada = () =>
  once(process.execPath, start, /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/, async (on, url) => {
    const page = await on.newPage()
    await page.goto(url)
    await page.getByRole('article', {name: 'penguins'}).getByText('stale').waitFor()
  })
const python = process.env.BANCADA_PYTHON || undefined
const lab = [
  '-m',
  'jupyterlab',
  '--no-browser',
  '--port=0',
  '--allow-root',
  `--notebook-dir=${scratch}`,
]
const jupyter =
  python === undefined
    ? undefined
    : () =>
        once(python, lab, /http:\/\/127\.0\.0\.1:\d+\/lab\?token=\S+/, async (on, url) => {
          const page = await on.newPage()
          await page.goto(url)
          await page.locator('.jp-Launcher').first().waitFor({timeout: 60_000})
        })

await bancada()
const ours: Taken[] = []
const theirs: Taken[] = []
for (let i = 0; i < times; i++) {
  ours.push(await bancada())
  if (jupyter) theirs.push(await jupyter())
}
console.log(
  JSON.stringify({
    bench: 'start',
    machine: {cpu: cpus()[0]?.model, cores: cpus().length, load: Number(loadavg()[0]!.toFixed(1))},
    bancada: summary(ours),
    ...(theirs.length > 0 && {jupyterLab: summary(theirs)}),
  }),
)
await browser.close()

type Taken = {serving: number; usable: number; empty: number}

/**
 * Milliseconds until the link is printed, and until `usable` has seen what it waits for; and how long the browser
 * takes for a new page with the few words that the server has for who comes without its link.
 */
async function once(
  program: string,
  args: string[],
  link: RegExp,
  usable: (browser: Browser, url: string) => Promise<void>,
): Promise<Taken> {
  const began = performance.now()
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {...process.env, BANCADA_HOME: join(scratch, 'home'), HOME: scratch},
  })
  try {
    const url = await printed(child, link)
    const serving = performance.now() - began
    await usable(browser, url)
    const taken = performance.now() - began
    const before = performance.now()
    const page = await browser.newPage()
    await page.goto(new URL('/', url).href)
    return {serving, usable: taken, empty: performance.now() - before}
  } finally {
    child.kill('SIGTERM')
    await new Promise(resolve => child.once('exit', resolve))
    for (const context of browser.contexts()) await context.close()
  }
}

function printed(child: ChildProcess, link: RegExp): Promise<string> {
  let text = ''
  return new Promise((resolve, reject) => {
    const hear = (data: unknown) => {
      text += data
      const found = link.exec(text)
      if (found) resolve(found[0])
    }
    child.stdout!.on('data', hear)
    child.stderr!.on('data', hear)
    child.once('exit', () => reject(new Error(`it ended: ${text}`)))
  })
}

function summary(all: readonly Taken[]) {
  const of = (name: keyof Taken) => {
    const sorted = all.map(taken => Math.round(taken[name])).sort((a, b) => a - b)
    return {best: sorted[0], median: sorted[Math.floor(sorted.length / 2)]}
  }
  return {servingMs: of('serving'), usableMs: of('usable'), emptyPageMs: of('empty')}
}
