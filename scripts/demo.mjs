// `npm run demo`: dependencies, build, then `bancada demo`.
import {spawnSync} from 'node:child_process'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {ensureInstalled} from './install.mjs'

ensureInstalled()
const {build} = await import('./build.mjs')
await build()
const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const {status, signal} = spawnSync(
  process.execPath,
  [join(root, 'dist', 'cli.mjs'), 'demo', ...process.argv.slice(2)],
  {cwd: root, stdio: 'inherit'},
)
process.exitCode = status ?? (signal ? 130 : 1)
