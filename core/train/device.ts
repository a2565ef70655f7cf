// Where a training runs: the devices of the compiled engine, by the names that users meet.
import {existsSync, readdirSync} from 'node:fs'
import {createRequire} from 'node:module'
import {dirname, join} from 'node:path'
import {type Phrase, says} from '../words/says.ts'
import type {Provider} from './compiled/session.ts'

/** From the one that is liked best when two are as fast. */
export const devices = ['cpu', 'cuda', 'directml', 'webgpu'] as const
export type Device = (typeof devices)[number]

/** What a user may ask for: an engine, a device of the compiled one, or whatever is fastest. */
export const engineChoices = ['auto', 'compiled', 'tfjs', ...devices] as const
export type Asked = (typeof engineChoices)[number]

export const isDevice = (asked: Asked): asked is Device =>
  (devices as readonly string[]).includes(asked)

/** ONNX Runtime's name of it. */
export const providerOf = (device: Device): Provider => (device === 'directml' ? 'dml' : device)

/** What to do so that a device is there, in general words: it depends on the machine. */
export const wayTo: Record<Exclude<Device, 'cpu'>, Phrase> = {
  webgpu: says`WebGPU needs a graphics driver: Vulkan on Linux (x64), Direct3D 12 on Windows, Metal on macOS`,
  cuda: says`CUDA comes on Linux x64 when onnxruntime-node’s install script may download it (\`npm install onnxruntime-node\` without --ignore-scripts), with an NVIDIA driver, CUDA 12 and cuDNN 9`,
  directml: says`DirectML comes with the Windows build of onnxruntime-node and a Direct3D 12 driver`,
}

/**
 * The devices whose provider this installation of ONNX Runtime has, the CPU first; whether one starts is another
 * matter. CUDA's is always listed as not bundled: it is there when the install script has brought its library.
 */
export async function presentDevices(): Promise<Device[]> {
  const {listSupportedBackends} = await import('onnxruntime-node')
  const supported = new Map(listSupportedBackends().map(({name, bundled}) => [name, bundled]))
  return devices.filter(device => {
    const provider = providerOf(device)
    return supported.get(provider) || (supported.has(provider) && hasLibrary(provider))
  })
}

function hasLibrary(provider: Provider): boolean {
  const require = createRequire(import.meta.url)
  const bin = join(dirname(require.resolve('onnxruntime-node/package.json')), 'bin')
  const name = `onnxruntime_providers_${provider}`
  const file = process.platform === 'win32' ? `${name}.dll` : `lib${name}.so`
  return readdirSync(bin).some(napi =>
    existsSync(join(bin, napi, process.platform, process.arch, file)),
  )
}
