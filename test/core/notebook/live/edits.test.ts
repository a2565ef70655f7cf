import {expect, test} from 'vitest'
import {parseNotebook} from '../../../../core/notebook/document.ts'
import {blocksOf} from '../../../../core/notebook/live/blocks.ts'
import type {Edit} from '../../../../core/schema/live.ts'
import {follow, formCell, lineDiff, openText, sqlCell} from './open.ts'

const text = `---
title: A title
---
# Heading

${sqlCell('a', 'select 1 as x')}
Between them.

${sqlCell('b', 'select * from a')}
${formCell('c', 'filter', 'b', '# which rows\nwhere: x > 0   # all\nother: 1')}
At the end.
`

const edits: [string, Edit, string[]][] = [
  ['body', {do: 'body', cell: 'a', body: 'select 2 as x'}, ['-select 1 as x', '+select 2 as x']],
  [
    'param',
    {do: 'param', cell: 'c', path: ['where'], value: 'x > 1'},
    ['-where: x > 0   # all', '+where: x > 1   # all'],
  ],
  ['param taken out', {do: 'param', cell: 'c', path: ['other']}, ['-other: 1']],
  ['param added', {do: 'param', cell: 'c', path: ['list'], value: ['p', 'q']}, ['+list: [p, q]']],
  [
    'from',
    {do: 'from', cell: 'c', from: ['a', 'b']},
    ['-```yaml cell=c kind=filter from=b', '+```yaml cell=c kind=filter from=a,b'],
  ],
  [
    'kind',
    {do: 'kind', cell: 'c', kind: 'sample'},
    ['-```yaml cell=c kind=filter from=b', '+```yaml cell=c kind=sample from=b'],
  ],
  [
    'rename',
    {do: 'rename', cell: 'b', name: 'second'},
    [
      '-```sql cell=b',
      '+```sql cell=second',
      '-```yaml cell=c kind=filter from=b',
      '+```yaml cell=c kind=filter from=second',
    ],
  ],
  ['text', {do: 'text', id: 'a¶', text: 'Other words.'}, ['-Between them.', '+Other words.']],
  ['text taken out', {do: 'text', id: 'a¶', text: ''}, ['-Between them.', '-']],
  ['text where none was', {do: 'text', id: 'b¶', text: 'New words.'}, ['+New words.', '+']],
  [
    'insert after a cell',
    {do: 'insert', where: {after: 'a'}, language: 'sql', name: 'n', body: 'select 3'},
    ['+```sql cell=n', '+select 3', '+```', '+'],
  ],
  [
    'insert after a text',
    {do: 'insert', where: {after: 'a¶'}, language: 'yaml', kind: 'limit', name: 'n', from: ['a']},
    ['+```yaml cell=n kind=limit from=a', '+```', '+'],
  ],
  [
    'insert text before a cell',
    {do: 'insert-text', where: {before: 'c'}, text: 'Words.'},
    ['+Words.', '+'],
  ],
  [
    'duplicate',
    {do: 'duplicate', cell: 'b'},
    ['+```sql cell=b_2', '+select * from a', '+```', '+'],
  ],
  ['delete', {do: 'delete', cells: ['b']}, ['-```sql cell=b', '-select * from a', '-```', '-']],
  ['layout', {do: 'layout', places: {a: [10, 20]}}, ['+layout:', '+  a: [10, 20]']],
]

test.each(edits)('%s changes its own lines and no others', async (_, edit, expected) => {
  const {doc, text: now} = await openText(text)
  await doc.edit(edit)
  const diff = lineDiff(text, await now())
  // Which of two equal blank lines is new does not matter.
  expect(diff.toSorted()).toEqual(expected.toSorted())
})

test('move takes a cell elsewhere, and changes nothing in it', async () => {
  const {doc, text: now} = await openText(text)
  await doc.edit({do: 'move', cell: 'c', where: {before: 'a'}})
  const {cells} = parseNotebook(await now()).notebook
  expect(cells.map(cell => cell.name)).toEqual(['c', 'a', 'b'])
  expect(cells[0]!.body).toBe(parseNotebook(text).notebook.cells[2]!.body)
  expect(
    (await now())
      .split('\n')
      .filter(line => line !== '')
      .toSorted(),
  ).toEqual(
    text
      .split('\n')
      .filter(line => line !== '')
      .toSorted(),
  )
})

test.each(edits)('%s and back gives the file byte for byte, and forth again', async (_, edit) => {
  const {doc, text: now} = await openText(text)
  await doc.edit(edit)
  const changed = await now()
  await doc.undo()
  expect(await now()).toBe(text)
  await doc.redo()
  expect(await now()).toBe(changed)
})

test.each(edits)('after %s a client holds what the file says', async (_, edit) => {
  const {doc, text: now} = await openText(text)
  const {held} = await follow(doc)
  const before = new Map(held.blocks)
  await doc.edit(edit)
  const {order, byId} = blocksOf(parseNotebook(await now(), 'another').notebook)
  expect(held.order).toEqual(order)
  expect([...held.blocks].toSorted()).toEqual([...byId].toSorted())
  // What did not change was not told again.
  for (const id of ['¶', 'c¶']) expect(held.blocks.get(id)).toBe(before.get(id))
})

test('an edit of one cell tells of that cell alone, and of no order', async () => {
  const {doc} = await openText(text)
  const {events} = await follow(doc)
  const told = events.length
  await doc.edit({do: 'body', cell: 'b', body: 'select x from a\n'})
  const [event] = events.slice(told).filter(({type}) => type === 'blocks')
  expect(event).toMatchObject({changed: [{id: 'b', body: 'select x from a\n'}], undo: 'body'})
  expect(event).not.toHaveProperty('order')
})

test('ids of blocks stay when others come, go and move', async () => {
  const {doc} = await openText(text)
  const {held} = await follow(doc)
  expect(held.order).toEqual(['¶', 'a', 'a¶', 'b', 'c', 'c¶'])
  await doc.edit({do: 'insert', where: {before: 'a'}, language: 'sql', name: 'first', body: ''})
  await doc.edit({do: 'move', cell: 'c', where: {after: 'first'}})
  await doc.edit({do: 'delete', cells: ['b']})
  expect(held.order.filter(id => !id.endsWith('¶'))).toEqual(['first', 'c', 'a'])
  expect(held.order).toContain('a¶')
})

test('two cells of one name are told apart by a number, and each can be edited', async () => {
  const twice = `${sqlCell('a', 'select 1')}\n${sqlCell('a', 'select 2')}`
  const {doc, text: now} = await openText(twice)
  const {held} = await follow(doc)
  expect(held.order).toEqual(['a', 'a#2'])
  await doc.edit({do: 'body', cell: 'a#2', body: 'select 3'})
  expect(await now()).toBe(twice.replace('select 2', 'select 3'))
  await doc.edit({do: 'delete', cells: ['a']})
  expect(held.order).toEqual(['a'])
  expect(await now()).toBe(sqlCell('a', 'select 3'))
})

test('several edits at once are one step, and all or none', async () => {
  const {doc, text: now} = await openText(text)
  const {made} = await doc.edit({
    do: 'all',
    edits: [
      {do: 'insert', where: {after: 'b'}, language: 'yaml', kind: 'limit', name: 'b', from: ['b']},
      {do: 'from', cell: 'c', from: ['b_2']},
    ],
  })
  expect(made).toBe('b_2')
  expect(parseNotebook(await now()).notebook.cells.at(-1)).toMatchObject({name: 'c', from: ['b_2']})
  await doc.undo()
  expect(await now()).toBe(text)
  const half: Edit = {
    do: 'all',
    edits: [
      {do: 'body', cell: 'a', body: 'x'},
      {do: 'body', cell: 'not there', body: 'x'},
    ],
  }
  await expect(doc.edit(half)).rejects.toMatchObject({code: 'unknown-name'})
  expect(await now()).toBe(text)
})

test('cells that stand side by side are deleted at once, with the blank lines between them', async () => {
  const {doc, text: now} = await openText(text)
  await doc.edit({do: 'delete', cells: ['c', 'b']})
  expect(await now()).toBe(text.replace(/```sql cell=b[\s\S]*other: 1\n```\n\n/, ''))
  await doc.undo()
  await doc.edit({do: 'delete', cells: ['a', 'b', 'c']})
  expect(parseNotebook(await now()).notebook).toMatchObject({
    cells: [],
    text: [{text: '# Heading\n\nBetween them.\n\nAt the end.'}],
  })
})

test('an edit that would hide another cell is refused, and nothing changes', async () => {
  const {doc, text: now} = await openText(text)
  const edit = doc.edit({do: 'text', id: 'a¶', text: '<!-- never closed'})
  await expect(edit).rejects.toMatchObject({code: 'refused'})
  expect(await now()).toBe(text)
})

test('line ends of the file are kept', async () => {
  const crlf = text.replaceAll('\n', '\r\n')
  const {doc, text: now} = await openText(crlf)
  await doc.edit({do: 'body', cell: 'a', body: 'select 1\nas y\n'})
  await doc.edit({do: 'duplicate', cell: 'c'})
  expect((await now()).replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
})
