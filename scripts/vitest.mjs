// Runs vitest and counts its tests.
import {spawnSync} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** Runs a program of node_modules by its file; gives whether it ended well, and within so many minutes. */
export function run(title, [file, ...args], {minutes} = {}) {
  const started = Date.now()
  console.log(`\n▸ ${title}`)
  const {status, error} = spawnSync(process.execPath, [join(root, file), ...args], {
    cwd: root,
    stdio: 'inherit',
    ...(minutes ? {timeout: minutes * 60_000} : {}),
  })
  if (error?.code === 'ETIMEDOUT')
    console.log(`  not over after ${minutes} minutes, so it was ended`)
  console.log(
    `  ${status === 0 ? 'passed' : 'FAILED'} in ${((Date.now() - started) / 1000).toFixed(1)} s`,
  )
  return status === 0
}

/** Runs tests; gives `{passed, failed, skipped}`. Tests that take longer than `minutes` count as one that failed. */
export function vitest(title, args, limit) {
  const folder = mkdtempSync(join(tmpdir(), 'bancada-results-'))
  const file = join(folder, 'results.json')
  const fine = run(
    title,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--reporter=dot',
      '--reporter=json',
      `--outputFile.json=${file}`,
      ...args,
    ],
    limit,
  )
  try {
    const {numPassedTests, numFailedTests, numPendingTests, numTodoTests} = JSON.parse(
      readFileSync(file, 'utf8'),
    )
    return {
      passed: numPassedTests,
      // A file that cannot be loaded fails the run without failing a test.
      failed: numFailedTests || (fine ? 0 : 1),
      skipped: numPendingTests + numTodoTests,
    }
  } catch {
    return {passed: 0, failed: 1, skipped: 0}
  } finally {
    rmSync(folder, {recursive: true, force: true})
  }
}

/** How many tests there are. */
export function listed(args) {
  const {stdout} = spawnSync(
    process.execPath,
    [join(root, 'node_modules/vitest/vitest.mjs'), 'list', '--json', ...args],
    {cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 2], maxBuffer: 2 ** 26},
  )
  return JSON.parse(stdout.slice(stdout.indexOf('['))).length
}

/** The line that every test command closes with. */
export const closing = ({passed, failed, skipped}) =>
  `\n${passed} passed, ${failed} failed, ${skipped} skipped`
