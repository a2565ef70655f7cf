// The workbench on loopback: the window's files, and the contract over WebSocket. Who may come in: access.ts.
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import {type Duplex, Readable} from 'node:stream'
import {pipeline} from 'node:stream/promises'
import {type RawData, type WebSocket, WebSocketServer} from 'ws'
import {toFault} from './error.ts'
import {Access, type Refusal} from './server/access.ts'
import {downloadPath, type Streamed, serveDownload} from './server/download.ts'
import {commonHeaders, Page, type Served} from './server/page.ts'
import {fromFrame, largest, toFrame} from './wire/frame.ts'
import type {Message, Wire} from './wire/message.ts'
import {wirePair} from './wire/pair.ts'

export type HostServer = {
  port: number
  /** Opens the window in a browser, once: `http://127.0.0.1:PORT/?token=…`. */
  url: string
  /** Another such link. */
  invite: () => string
  /** For programs: a bearer token that opens everything that the contract allows. */
  key: string
  close: () => Promise<void>
}

/** Serves the contract on a wire, for a project's folder or, without one, for the home screen. */
export type Connect = (wire: Wire, project: string | undefined) => void

export type ServerOptions = {
  /** 0 takes a free one. */
  port?: number
  /** The folder of the window's built files; without it only programs are served. */
  page?: string
  /** The project that the link opens. */
  project?: string
}

/**
 * Opens the contract's calls at `ws://127.0.0.1:PORT/rpc?project=FOLDER`, what a host made to be taken away at
 * `/download`, and the window at `/`. Only loopback is listened on.
 */
export async function openServer(
  connect: Connect,
  {port = 0, page, project}: ServerOptions = {},
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
  const access = new Access(bound)
  const files = new Page(page, [`ws://127.0.0.1:${bound}`, `ws://localhost:${bound}`])
  const place = project === undefined ? '/' : `/#/project?folder=${encodeURIComponent(project)}`

  const wireTo = (folder: string) => {
    const [mine, theirs] = wirePair()
    connect(theirs, folder)
    return mine
  }
  const served = (request: IncomingMessage): Promise<Served | Streamed> | Served => {
    const url = urlOf(request)
    if (!url) return files.refusal(badRequest)
    const verdict = access.ofRequest(request, url)
    if ('status' in verdict) return files.refusal(verdict)
    if (verdict.session === undefined)
      return url.pathname === downloadPath
        ? serveDownload(request.method, url, wireTo)
        : files.serve(request.method, url)
    const headers = {location: place, 'set-cookie': access.cookie(verdict.session)}
    return {status: 303, headers, body: ''}
  }
  http.on('request', async (request, response) => answer(response, await served(request)))
  http.on('upgrade', (request, socket, head) => {
    // The other end may go at any moment.
    socket.on('error', () => socket.destroy())
    const url = urlOf(request)
    const refusal = url ? access.ofSocket(request) : badRequest
    if (!url || refusal || url.pathname !== '/rpc')
      return refuse(socket, refusal ?? {status: 404, reason: 'not here'})
    sockets.handleUpgrade(request, socket, head, client =>
      connect(wireOf(client), url.searchParams.get('project') ?? undefined),
    )
  })
  const invite = () => `http://127.0.0.1:${bound}/?token=${access.invite()}`
  return {
    port: bound,
    url: invite(),
    invite,
    key: access.key,
    close: async () => {
      for (const client of sockets.clients) client.terminate()
      http.closeAllConnections()
      await new Promise(done => http.close(done))
    },
  }
}

/** What is asked for; nothing where it cannot be read as an address. */
function urlOf({url = '/'}: IncomingMessage): URL | undefined {
  // `//x` would be another host.
  return /^\/(?![/\\])/.test(url) && URL.canParse(url, base) ? new URL(url, base) : undefined
}

const base = 'http://localhost'
const badRequest: Refusal = {status: 400, reason: 'this is no address'}

async function answer(response: ServerResponse, served: Served | Streamed) {
  response.writeHead(served.status, {...commonHeaders, ...served.headers})
  if ('body' in served) response.end(served.body)
  // The browser stopped it, or the host is gone: the one end closes the other, and a browser says that it failed.
  else await pipeline(Readable.from(served.parts), response).catch(() => {})
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
