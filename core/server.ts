// The host on loopback: the contract over WebSocket, for the window in a browser and for tests.
import {randomBytes, timingSafeEqual} from 'node:crypto'
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import type {Duplex} from 'node:stream'
import {type RawData, type WebSocket, WebSocketServer} from 'ws'
import {toFault} from './error.ts'
import {type Handlers, serve as serveWire} from './rpc.ts'
import {fromFrame, largest, toFrame} from './wire/frame.ts'
import type {Message, Wire} from './wire/message.ts'

export type HostServer = {
  port: number
  /** Whoever has it may do everything that the contract allows. */
  token: string
  /** `http://127.0.0.1:PORT/?token=…` */
  url: string
  close: () => Promise<void>
}

/**
 * Opens the contract's calls at `ws://127.0.0.1:PORT/rpc`. Only loopback is listened on; a request must carry
 * the token, name this very host (against DNS rebinding), and come from no other web page.
 */
export async function openServer(
  handlers: Handlers,
  {port = 0, token = randomBytes(32).toString('base64url')}: {port?: number; token?: string} = {},
): Promise<HostServer> {
  const http = createServer()
  const sockets = new WebSocketServer({
    noServer: true,
    // The header comes on top of the bytes.
    maxPayload: largest + 2 ** 20,
    perMessageDeflate: false,
  })
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject)
    http.listen(port, '127.0.0.1', resolve)
  })
  const {port: bound} = http.address() as AddressInfo
  const check = (request: IncomingMessage) => verdict(request, bound, token)

  http.on('request', (request, response) => {
    const refusal = check(request)
    if (refusal) return answer(response, refusal.status, {error: refusal.reason})
    const {pathname} = new URL(request.url ?? '/', 'http://localhost')
    if (pathname === '/') return answer(response, 200, {bancada: 'host', rpc: '/rpc'})
    answer(response, 404, {error: 'there is nothing here'})
  })
  http.on('upgrade', (request, socket, head) => {
    const refusal = check(request)
    const {pathname} = new URL(request.url ?? '/', 'http://localhost')
    if (refusal || pathname !== '/rpc')
      return refuse(socket, refusal ?? {status: 404, reason: 'not here'})
    sockets.handleUpgrade(request, socket, head, client => serveWire(wireOf(client), handlers))
  })
  return {
    port: bound,
    token,
    url: `http://127.0.0.1:${bound}/?token=${token}`,
    close: async () => {
      for (const client of sockets.clients) client.terminate()
      http.closeAllConnections()
      await new Promise(done => http.close(done))
    },
  }
}

type Refusal = {status: number; reason: string}

/** Why a request is refused, or nothing. */
function verdict(
  {headers, url}: IncomingMessage,
  port: number,
  token: string,
): Refusal | undefined {
  const own = [`127.0.0.1:${port}`, `localhost:${port}`]
  if (!headers.host || !own.includes(headers.host))
    return {status: 403, reason: 'this host answers to 127.0.0.1 and localhost only'}
  // A page of another site cannot leave Origin out; a program that is no browser sends none.
  const {origin} = headers
  if (origin !== undefined && !own.some(host => origin === `http://${host}`))
    return {status: 403, reason: 'requests of other web pages are refused'}
  const given =
    new URL(url ?? '/', 'http://localhost').searchParams.get('token') ??
    bearer(headers.authorization)
  if (!same(given, token)) return {status: 401, reason: 'the token is missing or wrong'}
  return undefined
}

const bearer = (header = '') => /^Bearer (.+)$/.exec(header)?.[1] ?? ''

function same(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)]
  return x.length === y.length && timingSafeEqual(x, y)
}

function answer(response: ServerResponse, status: number, body: unknown) {
  response.writeHead(status, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  })
  response.end(JSON.stringify(body))
}

function refuse(socket: Duplex, {status, reason}: Refusal) {
  socket.end(`HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

/** A WebSocket as a wire, at either end. What is not a message closes it. */
export function wireOf(client: WebSocket): Wire {
  // Without a listener, a frame that breaks the protocol or is too large would end the process.
  client.on('error', () => client.terminate())
  return {
    send: message => {
      if (client.readyState === client.OPEN) client.send(toFrame(message))
    },
    onMessage: receive =>
      client.on('message', (data, binary) => {
        let message: Message
        try {
          message = fromFrame(binary ? bytesOf(data) : String(data))
        } catch (error) {
          // A reason has at most 123 bytes.
          return client.close(1007, toFault(error).message.slice(0, 120))
        }
        receive(message)
      }),
    onClose: closed => client.on('close', closed),
    close: () => client.close(),
  }
}

const bytesOf = (data: RawData): Uint8Array =>
  Array.isArray(data)
    ? Buffer.concat(data)
    : data instanceof ArrayBuffer
      ? new Uint8Array(data)
      : data
