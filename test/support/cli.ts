// The built `bancada` command as a child process.
import {type ChildProcess, spawn} from 'node:child_process'
import {join} from 'node:path'
import {packageRoot} from '../../core/package-root.ts'

export type Ran = {code: number | null; stdout: string; stderr: string}

/** Runs a command to its end. */
export async function bancada(...args: string[]): Promise<Ran> {
  const {done} = start(...args)
  return done
}

/** Starts a command; `done` settles when it has ended. */
export function start(...args: string[]): {child: ChildProcess; done: Promise<Ran>} {
  const child = spawn(process.execPath, [join(packageRoot(), 'dist', 'cli.mjs'), ...args], {
    env: {...process.env, NO_COLOR: '1'},
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', data => {
    stdout += data
  })
  child.stderr.on('data', data => {
    stderr += data
  })
  const done = new Promise<Ran>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', code => resolve({code, stdout, stderr}))
  })
  return {child, done}
}

/** The one line of JSON that a command closes with. */
export const lastJson = ({stdout}: Ran) => JSON.parse(stdout.trimEnd().split('\n').at(-1)!)
