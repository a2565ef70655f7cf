// Starts a bundle's server as a process of its own, on this machine only.
import {type ChildProcess, spawn} from 'node:child_process'
import {join} from 'node:path'
import {AppError} from '../error.ts'
import {type Phrase, says, verbatim} from '../words/says.ts'
import {modulesFolder} from './program.ts'

export type BundleServer = {
  url: string
  pid: number
  /** Settles when the process has ended by itself or by `stop`: its exit code, null after a signal. */
  ended: Promise<number | null>
  /** Asks it to finish what it is doing (SIGTERM); after `grace` milliseconds it is killed. */
  stop(grace?: number): Promise<void>
}

export type StartOptions = {
  /** 0 takes a free one. */
  port?: number
  signal?: AbortSignal | undefined
  /** Keep requests and answers in this folder. */
  capture?: string
  /** Longest time to start, in milliseconds. SageMaker allows four minutes. */
  patience?: number
}

/**
 * Runs `server.mjs` of the bundle and waits until it listens. It ends with `signal`, and with this process
 * whatever happens to it.
 * Errors: `crashed` with what it wrote, where it ends or keeps silent; `cancelled` by `signal`.
 */
export async function startBundle(
  folder: string,
  {port = 0, signal, capture, patience = 60_000}: StartOptions = {},
): Promise<BundleServer> {
  signal?.throwIfAborted()
  const args = ['server.mjs', '--host', '127.0.0.1', '--port', String(port)]
  args.push('--modules', modulesFolder(), ...(capture ? ['--capture', capture] : []))
  const child = spawn(process.execPath, args, {
    cwd: folder,
    // The open pipe to its input tells the server that this process lives.
    stdio: ['pipe', 'pipe', 'pipe'],
    // In Electron the executable is Electron; this makes it plain Node.
    env: {...process.env, BANCADA_PARENT: String(process.pid), ELECTRON_RUN_AS_NODE: '1'},
  })
  const ended = new Promise<number | null>(done => {
    child.once('close', done)
    child.once('error', () => done(null))
  })
  const stop = async (grace = 5_000) => {
    child.kill('SIGTERM')
    const killer = setTimeout(() => child.kill('SIGKILL'), grace)
    await ended
    clearTimeout(killer)
  }
  const abort = () => void stop(1_000)
  signal?.addEventListener('abort', abort)
  void ended.then(() => signal?.removeEventListener('abort', abort))
  try {
    const url = await listening(child, ended, {folder, signal, patience})
    return {url, pid: child.pid!, ended, stop}
  } catch (error) {
    await stop(1_000)
    throw error
  }
}

type Waiting = {folder: string; signal: AbortSignal | undefined; patience: number}

/** The address that the server writes on its first line. */
async function listening(
  child: ChildProcess,
  ended: Promise<number | null>,
  {folder, signal, patience}: Waiting,
): Promise<string> {
  let said = ''
  const crashed = (what: Phrase) =>
    new AppError('crashed', what, {
      hint: said.trim() === '' ? undefined : verbatim(said.trim().slice(-600)),
      where: join(folder, 'server.mjs'),
    })
  let late: NodeJS.Timeout | undefined
  try {
    return await new Promise<string>((done, fail) => {
      late = setTimeout(
        () =>
          fail(
            crashed(says`the server of the bundle did not start within ${patience / 1000} seconds`),
          ),
        patience,
      )
      child.once('error', error =>
        fail(crashed(says`the server of the bundle could not be started: ${error.message}`)),
      )
      child.stderr!.on('data', chunk => {
        said += chunk
      })
      let out = ''
      child.stdout!.on('data', chunk => {
        // Also drained afterwards, so that a full pipe never holds the server up.
        if (out.length < 10_000) out += chunk
        const url = /"event":"listening","url":"([^"]+)"/.exec(out)?.[1]
        if (url) done(url)
      })
      void ended.then(code =>
        fail(
          signal?.aborted
            ? new AppError('cancelled', says`stopped`)
            : crashed(
                says`the server of the bundle ended with code ${String(code)} before it listened`,
              ),
        ),
      )
    })
  } finally {
    clearTimeout(late)
  }
}
