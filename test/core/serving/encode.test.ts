import fc from 'fast-check'
import {expect, test} from 'vitest'
import {join, raw, sql} from '../../../core/data/sql.ts'
import {csvLine, parseCsv} from '../../../core/serving/csv.ts'
import {encodeColumn, microseconds} from '../../../core/serving/encode.ts'
import {batchTable, decoded, toGraph} from '../../../core/serving/prepare.ts'
import {openSession} from './sample.ts'

test('what is written as CSV is read back the same', () => {
  const field = fc.oneof(fc.constant(null), fc.string({unit: 'binary'}))
  fc.assert(
    fc.property(
      fc.array(fc.array(field, {minLength: 2, maxLength: 5}), {maxLength: 5}),
      records => {
        expect(parseCsv(records.map(record => `${csvLine(record)}\r\n`).join(''))).toEqual(records)
      },
    ),
  )
})

test('CSV: a byte order mark, line ends of any kind, and a last comma', () => {
  expect(parseCsv('\uFEFFa,b\r\n1,\n"x\ny",""')).toEqual([
    ['a', 'b'],
    ['1', null],
    ['x\ny', ''],
  ])
  expect(parseCsv('1,')).toEqual([['1', null]])
  expect(parseCsv('\n\n')).toEqual([])
})

test('dates are read as DuckDB reads them', async () => {
  const session = await openSession()
  const cases: [string, string][] = [
    ['2025-01-31', 'DATE'],
    ['1969-12-31', 'DATE'],
    ['0044-03-15', 'DATE'],
    ['2025-01-31 13:45:59', 'TIMESTAMP'],
    ['2025-01-31T13:45:59.123456', 'TIMESTAMP'],
    ['2025-01-31T13:45', 'TIMESTAMP'],
    ['2025-01-31', 'TIMESTAMP'],
    ['2025-01-31 13:45:59Z', 'TIMESTAMP WITH TIME ZONE'],
    ['2025-01-31 13:45:59.5+05:30', 'TIMESTAMP WITH TIME ZONE'],
    ['2025-01-31 13:45:59-03', 'TIMESTAMP WITH TIME ZONE'],
    ['13:45:59.25', 'TIME'],
  ]
  for (const [text, type] of cases) {
    const column = {name: 'a', type, kind: 'date' as const}
    const batch = {rows: 1, columns: [encodeColumn(column, [text])]}
    // There and back again by the types themselves.
    const [row] = await session.rows(
      sql`select ${join([toGraph(column)])}, a = ${text}::${raw(type)} as same from (${batchTable([column], batch)})`,
    )
    expect([text, row!.a, row!.same]).toEqual([text, microseconds(text, type), true])
  }
})

test('dates that do not exist are refused', () => {
  for (const text of [
    '2025-02-30',
    '2025-13-01',
    '2025-1-1',
    '31/01/2025',
    '2025-01-31 24:00',
    'today',
    '',
  ])
    expect(microseconds(text, 'TIMESTAMP')).toBeUndefined()
})

test('odd values survive the way into DuckDB and back', async () => {
  const session = await openSession()
  const columns = [
    {name: 'x"y', type: 'DOUBLE', kind: 'number' as const},
    {name: "it's", type: 'VARCHAR', kind: 'category' as const},
    {name: 'b', type: 'BOOLEAN', kind: 'boolean' as const},
  ]
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.tuple(
          fc.oneof(
            fc.double({noNaN: true}).map(x => x + 0),
            fc.constant(null),
          ),
          fc.oneof(fc.string({unit: 'grapheme'}), fc.constant(null)),
          fc.oneof(fc.boolean(), fc.constant(null)),
        ),
        {minLength: 1, maxLength: 5},
      ),
      async rows => {
        const values = columns.map((column, i) =>
          encodeColumn(
            column,
            rows.map(row => row[i]),
          ),
        )
        const batch = {rows: rows.length, columns: values}
        const found = await session.rows(
          sql`select ${join(columns.map(toGraph))} from (${batchTable(columns, batch)})`,
        )
        for (const [i, column] of columns.entries())
          expect(
            decoded(
              column,
              found.map(row => row[column.name]),
            ),
          ).toEqual(values[i])
      },
    ),
    {numRuns: 50},
  )
})

test('a FLOAT column has the precision that it was trained with', () => {
  const column = {name: 'a', type: 'FLOAT', kind: 'number' as const}
  expect(encodeColumn(column, [0.1, null])).toEqual(Float64Array.of(Math.fround(0.1), Number.NaN))
})
