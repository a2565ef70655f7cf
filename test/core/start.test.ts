// `npm start` as a real process, from the command to the page.
import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {chmod, readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {createInterface} from 'node:readline'
import {expect, onTestFinished, test} from 'vitest'
import {packageRoot} from '../../core/package-root.ts'
import {createProject} from '../../core/project.ts'
import {temporaryFolder} from '../support/folder.ts'

// The first start of a checkout builds the window too.
const slow = 180_000

async function start(args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [join(packageRoot(), 'scripts', 'start.mjs'), ...args], {
    env: {...process.env, BANCADA_HOME: await temporaryFolder(), ...env},
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let told = ''
  child.stderr.on('data', data => {
    told += data
  })
  for await (const line of createInterface({input: child.stdout})) {
    const url = /^Bancada is ready: (http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43})$/.exec(line)?.[1]
    if (url) return {child, url, told: () => told}
  }
  throw new Error(`it ended without being ready: ${told}`)
}

const landing = async (url: string) =>
  (await fetch(url, {redirect: 'manual'})).headers.get('location')

test.each(['SIGTERM', 'SIGINT'] as const)(
  'npm start without a browser prints a link to the project and serves until %s',
  async signal => {
    const {folder} = await createProject(join(await temporaryFolder(), 'a project'))
    const {child, url} = await start(['--no-open', '--port', '0', '--project', folder])
    expect(await landing(url)).toBe(`/#/project?folder=${encodeURIComponent(folder)}`)
    child.kill(signal)
    expect(await once(child, 'exit')).toEqual([0, null])
    await expect(fetch(url)).rejects.toThrow('fetch failed')
  },
  slow,
)

test(
  'npm start without a project opens the home screen',
  async () => {
    const {url} = await start(['--no-open'])
    expect(await landing(url)).toBe('/')
  },
  slow,
)

test(
  'npm start opens the browser by a link of its own, so that the printed one still works',
  async () => {
    const folder = await temporaryFolder()
    const browser = join(folder, 'browser.sh')
    const seen = join(folder, 'seen')
    await writeFile(
      browser,
      `#!/bin/sh\nprintf %s "$1" > "${seen}.part" && mv "${seen}.part" "${seen}"\n`,
    )
    await chmod(browser, 0o755)
    const {url} = await start(['--browser'], {BROWSER: browser})
    await expect
      .poll(() => readFile(seen, 'utf8').catch(() => ''), {timeout: 10_000})
      .toContain('token=')
    const opened = await readFile(seen, 'utf8')
    expect(opened).not.toBe(url)
    expect(await landing(opened)).toBe('/')
    expect(await landing(url)).toBe('/')
  },
  slow,
)
