import {once} from 'node:events'
import {request} from 'node:http'
import {expect, onTestFinished, test} from 'vitest'
import {WebSocket} from 'ws'
import {connect, type Handlers} from '../../core/rpc.ts'
import {openServer, wireOf} from '../../core/server.ts'

const info = {folder: '/p', manifest: {version: 1, name: 'p', owners: []}, documents: []}
const handlers = {'project.info': async () => info} as unknown as Handlers

async function open() {
  const server = await openServer(handlers)
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
  const {port, token} = await open()
  const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc?token=${token}`)
  await once(socket, 'open')
  const client = connect(wireOf(socket))
  expect(await client.call('project.info', {})).toEqual(info)
  client.close()
})

test('a wrong token, a foreign page and a foreign host name are refused', async () => {
  const {port, token} = await open()
  const path = `/?token=${token}`
  expect(await status(port, path, {})).toBe(200)
  expect(await status(port, '/', {authorization: `Bearer ${token}`})).toBe(200)
  expect(await status(port, '/', {})).toBe(401)
  expect(await status(port, `${path}x`, {})).toBe(401)
  expect(await status(port, path, {origin: 'https://example.com'})).toBe(403)
  expect(await status(port, path, {origin: 'null'})).toBe(403)
  expect(await status(port, path, {host: `evil.example:${port}`})).toBe(403)
  expect(
    await status(port, path, {host: `127.0.0.1:${port}`, origin: `http://127.0.0.1:${port}`}),
  ).toBe(200)
})

test.each([
  ['no token', '', {}],
  ['a foreign page', 'TOKEN', {origin: 'http://127.0.0.1:1'}],
])('a WebSocket with %s is refused', async (_, given, headers) => {
  const {port, token} = await open()
  const socket = new WebSocket(
    `ws://127.0.0.1:${port}/rpc?token=${given.replace('TOKEN', token)}`,
    {headers},
  )
  const [error] = (await once(socket, 'error')) as [Error]
  expect(error.message).toMatch(/40[13]/)
})

test('what is not JSON closes the connection and harms nobody', async () => {
  const {port, token} = await open()
  const url = `ws://127.0.0.1:${port}/rpc?token=${token}`
  const bad = new WebSocket(url)
  await once(bad, 'open')
  bad.send('{"id": 1, ')
  const [code] = (await once(bad, 'close')) as [number]
  expect(code).toBe(1007)
  const good = new WebSocket(url)
  await once(good, 'open')
  const client = connect(wireOf(good))
  expect(await client.call('project.info', {})).toEqual(info)
  client.close()
})
