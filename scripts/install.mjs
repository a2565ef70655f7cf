// Makes sure that node_modules is there and fits the lock file. Plain Node: it runs before anything else.
import {spawnSync} from 'node:child_process'
import {copyFileSync, existsSync, readFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const lock = join(root, 'package-lock.json')
const stamp = join(root, 'node_modules', '.bancada-lock.json')

export function ensureInstalled() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(
      `Bancada needs Node 20.19 or later; this is ${process.version}. See https://nodejs.org.`,
    )
    process.exit(1)
  }
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === readFileSync(lock, 'utf8')) return
  console.error('Installing dependencies (once; about a minute) …')
  const {status} = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (status !== 0) {
    console.error('npm ci failed; see the message above. Is the npm registry in reach?')
    process.exit(1)
  }
  copyFileSync(lock, stamp)
}
