// One real process for each project, behind the server as the window meets it.
import {once} from 'node:events'
import {readFile, rm, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import {WebSocket} from 'ws'
import {connect} from '../../../core/connect.ts'
import {Home, homeHandlers} from '../../../core/home.ts'
import {createProject} from '../../../core/project.ts'
import type {DocumentEvent} from '../../../core/schema/live.ts'
import {Hosts} from '../../../core/server/hosts.ts'
import {openServer, wireOf} from '../../../core/server.ts'
import {temporaryFolder} from '../../support/folder.ts'

const document = 'notebooks/a.md'
const text = '```sql cell=a\nselect 1 as x\n```\n'

async function open({keep}: {keep?: number} = {}) {
  const folder = await temporaryFolder()
  const project = join(folder, 'project')
  await createProject(project)
  await writeFile(join(project, document), text)
  const hosts = new Hosts(homeHandlers(new Home({folder: join(folder, 'home')})), {keep})
  const {port, key, close} = await openServer(hosts.connect)
  onTestFinished(async () => {
    hosts.close()
    await close()
  })
  const client = async (path: string | undefined = project) => {
    const url = new URL(`ws://127.0.0.1:${port}/rpc`)
    if (path !== '') url.searchParams.set('project', path)
    const socket = new WebSocket(url, {headers: {authorization: `Bearer ${key}`}})
    await once(socket, 'open')
    return Object.assign(connect(wireOf(socket)), {closed: once(socket, 'close')})
  }
  return {folder, project, hosts, client}
}

const alive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

test('a project is served by a process of its own, which two windows share', async () => {
  const {project, hosts, client} = await open()
  const [one, two] = [await client(), await client()]
  const info = await one.call('project.info', {})
  expect(info).toMatchObject({folder: project, documents: [document]})
  const pid = hosts.pid(project)!
  expect(pid).not.toBe(process.pid)
  await two.call('document.edit', {document, edit: {do: 'body', cell: 'a', body: 'select 2'}})
  expect(hosts.pid(project)).toBe(pid)
  const seen: DocumentEvent[] = []
  const stop = new AbortController()
  const watching = one.call(
    'document.watch',
    {document},
    {signal: stop.signal, tell: e => seen.push(e)},
  )
  watching.catch(() => {})
  await expect.poll(() => seen[0]).toMatchObject({changed: [{body: 'select 2\n'}]})
  stop.abort()
  await expect(watching).rejects.toMatchObject({code: 'cancelled'})
})

test('calls of the home screen are answered with and without a project; others need one', async () => {
  const {client} = await open()
  for (const path of ['', undefined]) {
    const it = await client(path)
    expect((await it.call('home.list', {})).recent).toEqual([])
    expect(await it.call('settings.set', {theme: 'dark'})).toMatchObject({theme: 'dark'})
  }
  const home = await client('')
  await expect(home.call('project.info', {})).rejects.toMatchObject({
    code: 'bad-request',
    message: 'project.info needs a project, and none is open here',
  })
})

test('a process that is killed closes its windows’ wires, and the next one finds all as it was', async () => {
  const {project, hosts, client} = await open()
  const one = await client()
  const body = 'select 41 + 1 as x\n'
  await one.call('document.edit', {document, edit: {do: 'body', cell: 'a', body}})
  await one.call('notebook.run', {document})
  const pid = hosts.pid(project)!
  const watching = one.call('document.watch', {document})
  watching.catch(() => {})
  process.kill(pid, 'SIGKILL')
  await expect(watching).rejects.toMatchObject({code: 'crashed'})
  await one.closed
  const two = await client()
  expect(await two.call('notebook.status', {document})).toMatchObject({
    cells: [{cell: 'a', state: 'fresh'}],
  })
  expect(await readFile(join(project, document), 'utf8')).toBe(
    text.replace('select 1 as x\n', body),
  )
  expect(hosts.pid(project)).not.toBe(pid)
})

test('of a project that is not there each call says so, and once it is there it opens', async () => {
  const {folder, client} = await open()
  const path = join(folder, 'later')
  const before = await client(path)
  const fault = {code: 'missing-file', message: `no project at ${path}`}
  await expect(before.call('project.info', {})).rejects.toMatchObject(fault)
  await expect(before.call('kinds.list', {})).rejects.toMatchObject(fault)
  expect((await before.call('home.list', {})).recent).toEqual([])
  await createProject(path)
  const after = await client(path)
  expect(await after.call('project.info', {})).toMatchObject({folder: path})
})

test('a process that nobody needs ends after a while; a reload before that finds the same', async () => {
  const {project, hosts, client} = await open({keep: 500})
  const one = await client()
  await one.call('project.info', {})
  const pid = hosts.pid(project)!
  one.close()
  await one.closed
  const two = await client()
  await two.call('project.info', {})
  expect(hosts.pid(project)).toBe(pid)
  two.close()
  await expect.poll(() => alive(pid), {timeout: 10_000}).toBe(false)
  const three = await client()
  expect(await three.call('project.info', {})).toMatchObject({folder: project})
})

test('a process stays while a document runs, though every window is closed', async () => {
  const {project, hosts, client} = await open({keep: 100})
  const endless = `select 1.0 * i as x, i % 2 as y from range(100) t(i)`
  await writeFile(
    join(project, document),
    `\`\`\`sql cell=a\n${endless}\n\`\`\`\n\n\`\`\`yaml cell=parts kind=split from=a\ntest: 0.2\n\`\`\`\n\n\`\`\`yaml cell=net kind=mlp from=parts\ntarget: y\nepochs: 1000000\npatience: 0\n\`\`\`\n`,
  )
  const one = await client()
  await one.call('document.run', {document})
  const pid = hosts.pid(project)!
  one.close()
  await one.closed
  await new Promise(resolve => setTimeout(resolve, 1500))
  expect(alive(pid)).toBe(true)
  const two = await client()
  expect(hosts.pid(project)).toBe(pid)
  await two.call('document.stop', {document})
  two.close()
  await expect.poll(() => alive(pid), {timeout: 10_000}).toBe(false)
})

test('when the server ends, so do the processes of its projects', async () => {
  const {project, hosts, client} = await open()
  await (await client()).call('project.info', {})
  const pid = hosts.pid(project)!
  hosts.close()
  await expect.poll(() => alive(pid), {timeout: 10_000}).toBe(false)
})

test('a project whose folder goes while it is open says so, and its process goes on', async () => {
  const {project, client} = await open()
  const one = await client()
  await one.call('project.info', {})
  await rm(project, {recursive: true, force: true})
  const edit = {do: 'body', cell: 'a', body: 'x'} as const
  await expect(one.call('document.edit', {document, edit})).rejects.toMatchObject({
    code: 'missing-file',
  })
  expect(await one.call('project.info', {})).toMatchObject({documents: []})
})
