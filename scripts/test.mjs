// `npm test`: types, lint, layering, then the tests; closes with `N passed, N failed, N skipped`.
import {spawnSync} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {ensureInstalled} from './install.mjs'

ensureInstalled()
const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const total = {passed: 0, failed: 0, skipped: 0}

function run(title, file, ...args) {
  const started = Date.now()
  console.log(`\n▸ ${title}`)
  const {status} = spawnSync(process.execPath, [join(root, file), ...args], {
    cwd: root,
    stdio: 'inherit',
  })
  console.log(
    `  ${status === 0 ? 'passed' : 'FAILED'} in ${((Date.now() - started) / 1000).toFixed(1)} s`,
  )
  return status === 0
}

function check(title, ...command) {
  total[run(title, ...command) ? 'passed' : 'failed']++
}

function vitest(title, ...args) {
  const folder = mkdtempSync(join(tmpdir(), 'bancada-results-'))
  const file = join(folder, 'results.json')
  const fine = run(
    title,
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${file}`,
    ...args,
  )
  try {
    const {numPassedTests, numFailedTests, numPendingTests, numTodoTests} = JSON.parse(
      readFileSync(file, 'utf8'),
    )
    total.passed += numPassedTests
    total.failed += numFailedTests
    total.skipped += numPendingTests + numTodoTests
    // A file that cannot be loaded fails the run without failing a test.
    if (!fine && numFailedTests === 0) total.failed++
  } catch {
    total.failed++
  }
  rmSync(folder, {recursive: true, force: true})
}

check('types', 'node_modules/typescript-7/bin/tsc', '-b')
check('lint and format', 'node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings')
check(
  'layering',
  'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
  '--config',
  '.dependency-cruiser.cjs',
  'core',
)
vitest('unit and integration tests', ...process.argv.slice(2))

console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exitCode = total.failed > 0 ? 1 : 0
