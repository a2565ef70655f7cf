// The canvas with many cells: until it can be used, and how smoothly it moves under a real pointer.
// node test/bench/run.mjs canvas [CELLS], after `npm run build` and a build of the window.
import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {existsSync} from 'node:fs'
import {mkdir, mkdtemp, writeFile} from 'node:fs/promises'
import {cpus, loadavg, tmpdir} from 'node:os'
import {join} from 'node:path'
import {createInterface} from 'node:readline'
import {chromium, type Page} from 'playwright'
import {createProject} from '../../core/project.ts'

const cells = Number(process.argv[2] ?? 300)
const program = 'dist/cli.mjs'
if (!existsSync('dist/renderer/index.html')) throw new Error('build the window first')

const folder = join(await mkdtemp(join(tmpdir(), 'bancada-bench-canvas-')), 'project')
await createProject(folder)
await mkdir(join(folder, 'notebooks'), {recursive: true})
await mkdir(join(folder, 'data'), {recursive: true})
await writeFile(join(folder, 'data', 'rows.csv'), 'a,b,c\n1,2,x\n2,,y\n')
await writeFile(join(folder, 'notebooks', 'graph.md'), graph())

const server = spawn(process.execPath, [program, 'serve', '--json', '--project', folder], {
  stdio: ['ignore', 'pipe', 'inherit'],
  env: {...process.env, BANCADA_HOME: await mkdtemp(join(tmpdir(), 'bancada-home-'))},
})
const [line] = (await once(createInterface({input: server.stdout!}), 'line')) as [string]
const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium'].find(
  path => path && existsSync(path),
)
const browser = await chromium.launch({executablePath, args: ['--no-sandbox', '--disable-gpu']})
const page = await browser.newPage({viewport: {width: 1280, height: 800}})
const inside = await page.context().newCDPSession(page)
await inside.send('Performance.enable', {timeDomain: 'threadTicks'})
await page.goto((JSON.parse(line) as {url: string}).url)
const hash = (view: string) =>
  `#/project/documents?${new URLSearchParams({folder, document: 'notebooks/graph.md', view})}`

// What the machine gives a page on which nothing happens.
const idle = await frames(page, () => during(2000, i => page.mouse.move(640 + (i % 50), 400)))
const cold = await shown(page, hash('canvas'))
const warm: number[] = []
for (let i = 0; i < 5; i++) {
  await page.evaluate(
    `location.assign('#/project/runs?' + new URLSearchParams({folder: ${JSON.stringify(folder)}}))`,
  )
  await page.locator('.react-flow').waitFor({state: 'detached'})
  warm.push(await shown(page, hash('canvas')))
}
const drawn = () => page.locator('.react-flow__node').count()
// At first it is as near as it can be read; then all of it, far out.
const [nearNodes, near] = [await drawn(), await panning(page)]
const dragged = await dragging(page)
await page.keyboard.press('f')
await page.waitForTimeout(500)
const [farNodes, far] = [await drawn(), await panning(page)]
console.log(
  JSON.stringify({
    bench: 'canvas',
    cells,
    cpu: cpus()[0]!.model,
    cores: cpus().length,
    load: loadavg()[0],
    idle,
    ready: {cold, warm: {best: Math.min(...warm), median: warm.sort((a, b) => a - b)[2]}},
    far: {nodes: farNodes, ...far},
    near: {nodes: nearNodes, ...near},
    drag: dragged,
  }),
)
await browser.close()
server.kill()

/** Chains of fifteen steps, every third fed by two others: about as many edges as cells. */
function graph(): string {
  const kinds = ['impute', 'clip', 'scale', 'one-hot', 'derive']
  const fences = Array.from({length: cells}, (_, i) => {
    if (i % 15 === 0) return `\`\`\`yaml cell=rows_${i} kind=source\nfile: data/rows.csv\n\`\`\``
    const before = i % 15 === 1 ? `rows_${i - 1}` : `step_${i - 1}`
    if (i % 3 === 0 && i > 30)
      return `\`\`\`yaml cell=step_${i} kind=union from=${before},step_${i - 29}\n\`\`\``
    return `\`\`\`yaml cell=step_${i} kind=${kinds[i % 5]} from=${before}\n\`\`\``
  })
  return `# Graph\n\n${fences.join('\n\n')}\n`
}

/** Milliseconds from going there until the first cells are drawn. */
function shown(on: Page, to: string): Promise<number> {
  return on.evaluate(`new Promise(resolve => {
    const start = performance.now()
    location.assign(${JSON.stringify(to)})
    const look = () => document.querySelector('.react-flow__node')
      ? resolve(Math.round(performance.now() - start))
      : requestAnimationFrame(look)
    look()
  })`)
}

/**
 * Frames while something is done: how many a second, the longest wait for one, and what the page's main thread
 * computes for each, in milliseconds. The last says more than the others where the machine is busy.
 */
async function frames(on: Page, act: () => Promise<void>) {
  await on.evaluate(`window.frames_ = []; (function tick(at) {
    window.frames_.push(at); window.ticking_ = requestAnimationFrame(tick)
  })(performance.now())`)
  const before = await computed()
  await act()
  const cpu = (await computed()) - before
  const times = (await on.evaluate(
    `cancelAnimationFrame(window.ticking_), window.frames_`,
  )) as number[]
  const gaps = times.slice(1).map((at, i) => at - times[i]!)
  const seconds = (times.at(-1)! - times[0]!) / 1000
  return {
    fps: Math.round(gaps.length / seconds),
    longest: Math.round(Math.max(...gaps)),
    cpu: Math.round((10 * cpu) / gaps.length) / 10,
  }
}

/** Milliseconds of processor time that the page's main thread has spent in tasks. */
async function computed(): Promise<number> {
  const {metrics} = await inside.send('Performance.getMetrics')
  return 1000 * metrics.find(({name}) => name === 'TaskDuration')!.value
}

/** By wheel, then by dragging the ground: two seconds each. */
async function panning(on: Page) {
  await on.mouse.move(640, 150)
  const wheel = await frames(on, () =>
    during(2000, i => on.mouse.wheel(i % 60 < 30 ? 24 : -24, i % 40 < 20 ? 8 : -8)),
  )
  await on.keyboard.press('Escape')
  await on.mouse.move(640, 100)
  await on.mouse.down()
  const drag = await frames(on, () =>
    during(2000, i => on.mouse.move(640 + 200 * Math.sin(i / 20), 100 + 20 * Math.sin(i / 9))),
  )
  await on.mouse.up()
  return {wheel, drag}
}

/** Dragging one cell about. */
async function dragging(on: Page) {
  const {x, y, width, height} = (await on.locator('.react-flow__node').nth(3).boundingBox())!
  const [midX, midY] = [x + width / 2, y + height / 2]
  await on.mouse.move(midX, midY)
  await on.mouse.down()
  const moved = await frames(on, () =>
    during(2000, i => on.mouse.move(midX + 60 * Math.sin(i / 12), midY + 40 * Math.cos(i / 12))),
  )
  await on.mouse.up()
  return moved
}

async function during(ms: number, act: (i: number) => Promise<void>) {
  const end = performance.now() + ms
  for (let i = 0; performance.now() < end; i++) {
    await act(i)
    await new Promise(resolve => setTimeout(resolve, 8))
  }
}
