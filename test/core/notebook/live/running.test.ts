import {readFile, rm} from 'node:fs/promises'
import {expect, onTestFinished, test} from 'vitest'
import {Documents} from '../../../../core/notebook/live/documents.ts'
import {further} from '../../../../core/notebook/live/running.ts'
import {document, follow, formCell, openText, projectOf, sqlCell} from './open.ts'

const network = (epochs: number) =>
  [
    sqlCell('points', 'select i / 50.0 as x, i % 2 as y from range(100) t(i)'),
    formCell('parts', 'split', 'points', 'test: 0.2\nseed: 1'),
    formCell('net', 'mlp', 'parts', `target: y\nhidden: [4]\nepochs: ${epochs}\npatience: 0`),
  ].join('\n')

/** Long enough to be seen running; every test stops it. */
const endless = network(100_000)

test('a run tells the cells, the curve as it grows, and what became of it', async () => {
  const {doc} = await openText(network(5))
  const {held, events} = await follow(doc)
  await doc.running.start()
  expect(held.running).toBe(false)
  expect([...held.cells.values()].map(({cell, state}) => [cell, state])).toEqual([
    ['points', 'done'],
    ['parts', 'done'],
    ['net', 'done'],
  ])
  expect(held.curves.get('net')?.map(({epoch}) => epoch)).toEqual([1, 2, 3, 4, 5])
  expect(held.curves.get('net')![0]!.metrics.loss).toBeGreaterThan(0)
  const on = events.flatMap(event => (event.type === 'running' ? [event.on] : []))
  expect(on).toEqual([false, true, false])
})

test('a run goes on when the watcher leaves, and who comes then gets cells, curve and state', async () => {
  const {doc} = await openText(endless)
  const first = await follow(doc)
  const run = doc.running.start()
  await first.until(() => (first.held.curves.get('net')?.length ?? 0) > 2)
  await first.leave()
  expect(doc.running.on).toBe(true)
  const second = await follow(doc)
  expect(second.held.running).toBe(true)
  expect(second.held.cells.get('net')?.state).toBe('running')
  await second.until(() => (second.held.curves.get('net')?.length ?? 0) > 4)
  // Nothing is missing where the two meet.
  const epochs = second.held.curves.get('net')!.map(({epoch}) => epoch)
  expect(epochs).toEqual(epochs.map((_, i) => i + 1))
  doc.running.stop()
  await run
  expect(second.held.running).toBe(false)
  expect(second.held.cells.get('net')).toMatchObject({state: 'failed', fault: {code: 'cancelled'}})
})

test('what is asked for while a document runs comes next, and a stop forgets it', async () => {
  const {doc} = await openText(`${endless}\n${sqlCell('other', 'select 1 as x')}`)
  const {held, until, events} = await follow(doc)
  const first = doc.running.start(['net'])
  await until(() => held.cells.get('net')?.state === 'running')
  await doc.running.start(['other'])
  expect(held.cells.has('other')).toBe(false)
  doc.running.stop()
  await first
  expect(held.cells.has('other')).toBe(false)
  const begun = doc.running.start(['points'])
  void doc.running.start(['other'])
  void doc.running.start(['points'])
  await begun
  expect(held.cells.get('other')?.state).toBe('done')
  expect(events.filter(event => event.type === 'running' && event.on)).toHaveLength(3)
})

test('what failed is told to who comes later, until its cell is changed', async () => {
  const {doc} = await openText(
    [
      sqlCell('bad', `select error('no') as x`),
      formCell('below', 'limit', 'bad', 'rows: 3'),
      sqlCell('good', 'select 1 as x'),
    ].join('\n'),
  )
  const first = await follow(doc)
  await doc.running.start()
  await first.until(() => first.held.statuses.get('good')?.state === 'fresh')
  await first.leave()
  const second = await follow(doc)
  expect([...second.held.cells.values()].map(({cell, state}) => [cell, state])).toEqual([
    ['bad', 'failed'],
    ['below', 'blocked'],
  ])
  const told = second.events.length
  await doc.edit({do: 'body', cell: 'bad', body: 'select 2 as x\n'})
  // The status that everybody gets who begins to watch may come in between.
  const statuses = () =>
    second.events.slice(told).filter(event => event.type === 'status' && event.cells.length > 0)
  await second.until(() => statuses().length > 0)
  expect(statuses()[0]).toMatchObject({
    cells: [
      {cell: 'bad', state: 'stale'},
      {cell: 'below', state: 'stale'},
    ],
  })
  expect((await follow(doc)).held.cells.size).toBe(0)
})

test('why a run could not begin is told', async () => {
  const {doc, file} = await openText(sqlCell('a', 'select 1'))
  const {events} = await follow(doc)
  await rm(file)
  await doc.running.start()
  expect(events.findLast(({type}) => type === 'running')).toMatchObject({
    on: false,
    fault: {code: 'missing-file'},
  })
})

test('after a run the states say so', async () => {
  const {doc} = await openText(sqlCell('a', 'select 1 as x'))
  const {held, until} = await follow(doc)
  await until(() => held.statuses.get('a')?.state === 'stale')
  await doc.running.start(['a'])
  await until(() => held.statuses.get('a')?.state === 'fresh')
})

test('documents tell when the first begins to run and when the last has ended', async () => {
  const {project} = await projectOf(sqlCell('a', 'select 1 as x'))
  const busy: boolean[] = []
  const all = new Documents(project, {busy: on => busy.push(on)})
  onTestFinished(() => all.close())
  const other = await all.create('Another one', sqlCell('b', 'select 2 as x'))
  await Promise.all([all.run(document), all.run(other), all.run(document)])
  expect(busy).toEqual([true, false])
})

test('a new document is called after its title, and never takes the place of another', async () => {
  const {project} = await projectOf('')
  const all = new Documents(project)
  const made = await Promise.all(
    ['Preços de casas', 'Preços de casas', '  '].map(t => all.create(t, '')),
  )
  expect(made.toSorted()).toEqual([
    'notebooks/notebook.md',
    'notebooks/precos-de-casas-2.md',
    'notebooks/precos-de-casas.md',
  ])
  expect(await readFile(`${project.folder}/${made[0]}`, 'utf8')).toBe('# Preços de casas\n')
})

test.each(['../outside.md', '/etc/passwd', 'notebooks/a.txt', 'notebooks/../../x.md'])(
  '"%s" is no document of the project',
  async path => {
    const {project} = await projectOf('')
    expect(() => new Documents(project).get(path)).toThrow('is not a document of this project')
  },
)

test('what a cell says of its progress is put together, and words never stand with the words of another', () => {
  const words = {message: 'epoch 1/2', said: ['epoch {0}/{1}', 1, 2] as ['epoch {0}/{1}', 1, 2]}
  expect(further({...words, done: 0.5}, {epoch: 1})).toEqual({...words, done: 0.5, epoch: 1})
  expect(further({...words, done: 0.5}, {message: 'by hand'})).toEqual({
    message: 'by hand',
    done: 0.5,
  })
  expect(further(undefined, words)).toEqual(words)
})
