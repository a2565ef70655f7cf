// `npm run test:interop`: compares Bancada with its Python peers, in an environment of its own (.venv).
// `--quick` tries fewer generated data sets and does without PyTorch, which is gigabytes on Linux: what needs it
// counts as skipped, unless it is there already. Where PyPI cannot be reached everything counts as skipped.
import {spawnSync} from 'node:child_process'
import {existsSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {ensureInstalled} from './install.mjs'
import {closing, root, vitest} from './vitest.mjs'

const config = ['--config', 'vitest.interop.config.ts']
const quick = process.argv.includes('--quick')
const requirements = ['requirements.txt', ...(quick ? [] : ['requirements-large.txt'])].map(name =>
  join(root, 'test', 'interop', name),
)
const venv = join(root, '.venv')
const stamp = join(venv, 'requirements.txt')
const windows = process.platform === 'win32'
const venvPython = join(venv, ...(windows ? ['Scripts', 'python.exe'] : ['bin', 'python']))

ensureInstalled()
const rest = process.argv.slice(2).filter(arg => arg !== '--quick')
const trouble = preparePython()
if (trouble?.offline) {
  console.log(`PyPI cannot be reached, so nothing was compared:\n  ${trouble.reason}`)
  console.log(closing({passed: 0, failed: 0, skipped: countTests()}))
} else if (trouble) {
  console.error(trouble.reason)
  console.log(closing({passed: 0, failed: 1, skipped: 0}))
  process.exitCode = 1
} else {
  if (quick) process.env.BANCADA_INTEROP_QUICK = '1'
  const total = vitest('comparison with Python peers', [...config, ...rest])
  console.log(closing(total))
  process.exitCode = total.failed > 0 ? 1 : 0
}

/** Makes .venv as the requirements say, once; gives what stood in the way. */
function preparePython() {
  const wanted = requirements.map(file => readFileSync(file, 'utf8')).join('')
  // An environment that has more will do.
  if (existsSync(stamp) && readFileSync(stamp, 'utf8').startsWith(wanted)) return undefined
  const python = findPython()
  if (!python)
    return {reason: 'The comparison needs Python 3.9 to 3.12, as python3 or by PYTHON=/path/to/it.'}
  console.error('Making the Python environment (once; about a minute) …')
  rmSync(venv, {recursive: true, force: true})
  const made = spawnSync(python, ['-m', 'venv', venv], {encoding: 'utf8'})
  if (made.status !== 0)
    return {
      reason: `${python} cannot make an environment (on Debian: apt-get install python3-venv):\n${made.stdout}${made.stderr}`,
    }
  const pip = spawnSync(
    venvPython,
    ['-m', 'pip', 'install', '--only-binary', ':all:', '--retries', '1', '--timeout', '30'].concat([
      '--disable-pip-version-check',
      '--quiet',
      ...requirements.flatMap(file => ['-r', file]),
    ]),
    {encoding: 'utf8', stdio: ['ignore', 2, 'pipe']},
  )
  if (pip.status === 0) {
    writeFileSync(stamp, wanted)
    return undefined
  }
  const retried = pip.stderr.split('\n').find(line => line.includes('Retrying (Retry('))
  // A connection that came about after all shows other versions, or another trouble.
  const never = /\(from versions: none\)|Max retries exceeded|Read timed out/.test(pip.stderr)
  return retried && never
    ? {offline: true, reason: retried.replace(/^WARNING: /, '')}
    : {reason: `pip could not install ${requirements.join(' and ')}:\n${pip.stderr}`}
}

function findPython() {
  const names = ['python3', 'python3.12', 'python3.11', 'python3.10', 'python3.9', 'python']
  return (process.env.PYTHON ? [process.env.PYTHON] : names).find(name => {
    const {status, stdout} = spawnSync(
      name,
      ['-c', 'import sys; print(sys.version_info[0], sys.version_info[1])'],
      {encoding: 'utf8'},
    )
    const [major, minor] = (stdout ?? '').split(' ').map(Number)
    return status === 0 && major === 3 && minor >= 9 && minor <= 12
  })
}

/** How many tests there would have been. */
function countTests() {
  const {stdout} = spawnSync(
    process.execPath,
    [join(root, 'node_modules/vitest/vitest.mjs'), 'list', '--json', ...config, ...rest],
    {cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 2], maxBuffer: 2 ** 26},
  )
  return JSON.parse(stdout.slice(stdout.indexOf('['))).length
}
