// `npm run package`: installers for this system into release/. `--dir` makes the bare app only; other arguments go
// to electron-builder.
import {join} from 'node:path'
import {ensureInstalled} from './install.mjs'
import {root, run} from './vitest.mjs'

ensureInstalled()
const {freshCore, freshDesktop, freshRenderer} = await import('./fresh.mjs')
await freshCore()
await freshRenderer()
await freshDesktop()
const args = process.argv.slice(2)
// Publishing is its own decision: the workflow uploads what was built.
const builder = ['node_modules/electron-builder/cli.js', '--publish', 'never', ...args]
process.exitCode = run('installers', builder) ? 0 : 1
console.log(`  see ${join(root, 'release')}`)
