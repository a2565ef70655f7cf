// What this machine has: engines, GPU, versions, and what is missing.

import {createRequire} from 'node:module'
import {availableParallelism, cpus, freemem, totalmem} from 'node:os'
import {join} from 'node:path'
import {toFault} from './error.ts'
import {packageRoot, version} from './package-root.ts'
import {devices, presentDevices, wayTo} from './train/device.ts'
import {backends, missing as missingPackages} from './train/tfjs/backends.ts'
import {tryDevice} from './train/try-device.ts'
import {english} from './words/says.ts'

export type Finding = {
  name: string
  state: 'ok' | 'missing' | 'broken'
  detail: string
  /** What to do about it, where something can be done. */
  hint?: string
}
export type Health = {
  bancada: string
  node: string
  platform: string
  cpu: string
  cores: number
  memory: {total: number; free: number}
  findings: Finding[]
}

/** Looks at everything Bancada relies on. Each part is really loaded and used once. */
export async function examine(): Promise<Health> {
  const findings = await Promise.all([
    nodeVersion(),
    attempt('DuckDB', async () => (await import('./data/doctor.ts')).duckdb()),
    attempt('ONNX Runtime', onnxRuntime),
    attempt('Training devices', trainingDevices),
    attempt('tfjs', tfjs),
    memoryForData(),
  ])
  return {
    bancada: version(),
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memory: {total: totalmem(), free: freemem()},
    findings: findings.flat(),
  }
}

const nodeVersion = (): Finding => {
  const [major, minor] = process.versions.node.split('.').map(Number) as [number, number]
  const fine = major > 20 || (major === 20 && minor >= 19)
  return {
    name: 'Node',
    state: fine ? 'ok' : 'broken',
    detail: process.version,
    ...(fine ? {} : {hint: 'install Node 20.19 or later from https://nodejs.org'}),
  }
}

async function onnxRuntime(): Promise<Finding[]> {
  const {InferenceSession} = await import('onnxruntime-node')
  const {Graph} = await import('./onnx/graph.ts')
  const graph = new Graph()
  graph.output('y', graph.op('Abs', [graph.input('x', 'float32', [1])]), [1])
  const session = await InferenceSession.create(graph.bytes())
  await session.release()
  return [{name: 'ONNX Runtime', state: 'ok', detail: packageVersion('onnxruntime-node')!}]
}

/** Every device of the compiled engine, really started: each in a process of its own. */
async function trainingDevices(): Promise<Finding[]> {
  const present = await presentDevices()
  return Promise.all(
    devices.map(async device => {
      const name = `Training on ${device}`
      if (!present.includes(device) && device !== 'cpu')
        return missing(name, 'not in this installation of ONNX Runtime', String(wayTo[device]))
      const tried = await tryDevice(device)
      return tried.ok
        ? ({name, state: 'ok', detail: tried.detail} as const)
        : device === 'cpu'
          ? ({name, state: 'broken', detail: english(tried.detail)} as const)
          : missing(name, english(tried.detail), tried.hint)
    }),
  )
}

/** The backends of TensorFlow.js, best first; the first that starts takes what is not compiled. */
async function tfjs(): Promise<Finding[]> {
  const version = packageVersion('@tensorflow/tfjs')
  return Promise.all(
    backends.map(async backend => {
      const name = `tfjs ${backend.name}`
      const absent = missingPackages(backend)
      if (absent.length > 0)
        return missing(
          name,
          `optional; ${absent.join(' and ')} not installed`,
          'its libtensorflow download has been failing since August 2026; Bancada does not need it',
        )
      const tried = await tryDevice(`tfjs·${backend.name}`)
      const detail = tried.ok ? `${version}, ${tried.detail}` : english(tried.detail)
      // Plain JavaScript always runs; where it does not, TensorFlow.js itself is broken.
      const state = tried.ok ? 'ok' : backend.name === 'cpu' ? 'broken' : 'missing'
      return {name, state, detail} as const
    }),
  )
}

const missing = (name: string, detail: string, hint: string | undefined): Finding => ({
  name,
  state: 'missing',
  detail,
  ...(hint ? {hint} : {}),
})

function memoryForData(): Finding {
  const free = freemem()
  return {
    name: 'Memory',
    state: 'ok',
    detail: `${(free / 2 ** 30).toFixed(1)} GiB free of ${(totalmem() / 2 ** 30).toFixed(1)}; larger data spills to disk`,
  }
}

async function attempt(name: string, look: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await look()
  } catch (error) {
    return [
      {
        name,
        state: 'broken',
        detail: toFault(error).message,
        hint: 'run `npm ci` in Bancada’s folder',
      },
    ]
  }
}

function packageVersion(name: string): string | undefined {
  const require = createRequire(join(packageRoot(), 'package.json'))
  try {
    return require(join(packageRoot(), 'node_modules', name, 'package.json')).version
  } catch {
    return undefined
  }
}
