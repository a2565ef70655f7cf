import {expect, onTestFinished, test} from 'vitest'
import {learnClasses, readMatrix} from '../../../core/data/matrix.ts'
import {Session} from '../../../core/data/session.ts'
import {raw} from '../../../core/data/sql.ts'
import {temporaryFolder} from '../../support/folder.ts'

async function open() {
  const session = await Session.open({folder: await temporaryFolder(), threads: 2})
  onTestFinished(() => session.close())
  return session
}

test('rows become a row-major float32 array, in their order', async () => {
  const db = await open()
  const rows = await db.relation(
    raw('select i as a, i / 2 as b, i % 2 = 0 as c, -i::decimal(9, 1) as y from range(5000) t(i)'),
  )
  const {matrix, setAside} = await readMatrix(db, rows, {
    features: ['b', 'a', 'c'],
    target: 'y',
    task: 'regression',
    weights: 'a',
  })
  expect(matrix.rows).toBe(5000)
  expect(matrix.x.length).toBe(15_000)
  for (let i = 0; i < 5000; i++)
    expect([...matrix.x.subarray(3 * i, 3 * i + 3), matrix.y![i], matrix.weights![i]]).toEqual([
      i / 2,
      i,
      i % 2 ? 0 : 1,
      0 - i,
      i,
    ])
  expect(setAside).toEqual({noTarget: 0, unknownClass: 0})
})

test('classes are sorted by value and become indices; rows without a class are counted', async () => {
  const db = await open()
  const rows = await db.relation(
    raw('from (values (1.0, 10), (2, 9), (3, null), (4, 100), (5, 9)) t(x, y)'),
  )
  expect(await learnClasses(db, rows, 'y')).toEqual(['9', '10', '100'])
  const {matrix, setAside} = await readMatrix(db, rows, {
    features: ['x'],
    target: 'y',
    task: 'classification',
    classes: ['9', '10'],
  })
  expect([...matrix.x]).toEqual([1, 2, 5])
  expect([...matrix.y!]).toEqual([1, 0, 0])
  expect(setAside).toEqual({noTarget: 1, unknownClass: 1})
})

test('classes of text, booleans and floats: odd text survives, null and NaN are no class', async () => {
  const db = await open()
  const rows = await db.relation(
    raw(`from (values ('nan', true, 'nan'::double), ('', false, 1.5), (null, null, null), ('it''s "é" 🐧', true, -2))
      t(s, b, d)`),
  )
  expect(await learnClasses(db, rows, 's')).toEqual(['', 'it\'s "é" 🐧', 'nan'])
  expect(await learnClasses(db, rows, 'b')).toEqual(['false', 'true'])
  expect(await learnClasses(db, rows, 'd')).toEqual(['-2.0', '1.5'])
  const few = await db.relation(raw("from (values ('nan', 1), ('', 2)) t(s, x)"))
  const {matrix} = await readMatrix(db, few, {
    features: ['x'],
    target: 's',
    task: 'classification',
    classes: ['', 'nan'],
  })
  expect([...matrix.y!]).toEqual([1, 0])
})

const refusals: [string, string, Partial<Parameters<typeof readMatrix>[2]>, object][] = [
  [
    'missing values',
    'select 1 as ok, case when i > 7 then i end as age from range(10) t(i)',
    {features: ['ok', 'age']},
    {code: 'bad-data', message: '"age" has 8 missing values', where: 'age'},
  ],
  [
    'NaN, which is missing too',
    "select 'nan'::double as a",
    {features: ['a']},
    {code: 'bad-data', message: '"a" has 1 missing value'},
  ],
  [
    'infinity',
    "select unnest([1, 'inf'::double]) as a",
    {features: ['a']},
    {code: 'bad-data', message: '"a" has 1 value infinite or too large for float32'},
  ],
  [
    'what float32 cannot hold',
    'select 1e300 as a',
    {features: ['a']},
    {code: 'bad-data', message: '"a" has 1 value infinite or too large for float32'},
  ],
  [
    'text features',
    "select 'x' as a",
    {features: ['a']},
    {code: 'wrong-type', message: 'the feature "a" holds text', where: 'a'},
  ],
  [
    'date features',
    "select date '2020-01-01' as a",
    {features: ['a']},
    {code: 'wrong-type', message: 'the feature "a" holds dates'},
  ],
  [
    'an unknown feature',
    'select 1 as age',
    {features: ['agee']},
    {code: 'no-column', hint: 'did you mean "age"?'},
  ],
  ['no features', 'select 1 as age', {features: []}, {code: 'bad-data'}],
  [
    'an infinite target',
    "select 1 as a, 'inf'::double as y",
    {features: ['a'], target: 'y', task: 'regression'},
    {code: 'bad-data', where: 'y'},
  ],
  [
    'negative weights',
    'select 1 as a, -1 as w',
    {features: ['a'], weights: 'w'},
    {code: 'bad-data', message: 'a row weight in "w" is negative'},
  ],
  [
    'a text target for regression',
    "select 1 as a, 'x' as y",
    {features: ['a'], target: 'y', task: 'regression'},
    {code: 'wrong-type', where: 'y'},
  ],
]
for (const [what, query, spec, error] of refusals)
  test(`a matrix refuses ${what}`, async () => {
    const db = await open()
    const rows = await db.relation(raw(query))
    await expect(
      readMatrix(db, rows, {features: ['a'], task: 'clustering', ...spec}),
    ).rejects.toMatchObject(error)
  })

test('reading stops when it is cancelled', async () => {
  const db = await open()
  const rows = await db.relation(raw('select i as a from range(1000000000) t(i)'))
  const stop = new AbortController()
  const reading = readMatrix(db, rows, {features: ['a'], task: 'clustering'}, {signal: stop.signal})
  setTimeout(() => stop.abort(), 50)
  await expect(reading).rejects.toMatchObject({code: 'cancelled'})
})
