// What a host made to be taken away, over HTTP: to whom it is given, how, and what cannot be asked for.
import {createHash} from 'node:crypto'
import {once} from 'node:events'
import {readFile, truncate, writeFile} from 'node:fs/promises'
import {type IncomingMessage, request} from 'node:http'
import {join} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import {KeptDownloads} from '../../../core/download/kept.ts'
import {type Handlers, serve} from '../../../core/rpc.ts'
import type {Download} from '../../../core/schema/download.ts'
import {openServer} from '../../../core/server.ts'
import {temporaryFolder} from '../../support/folder.ts'

const bytes = new Uint8Array(5_000_000).map((_, i) => (i * 11 + (i >> 7)) % 256)

/** A server over one project, `/p`, whose host keeps one file. */
async function open({name = 'penguins-1.zip'} = {}) {
  const temp = await temporaryFolder()
  const downloads = new KeptDownloads(temp)
  const file = await downloads.aside()
  await writeFile(file, bytes)
  await writeFile(join(temp, 'secret'), 'secret')
  const {signal} = new AbortController()
  const made = {file, own: true, name, type: 'application/zip'}
  const download: Download = await downloads.keep(made, {gone: signal})
  const lines = {open: 0}
  let reads = 0
  const handlers = {
    'download.read': ({id, offset}: {id: string; offset: number}) => {
      reads++
      return downloads.read(id, offset)
    },
  } as unknown as Handlers
  const server = await openServer((wire, project) => {
    lines.open++
    wire.onClose(() => lines.open--)
    serve(wire, project === '/p' ? handlers : {})
  })
  onTestFinished(async () => {
    await server.close()
    await downloads.close()
  })
  const path = `/download?project=%2Fp&id=${download.id}`
  return {...server, file, download, path, lines, reads: () => reads}
}

type Headers = Record<string, string>

async function ask(
  port: number,
  path: string,
  headers: Headers = {},
  method = 'GET',
): Promise<IncomingMessage> {
  const sent = request({host: '127.0.0.1', port, path, method, headers, setHost: !headers.host})
  sent.end()
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  return answer
}

async function bodyOf(answer: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of answer) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

async function comeIn({port, invite}: {port: number; invite: () => string}): Promise<string> {
  const {pathname, search} = new URL(invite())
  const {headers} = await ask(port, pathname + search)
  return headers['set-cookie']![0]!.split(';')[0]!
}

test('who is in gets the whole file, to be saved under its name and kept nowhere else', async () => {
  const server = await open()
  const {port, path, download, lines} = server
  const answer = await ask(port, path, {cookie: await comeIn(server)})
  expect(answer.statusCode).toBe(200)
  expect(answer.headers).toMatchObject({
    'content-type': 'application/zip',
    'content-length': String(bytes.length),
    'content-disposition': 'attachment; filename="penguins-1.zip"',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'content-security-policy': expect.stringContaining('sandbox'),
  })
  const body = await bodyOf(answer)
  expect(createHash('sha256').update(body).digest('hex')).toBe(download.sha256)
  await expect.poll(() => lines.open).toBe(0)
})

test('a program gets it by its key', async () => {
  const {port, path, key} = await open()
  const answer = await ask(port, path, {authorization: `Bearer ${key}`})
  expect((await bodyOf(answer)).length).toBe(bytes.length)
})

test('nobody else gets it, and the host is not even asked', async () => {
  const server = await open()
  const {port, path, key, reads} = server
  const cookie = await comeIn(server)
  const bearer = `Bearer ${key}`
  const status = async (headers: Headers, at = path) => (await ask(port, at, headers)).statusCode
  expect(await status({})).toBe(401)
  expect(await status({}, `${path}&token=${key}`)).toBe(401)
  expect(await status({cookie: `bancada-${port}=abc`})).toBe(401)
  expect(await status({authorization: 'Bearer x'})).toBe(401)
  expect(await status({cookie, origin: 'https://evil.example'})).toBe(403)
  expect(await status({cookie, origin: 'null'})).toBe(403)
  expect(await status({cookie, host: `evil.example:${port}`})).toBe(403)
  expect(await status({authorization: bearer, origin: 'https://evil.example'})).toBe(403)
  expect(await status({authorization: bearer, host: `evil.example:${port}`})).toBe(403)
  expect(reads()).toBe(0)
  expect(await status({cookie, origin: `http://127.0.0.1:${port}`})).toBe(200)
})

test('a link of the window is not used up here', async () => {
  const {port, path, invite} = await open()
  const token = new URL(invite()).searchParams.get('token')!
  expect((await ask(port, `${path}&token=${token}`)).statusCode).toBe(401)
  expect((await ask(port, `/?token=${token}`)).statusCode).toBe(303)
})

test.each<[string, (id: string) => string]>([
  ['no id', () => '/download?project=%2Fp'],
  ['no project', id => `/download?id=${id}`],
  ['an empty id', () => '/download?project=%2Fp&id='],
  ['another id', id => `/download?project=%2Fp&id=${id.replace(/^./, '~')}`],
  ['the file’s own name', () => '/download?project=%2Fp&id=penguins-1.zip'],
  ['a path', () => '/download?project=%2Fp&id=..%2Fsecret'],
  ['an absolute path', () => '/download?project=%2Fp&id=%2Fetc%2Fpasswd'],
  ['a path below', () => '/download/../secret?project=%2Fp&id=x'],
  ['a name that objects have', () => '/download?project=%2Fp&id=__proto__'],
  ['a path behind it', id => `/download/${id}?project=%2Fp&id=${id}`],
  ['another spelling of the place', id => `/%64ownload?project=%2Fp&id=${id}`],
])('%s leads nowhere', async (_, path) => {
  const {port, key, download, lines} = await open()
  const answer = await ask(port, path(download.id), {authorization: `Bearer ${key}`})
  expect(answer.statusCode).toBe(404)
  expect(String(await bodyOf(answer))).toBe('{"error":"there is nothing here"}')
  await expect.poll(() => lines.open).toBe(0)
})

test('an id of one project is of no use in another', async () => {
  const {port, key, download} = await open()
  const path = `/download?project=%2Fother&id=${download.id}`
  const answer = await ask(port, path, {authorization: `Bearer ${key}`})
  expect(answer.statusCode).toBe(500)
  expect(String(await bodyOf(answer))).not.toContain('penguins')
})

test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD'])('%s is not answered', async method => {
  const {port, key, path, reads} = await open()
  const answer = await ask(port, path, {authorization: `Bearer ${key}`}, method)
  expect(answer.statusCode).toBe(405)
  expect(reads()).toBe(0)
})

test('a name cannot break out of its header', async () => {
  const {port, key, path} = await open({name: 'a"; filename=evil.exe\r\nx-y: z/../é.zip'})
  const {headers} = await ask(port, path, {authorization: `Bearer ${key}`})
  expect(headers['content-disposition']).toBe(
    'attachment; filename="a___filename_evil.exe__x-y__z_..__.zip"',
  )
  expect(headers['x-y']).toBeUndefined()
})

test('it is read as fast as it is taken, and no more once the browser stops', async () => {
  const server = await open()
  const {port, path, key, lines, reads} = server
  const answer = await ask(port, path, {authorization: `Bearer ${key}`})
  await once(answer, 'readable')
  answer.read(1)
  answer.destroy()
  await expect.poll(() => lines.open).toBe(0)
  expect(reads()).toBeLessThan(5)
})

test('a file that breaks on the way breaks the answer: a browser says that it failed', async () => {
  const {port, path, key, file, lines} = await open()
  const answer = await ask(port, path, {authorization: `Bearer ${key}`})
  await truncate(file, 1)
  await expect(bodyOf(answer)).rejects.toThrow('aborted')
  await expect.poll(() => lines.open).toBe(0)
  expect(await readFile(file)).toHaveLength(1)
})
