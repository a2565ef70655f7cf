import {expect, test} from 'vitest'
import {apply} from '../../support/step.ts'

const many = Array.from({length: 5000}, (_, i) => ({id: i, k: (i * 7919) % 1000, side: 'left'}))

test('a join keeps the order of the first table, then of the second', async () => {
  const more = [Array.from({length: 2000}, (_, i) => ({k: i % 1000, at: i}))]
  const {train} = await apply('join', {on: ['k']}, many, {more})
  expect(train).toHaveLength(10_000)
  expect(train.map(r => r.id)).toEqual(many.flatMap(r => [r.id, r.id]))
  expect(train.slice(0, 2).map(r => r.at)).toEqual([0, 1000])
})

test('a join names what it cannot match', async () => {
  const rows = [{id: 1, city: 'Natal'}]
  await expect(
    apply('join', {on: ['city']}, rows, {more: [[{town: 'Natal'}]]}),
  ).rejects.toMatchObject({
    code: 'no-column',
    message: 'the second table has no column named "city"',
  })
  await expect(apply('join', {on: ['id']}, rows, {more: [[{id: 'one'}]]})).rejects.toMatchObject({
    code: 'wrong-type',
    hint: 'bring both to one type with a cast step',
  })
  const clash = [{id: 1, x: 1, x_2: 1}]
  await expect(apply('join', {on: ['id']}, clash, {more: [[{id: 1, x: 2}]]})).rejects.toMatchObject(
    {code: 'duplicate-name', hint: 'choose another suffix'},
  )
})

test('semi and right joins take the rows that their names say', async () => {
  const rows = [{k: 1}, {k: 2}, {k: 2}]
  const more = [
    [
      {k: 2, y: 'b'},
      {k: 3, y: 'c'},
      {k: 2, y: 'd'},
    ],
  ]
  const semi = await apply('join', {on: ['k'], how: 'semi'}, rows, {more})
  expect(semi.train).toEqual([{k: 2}, {k: 2}])
  const right = await apply('join', {on: ['k'], how: 'right'}, rows, {more})
  expect(right.train).toEqual([
    {k: 2, y: 'b'},
    {k: 2, y: 'd'},
    {k: 2, y: 'b'},
    {k: 2, y: 'd'},
    {k: 3, y: 'c'},
  ])
})

test('an asof join never looks ahead, and forgets what is too old', async () => {
  const rows = [{at: '2024-01-10 00:00:00'}, {at: '2024-01-01 00:00:00'}]
  const more = [
    [
      {at: '2024-01-01 00:00:00', x: 1},
      {at: '2024-01-11 00:00:00', x: 2},
    ],
  ]
  const all = await apply('asof-join', {at: 'at'}, rows, {more})
  expect(all.train.map(r => r.x)).toEqual([1, 1])
  const strict = await apply('asof-join', {at: 'at', same: false, within: '3 days'}, rows, {more})
  expect(strict.train.map(r => r.x)).toEqual([null, null])
  const ahead = await apply('asof-join', {at: 'at', direction: 'forward'}, rows, {more})
  expect(ahead.train.map(r => r.x)).toEqual([2, 1])
  await expect(apply('asof-join', {at: 'at', within: 3}, rows, {more})).rejects.toMatchObject({
    code: 'wrong-type',
    where: 'within',
  })
})

test('a union refuses to make text of numbers, and can refuse columns that a table lacks', async () => {
  await expect(apply('union', {}, [{a: 1}], {more: [[{a: 'x'}]]})).rejects.toMatchObject({
    code: 'wrong-type',
    message: '"a" is BIGINT in one table and VARCHAR in another',
  })
  await expect(
    apply('union', {columns: 'same'}, [{a: 1}], {more: [[{b: 1}]]}),
  ).rejects.toMatchObject({code: 'no-column', message: 'table 2 has no column named "a"'})
  await expect(
    apply('union', {columns: 'common'}, [{a: 1}], {more: [[{b: 1}]]}),
  ).rejects.toMatchObject({code: 'bad-data'})
})

test('aggregates of infinite and enormous values are missing, not an error', async () => {
  const make = {
    sum: {with: 'sum', of: 'x'},
    std: {with: 'std', of: 'x'},
    mean: {with: 'mean', of: 'x'},
  }
  const rows = [{x: Number.POSITIVE_INFINITY}, {x: Number.NEGATIVE_INFINITY}, {x: 1e300}]
  const {train} = await apply('aggregate', {make}, rows)
  expect(train).toEqual([{sum: null, std: null, mean: null}])
  const window = await apply('window', {order: ['x'], make}, rows)
  expect(window.train[0]).toEqual({
    x: Number.POSITIVE_INFINITY,
    sum: null,
    std: null,
    mean: null,
  })
})

test('aggregate names a column that is not there, and one that it cannot compute with', async () => {
  const rows = [{city: 'Natal', price: 1}]
  await expect(
    apply('aggregate', {make: {m: {with: 'mean', of: 'prise'}}}, rows),
  ).rejects.toMatchObject({code: 'no-column', hint: 'did you mean "price"?', where: 'make.m'})
  await expect(
    apply('aggregate', {make: {m: {with: 'mean', of: 'city'}}}, rows),
  ).rejects.toMatchObject({code: 'wrong-type', where: 'make.m'})
  await expect(apply('aggregate', {make: {m: {with: 'sum'}}}, rows)).rejects.toMatchObject({
    code: 'bad-params',
    hint: 'name it with `of`',
  })
})

test('a window figure that ends with the previous row cannot know its own', async () => {
  const rows = Array.from({length: 20}, (_, i) => ({t: i, x: i * i}))
  const make = {mean: {with: 'mean', of: 'x', n: 3, until: 'previous'}}
  const before = await apply('window', {order: ['t'], make}, rows)
  const after = await apply(
    'window',
    {order: ['t'], make},
    rows.map(r => (r.t === 10 ? {...r, x: -1} : r)),
  )
  expect(after.train[10]!.mean).toBe(before.train[10]!.mean)
  expect(before.train[10]!.mean).toBe((49 + 64 + 81) / 3)
  expect(after.train[11]!.mean).not.toBe(before.train[11]!.mean)
})

test('pivot takes its columns from the training rows', async () => {
  const params = {by: ['k'], columns: 'x', values: 'v', with: 'count'}
  const {test: given} = await apply('pivot', params, [{k: 1, x: 'a', v: 1}], {
    test: [{k: 1, x: 'b', v: 1}],
  })
  expect(given).toEqual([{k: 1, a: 0}])
  const wide = Array.from({length: 501}, (_, i) => ({k: 1, x: i, v: 1}))
  await expect(apply('pivot', params, wide)).rejects.toMatchObject({code: 'bad-data'})
})

test('balance leaves all rows but the training rows alone', async () => {
  const rows = Array.from({length: 100}, (_, i) => ({id: i, spam: i % 10 === 0}))
  const over = await apply('balance', {column: 'spam'}, rows, {test: rows})
  expect(over.test).toEqual(rows)
  expect(over.train.filter(r => r.spam)).toHaveLength(90)
  expect(over.train.filter(r => !r.spam)).toHaveLength(90)
  const under = await apply('balance', {column: 'spam', to: 'smallest', seed: 3}, rows)
  expect(under.train).toHaveLength(20)
  expect(under.train).toEqual([...under.train].sort((a, b) => Number(a.id) - Number(b.id)))
  const again = await apply('balance', {column: 'spam', to: 'smallest', seed: 3}, rows)
  expect(again.train).toEqual(under.train)
  const other = await apply('balance', {column: 'spam', to: 'smallest', seed: 4}, rows)
  expect(other.train).not.toEqual(under.train)
})

test('unpivot refuses columns of different kinds', async () => {
  await expect(apply('unpivot', {columns: ['a', 'b']}, [{a: 1, b: 'x'}])).rejects.toMatchObject({
    code: 'wrong-type',
    where: 'columns',
  })
})
