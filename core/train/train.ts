// Training in a child process: whatever happens in there ends one run and nothing else.
import {type ChildProcess, fork} from 'node:child_process'
import {totalmem} from 'node:os'
import {AppError, fromFault} from '../error.ts'
import {builtProgram} from '../package-root.ts'
import type {Task} from '../plugin.ts'
import {type LogLine, type logSources, ownLine} from '../schema/log.ts'
import {says} from '../words/says.ts'
import {
  type LogPoint,
  stopMessage,
  type TrainJob,
  type TrainResult,
  type WorkerMessage,
} from './job.ts'
import {streamLines} from './stream-lines.ts'
import {outOfMemory} from './watch.ts'

type Context = Task & {
  /** Points of the learning curve, as they come. */
  log?: (point: LogPoint) => void
  /** What is said meanwhile, by the training and by its process. */
  say?: (line: LogLine) => void
  /** Another worker program than the one that is built with Bancada: how tests make workers fail. */
  program?: string
}

/**
 * Trains one model in a worker process and leaves `model.onnx`, `model.json`, `fold-1.onnx` … and the
 * model's own files in `job.outFolder`. Aborting `signal` ends the worker: at once, or where checkpoints are kept
 * when it has written down where it stands, and at the latest after a second.
 * Throws the worker's own error, or `cancelled`, `crashed`, `out-of-memory`.
 */
export async function train(
  job: TrainJob,
  {signal, tell, log, say, program = builtProgram('train-worker')}: Context,
): Promise<TrainResult> {
  if (signal.aborted) throw new AppError('cancelled', says`stopped`)
  const memory = job.memory ?? Math.floor((totalmem() / 2 ** 20) * 0.8)
  const child = fork(program, [], {
    execArgv: [`--max-old-space-size=${memory}`],
    // Not the parent's own flags and preloads: a worker under a debugger would wait for one of its own.
    // In Electron the executable is Electron; the last makes it plain Node.
    env: {...process.env, NODE_OPTIONS: '', ELECTRON_RUN_AS_NODE: '1'},
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const stderr = tail(child)
  for (const from of ['stdout', 'stderr'] as const)
    streamLines(child[from]!, text => say?.(streamLine(from, text)))
  say?.(
    ownLine(
      says`the training process ${String(child.pid)} may use ${memory} MiB`,
      'info',
      Date.now(),
    ),
  )
  const kill = () => child.kill('SIGKILL')
  let patience: NodeJS.Timeout | undefined
  const stop = () => {
    if (!job.checkpoints || !child.connected) return kill()
    child.send(stopMessage, error => error && kill())
    patience = setTimeout(kill, 1000)
  }
  signal.addEventListener('abort', stop)
  try {
    return await new Promise<TrainResult>((resolve, reject) => {
      let answer: (() => void) | undefined
      const hear = (message: WorkerMessage) => {
        if (message.type === 'progress') tell(message.progress)
        else if (message.type === 'log') log?.(message.point)
        else if (message.type === 'note') say?.(message.line)
        else if (message.type === 'done') answer = () => resolve(message.result)
        else answer = () => reject(fromFault(message.fault))
      }
      child.on('message', (message: WorkerMessage) => {
        if (signal.aborted) return
        try {
          hear(message)
        } catch (error) {
          // A point that cannot be kept, on a full disk say, ends this training and not the whole program.
          reject(error)
          kill()
        }
      })
      child.on('error', cause =>
        reject(
          new AppError('crashed', says`the training process did not start: ${cause.message}`, {
            cause,
          }),
        ),
      )
      // `close` comes after all messages and all of stderr.
      child.on('close', (code, ended) => {
        if (signal.aborted) reject(new AppError('cancelled', says`stopped`))
        else if (answer) answer()
        else reject(crash(code, ended, stderr(), memory))
      })
      child.send({...job, memory}, error => {
        // A worker that is gone already tells why by how it closed.
        if (error) kill()
      })
    })
  } finally {
    signal.removeEventListener('abort', stop)
    clearTimeout(patience)
    kill()
  }
}

const streamLine = (from: (typeof logSources)[number], text: string): LogLine => ({
  at: new Date().toISOString(),
  from,
  // Libraries write to stderr what is no fault: only Bancada knows what is one.
  level: 'info',
  text,
})

function crash(code: number | null, ended: string | null, stderr: string, memory: number) {
  if (outOfMemory.test(stderr))
    return new AppError('out-of-memory', says`training needed more than ${memory} MiB of memory`, {
      hint: says`train on fewer rows or columns, choose a smaller model, or raise the memory limit in the settings`,
    })
  const how = ended ? `was ended by ${ended}` : `ended with exit code ${code}`
  const said = stderr.trim()
  return new AppError('crashed', `the training process ${how}${said ? `:\n${said}` : ''}`, {
    hint:
      ended === 'SIGKILL'
        ? 'the system does this when it runs out of memory: close other programs, or train on fewer rows'
        : 'run it again; if it happens each time, please report it with this message',
  })
}

// The last lines that a process wrote to stderr.
function tail(child: ChildProcess): () => string {
  let text = ''
  child.stderr!.setEncoding('utf8')
  child.stderr!.on('data', (piece: string) => {
    // The middle is lost, not the start: V8 names the reason of an abort before a long stack trace.
    text =
      text.length + piece.length > 16_384 ? text.slice(0, 8192) + piece.slice(-8192) : text + piece
  })
  return () => text.split('\n').slice(-20).join('\n')
}
