// The window's files over HTTP, under a policy that lets nothing in from elsewhere.
import {randomBytes} from 'node:crypto'
import {readFile} from 'node:fs/promises'
import {extname, join, resolve, sep} from 'node:path'
import type {Refusal} from './access.ts'
import {policy} from './policy.ts'

export type Served = {
  status: number
  headers?: Record<string, string>
  body: string | Uint8Array
}

/** What every answer says, whoever serves it. */
export const commonHeaders = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
}

export class Page {
  readonly #folder: string | undefined
  readonly #connect: string[]

  /** `connect`: what the page may talk to beside its own origin. */
  constructor(folder: string | undefined, connect: string[] = []) {
    this.#folder = folder && resolve(folder)
    this.#connect = connect
  }

  async serve(method: string | undefined, {pathname}: URL): Promise<Served> {
    if (method !== 'GET' && method !== 'HEAD') return json(405, {error: 'only GET is answered'})
    if (!this.#folder)
      return pathname === '/'
        ? json(200, {bancada: 'host', rpc: '/rpc'})
        : json(404, {error: 'there is nothing here'})
    if (pathname === '/') return this.#index(this.#folder)
    const file = resolve(join(this.#folder, decoded(pathname)))
    const type = types[extname(file)]
    const body =
      file.startsWith(this.#folder + sep) && type !== undefined
        ? await readFile(file).catch(() => undefined)
        : undefined
    if (!body) return json(404, {error: 'there is nothing here'})
    const hashed = pathname.startsWith('/assets/')
    return {
      status: 200,
      headers: {
        'content-type': type!,
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        // Workers take their own policy from their own answer.
        ...(type === script && {'content-security-policy': policy({connect: this.#connect})}),
        ...(hashed && {'cache-control': 'private, max-age=31536000, immutable'}),
      },
      body,
    }
  }

  /** A refusal, as a page that says what to do where a person may be looking. */
  refusal({status, reason}: Refusal): Served {
    if (!this.#folder) return json(status, {error: reason})
    const text = `<!doctype html><meta charset="utf-8"><title>Bancada</title><h1>Bancada</h1>
<p lang="en">This window may not open: ${reason}. Start Bancada again, and open the link that it prints.</p>
<p lang="pt-BR">Esta janela não pode abrir. Inicie o Bancada de novo e abra o link que ele mostra.</p>`
    return {
      status,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      },
      body: text,
    }
  }

  async #index(folder: string): Promise<Served> {
    const nonce = randomBytes(16).toString('base64')
    const html = await readFile(join(folder, 'index.html'), 'utf8').catch(() => undefined)
    if (html === undefined) return json(503, {error: 'the window is being built; try again'})
    return {
      status: 200,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': policy({nonce, connect: this.#connect}),
      },
      body: html.replaceAll('__NONCE__', nonce),
    }
  }
}

/** A path that is no path leads nowhere. */
function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return ''
  }
}

const script = 'text/javascript; charset=utf-8'

/** What the window is made of; nothing else is served. */
const types: Record<string, string> = {
  '.js': script,
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.json': 'application/json',
}

export const json = (status: number, body: unknown): Served => ({
  status,
  headers: {
    'content-type': 'application/json',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  },
  body: JSON.stringify(body),
})
