import {copyFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {sql} from '../../../../core/data/sql.ts'
import {project} from './support.ts'

const vega = (name: string) => join('node_modules/vega-datasets/data', name)

test('the penguins are read from JSON', async () => {
  const {folder, read} = await project()
  await copyFile(vega('penguins.json'), join(folder, 'penguins.json'))
  const {rows, types, rejects, notes} = await read({file: 'penguins.json'})
  expect(rows).toBe(344)
  expect(types).toEqual({
    Species: 'VARCHAR',
    Island: 'VARCHAR',
    'Beak Length (mm)': 'DOUBLE',
    'Beak Depth (mm)': 'DOUBLE',
    'Flipper Length (mm)': 'BIGINT',
    'Body Mass (g)': 'BIGINT',
    Sex: 'VARCHAR',
  })
  expect([rejects, notes]).toEqual([{count: 0}, []])
})

test('values of several types in one JSON column become text', async () => {
  const {text} = await project()
  const {data, types} = await text(
    '[{"a": 1, "b": {"c": 2}}, {"a": "x"}, {"a": null}]',
    {},
    't.json',
  )
  expect(types).toEqual({a: 'VARCHAR', b: 'STRUCT(c BIGINT)'})
  expect(data.map(r => r.a)).toEqual(['1', 'x', null])
})

test('dates in JSON are read in the formats that are named, and types can be given', async () => {
  const {text} = await project()
  const {data, types, rejected} = await text(
    '[{"d": "31/12/2023", "n": 1.5}, {"d": "01/02/2024", "n": 2}, {"d": null, "n": 3}]',
    {dates: ['dd/mm/yyyy'], types: {n: 'integer'}},
    't.json',
  )
  expect(types).toEqual({d: 'DATE', n: 'BIGINT'})
  expect(data).toEqual([
    {d: '2024-02-01', n: 2},
    {d: null, n: 3},
  ])
  expect(rejected).toMatchObject([{line: 1, column: 'n', reason: '"1.5" is not a BIGINT'}])
})

test('broken lines of NDJSON are put aside with their line', async () => {
  const {text} = await project()
  const {data, rejected} = await text(
    '{"a":1}\n{"a":2\n\n{"a":3, "b":"x"}\n[1]\n{}\n',
    {},
    't.ndjson',
  )
  expect(data).toEqual([
    {a: 1, b: null},
    {a: 3, b: 'x'},
    {a: null, b: null},
  ])
  expect(rejected).toMatchObject([
    {line: 2, reason: expect.stringContaining('not JSON')},
    {line: 5, reason: 'not an object', text: '[1]'},
  ])
})

test('damaged JSON is an error with its place', async () => {
  const {text} = await project()
  await expect(text('[{"a":1},{"a":2},{"a"', {}, 't.json')).rejects.toMatchObject({
    code: 'bad-data',
    where: expect.stringMatching(/^t\.json: record \d+, byte \d+$/),
  })
  await expect(text('[1, 2]', {}, 't.json')).rejects.toMatchObject({
    code: 'bad-data',
    message: '"t.json" holds no table: record 1 is 1',
  })
})

test('Parquet is read where it lies, with NaN as missing', async () => {
  const {session, folder, read} = await project()
  await session.write(
    sql`select unnest([1.5::double, 'nan'::double, null]) as x, 'a' as s`,
    join(folder, 'p.parquet'),
  )
  const {data, table, rows} = await read({file: 'p.parquet'})
  expect(data).toEqual([
    {x: 1.5, s: 'a'},
    {x: null, s: 'a'},
    {x: null, s: 'a'},
  ])
  expect([table, rows]).toEqual([undefined, 3])
})

test('Parquet in folders of one value each gains a column, and types can be given', async () => {
  const {session, folder, read} = await project()
  await session.run(
    sql`copy (select range as x, 'v' || range as s, 2020 + range % 2 as year from range(4)) to ${join(folder, 'data')} (format parquet, partition_by (year))`,
  )
  const plain = await read({file: 'data/*/*.parquet'})
  expect(plain.types).toEqual({x: 'BIGINT', s: 'VARCHAR', year: 'BIGINT'})
  expect(plain.data).toContainEqual({x: 1, s: 'v1', year: 2021})
  const typed = await read({file: 'data/*/*.parquet', types: {x: 'text'}})
  expect(typed.data).toContainEqual({x: '1', s: 'v1', year: 2021})
  await session.write(sql`select unnest(['1', 'x', '3']) as n`, join(folder, 'n.parquet'))
  const misfit = await read({file: 'n.parquet', types: {n: 'integer'}})
  expect(misfit.data).toEqual([{n: 1}, {n: 3}])
  expect(misfit.rejected).toMatchObject([{line: 2, column: 'n', reason: '"x" is not a BIGINT'}])
})
