// Filtering 10,000 runs in the screen: from Enter until the rows that fit stand there. Under 200 ms is wanted.
// npm run build && node test/bench/run.mjs runs-table
import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {mkdtemp, rm} from 'node:fs/promises'
import {cpus, loadavg, tmpdir} from 'node:os'
import {join} from 'node:path'
import {createInterface} from 'node:readline'
import {chromium, type Page} from 'playwright'
import {Runs} from '../../core/history/runs.ts'
import {newProject} from '../../core/templates.ts'

const count = 10_000
const home = await mkdtemp(join(tmpdir(), 'bancada-bench-'))
const project = join(home, 'project')
await newProject(project, {template: 'mini-pipeline', name: 'Bench'})
const runs = new Runs(join(project, '.bancada', 'runs'))

// One real run; the others are copies of it with figures and an id of their own, as in `history.ts`.
const first = await runs.begin({
  document: 'notebooks/bench.md',
  cell: 'net',
  kind: 'mlp',
  params: {lr: 0, hidden: [32, 16], activation: 'relu'},
  seed: 1,
  task: 'classification',
  features: 8,
  data: 'd'.repeat(64),
  code: 'c'.repeat(64),
  lineage: {},
})
first.log(1, {loss: 1})
await first.finish({engine: 'tfjs·wasm', metrics: {f1: 0}})
const template = JSON.parse(readFileSync(join(first.folder, 'run.json'), 'utf8'))
for (let i = 1; i < count; i++) {
  const id = `${first.id.slice(0, -8)}${i.toString(16).padStart(8, '0')}`
  const own = join(runs.folder, id)
  mkdirSync(own)
  const [params, metrics] = [
    {...template.params, lr: i / count},
    {...template.metrics, f1: i / count},
  ]
  writeFileSync(join(own, 'run.json'), JSON.stringify({...template, id, params, metrics}))
  writeFileSync(join(own, 'metrics.ndjson'), '')
  writeFileSync(join(own, 'changes.ndjson'), '')
}

const cli = join(process.cwd(), 'dist', 'cli.mjs')
const server = spawn(process.execPath, [cli, 'serve', '--json', '--project', project], {
  stdio: ['ignore', 'pipe', 'inherit'],
  env: {...process.env, BANCADA_HOME: home},
})
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})
try {
  const [line] = (await once(createInterface({input: server.stdout}), 'line')) as [string]
  const page = await browser.newPage({viewport: {width: 1280, height: 800}, locale: 'en-US'})
  await page.goto(JSON.parse(line).url)
  await page.getByText('Bench').first().waitFor({timeout: 120_000})
  await page.evaluate(
    `location.hash = ${JSON.stringify(`#/project/runs?${new URLSearchParams({folder: project})}`)}`,
  )
  await page.getByText('10,000 runs').waitFor({timeout: 120_000})

  const times: number[] = []
  for (let percent = 50; percent < 65; percent++)
    times.push(Math.round(await filtered(page, percent)))
  times.sort((a, b) => a - b)
  const machine = {cores: cpus().length, cpu: cpus()[0]?.model, load: loadavg()[0]}
  const ms = {best: times[0], median: times[7], worst: times[14]}
  console.log(JSON.stringify({bench: 'runs-table', runs: count, machine, ms}, undefined, 1))
} finally {
  await browser.close()
  server.kill()
  await rm(home, {recursive: true, force: true})
}

/** Milliseconds, timed in the page itself: what stands between is the screen and its host alone. */
function filtered(page: Page, percent: number): Promise<number> {
  const filter = `metrics.f1 >= ${percent / 100} and params.lr < 0.99`
  const wanted = `${(9900 - percent * 100).toLocaleString('en-US')} runs`
  return page.evaluate(`(async () => {
    const input = document.querySelector('input[aria-label="Filter"]')
    const status = document.querySelector('main [role="status"]')
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set
    set.call(input, ${JSON.stringify(filter)})
    input.dispatchEvent(new Event('input', {bubbles: true}))
    const start = performance.now()
    input.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true}))
    while (status.textContent !== ${JSON.stringify(wanted)})
      await new Promise(done => requestAnimationFrame(done))
    await new Promise(done => requestAnimationFrame(done))
    return performance.now() - start
  })()`)
}
