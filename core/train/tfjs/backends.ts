// The backends of TensorFlow.js, best first. All but WASM and plain JavaScript are optional packages.
import {createRequire} from 'node:module'
import {dirname, join} from 'node:path'
import type * as Tf from '@tensorflow/tfjs'
import {AppError, messageOf} from '../../error.ts'
import {listed, type Phrase, says} from '../../words/says.ts'

export type Tensorflow = typeof Tf

type Backend = {
  name: string
  /** Packages that must be installed for it. */
  needs: readonly string[]
  /** Registers it and gives the name under which TensorFlow.js knows it. */
  register: () => Promise<string>
}

/**
 * `node-gpu` and `node` are TensorFlow's own library; `wasm` has SIMD, `cpu` is plain JavaScript. There is no
 * `webgpu`: in Node it cannot read a tensor synchronously (that needs a browser's OffscreenCanvas), and its
 * driver, the package `webgpu`, is 132 MB. WebGPU is the compiled engine's.
 */
export const backends: readonly Backend[] = [
  {
    name: 'node-gpu',
    needs: ['@tensorflow/tfjs-node-gpu'],
    register: () => native('@tensorflow/tfjs-node-gpu'),
  },
  {
    name: 'node',
    needs: ['@tensorflow/tfjs-node'],
    register: () => native('@tensorflow/tfjs-node'),
  },
  {
    name: 'wasm',
    needs: [],
    register: async () => {
      const {setWasmPaths} = await import('@tensorflow/tfjs-backend-wasm')
      const file = here.resolve('@tensorflow/tfjs-backend-wasm/package.json')
      setWasmPaths(join(dirname(file), 'dist/'))
      return 'wasm'
    },
  },
  {name: 'cpu', needs: [], register: async () => 'cpu'},
]

// Not called `require`: the desktop build declares that name itself.
const here = createRequire(import.meta.url)

async function native(name: string): Promise<string> {
  await import(name)
  return 'tensorflow'
}

/** Packages of a backend that are not installed. */
export const missing = ({needs}: Backend): string[] =>
  needs.filter(name => {
    try {
      here.resolve(name)
      return false
    } catch {
      return true
    }
  })

/** A backend that has started, and under which name TensorFlow.js itself knows it. */
export type Started = {tf: Tensorflow; backend: string; own: string}
/** The best of them, and why those before it were passed over. */
export type Best = Started & {passed: readonly Phrase[]}

/** Starts the backend of that name; throws where it does not. */
export async function startBackend(name: string): Promise<Started> {
  const backend = backends.find(one => one.name === name)
  if (!backend) throw new AppError('not-available', says`TensorFlow.js has no backend ${name}`)
  const absent = missing(backend)
  if (absent.length > 0)
    throw new AppError('not-available', says`${absent.join(', ')} not installed`)
  const tf = await import('@tensorflow/tfjs')
  const own = await backend.register()
  if (!(await tf.setBackend(own))) throw new AppError('not-available', says`${name} did not start`)
  await tf.ready()
  return {tf, backend: name, own}
}

/** The first backend that starts, and why those before it did not; one that is not installed is no news. */
export async function bestBackend(): Promise<Best> {
  const passed: Phrase[] = []
  for (const backend of backends) {
    if (missing(backend).length > 0) continue
    try {
      return {...(await startBackend(backend.name)), passed}
    } catch (error) {
      passed.push(says`not ${backend.name}: ${messageOf(error)}`)
    }
  }
  throw new AppError('not-available', says`no backend of TensorFlow.js starts: ${listed(passed)}`)
}
