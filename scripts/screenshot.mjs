// Looks at a screen: `node scripts/screenshot.mjs FILE.png [--project DIR] [--hash '#/…'] [--dark] [--pt] [--click TEXT] [--wait MS]`.
// Runs what `dist/` holds, so build first. A helper for whoever works on the window.
import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {mkdtempSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {createInterface} from 'node:readline'
import {fileURLToPath} from 'node:url'
import {parseArgs} from 'node:util'
import {chromium} from 'playwright'

const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {
    project: {type: 'string'},
    hash: {type: 'string'},
    dark: {type: 'boolean'},
    pt: {type: 'boolean'},
    click: {type: 'string', multiple: true, default: []},
    wait: {type: 'string', default: '1500'},
    width: {type: 'string', default: '1280'},
    height: {type: 'string', default: '800'},
  },
})
const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const args = values.project ? ['--project', values.project] : ['--home']
const server = spawn(process.execPath, [join(root, 'dist/cli.mjs'), 'serve', '--json', ...args], {
  stdio: ['ignore', 'pipe', 'inherit'],
  env: {...process.env, BANCADA_HOME: mkdtempSync(join(tmpdir(), 'bancada-home-'))},
})
try {
  const [line] = await once(createInterface({input: server.stdout}), 'line')
  const {url} = JSON.parse(line)
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  })
  const page = await browser.newPage({
    viewport: {width: Number(values.width), height: Number(values.height)},
    colorScheme: values.dark ? 'dark' : 'light',
    locale: values.pt ? 'pt-BR' : 'en-US',
  })
  page.on('console', message => console.log(`${message.type()}: ${message.text()}`))
  page.on('pageerror', error => console.log(`error: ${error.stack}`))
  await page.goto(url)
  if (values.hash) await page.evaluate(hash => location.assign(hash), values.hash)
  await page.waitForTimeout(Number(values.wait))
  for (const text of values.click) {
    await page.getByText(text, {exact: false}).first().click()
    await page.waitForTimeout(700)
  }
  await page.screenshot({path: positionals[0]})
  await browser.close()
} finally {
  server.kill()
}
