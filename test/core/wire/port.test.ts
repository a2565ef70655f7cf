import {once} from 'node:events'
import {MessageChannel} from 'node:worker_threads'
import {expect, onTestFinished, test} from 'vitest'
import {connect} from '../../../core/connect.ts'
import {type Handlers, serve} from '../../../core/rpc.ts'
import {type Port, portWire} from '../../../core/wire/port.ts'

function channel() {
  const {port1, port2} = new MessageChannel()
  onTestFinished(() => port1.close())
  return {
    port1,
    mine: portWire(port1 as unknown as Port),
    theirs: portWire(port2 as unknown as Port),
  }
}

test('over a MessagePort bytes arrive whole, and the sender keeps its own', async () => {
  const {mine, theirs} = channel()
  // A small view of a large buffer: the rest must not travel along.
  const kept = new Uint8Array(1_000_000).subarray(8, 11).fill(7)
  const handlers = {
    'project.info': async () => ({arrow: kept, nothing: undefined, nan: Number.NaN}),
  }
  serve(theirs, handlers as unknown as Handlers)
  const answer = (await connect(mine).call('project.info', {})) as unknown as {arrow: Uint8Array}
  expect(answer).toEqual({arrow: new Uint8Array([7, 7, 7]), nan: Number.NaN})
  expect(answer.arrow.buffer.byteLength).toBe(3)
  expect([...kept]).toEqual([7, 7, 7])
})

test('what is not a message closes the port, and the client is told', async () => {
  const {port1, mine} = channel()
  const client = connect(mine)
  const {port1: stranger, port2} = new MessageChannel()
  serve(portWire(port2 as unknown as Port), {} as Handlers)
  stranger.postMessage({id: 1, call: 'project.info'})
  await once(stranger, 'close')
  const running = client.call('project.info', {})
  port1.close()
  await expect(running).rejects.toMatchObject({code: 'crashed'})
})

test('Electron’s port, which listens with `on`, is a port too', () => {
  const listeners: Record<string, (event: {data?: unknown}) => void> = {}
  const posted: unknown[] = []
  const wire = portWire({
    postMessage: data => posted.push(data),
    start: () => {},
    close: () => {},
    on: (kind, listener) => {
      listeners[kind] = listener
    },
  })
  const got: unknown[] = []
  wire.onMessage(message => got.push(message))
  wire.send({id: 1, output: new Uint8Array([1])})
  listeners.message!({data: posted[0]})
  expect(got).toEqual([{id: 1, output: new Uint8Array([1])}])
})
