// From the press of a key to what is painted, in a document of many cells, and until the file has it.
// node test/bench/run.mjs typing [CELLS], after `npm run build` and a build of the window.
import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {existsSync} from 'node:fs'
import {mkdir, mkdtemp, readFile, writeFile} from 'node:fs/promises'
import {cpus, loadavg, tmpdir} from 'node:os'
import {join} from 'node:path'
import {createInterface} from 'node:readline'
import {chromium, type Page} from 'playwright'
import {createProject} from '../../core/project.ts'

const cells = Number(process.argv[2] ?? 200)
const keys = 120
/** Milliseconds from key to key: a fast typist, and a key that is held down. */
const [fast, held] = [80, 33]
if (!existsSync('dist/renderer/index.html')) throw new Error('build the window first')

const folder = join(await mkdtemp(join(tmpdir(), 'bancada-bench-typing-')), 'project')
await createProject(folder)
await mkdir(join(folder, 'data'), {recursive: true})
await writeFile(join(folder, 'data', 'rows.csv'), 'a,b,c\n1,2,x\n2,,y\n')
const file = join(folder, 'notebooks', 'long.md')
await writeFile(file, document())

const server = spawn(process.execPath, ['dist/cli.mjs', 'serve', '--json', '--project', folder], {
  stdio: ['ignore', 'pipe', 'inherit'],
  env: {...process.env, BANCADA_HOME: await mkdtemp(join(tmpdir(), 'bancada-home-'))},
})
const [line] = (await once(createInterface({input: server.stdout!}), 'line')) as [string]
const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium'].find(
  path => path && existsSync(path),
)
const browser = await chromium.launch({executablePath, args: ['--no-sandbox', '--disable-gpu']})
const page = await browser.newPage({viewport: {width: 1280, height: 800}})
await page.goto((JSON.parse(line) as {url: string}).url)
await page.getByRole('heading', {name: 'Long'}).waitFor({timeout: 60_000})
// States are looked up once at the start; that is not typing.
await page.waitForTimeout(3000)

const query = page.getByRole('textbox', {name: 'Query of q3'})
await page.locator('[data-block="q3"]').scrollIntoViewIfNeeded()
await query.click()
await page.locator('.monaco-editor').waitFor()
await page.keyboard.press('Control+End')
await page.keyboard.type(' -- ')
const inQuery = await typed(page, fast)
const heldKey = await typed(page, held)
const savedMs = await until(async () =>
  (await readFile(file, 'utf8')).includes('x'.repeat(2 * keys)),
)

await page.keyboard.press('Escape')
await page.getByText('Words after cell 3.').dblclick()
await page.getByRole('textbox', {name: 'Text', exact: true}).waitFor()
await page.keyboard.press('Control+End')
const inText = await typed(page, fast)

console.log(
  JSON.stringify({
    bench: 'typing',
    machine: {cpu: cpus()[0]?.model, cores: cpus().length, load: Number(loadavg()[0]!.toFixed(1))},
    cells,
    keys,
    inQuery,
    heldKey,
    inText,
    savedMsAfterTheLastKey: savedMs,
  }),
)
await browser.close()
server.kill()

/**
 * Milliseconds from the press of a key until the frame that shows it has been painted: the first frame after the
 * key, and the task after that frame. (The browser's own event timing counts seconds for keys in Monaco, whose
 * frames come as fast as anywhere.)
 */
async function typed(on: Page, pause: number) {
  await on.evaluate(`(() => {
    window.paints = []
    if (window.hearing) return
    window.hearing = true
    addEventListener('keydown', ({timeStamp}) => {
      requestAnimationFrame(() => {
        const {port1, port2} = new MessageChannel()
        port1.onmessage = () => window.paints.push(performance.now() - timeStamp)
        port2.postMessage(0)
      })
    }, true)
  })()`)
  for (let i = 0; i < keys; i++) await on.keyboard.press('x', {delay: pause})
  await on.waitForTimeout(500)
  const all = ((await on.evaluate('window.paints')) as number[]).sort((a, b) => a - b)
  const at = (share: number) => Math.round(all[Math.ceil(share * all.length) - 1]!)
  return {medianMs: at(0.5), p95Ms: at(0.95), mostMs: at(1)}
}

async function until(what: () => Promise<boolean>) {
  const started = performance.now()
  while (!(await what())) await new Promise(resolve => setTimeout(resolve, 5))
  return Math.round(performance.now() - started)
}

function document() {
  const steps = Array.from({length: cells - 1}, (_, i) => {
    const from = i === 0 ? 'rows' : `q${i - 1}`
    return `\`\`\`sql cell=q${i}\nselect * from ${from}\n\`\`\`\n\nWords after cell ${i}.\n`
  })
  return `# Long\n\n\`\`\`yaml cell=rows kind=source\nfile: data/rows.csv\n\`\`\`\n\n${steps.join('\n')}`
}
