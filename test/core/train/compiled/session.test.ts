import {expect, test} from 'vitest'
import {Graph} from '../../../../core/onnx/graph.ts'
import {openSession, runSession} from '../../../../core/train/compiled/session.ts'

test('what does not fit into memory is told as such, with a way out', async () => {
  const graph = new Graph()
  const shape = graph.input('shape', 'int64', [1])
  graph.output('y', graph.op('Expand', [graph.constant('float32', [1]), shape]), ['n'])
  const session = await openSession(graph.bytes(), {provider: 'cpu'})
  const {Tensor} = await import('onnxruntime-node')
  // A tebi of numbers.
  const feeds = {shape: new Tensor('int64', BigInt64Array.of(2n ** 40n), [1])}
  await expect(runSession(session, 'cpu', feeds)).rejects.toMatchObject({
    code: 'out-of-memory',
    message: 'the training does not fit into memory',
    hint: expect.stringContaining('batchSize'),
  })
  const wrong = {shape: new Tensor('int64', BigInt64Array.of(-5n), [1])}
  const other = await runSession(session, 'cpu', wrong).catch(error => error)
  expect(other.code).not.toBe('out-of-memory')
  await session.release()
})
