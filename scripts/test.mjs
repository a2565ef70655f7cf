// `npm test`: types, lint, layering, then the tests; closes with `N passed, N failed, N skipped`.
import {findBrowser} from './browser.mjs'
import {ensureInstalled} from './install.mjs'
import {closing, listed, run, vitest} from './vitest.mjs'

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
    'renderer',
    'electron',
  )
}
const rest = args.filter(arg => !arg.startsWith('--only-'))
const suites = args.includes('--only-browser') ? [] : [vitest('unit and integration tests', rest)]
// On another Node the window is the same.
if (!args.includes('--only-tests')) suites.push(await inBrowser(rest), ofDesktop(rest))

const sum = of => suites.reduce((all, suite) => all + suite[of], 0)
const total = {
  passed: passed + sum('passed'),
  failed: failed + sum('failed'),
  skipped: sum('skipped'),
}
console.log(closing(total))
process.exitCode = total.failed > 0 ? 1 : 0

/** The window in a real browser; where there is none, its tests count as skipped. */
async function inBrowser(rest) {
  const config = ['--config', 'vitest.ui.config.ts']
  const browser = await findBrowser()
  if (browser) {
    process.env.CHROMIUM = browser
    return vitest('the window in a browser', [...config, ...rest], {minutes: 15})
  }
  console.log('\n▸ the window in a browser: skipped, as no Chromium is here and none could be had')
  return {passed: 0, failed: 0, skipped: listed([...config, ...rest])}
}

/** The built desktop shell against a fake of Electron; Electron itself where it is installed. */
function ofDesktop(rest) {
  const config = ['--config', 'vitest.desktop.config.ts']
  return vitest('the desktop shell', [...config, ...rest], {minutes: 10})
}
