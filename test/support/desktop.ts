// The built desktop shell in a process of its own, against a fake of Electron at the module boundary.
import {fork} from 'node:child_process'
import {once} from 'node:events'
import {join} from 'node:path'
import {onTestFinished} from 'vitest'
import type {Control} from './desktop-driver.ts'
import type {Options} from './fake-electron.ts'
import {temporaryFolder} from './folder.ts'
import {program} from './program.ts'

const root = join(import.meta.dirname, '..', '..')

let programs: Promise<[driver: string, utility: string]> | undefined

type Start = Partial<Options> & {
  /** The command line after the program. */
  args?: string[]
  /** A folder of settings of an earlier start. */
  home?: string
  cwd?: string
}

/** Starts the shell. `run` runs a function there, which sees nothing but its parameters, as `page.evaluate` does. */
export async function desktop({args = [], home, cwd, ...options}: Start = {}) {
  programs ??= Promise.all([
    program('test/support/desktop-driver.ts'),
    program('test/support/fake-utility.ts'),
  ])
  const [driver, utility] = await programs
  const settings = home ?? (await temporaryFolder())
  const main = join(root, 'dist', 'electron', 'main', 'main.mjs')
  const child = fork(driver, args, {
    serialization: 'advanced',
    cwd,
    execArgv: [],
    env: {
      ...process.env,
      BANCADA_HOME: settings,
      BANCADA_PROJECTS: join(settings, 'projects'),
      FAKE_MAIN: main,
      FAKE_ELECTRON: JSON.stringify({...options, utility}),
    },
  })
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  })
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve())
    child.once('exit', code => reject(new Error(`the shell ended with ${code}`)))
  })
  let next = 1
  const run = <G, T>(scene: (control: Control, given: G) => Promise<T> | T, given?: G) =>
    new Promise<T>((resolve, reject) => {
      const id = next++
      const heard = (sent: {id?: number; output?: T; error?: string}) => {
        if (sent.id !== id) return
        child.off('message', heard)
        if (sent.error === undefined) resolve(sent.output as T)
        else reject(new Error(sent.error))
      }
      child.on('message', heard)
      child.send({id, code: String(scene), given})
    })
  return {run, home: settings}
}
