// The program inside a bundle (`server.mjs`): serves the model in its own folder until told to stop.
import {readFile} from 'node:fs/promises'
import type {AddressInfo} from 'node:net'
import {dirname, join, resolve} from 'node:path'
import {fileURLToPath} from 'node:url'
import {parseArgs} from 'node:util'
import {AppError} from '../error.ts'
import {says} from '../words/says.ts'
import {openCapture} from './capture.ts'
import {createHttp} from './http.ts'
import {openMetrics} from './metrics.ts'
import {loadFrom, openScorer} from './scorer.ts'

const help = `Serves the model in this folder.

  node server.mjs [serve] [options]

  --port N              default SAGEMAKER_BIND_TO_PORT or 8080; 0 takes a free one
  --host ADDRESS        default BANCADA_HOST or 0.0.0.0
  --bundle FOLDER       default BANCADA_BUNDLE or the folder of this file
  --modules FOLDER      where onnxruntime-node is seen from, if not from the bundle; or BANCADA_MODULES
  --threads N           threads for one request; default BANCADA_THREADS or 1
  --capture FOLDER      keep requests and answers there; or BANCADA_CAPTURE
  --capture-percent N   share of the requests to keep; default BANCADA_CAPTURE_PERCENT or 100

GET /ping, POST /invocations, GET /metrics, GET /openapi.json`

type Options = ReturnType<typeof options>

function options(args: string[], env: NodeJS.ProcessEnv) {
  const string = {type: 'string'} as const
  const {values, positionals} = parseArgs({
    args,
    allowPositionals: true,
    options: {
      port: string,
      host: string,
      bundle: string,
      modules: string,
      threads: string,
      capture: string,
      'capture-percent': string,
      help: {type: 'boolean', short: 'h'},
    },
  })
  // SageMaker starts a container with the one argument `serve`.
  for (const word of positionals)
    if (word !== 'serve')
      throw new AppError('bad-params', says`does not know "${word}"`, {hint: says`--help`})
  const own = dirname(fileURLToPath(import.meta.url))
  return {
    help: values.help ?? false,
    port: number('--port', values.port ?? env.SAGEMAKER_BIND_TO_PORT ?? '8080', 0, 65_535),
    host: values.host ?? env.BANCADA_HOST ?? '0.0.0.0',
    bundle: resolve(values.bundle ?? env.BANCADA_BUNDLE ?? own),
    modules: values.modules ?? env.BANCADA_MODULES,
    threads: number('--threads', values.threads ?? env.BANCADA_THREADS ?? '1', 1, 1024),
    capture: values.capture ?? env.BANCADA_CAPTURE,
    percent: number(
      '--capture-percent',
      values['capture-percent'] ?? env.BANCADA_CAPTURE_PERCENT ?? '100',
      0,
      100,
    ),
  }
}

function number(flag: string, text: string, low: number, high: number): number {
  const value = Number(text)
  if (text.trim() === '' || !(value >= low && value <= high))
    throw new AppError('bad-params', says`${flag} is ${text}, not a number from ${low} to ${high}`)
  return value
}

async function serve({port, host, bundle, modules, threads, capture: folder, percent}: Options) {
  const scorer = await openScorer(bundle, {load: loadFrom(bundle, modules), threads})
  const metrics = openMetrics(scorer.signature.name, scorer.signature.version)
  const capture = folder
    ? openCapture({
        folder,
        percent,
        failed: error => {
          metrics.captureFailures.inc()
          log('capture failed', {error: String(error)})
        },
      })
    : undefined
  const openapi = await readFile(join(bundle, 'openapi.json'), 'utf8')
  const report = (error: unknown) =>
    log('request failed', {error: error instanceof Error ? error.stack : String(error)})
  const http = createHttp({scorer, metrics, openapi, capture, report})

  // A process that runs as PID 1 gets no default handling of signals.
  const stopping = new Promise<void>(done => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => done())
    // Started by another process, it ends with it: the pipe of its input closes.
    if (process.env.BANCADA_PARENT) process.stdin.on('end', () => done()).resume()
  })
  await new Promise<void>((done, fail) => {
    http.once('error', fail)
    http.listen(port, host, done)
  })
  const {port: bound} = http.address() as AddressInfo
  log('listening', {url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`})

  await stopping
  // Requests under way are answered; idle connections would keep the server open.
  const closed = new Promise(done => http.close(done))
  http.closeIdleConnections()
  await closed
  await capture?.close()
  await scorer.close()
  log('stopped')
}

/** One line of JSON on standard output. */
function log(event: string, more: Record<string, unknown> = {}) {
  console.log(JSON.stringify({time: new Date().toISOString(), event, ...more}))
}

try {
  const chosen = options(process.argv.slice(2), process.env)
  if (chosen.help) console.log(help)
  else await serve(chosen)
  process.exit(0)
} catch (error) {
  const {message, hint} = error as {message: string; hint?: string}
  console.error(hint ? `${message}\n  ${hint}` : message)
  process.exit(1)
}
