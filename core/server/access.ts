// Who may speak to the server: programs with the key, and browsers that came in by a link that works once.
import {randomBytes, timingSafeEqual} from 'node:crypto'
import type {IncomingMessage} from 'node:http'

export type Refusal = {status: number; reason: string}

const secret = () => randomBytes(32).toString('base64url')

/** How many links may be open, and how many browsers in, at the same time. */
const most = 100

/**
 * A request must name this very host (against DNS rebinding) and come from no other web page. A link's token
 * is taken in exchange for a session in a cookie and is then used up, so that it is of no use in a history or
 * a log.
 */
export class Access {
  readonly key = secret()
  readonly #own: string[]
  readonly #cookie: string
  readonly #invites: string[] = []
  readonly #sessions: string[] = []

  constructor(port: number) {
    this.#own = [`127.0.0.1:${port}`, `localhost:${port}`]
    // Cookies are shared by all ports of a host.
    this.#cookie = `bancada-${port}`
  }

  /** A token for a link; it works once. */
  invite(): string {
    const token = secret()
    this.#invites.push(token)
    if (this.#invites.length > most) this.#invites.shift()
    return token
  }

  cookie(session: string): string {
    return `${this.#cookie}=${session}; HttpOnly; SameSite=Strict; Path=/`
  }

  /** Lets a request in, with a session where it came by a fresh link, or says why not. */
  ofRequest(request: IncomingMessage, {pathname, searchParams}: URL): Refusal | {session?: string} {
    const foreign = this.#foreign(request)
    if (foreign) return foreign
    const token = searchParams.get('token')
    if (pathname === '/' && token !== null && request.method === 'GET') {
      const at = this.#invites.findIndex(invite => same(invite, token))
      if (at < 0) return {status: 401, reason: 'the link was used already, or is not of this start'}
      this.#invites.splice(at, 1)
      const session = secret()
      this.#sessions.push(session)
      if (this.#sessions.length > most) this.#sessions.shift()
      return {session}
    }
    return this.#known(request) ? {} : unknown
  }

  /** Why a WebSocket is refused, or nothing. */
  ofSocket(request: IncomingMessage): Refusal | undefined {
    const foreign = this.#foreign(request)
    if (foreign) return foreign
    if (this.#bearer(request)) return undefined
    // A browser always says which page opens a socket; without that a cookie alone does not do.
    if (request.headers.origin === undefined) return unknown
    return this.#session(request) ? undefined : unknown
  }

  #foreign({headers}: IncomingMessage): Refusal | undefined {
    if (!headers.host || !this.#own.includes(headers.host))
      return {status: 403, reason: 'this host answers to 127.0.0.1 and localhost only'}
    // A page of another site cannot leave Origin out; a program that is no browser sends none.
    const {origin} = headers
    if (origin !== undefined && origin !== `http://${headers.host}`)
      return {status: 403, reason: 'requests of other web pages are refused'}
    return undefined
  }

  #known = (request: IncomingMessage) => this.#bearer(request) || this.#session(request)

  #bearer({headers}: IncomingMessage): boolean {
    const given = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1]
    return given !== undefined && same(given, this.key)
  }

  #session({headers}: IncomingMessage): boolean {
    const given = (headers.cookie ?? '')
      .split(';')
      .map(part => part.trim().split('='))
      .filter(([name]) => name === this.#cookie)
      .map(([, value]) => value ?? '')
    return given.some(session => this.#sessions.some(known => same(known, session)))
  }
}

const unknown: Refusal = {status: 401, reason: 'the token is missing or wrong'}

function same(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)]
  return x.length === y.length && timingSafeEqual(x, y)
}
