// `npm test`: types, lint, layering, then the tests; closes with `N passed, N failed, N skipped`.
import {ensureInstalled} from './install.mjs'
import {closing, run, vitest} from './vitest.mjs'

ensureInstalled()
let passed = 0
let failed = 0

function check(title, ...command) {
  if (run(title, command)) passed++
  else failed++
}

const args = process.argv.slice(2)
if (!args.includes('--only-tests')) {
  check('types', 'node_modules/typescript-7/bin/tsc', '-b')
  check('lint and format', 'node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings')
  check(
    'layering',
    'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
    '--config',
    '.dependency-cruiser.cjs',
    'core',
  )
}
const tests = vitest(
  'unit and integration tests',
  args.filter(arg => arg !== '--only-tests'),
)

const total = {
  passed: passed + tests.passed,
  failed: failed + tests.failed,
  skipped: tests.skipped,
}
console.log(closing(total))
process.exitCode = total.failed > 0 ? 1 : 0
