// The program that starts one device, named as its argument, and prints what came of it as a line of JSON.
import {Graph} from '../onnx/graph.ts'
import {firstLine, openSession} from './compiled/session.ts'
import {type Device, providerOf} from './device.ts'
import {startBackend} from './tfjs/backends.ts'

const [name = ''] = process.argv.slice(2)
const backend = /^tfjs·(.+)$/.exec(name)?.[1]

async function onnxRuntime(device: Device): Promise<string> {
  const graph = new Graph()
  const x = graph.input('x', 'float32', [4])
  graph.output('y', graph.op('Mul', [x, x]), [4])
  const session = await openSession(graph.bytes(), {provider: providerOf(device)})
  const {Tensor} = await import('onnxruntime-node')
  const {y} = await session.run({x: new Tensor('float32', Float32Array.of(1, 2, 3, 4), [4])})
  await session.release()
  if (String(y!.data) !== '1,4,9,16') throw new Error(`it computed 1, 2², 3², 4² as ${y!.data}`)
  const adapter = device === 'webgpu' ? await adapterName() : undefined
  return ['computes', ...(adapter ? [adapter] : [])].join(', ')
}

// ONNX Runtime does not tell which adapter it took. Dawn does, where the package `webgpu` happens to be
// installed; both take the first of the same drivers.
async function adapterName(): Promise<string | undefined> {
  try {
    const name = 'webgpu'
    const {create} = (await import(name)) as {create: (flags: string[]) => Gpu}
    const info = (await create([]).requestAdapter())?.info
    return info && [info.vendor, info.architecture, info.description].filter(Boolean).join(' ')
  } catch {
    return undefined
  }
}

type Gpu = {
  requestAdapter: () => Promise<{
    info: {vendor: string; architecture: string; description: string}
  } | null>
}

async function tfjs(backend: string): Promise<string> {
  const {tf} = await startBackend(backend)
  const squares = await tf.square(tf.tensor1d([1, 2, 3, 4])).data()
  if (String(squares) !== '1,4,9,16') throw new Error(`it computed 1, 2², 3², 4² as ${squares}`)
  return 'computes'
}

const told = await (backend ? tfjs(backend) : onnxRuntime(name as Device)).then(
  detail => ({ok: true, detail}),
  error => ({ok: false, detail: firstLine(error)}),
)
process.stdout.write(`\n${JSON.stringify(told)}\n`, () => process.exit(0))
