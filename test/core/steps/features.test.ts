import {expect, test} from 'vitest'
import {sql} from '../../../core/data/sql.ts'
import {planStep} from '../../../core/notebook/apply.ts'
import {steps} from '../../../core/steps/index.ts'
import {eigen} from '../../../core/steps/lib/eigen.ts'
import {lowered} from '../../support/lowered.ts'
import {random} from '../../support/random.ts'
import {apply, session} from '../../support/step.ts'
import {cellsOf} from '../../support/table.ts'

test('the graph finds the parts of every day from the year 1 to 9999 as DuckDB does', async () => {
  const db = await session()
  const parts = ['year', 'quarter', 'month', 'week', 'day', 'day_of_year', 'weekday', 'weekend']
  const step = steps['date-parts']!
  const params = {columns: ['d'], parts, keep: true}
  const days = await db.relation(
    sql`select (date '0001-01-01' + i::integer) as d from range(0, 3652059, 11) t(i)`,
  )
  const wanted = await cellsOf(
    db,
    await planStep(db, step, params, undefined, days, {part: 'serve'}),
  )
  const graph = await lowered(step, params, days.columns, undefined)
  expect(await graph.run(await cellsOf(db, days))).toEqual(wanted)
})

test('a time of day has no year', async () => {
  const types = {at: 'TIME'}
  const {train} = await apply('date-parts', {parts: ['hour']}, [{at: '13:30:00'}], {types})
  expect(train).toEqual([{at_hour: 13}])
  await expect(apply('date-parts', {}, [{at: '13:30:00'}], {types})).rejects.toMatchObject({
    code: 'wrong-type',
    message: '"at" is a time of day, it has no year',
  })
})

test('a time zone is read in UTC, whatever the machine is set to', async () => {
  const types = {at: 'TIMESTAMP WITH TIME ZONE'}
  const rows = [{at: '2024-01-01 00:30:00+03:00'}]
  const {train} = await apply('date-parts', {parts: ['year', 'hour']}, rows, {types})
  expect(train).toEqual([{at_year: 2023, at_hour: 21}])
})

test('cyclical wants a number for numbers and a name for dates', async () => {
  await expect(apply('cyclical', {period: 'day'}, [{hour: 3}])).rejects.toMatchObject({
    code: 'wrong-type',
    where: 'period',
  })
})

test('eigenvectors solve the matrix, are orthogonal, and have a settled sign', () => {
  const next = random(7)
  const n = 12
  const half = Array.from({length: n}, () => Array.from({length: n}, () => next() - 0.5))
  const a = half.map((_, i) =>
    half.map((_, j) => half.reduce((sum, row) => sum + row[i]! * row[j]!, 0) * 1e160),
  )
  const {values, vectors} = eigen(a)
  expect(values).toEqual([...values].sort((x, y) => y - x))
  for (const [k, v] of vectors.entries()) {
    const av = a.map(row => row.reduce((sum, x, j) => sum + x * v[j]!, 0))
    for (const [i, x] of av.entries())
      expect(x / values[0]!).toBeCloseTo((values[k]! * v[i]!) / values[0]!, 12)
    for (const [m, w] of vectors.entries())
      expect(w.reduce((sum, x, i) => sum + x * v[i]!, 0)).toBeCloseTo(Number(m === k), 12)
    expect(Math.max(...v)).toBeCloseTo(Math.max(...v.map(Math.abs)), 12)
  }
})

test('principal components are uncorrelated and explain what they say', async () => {
  const next = random(3)
  const rows = Array.from({length: 500}, () => {
    const [u, v] = [next(), next()]
    return {a: 3 * u, b: u + v, c: v - u, d: next() / 100}
  })
  const {train, learned} = await apply('pca', {components: 0.999, prefix: 'p'}, rows)
  expect(Object.keys(train[0]!)).toEqual(['p1', 'p2'])
  const [x, y] = ['p1', 'p2'].map(p => train.map(r => r[p] as number))
  const dot = (s: number[], t: number[]) => s.reduce((sum, v, i) => sum + v * t[i]!, 0)
  expect(dot(x!, y!) / Math.sqrt(dot(x!, x!) * dot(y!, y!))).toBeCloseTo(0, 10)
  const total = ['a', 'b', 'c', 'd'].reduce((sum, c) => {
    const values = rows.map(r => r[c as 'a'])
    const mean = values.reduce((s, v) => s + v, 0) / values.length
    return sum + values.reduce((s, v) => s + (v - mean) ** 2, 0)
  }, 0)
  const [first] = (learned as {explained: number[]}).explained
  expect(dot(x!, x!) / total).toBeCloseTo(first!, 10)
})

test('pca and polynomial say how many columns they can take', async () => {
  await expect(apply('pca', {components: 3}, [{a: 1, b: 2}])).rejects.toMatchObject({
    code: 'bad-params',
    hint: 'ask for at most 2',
  })
  const wide = Object.fromEntries(Array.from({length: 100}, (_, i) => [`x${i}`, 1]))
  await expect(apply('polynomial', {}, [wide])).rejects.toMatchObject({
    code: 'bad-params',
    message: 'this would add 5,050 columns, more than 2,000',
  })
})

test('words are learned from the training rows, rarest left out first', async () => {
  const rows = ['sun sun rain', 'sun wind', 'rain', null].map((text, id) => ({id, text}))
  const test = [{id: 9, text: 'hail SUN wind'}]
  const given = await apply('text-counts', {words: 2}, rows, {test})
  expect(given.test).toEqual([{id: 9, text_rain: 0, text_sun: 1}])
  const common = await apply('text-counts', {maxShare: 0.5}, rows, {test})
  expect(common.test).toEqual([{id: 9, text_wind: 1}])
})

test('every letter case of a script counts as one word, where the case is plain', async () => {
  const rows = [{id: 1, text: 'ПРИВЕТ Straße iPhone'}]
  const test = [{id: 2, text: 'привет Привет STRASSE straße IPHONE Iphone iPHONE'}]
  const given = await apply('text-counts', {}, rows, {test})
  expect(given.test).toEqual([{id: 2, text_iphone: 2, text_straße: 1, text_привет: 2}])
})
