// A Chromium for the tests of the window: the system's, or the one that Playwright brings.
import {spawnSync} from 'node:child_process'
import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {root} from './vitest.mjs'

const usual = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
]

/** Its path; fetched where there is none yet, and `undefined` where it cannot be. */
export async function findBrowser() {
  // Late, as this file is loaded before anything is installed.
  const {chromium} = await import('playwright')
  const own = () => (existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined)
  const here = usual.find(path => path && existsSync(path)) ?? own()
  if (here) return here
  const cli = join(root, 'node_modules', 'playwright', 'cli.js')
  spawnSync(process.execPath, [cli, 'install', 'chromium'], {stdio: 'inherit', timeout: 300_000})
  return own()
}
