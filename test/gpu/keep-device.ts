import {afterAll, beforeAll} from 'vitest'
import {Graph} from '../../core/onnx/graph.ts'
import {openSession} from '../../core/train/compiled/session.ts'
import {providerOf} from '../../core/train/device.ts'

/** What is compared with the CPU; `npm run test:gpu -- --device cuda` names another. */
export const gpuDevice = process.env.BANCADA_GPU === 'cuda' ? 'cuda' : 'webgpu'
export const gpuProvider = providerOf(gpuDevice)

/** The device and its compiled shaders live as long as any session: one that stays saves a minute and more. */
export function keepDevice() {
  let kept: {release: () => Promise<void>}
  beforeAll(async () => {
    const graph = new Graph()
    graph.output('y', graph.op('Relu', [graph.input('x', 'float32', [1])]), [1])
    kept = await openSession(graph.bytes(), {provider: gpuProvider})
  })
  afterAll(() => kept.release())
}
