import fc from 'fast-check'
import {expect, test} from 'vitest'
import {canonical, hashOf, type Planned, plan} from '../../../core/notebook/plan.ts'

const cell = (name: string, needs: string[] = [], more: Partial<Planned> = {}): Planned => ({
  name,
  kind: 'impute',
  version: 1,
  params: {},
  body: '',
  needs,
  files: {},
  protect: [],
  fresh: false,
  ...more,
})
const nothing = async () => false
const everything = async () => true

test('what is stored is reused, what is not is run', async () => {
  const cells = [cell('a'), cell('b', ['a'], {params: {with: 'mode'}})]
  const first = await plan(cells, nothing)
  expect([...first.values()].map(t => t.do)).toEqual(['run', 'run'])
  const stored = (first.get('a') as {hash: string}).hash
  const second = await plan(cells, async hash => hash === stored)
  expect([...second.values()].map(t => t.do)).toEqual(['reuse', 'run'])
})

test('a change upstream makes everything below it stale and nothing else', async () => {
  const cells = (seed: number) => [
    cell('a', [], {params: {seed}}),
    cell('b', ['a']),
    cell('c'),
    cell('d', ['c', 'b']),
  ]
  const hashes = async (seed: number) =>
    [...(await plan(cells(seed), nothing)).values()].map(t => (t as {hash: string}).hash)
  const [before, after] = [await hashes(1), await hashes(2)]
  expect(before.map((hash, i) => hash === after[i])).toEqual([false, false, true, false])
})

test('a hash ignores the order of parameters and the names of a step’s inputs', () => {
  const a = cell('x', ['parts'], {params: {with: 'mode', columns: ['Sex']}})
  const b = cell('y', ['renamed'], {params: {columns: ['Sex'], with: 'mode'}})
  expect(hashOf(a, ['1'])).toBe(hashOf(b, ['1']))
  expect(hashOf(a, ['1'])).not.toBe(hashOf({...a, params: {columns: ['Sex'], with: 'mean'}}, ['1']))
})

test('a hash knows the names that a query uses, the part of a split, files, version and targets', () => {
  const query = cell('q', ['parts.train'], {kind: 'sql', body: 'from parts.train'})
  const base = hashOf(query, ['1'])
  const others = [
    hashOf({...query, needs: ['other.train']}, ['1']),
    hashOf({...query, needs: ['parts.test']}, ['1']),
    hashOf({...query, version: 2}, ['1']),
    hashOf({...query, files: {'data/a.csv': 'x'}}, ['1']),
    hashOf({...query, protect: ['Species']}, ['1']),
    hashOf(query, ['2']),
  ]
  expect(new Set([base, ...others]).size).toBe(7)
})

test('a cell with a problem fails and blocks only what depends on it', async () => {
  const problem = {code: 'no-column', message: 'no column named "agee"'} as const
  const todo = await plan(
    [cell('a', [], {problem}), cell('b', ['a']), cell('c', ['b']), cell('d')],
    nothing,
  )
  expect(todo.get('a')).toEqual({do: 'fail', fault: problem})
  expect(todo.get('b')).toEqual({do: 'block', by: 'a'})
  expect(todo.get('c')).toEqual({do: 'block', by: 'b'})
  expect(todo.get('d')!.do).toBe('run')
})

test('a fresh kind runs each time, and what follows it may still be reused', async () => {
  const todo = await plan([cell('a', [], {fresh: true}), cell('b', ['a'])], everything)
  expect([...todo.values()].map(t => t.do)).toEqual(['run', 'reuse'])
})

test('canonical JSON tells any two parameters apart and no two orders', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), object => {
      const shuffled = Object.fromEntries(Object.entries(object).reverse())
      expect(canonical(shuffled)).toBe(canonical(object))
    }),
  )
  expect(canonical({x: Number.NaN})).not.toBe(canonical({x: null}))
})
