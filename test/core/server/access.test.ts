// Who gets in: every rule against a real server, by raw requests such as a browser or an attacker would send.
import {once} from 'node:events'
import {mkdir, writeFile} from 'node:fs/promises'
import {request} from 'node:http'
import {connect as connectTo} from 'node:net'
import {join} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import {WebSocket} from 'ws'
import {openServer} from '../../../core/server.ts'
import {temporaryFolder} from '../../support/folder.ts'

const index = '<!doctype html><style nonce="__NONCE__"></style><script src="/assets/a.js"></script>'

async function open(project?: string) {
  const folder = await temporaryFolder()
  const page = join(folder, 'page')
  await mkdir(join(page, 'assets'), {recursive: true})
  await mkdir(join(folder, 'page-other'))
  await writeFile(join(folder, 'page-other', 'secret.json'), 'secret')
  await writeFile(join(folder, 'secret.json'), 'secret')
  await writeFile(join(page, 'index.html'), index)
  await writeFile(join(page, 'assets', 'a.js'), 'export {}')
  await writeFile(join(page, 'assets', 'a.map'), '{}')
  const server = await openServer(wire => wire.send({id: 1, output: 'in'}), {page, project})
  onTestFinished(() => server.close())
  return {...server, token: new URL(server.url).searchParams.get('token')!}
}

type Headers = Record<string, string>
type Answer = {status: number; headers: Record<string, string | string[] | undefined>; body: string}

function get(port: number, path: string, headers: Headers = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {host: '127.0.0.1', port, path, method, headers, setHost: !headers.host},
      answer => {
        let body = ''
        answer.on('data', data => {
          body += data
        })
        answer.on('end', () => resolve({status: answer.statusCode!, headers: answer.headers, body}))
      },
    )
    sent.on('error', reject)
    sent.end()
  })
}

/** The cookie of a browser that came in by a fresh link. */
async function comeIn({port, invite}: {port: number; invite: () => string}): Promise<string> {
  const {pathname, search} = new URL(invite())
  const {status, headers} = await get(port, pathname + search)
  expect(status).toBe(303)
  return headers['set-cookie']![0]!.split(';')[0]!
}

/** `in`, or the status that the upgrade is refused with. */
async function socket(port: number, headers: Headers, path = '/rpc'): Promise<string> {
  const client = new WebSocket(`ws://127.0.0.1:${port}${path}`, {headers})
  onTestFinished(() => client.terminate())
  return new Promise(resolve => {
    client.on('message', () => resolve('in'))
    client.on('error', error => resolve(/\d{3}/.exec(error.message)?.[0] ?? error.message))
  })
}

test('a link works once: it is taken in exchange for a session, and leads to the project', async () => {
  const {port, token} = await open('/my project')
  const first = await get(port, `/?token=${token}`)
  expect(first.status).toBe(303)
  expect(first.headers.location).toBe('/#/project?folder=%2Fmy%20project')
  const [cookie] = first.headers['set-cookie']!
  expect(cookie).toMatch(/^bancada-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/)
  expect(cookie).not.toContain(token)
  const again = await get(port, `/?token=${token}`)
  expect([again.status, again.headers['set-cookie']]).toEqual([401, undefined])
  const inside = await get(port, '/', {cookie: cookie!.split(';')[0]!})
  expect(inside.status).toBe(200)
  expect(inside.body).toContain('/assets/a.js')
})

test('a used link does not open even for a browser that is in; it then says what to do', async () => {
  const server = await open()
  const cookie = await comeIn(server)
  await get(server.port, `/?token=${server.token}`)
  const {status, body, headers} = await get(server.port, `/?token=${server.token}`, {cookie})
  expect(status).toBe(401)
  expect(headers['content-type']).toContain('text/html')
  expect(body).toContain('Start Bancada again')
})

test.each<[string, (token: string) => string, Headers]>([
  ['no token', () => '/', {}],
  ['a wrong token', token => `/?token=${token.slice(0, -1)}_`, {}],
  ['a token that is too short', () => '/?token=', {}],
  ['the token at another path', token => `/assets/a.js?token=${token}`, {}],
  ['a cookie that was made up', () => '/', {cookie: 'bancada-PORT=abc'}],
  ['a cookie of another port', () => '/', {cookie: 'bancada-1=SESSION'}],
  ['the session as a bearer', () => '/', {authorization: 'Bearer SESSION'}],
])('%s does not open the window', async (_, path, headers) => {
  const server = await open()
  const session = (await comeIn(server)).split('=')[1]!
  const filled = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      value.replace('PORT', String(server.port)).replace('SESSION', session),
    ]),
  )
  expect((await get(server.port, path(server.token), filled)).status).toBe(401)
  // It is not used up by such attempts.
  expect((await get(server.port, `/?token=${server.token}`)).status).toBe(303)
})

test('only a GET takes a link', async () => {
  const {port, token} = await open()
  expect((await get(port, `/?token=${token}`, {}, 'POST')).status).toBe(401)
  expect((await get(port, `/?token=${token}`, {}, 'HEAD')).status).toBe(401)
  expect((await get(port, `/?token=${token}`)).status).toBe(303)
})

test('a session is not let in under another host’s name, nor from another page', async () => {
  const server = await open()
  const {port} = server
  const cookie = await comeIn(server)
  const status = async (headers: Headers) => (await get(port, '/', {cookie, ...headers})).status
  expect(await status({host: `localhost:${port}`})).toBe(200)
  expect(await status({host: `evil.example:${port}`})).toBe(403)
  expect(await status({host: '127.0.0.1'})).toBe(403)
  expect(await status({host: `127.0.0.1:${port}`, origin: `http://127.0.0.1:${port}`})).toBe(200)
  expect(await status({host: `127.0.0.1:${port}`, origin: `http://localhost:${port}`})).toBe(403)
  expect(await status({host: `127.0.0.1:${port}`, origin: 'null'})).toBe(403)
})

test('a WebSocket needs the key, or a session and the page’s own origin', async () => {
  const server = await open()
  const {port, key} = server
  const cookie = await comeIn(server)
  const own = `http://127.0.0.1:${port}`
  expect(await socket(port, {cookie, origin: own})).toBe('in')
  expect(await socket(port, {authorization: `Bearer ${key}`})).toBe('in')
  expect(await socket(port, {cookie})).toBe('401')
  expect(await socket(port, {origin: own})).toBe('401')
  expect(await socket(port, {})).toBe('401')
  expect(await socket(port, {cookie, origin: 'https://evil.example'})).toBe('403')
  expect(await socket(port, {cookie, origin: 'http://127.0.0.1:1'})).toBe('403')
  expect(await socket(port, {cookie, origin: 'null'})).toBe('403')
  expect(await socket(port, {cookie, origin: own, host: `evil.example:${port}`})).toBe('403')
  expect(await socket(port, {cookie, origin: own}, '/other')).toBe('404')
})

test.each([
  '/../secret.json',
  '/%2e%2e/secret.json',
  '/..%2fsecret.json',
  '/assets/..%2f..%2fsecret.json',
  '/%2e%2e%2fpage-other%2fsecret.json',
  '/..\\secret.json',
  '/..%5csecret.json',
  '//secret.json',
  '/%00secret.json',
  '/assets/a.js%00.json',
  '/assets/a.map',
  '/assets',
  '/index.html',
  '/nothing.js',
])('%s is no file of the page', async path => {
  const server = await open()
  const cookie = await comeIn(server)
  const {status, body} = await raw(server.port, path, cookie)
  expect([400, 404]).toContain(status)
  expect(body).not.toContain('<script')
  expect(body.endsWith('secret')).toBe(false)
})

test.each(['/%', '/%zz', '//', '//[', 'http://evil.example/', '*'])(
  'a request for "%s" is refused, and the server goes on',
  async path => {
    const server = await open()
    const cookie = await comeIn(server)
    expect([400, 404]).toContain((await raw(server.port, path, cookie)).status)
    expect([400, 404]).toContain((await raw(server.port, path, cookie, upgrade)).status)
    expect((await get(server.port, '/', {cookie})).status).toBe(200)
  },
)

const upgrade =
  'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n'

/** A request whose path is sent as it is: clients tidy `..` away. */
async function raw(port: number, path: string, cookie: string, more = 'Connection: close\r\n') {
  const connection = connectTo(port, '127.0.0.1')
  onTestFinished(() => void connection.destroy())
  let text = ''
  connection.on('data', data => {
    text += data
  })
  const origin = `http://127.0.0.1:${port}`
  connection.write(
    `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: ${origin}\r\nCookie: ${cookie}\r\n${more}\r\n`,
  )
  await once(connection, 'close')
  return {status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]), body: text}
}

test('the window comes under a policy that lets nothing in from elsewhere, with a nonce of its own', async () => {
  const server = await open()
  const cookie = await comeIn(server)
  const [one, two] = [await get(server.port, '/', {cookie}), await get(server.port, '/', {cookie})]
  const policy = String(one.headers['content-security-policy'])
  const rules = new Map(policy.split('; ').map(rule => rule.split(/ (.*)/) as [string, string]))
  expect(rules.get('default-src')).toBe("'self'")
  expect(rules.get('script-src')).toBe("'self'")
  expect(rules.get('object-src')).toBe("'none'")
  expect(rules.get('base-uri')).toBe("'none'")
  expect(rules.get('frame-ancestors')).toBe("'none'")
  expect(rules.get('connect-src')).toBe(
    `'self' ws://127.0.0.1:${server.port} ws://localhost:${server.port}`,
  )
  expect(policy).not.toMatch(/unsafe-eval|\*|https?:/)
  const nonce = /'nonce-([\w+/=]{24})'/.exec(rules.get('style-src')!)![1]
  expect(one.body).toContain(`nonce="${nonce}"`)
  expect(two.body).not.toContain(nonce)
  for (const {headers} of [one, two])
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
    })
})

test('files of the page come with their type and a policy, and nothing but GET is answered', async () => {
  const server = await open()
  const cookie = await comeIn(server)
  const {headers, body} = await get(server.port, '/assets/a.js', {cookie})
  expect(body).toBe('export {}')
  expect(headers['content-type']).toBe('text/javascript; charset=utf-8')
  expect(headers['content-security-policy']).toContain("default-src 'self'")
  expect(headers['cache-control']).toContain('immutable')
  expect((await get(server.port, '/', {cookie}, 'POST')).status).toBe(405)
})
