import {mkdir, readFile, rm, symlink, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {expect, test} from 'vitest'
import {connect} from '../../core/connect.ts'
import {Home, homeHandlers} from '../../core/home.ts'
import {createProject} from '../../core/project.ts'
import {serve} from '../../core/rpc.ts'
import {wirePair} from '../../core/wire/pair.ts'
import {temporaryFolder} from '../support/folder.ts'

/** A client of the home screen, over a wire such as the window's. */
async function open() {
  const folder = await temporaryFolder()
  const clock = {now: Date.UTC(2026, 0, 1)}
  const place = join(folder, 'settings')
  const home = new Home({folder: place, now: () => clock.now})
  const [mine, theirs] = wirePair()
  serve(theirs, homeHandlers(home))
  return {folder, place, clock, home, ...connect(mine)}
}

test('projects that were opened are listed, the last one first, each once', async () => {
  const {folder, clock, call} = await open()
  const [a, b] = [join(folder, 'a'), join(folder, 'b')]
  await createProject(a, {name: 'First'})
  await createProject(b, {name: 'Second'})
  await call('home.open', {folder: a})
  clock.now += 1000
  await call('home.open', {folder: b})
  clock.now += 1000
  // By any path inside of it.
  expect(await call('home.open', {folder: join(a, 'notebooks')})).toEqual({
    folder: a,
    name: 'First',
  })
  expect((await call('home.list', {})).recent).toEqual([
    {folder: a, name: 'First', opened: '2026-01-01T00:00:02.000Z'},
    {folder: b, name: 'Second', opened: '2026-01-01T00:00:01.000Z'},
  ])
})

test('a project that is gone stays on the list and is marked, until it is forgotten', async () => {
  const {folder, call} = await open()
  const a = join(folder, 'a')
  await createProject(a)
  await call('home.open', {folder: a})
  await rm(a, {recursive: true})
  expect((await call('home.list', {})).recent).toMatchObject([{folder: a, missing: true}])
  await expect(call('home.open', {folder: a})).rejects.toMatchObject({code: 'missing-file'})
  await call('home.forget', {folder: a})
  expect((await call('home.list', {})).recent).toEqual([])
})

test('to forget a project leaves its folder alone', async () => {
  const {folder, call} = await open()
  const a = join(folder, 'a')
  await createProject(a)
  await call('home.open', {folder: a})
  await call('home.forget', {folder: a})
  expect(await call('home.open', {folder: a})).toMatchObject({folder: a})
})

test('thirty projects are remembered, also when they are opened at the same time', async () => {
  const {home} = await open()
  await Promise.all(Array.from({length: 40}, (_, i) => home.remember(`/p/${i}`, `Project ${i}`)))
  const recent = await home.recent()
  expect(recent).toHaveLength(30)
  expect(recent[0]).toMatchObject({folder: '/p/39', missing: true})
})

test('a new project is made from a template, remembered, and never over another', async () => {
  const {folder, call} = await open()
  const at = join(folder, 'pipeline')
  const made = {name: 'Minha pipeline', folder: at, template: 'mini-pipeline'}
  expect(await call('home.create', made)).toEqual({folder: at, name: 'Minha pipeline'})
  const {recent, templates} = await call('home.list', {})
  expect(recent).toMatchObject([{folder: at, name: 'Minha pipeline'}])
  expect(templates.map(({name}) => name)).toContain('mini-pipeline')
  await expect(call('home.create', made)).rejects.toMatchObject({code: 'refused'})
  await expect(call('home.create', {...made, template: 'mini'})).rejects.toMatchObject({
    code: 'unknown-name',
  })
})

test('browsing shows folders first, which of them are projects, and how large files are', async () => {
  const {folder, call} = await open()
  const at = join(folder, 'tree')
  await mkdir(join(at, 'plain'), {recursive: true})
  await createProject(join(at, 'a project'))
  await writeFile(join(at, 'B.csv'), 'x\n1\n')
  await writeFile(join(at, 'a.csv'), '')
  await writeFile(join(at, '.hidden'), '')
  await symlink(join(at, 'a project'), join(at, 'linked'))
  await symlink(join(at, 'nowhere'), join(at, 'broken'))
  expect(await call('home.browse', {folder: at})).toEqual({
    folder: at,
    parent: dirname(at),
    entries: [
      {name: 'a project', folder: true, project: true},
      {name: 'linked', folder: true, project: true},
      {name: 'plain', folder: true, project: false},
      {name: 'a.csv', folder: false, project: false, bytes: 0},
      {name: 'B.csv', folder: false, project: false, bytes: 4},
      {name: 'broken', folder: false, project: false},
    ],
  })
  expect(await call('home.browse', {folder: '/'})).not.toHaveProperty('parent')
  const gone = call('home.browse', {folder: join(at, 'gone')})
  await expect(gone).rejects.toMatchObject({code: 'missing-file', where: join(at, 'gone')})
  const file = call('home.browse', {folder: join(at, 'a.csv')})
  await expect(file).rejects.toMatchObject({code: 'missing-file'})
})

test('a change of one setting leaves the others, and panels are merged by name', async () => {
  const {call} = await open()
  expect(await call('settings.get', {})).toEqual({theme: 'system', window: {}})
  await call('settings.set', {theme: 'dark', memory: '2GB', window: {left: 200}})
  await call('settings.set', {language: 'pt-BR', window: {right: 300}})
  expect(await call('settings.get', {})).toEqual({
    theme: 'dark',
    language: 'pt-BR',
    memory: '2GB',
    window: {left: 200, right: 300},
  })
  expect(await call('settings.set', {memory: null, theme: null})).toEqual({
    theme: 'system',
    language: 'pt-BR',
    window: {left: 200, right: 300},
  })
})

test('a setting that is none is refused, and changes nothing', async () => {
  const {call} = await open()
  await call('settings.set', {theme: 'dark'})
  for (const bad of [{theme: 'purple'}, {threads: 0}, {thread: 1}])
    await expect(call('settings.set', bad as never)).rejects.toMatchObject({code: 'bad-request'})
  expect(await call('settings.get', {})).toMatchObject({theme: 'dark'})
})

test('a stored setting that cannot be understood harms no other, and what a newer version keeps stays', async () => {
  const {call, place} = await open()
  await mkdir(place, {recursive: true})
  const stored = {theme: 'purple', language: 'pt-BR', newer: {x: 1}}
  await writeFile(join(place, 'settings.json'), JSON.stringify(stored))
  expect(await call('settings.get', {})).toEqual({theme: 'system', language: 'pt-BR', window: {}})
  await call('settings.set', {threads: 2})
  expect(JSON.parse(await readFile(join(place, 'settings.json'), 'utf8'))).toMatchObject({
    language: 'pt-BR',
    threads: 2,
    newer: {x: 1},
  })
})

test.each(['not JSON', '[]', 'null', '{"recent": 3}', '[{"folder": 1}]'])(
  'a list and settings that hold %s are as if they were empty',
  async text => {
    const {call, place} = await open()
    await mkdir(place, {recursive: true})
    await writeFile(join(place, 'settings.json'), text)
    await writeFile(join(place, 'recent.json'), text)
    expect((await call('home.list', {})).recent).toEqual([])
    expect(await call('settings.get', {})).toMatchObject({theme: 'system'})
    await call('settings.set', {theme: 'light'})
    expect(await call('settings.get', {})).toMatchObject({theme: 'light'})
  },
)
