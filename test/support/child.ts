// A program of the tests' own in a real process of its own, so that it can be killed.
import {type ChildProcess, spawn} from 'node:child_process'
import {once} from 'node:events'
import {mkdir} from 'node:fs/promises'
import {join} from 'node:path'
import {createInterface} from 'node:readline'
import {build} from 'esbuild'
import {onTestFinished} from 'vitest'

const root = join(import.meta.dirname, '..', '..')

/**
 * Starts TypeScript given as text; its imports are relative to the repository's root. `lines` are what it
 * prints. It ends with the test at the latest.
 */
export async function program(source: string, args: string[] = []) {
  // Below node_modules, so that what it imports from packages is found.
  const folder = join(root, 'node_modules', '.cache', 'programs')
  await mkdir(folder, {recursive: true})
  const file = join(folder, `${process.pid}-${count++}.mjs`)
  await build({
    stdin: {contents: source, resolveDir: root, loader: 'ts'},
    outfile: file,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  })
  const child = spawn(process.execPath, [file, ...args], {stdio: ['pipe', 'pipe', 'inherit']})
  onTestFinished(() => void child.kill('SIGKILL'))
  const lines = createInterface({input: child.stdout!})[Symbol.asyncIterator]()
  return {
    child,
    /** The next line that it prints. */
    line: async () => String((await lines.next()).value),
    ended: () => ended(child),
  }
}
let count = 0

/** Waits for the end: the exit code, or the signal that killed it. */
async function ended(child: ChildProcess) {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return child.exitCode ?? child.signalCode
}
