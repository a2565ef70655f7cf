import {expect, test} from 'vitest'
import type {Edit} from '../../../../core/schema/live.ts'
import {formCell, openText, sqlCell} from './open.ts'

const text = [
  '# Birds\n',
  sqlCell('early', 'select count(*) as n from birds'),
  formCell('birds', 'source', '', 'file: data/birds.csv'),
  sqlCell('few', 'select birds.mass from birds where birds.mass > 1'),
  formCell('parts', 'split', 'birds', 'test: 0.2'),
  formCell('net', 'logistic', 'parts', 'target: kind'),
  sqlCell('trained', 'select * from parts.train'),
].join('\n')

const step = (name: string, from: string): Edit => ({
  do: 'all',
  edits: [
    {
      do: 'insert',
      where: {after: from},
      language: 'yaml',
      kind: 'drop',
      name,
      from: [from],
      body: 'columns: [a]\n',
    },
    {do: 'weave', cell: name},
  ],
})

test('what took a table takes the new cell’s result, queries too; what stands above stays; one undo takes all back', async () => {
  const {doc, text: now} = await openText(text)
  await doc.edit(step('drop', 'birds'))
  const woven = await now()
  expect(woven).toContain('cell=drop kind=drop from=birds\n')
  expect(woven).toContain('select drop.mass from drop where drop.mass > 1')
  expect(woven).toContain('cell=parts kind=split from=drop\n')
  expect(woven).toContain('select count(*) as n from birds')
  await doc.undo()
  expect(await now()).toBe(text)
})

test('two woven into one table make a chain', async () => {
  const {doc, text: now} = await openText(text)
  await doc.edit(step('first', 'birds'))
  await doc.edit(step('second', 'birds'))
  const woven = await now()
  expect(woven).toContain('cell=second kind=drop from=birds\n')
  expect(woven).toContain('cell=first kind=drop from=second\n')
  expect(woven).toContain('cell=parts kind=split from=first\n')
  expect(woven).toContain('select first.mass from first where first.mass > 1')
})

test('of a split the parts follow', async () => {
  const {doc, text: now} = await openText(text)
  await doc.edit(step('filled', 'parts'))
  expect(await now()).toContain('cell=net kind=logistic from=filled\n')
  expect(await now()).toContain('select * from filled.train')
})

test('a cell that takes no other, or a part, is not woven, and the document stays as it is', async () => {
  const {doc, text: now} = await openText(text)
  await expect(doc.edit({do: 'weave', cell: 'birds'})).rejects.toMatchObject({code: 'bad-request'})
  const part: Edit = {
    do: 'all',
    edits: [
      {
        ...(step('some', 'parts') as Extract<Edit, {do: 'all'}>).edits[0]!,
        from: ['parts.train'],
      } as never,
      {do: 'weave', cell: 'some'},
    ],
  }
  await expect(doc.edit(part)).rejects.toMatchObject({code: 'bad-request'})
  expect(await now()).toBe(text)
})
