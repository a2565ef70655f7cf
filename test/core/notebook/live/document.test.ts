import {chmod, readdir, rename, rm, writeFile} from 'node:fs/promises'
import {dirname} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import {OpenDocument} from '../../../../core/notebook/live/document.ts'
import {openProject} from '../../../../core/project.ts'
import {largeDocument} from '../../../support/large-document.ts'
import {readOnly} from '../../../support/unprivileged.ts'
import {document, follow, formCell, openText, sqlCell} from './open.ts'

const text = `# Heading\n\n${sqlCell('a', 'select 1 as x')}\n${sqlCell('b', 'select * from a')}`

test('keys typed within a moment are one step of undo, and a pause begins another', async () => {
  const {doc, clock, text: now} = await openText(text)
  const type = (body: string) => doc.edit({do: 'body', cell: 'a', body})
  await type('s\n')
  clock.now += 200
  await type('se\n')
  clock.now += 1400
  await type('sel\n')
  const word = await now()
  clock.now += 1600
  await type('selec\n')
  await doc.undo()
  expect(await now()).toBe(word)
  await doc.undo()
  expect(await now()).toBe(text)
  await doc.redo()
  expect(await now()).toBe(word)
  // What is typed after a redo is a step of its own.
  await type('other\n')
  await doc.undo()
  expect(await now()).toBe(word)
})

test('typing in two cells is two steps, however fast', async () => {
  const {doc, text: now} = await openText(text)
  await doc.edit({do: 'body', cell: 'a', body: 'select 2\n'})
  const first = await now()
  await doc.edit({do: 'body', cell: 'b', body: 'select 3\n'})
  await doc.undo()
  expect(await now()).toBe(first)
})

test('an edit after an undo forgets what was undone; with nothing to take back undo says so', async () => {
  const {doc} = await openText(text)
  const {events} = await follow(doc)
  await doc.edit({do: 'body', cell: 'a', body: 'select 2\n'})
  await doc.undo()
  expect(events.findLast(({type}) => type === 'blocks')).toMatchObject({redo: 'body'})
  await doc.edit({do: 'delete', cells: ['b']})
  const last = events.findLast(({type}) => type === 'blocks')
  expect(last).toMatchObject({undo: 'delete'})
  expect(last).not.toHaveProperty('redo')
  await expect(doc.redo()).rejects.toMatchObject({code: 'bad-request'})
  await doc.undo()
  await expect(doc.undo()).rejects.toMatchObject({code: 'bad-request'})
})

test('undo of one change is refused when another came after it, and takes back that one else', async () => {
  const {doc, file, text: now} = await openText(text)
  const {revision} = await doc.edit({do: 'delete', cells: ['b']})
  const newer = await doc.edit({do: 'body', cell: 'a', body: 'select 2\n'})
  await expect(doc.undo(revision)).rejects.toMatchObject({code: 'conflict'})
  await doc.undo(newer.revision)
  expect(await now()).not.toContain('cell=b')
  // What another program wrote counts as well, though nobody has looked at it yet.
  const again = await doc.edit({do: 'body', cell: 'a', body: 'select 3\n'})
  await writeFile(file, text)
  await expect(doc.undo(again.revision)).rejects.toMatchObject({code: 'conflict'})
  expect(await now()).toBe(text)
})

test('another program’s change of the file is told, kept and can be taken back', async () => {
  const {doc, file, text: now} = await openText(text)
  const {held, until, events} = await follow(doc)
  const theirs = text.replace('select 1 as x', 'select 7 as x')
  await writeFile(file, theirs)
  await until(() => bodyOf(held.blocks.get('a')) === 'select 7 as x\n')
  expect(events.findLast(({type}) => type === 'blocks')).toMatchObject({
    outside: true,
    undo: 'outside',
    changed: [{id: 'a'}],
  })
  await doc.undo()
  expect(await now()).toBe(text)
  await doc.redo()
  expect(await now()).toBe(theirs)
})

test('a file that another program empties and writes again is one step back', async () => {
  const {doc, file, text: now, clock} = await openText(text)
  await follow(doc)
  for (const theirs of ['', text.slice(0, 20), text.replace('select 1', 'select 7')]) {
    await writeFile(file, theirs)
    await doc.look()
    clock.now += 10
  }
  await doc.undo()
  expect(await now()).toBe(text)
})

test('an editor that puts a new file in place is followed too', async () => {
  const {doc, file} = await openText(text)
  const {held, until} = await follow(doc)
  for (const n of [2, 3]) {
    await writeFile(`${file}.new`, text.replace('select 1', `select ${n}`))
    await rename(`${file}.new`, file)
    await until(() => bodyOf(held.blocks.get('a')) === `select ${n} as x\n`)
  }
})

test('an edit that nobody told of another program’s change keeps both', async () => {
  const {doc, file, text: now} = await openText(text)
  await doc.edit({do: 'body', cell: 'a', body: 'select 2 as x\n'})
  const theirs = (await now()).replace('select * from a', 'from a')
  await writeFile(file, theirs)
  await doc.edit({do: 'body', cell: 'a', body: 'select 3 as x\n'})
  expect(await now()).toBe(theirs.replace('select 2', 'select 3'))
})

test('a change of the cell that was changed meanwhile is a conflict; of another cell it is not', async () => {
  const {doc, file, text: now} = await openText(text)
  const {held, until} = await follow(doc)
  const base = held.revision
  await writeFile(file, text.replace('select 1', 'select 7'))
  await until(() => held.revision > base)
  await doc.edit({do: 'body', cell: 'b', body: 'from a\n'}, base)
  const before = await now()
  const mine = {do: 'body', cell: 'a', body: 'select 8\n'} as const
  await expect(doc.edit(mine, base)).rejects.toMatchObject({code: 'conflict', where: 'a'})
  expect(await now()).toBe(before)
  // Who has seen the other’s change may write over it; so may who does not ask.
  await doc.edit(mine, held.revision)
  await doc.edit({...mine, body: 'select 9\n'})
  expect(await now()).toContain('select 9')
})

test('two who watch see each other’s edits, in the same order', async () => {
  const {doc} = await openText(text)
  const [one, two] = [await follow(doc), await follow(doc)]
  await Promise.all([
    doc.edit({do: 'body', cell: 'a', body: 'select 2\n'}),
    doc.edit({do: 'insert', where: 'end', language: 'sql', name: 'c', body: 'from b'}),
    doc.edit({do: 'rename', cell: 'a', name: 'first'}),
  ])
  expect(one.held.order).toEqual(['¶', 'first', 'b', 'c'])
  expect([two.held.order, [...two.held.blocks]]).toEqual([one.held.order, [...one.held.blocks]])
  const revisions = (events: typeof one.events) =>
    events.flatMap(event => (event.type === 'blocks' ? [event.revision] : []))
  expect(revisions(one.events)).toEqual([1, 2, 3, 4])
  expect(revisions(two.events)).toEqual([1, 2, 3, 4])
})

test('a file that goes is told; the text comes back with the next edit', async () => {
  const {doc, file, text: now} = await openText(text)
  const {held, until} = await follow(doc)
  await rm(file)
  await until(() => held.missing)
  await doc.edit({do: 'body', cell: 'a', body: 'select 2 as x\n'})
  expect(await now()).toBe(text.replace('select 1', 'select 2'))
  expect(held.missing).toBe(false)
})

test('a file that comes back as it was is told as well', async () => {
  const {doc, file} = await openText(text)
  const {held, until} = await follow(doc)
  await rename(file, `${file}.away`)
  await until(() => held.missing)
  await rename(`${file}.away`, file)
  await until(() => !held.missing)
})

test('a document that is not there, or is no UTF-8, is a fault to who opens it', async () => {
  const {project, file, doc} = await openText(text)
  const other = new OpenDocument(project, 'notebooks/other.md')
  const watched = other.watch(() => {}, new AbortController().signal)
  await expect(watched).rejects.toMatchObject({code: 'missing-file'})
  const bytes = Buffer.from([...Buffer.from(text), 0xe9, 0x0a])
  await writeFile(file, bytes)
  const edit = doc.edit({do: 'body', cell: 'a', body: 'x'})
  await expect(edit).rejects.toMatchObject({code: 'bad-document'})
})

test('states follow the edits: what they mend and break, and what came and went', async () => {
  const {doc} = await openText(
    sqlCell('a', 'select 1 as x') + formCell('f', 'filter', 'a', 'where: x > 0'),
  )
  const {held, until, events} = await follow(doc)
  const state = (cell: string) => held.statuses.get(cell)?.state
  await until(() => state('a') === 'stale' && state('f') === 'stale')
  await doc.edit({do: 'param', cell: 'f', path: ['no_such'], value: 1})
  await until(() => state('f') === 'failed')
  await doc.edit({do: 'body', cell: 'a', body: 'select from where\n'})
  await until(() => state('a') === 'failed')
  await doc.undo()
  await doc.undo()
  await until(() => state('a') === 'stale' && state('f') === 'stale')
  expect(events.findLast(({type}) => type === 'status')).toMatchObject({
    edges: [{from: 'a', to: 'f'}],
  })
  await doc.edit({do: 'delete', cells: ['f']})
  await until(() => !held.statuses.has('f'))
})

test.skipIf(process.platform === 'win32')(
  'a project that cannot be written is looked at, and an edit says why not',
  async () => {
    const {project, file, text: now} = await openText(text)
    await rm(`${project.folder}/.bancada`, {recursive: true, force: true})
    onTestFinished(() => chmod(project.folder, 0o755))
    await chmod(project.folder, 0o555)
    await readOnly(dirname(file), async () => {
      await expect(openProject(project.folder)).rejects.toMatchObject({code: 'read-only'})
      const opened = await openProject(project.folder, {look: true})
      expect(opened.readOnly).toBe(true)
      const doc = new OpenDocument(opened, document)
      onTestFinished(() => doc.close())
      const {events, held, until} = await follow(doc)
      expect(events[0]).toMatchObject({type: 'blocks', readOnly: true})
      await until(() => held.statuses.get('a')?.state === 'stale')
      const edit = doc.edit({do: 'body', cell: 'a', body: 'select 2'})
      await expect(edit).rejects.toMatchObject({code: 'read-only'})
    })
    expect(await now()).toBe(text)
    expect(await readdir(dirname(file))).toEqual(['test.md'])
  },
)

const bodyOf = (block: unknown) => (block as {body?: string} | undefined)?.body

test('2,000 cells and a text of 5 MB are edited like any document', {
  timeout: 120_000,
}, async () => {
  const large = largeDocument({cells: 2000, words: 1_000_000})
  const {doc, text: now} = await openText(large)
  const {held, events} = await follow(doc)
  expect(held.order).toHaveLength(1 + 2000 + 1500 + 1)
  const told = events.length
  await doc.edit({do: 'param', cell: 'c1001', path: ['where'], value: 'x > 9'})
  const [event] = events.slice(told).filter(({type}) => type === 'blocks')
  expect(event).toMatchObject({changed: [{id: 'c1001', params: {where: 'x > 9'}}]})
  const many = Array.from({length: 300}, (_, i) => `c${1200 + i}`)
  await doc.edit({do: 'delete', cells: many})
  expect(many.filter(id => held.blocks.has(id))).toEqual([])
  await doc.edit({do: 'text', id: held.order.at(-2)!, text: 'Short.'})
  expect((await now()).length).toBeLessThan(large.length - 4_900_000)
  for (let i = 0; i < 3; i++) await doc.undo()
  expect(await now()).toBe(large)
})
