import {afterAll, beforeAll} from 'vitest'
import {Graph} from '../../core/onnx/graph.ts'
import {openSession} from '../../core/train/compiled/session.ts'

/** The device and its compiled shaders live as long as any session: one that stays saves a minute and more. */
export function keepDevice() {
  let kept: {release: () => Promise<void>}
  beforeAll(async () => {
    const graph = new Graph()
    graph.output('y', graph.op('Relu', [graph.input('x', 'float32', [1])]), [1])
    kept = await openSession(graph.bytes(), {provider: 'webgpu'})
  })
  afterAll(() => kept.release())
}
