import {expect, test} from 'vitest'
import {sql} from '../../../core/data/sql.ts'
import {murmur} from '../../../core/steps/lib/murmur.ts'
import {apply, session} from '../../support/step.ts'

const cities = (n: number) => Array.from({length: n}, (_, i) => ({id: i % 3, city: `city ${i}`}))

test('one-hot refuses more categories than anyone would want as columns, and says what to do', async () => {
  await expect(apply('one-hot', {columns: ['city']}, cities(201))).rejects.toMatchObject({
    code: 'bad-data',
    message: 'column "city" has 201 categories, more than 200',
    hint: expect.stringContaining('keep'),
  })
  const {train} = await apply('one-hot', {columns: ['city'], keep: 300}, cities(201))
  expect(Object.keys(train[0]!)).toHaveLength(1 + 201)
})

test('one-hot keeps the most frequent categories, and the lesser text of equals', async () => {
  const rows = ['b', 'c', 'a', 'b', 'd'].map(x => ({x}))
  const {learned} = await apply('one-hot', {columns: ['x'], keep: 2}, rows)
  expect(learned).toEqual({categories: [['a', 'b']]})
})

test('categories that differ only in case, or meet another column, are refused by name', async () => {
  const rows = [{country: 'Brasil'}, {country: 'BRASIL'}]
  await expect(apply('one-hot', {columns: ['country']}, rows)).rejects.toMatchObject({
    code: 'duplicate-name',
    message: 'columns "country_BRASIL" and "country_Brasil" differ only in case',
  })
  const taken = [{sex: 'male', sex_male: 1}]
  await expect(apply('one-hot', {columns: ['sex']}, taken)).rejects.toMatchObject({
    code: 'duplicate-name',
    message: 'there would be two columns named "sex_male"',
  })
})

test('a category may hold any character, NUL included', async () => {
  const rows = [{x: 'a\0b'}, {x: 'a'}, {x: "it's"}, {x: '"'}, {x: '\u{1F427}'}]
  const {train} = await apply('ordinal', {columns: ['x']}, rows)
  expect(train).toEqual([{x: 2}, {x: 1}, {x: 3}, {x: 0}, {x: 4}])
})

test('target encoding gives a training row nothing of its own target', async () => {
  // Every category once: whatever a row's own target is, only the others' mean can be its code.
  const rows = Array.from({length: 50}, (_, i) => ({city: `c${i}`, price: i === 7 ? 1000 : 1}))
  const params = {columns: ['city'], target: 'price', smoothing: 0}
  const before = await apply('target-encode', params, rows)
  const after = await apply(
    'target-encode',
    params,
    rows.map((row, i) => (i === 7 ? {...row, price: 5} : row)),
  )
  expect(before.train[7]!.city).toBe(1)
  expect(after.train[7]!.city).toBe(1)
})

test('target encoding is right by chance only, where the category says nothing', async () => {
  // Folds by the content of rows would put all alike into one, and turn each code against its own target.
  const rows = Array.from({length: 400}, (_, i) => ({
    city: i % 4 < 2 ? 'a' : 'b',
    left: i % 2 === 0,
  }))
  const {train} = await apply('target-encode', {columns: ['city'], target: 'left'}, rows)
  for (const {city} of train) expect(Math.abs((city as number) - 0.5)).toBeLessThan(0.1)
})

test('target encoding uses the whole training part for other rows, and repeats by seed', async () => {
  const rows = Array.from({length: 40}, (_, i) => ({city: i % 2 ? 'a' : 'b', price: i}))
  const params = {columns: ['city'], target: 'price', smoothing: 0}
  const test = [
    {city: 'a', price: 0},
    {city: 'b', price: 0},
  ]
  const one = await apply('target-encode', {...params, seed: 5}, rows, {test})
  expect(one.test.map(r => r.city)).toEqual([20, 19])
  const again = await apply('target-encode', {...params, seed: 5}, rows, {test})
  expect(again.train).toEqual(one.train)
  const other = await apply('target-encode', {...params, seed: 6}, rows, {test})
  expect(other.train).not.toEqual(one.train)
  expect(other.test).toEqual(one.test)
})

test('the hash is MurmurHash3: vectors of its author and of Guava', async () => {
  const db = await session()
  const hash = async (text: string) =>
    (await db.rows(sql`select ${murmur(sql`${text}`)} as h`))[0]!.h
  expect(await hash('')).toBe(0)
  expect(await hash('test')).toBe(0xba6bd213 | 0)
  expect(await hash('Hello, world!')).toBe(0xc0363e43 | 0)
  expect(await hash('The quick brown fox jumps over the lazy dog')).toBe(0x2e4ff723 | 0)
})
