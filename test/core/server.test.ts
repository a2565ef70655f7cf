import {once} from 'node:events'
import {request} from 'node:http'
import {expect, onTestFinished, test} from 'vitest'
import {WebSocket} from 'ws'
import {connect} from '../../core/connect.ts'
import {AppError} from '../../core/error.ts'
import {type Handlers, serve} from '../../core/rpc.ts'
import {openServer, wireOf} from '../../core/server.ts'
import {largest, toFrame} from '../../core/wire/frame.ts'
import {says} from '../../core/words/says.ts'
import {program} from '../support/child.ts'

const info = {folder: '/p', manifest: {version: 1, name: 'p', owners: []}, documents: []}
const handlers = {'project.info': async () => info} as unknown as Handlers

const answer = {id: 1, output: {bytes: new Uint8Array(100)}}

async function open(calls = handlers) {
  const server = await openServer(wire => serve(wire, calls))
  onTestFinished(() => server.close())
  return server
}

function status(port: number, path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {host: '127.0.0.1', port, path, headers, setHost: !headers.host},
      answer => {
        answer.resume()
        resolve(answer.statusCode!)
      },
    )
    sent.on('error', reject)
    sent.end()
  })
}

test('the contract answers over a WebSocket to whoever has the token', async () => {
  const {port, key} = await open()
  const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc`, bearer(key))
  await once(socket, 'open')
  const client = connect(wireOf(socket))
  expect(await client.call('project.info', {})).toEqual(info)
  client.close()
})

const bearer = (key: string) => ({headers: {authorization: `Bearer ${key}`}})

test('the key opens the server, and nothing else does', async () => {
  const {port, key} = await open()
  const {authorization} = bearer(key).headers
  expect(await status(port, '/', {authorization})).toBe(200)
  expect(await status(port, '/', {})).toBe(401)
  expect(await status(port, `/?token=${key}`, {})).toBe(401)
  expect(await status(port, '/', {authorization: `${authorization}x`})).toBe(401)
  expect(await status(port, '/', {authorization, origin: 'https://example.com'})).toBe(403)
  expect(await status(port, '/', {authorization, origin: 'null'})).toBe(403)
  expect(await status(port, '/', {authorization, host: `evil.example:${port}`})).toBe(403)
  const own = {host: `127.0.0.1:${port}`, origin: `http://127.0.0.1:${port}`}
  expect(await status(port, '/', {authorization, ...own})).toBe(200)
})

test.each([
  ['no key', '', {}],
  ['a foreign page', 'KEY', {origin: 'http://127.0.0.1:1'}],
])('a WebSocket with %s is refused', async (_, given, headers) => {
  const {port, key} = await open()
  const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc`, {
    headers: {...(given && bearer(key).headers), ...headers},
  })
  const [error] = (await once(socket, 'error')) as [Error]
  expect(error.message).toMatch(/40[13]/)
})

test.each<[string, (socket: WebSocket) => void, number]>([
  ['what is not JSON', bad => bad.send('{"id": 1, '), 1007],
  ['JSON that is no message', bad => bad.send('null'), 1007],
  ['bytes that are no frame', bad => bad.send(new Uint8Array(100)), 1007],
  [
    'a frame that is cut short',
    bad => bad.send((toFrame(answer) as Uint8Array).subarray(0, 90)),
    1007,
  ],
  ['a message that is too large', bad => bad.send(new Uint8Array(largest + 2 ** 21)), 1009],
])('%s closes the connection and harms nobody', async (_, send, expected) => {
  const {port, key} = await open()
  const url = `ws://127.0.0.1:${port}/rpc`
  const bad = new WebSocket(url, bearer(key))
  await once(bad, 'open')
  send(bad)
  const [code] = (await once(bad, 'close')) as [number]
  expect(code).toBe(expected)
  const good = new WebSocket(url, bearer(key))
  await once(good, 'open')
  const client = connect(wireOf(good))
  expect(await client.call('project.info', {})).toEqual(info)
  client.close()
})

async function clientOf(port: number, key: string) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc`, bearer(key))
  await once(socket, 'open')
  return connect(wireOf(socket))
}

test('bytes come over the WebSocket in answers and events, small and large', async () => {
  const blocks = [0, 1, 7, 8, 1000, 70_000, 3_000_000].map(size =>
    new Uint8Array(size).map((_, i) => (i * 31 + size) % 256),
  )
  const {port, key} = await open({
    'bundle.rehearse': async (_: unknown, {tell}: {tell: (event: unknown) => void}) => {
      for (const block of blocks) tell({block})
      return {blocks}
    },
  } as unknown as Handlers)
  const client = await clientOf(port, key)
  const told: unknown[] = []
  const input = {folder: 'x'}
  const got = await client.call('bundle.rehearse', input, {tell: event => told.push(event)})
  const same = (a: Uint8Array, b: Uint8Array) =>
    Buffer.compare(a, b) === 0 && a.byteOffset % 8 === 0
  const {blocks: came} = got as unknown as {blocks: Uint8Array[]}
  expect(came.map((block, i) => same(block, blocks[i]!))).toEqual(blocks.map(() => true))
  expect(told.map((e, i) => same((e as {block: Uint8Array}).block, blocks[i]!))).toEqual(
    blocks.map(() => true),
  )
  client.close()
})

test('a call that is cancelled in the middle of its pages stops on the host', async () => {
  let stopped = false
  const {port, key} = await open({
    'bundle.rehearse': (
      _: unknown,
      {tell, signal}: {tell: (event: unknown) => void; signal: AbortSignal},
    ) =>
      new Promise((_, reject) => {
        const more = setInterval(() => tell({page: new Uint8Array(10_000)}), 1)
        signal.addEventListener('abort', () => {
          clearInterval(more)
          stopped = true
          reject(new AppError('cancelled', says`stopped`))
        })
      }),
  } as unknown as Handlers)
  const client = await clientOf(port, key)
  const stop = new AbortController()
  let pages = 0
  const tell = () => {
    if (++pages === 3) stop.abort()
  }
  const running = client.call('bundle.rehearse', {folder: 'x'}, {signal: stop.signal, tell})
  await expect(running).rejects.toMatchObject({code: 'cancelled'})
  expect(stopped).toBe(true)
  client.close()
})

test('when the host dies in the middle of a page, the client is told', async () => {
  const host = await program(`
    import {serve} from './core/rpc.ts'
    import {openServer} from './core/server.ts'
    const page = new Uint8Array(20_000_000)
    const {port, key} = await openServer(wire => serve(wire, {
      'bundle.rehearse': (_, {tell}) => new Promise(() => setInterval(() => tell({page}), 1)),
    } as never))
    console.log(JSON.stringify({port, key}))
  `)
  const {port, key} = JSON.parse(await host.line())
  const client = await clientOf(port, key)
  const tell = () => void host.child.kill('SIGKILL')
  await expect(client.call('bundle.rehearse', {folder: 'x'}, {tell})).rejects.toMatchObject({
    code: 'crashed',
    hint: 'your work is saved; open the project again',
  })
  await expect(client.call('project.info', {})).rejects.toMatchObject({code: 'crashed'})
})
