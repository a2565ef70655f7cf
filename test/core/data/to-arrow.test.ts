import {tableFromIPC} from 'apache-arrow'
import fc from 'fast-check'
import {expect, onTestFinished, test} from 'vitest'
import {Session} from '../../../core/data/session.ts'
import {id, join, raw, sql} from '../../../core/data/sql.ts'
import {toArrow} from '../../../core/data/to-arrow.ts'
import {rowsOfPage} from '../../../core/wire/page.ts'
import {temporaryFolder} from '../../support/folder.ts'

async function open() {
  const session = await Session.open({folder: await temporaryFolder()})
  onTestFinished(() => session.close())
  return session
}

const bits = (width: number) => {
  const half = 2n ** BigInt(width - 1)
  return fc.bigInt({min: -half, max: half - 1n}).map(String)
}
const unsigned = (width: number) => fc.bigInt({min: 0n, max: 2n ** BigInt(width) - 1n}).map(String)
const decimal = (width: number, scale: number) =>
  fc.bigInt({min: -(10n ** BigInt(width)) + 1n, max: 10n ** BigInt(width) - 1n}).map(n => {
    const figures = String(n < 0n ? -n : n).padStart(scale + 1, '0')
    const point = figures.length - scale
    return `${n < 0n ? '-' : ''}${figures.slice(0, point)}.${figures.slice(point) || '0'}`
  })
const micros = (min: bigint, max: bigint) => fc.bigInt({min, max}).map(n => `make_timestamp(${n})`)
const literal = (value: string) => sql`${value}`.text
const text = fc.string({unit: 'binary', maxLength: 30})

/** For each type, SQL that makes a value of it. */
const values: Record<string, fc.Arbitrary<string>> = {
  BOOLEAN: fc.boolean().map(String),
  TINYINT: bits(8),
  SMALLINT: bits(16),
  INTEGER: bits(32),
  BIGINT: bits(64),
  HUGEINT: bits(128).map(literal),
  UTINYINT: unsigned(8),
  USMALLINT: unsigned(16),
  UINTEGER: unsigned(32),
  UBIGINT: unsigned(64),
  UHUGEINT: unsigned(128).map(literal),
  BIGNUM: unsigned(300).map(literal),
  'DECIMAL(4,1)': decimal(4, 1).map(literal),
  'DECIMAL(9,4)': decimal(9, 4).map(literal),
  'DECIMAL(18,0)': decimal(18, 0).map(literal),
  'DECIMAL(38,10)': decimal(38, 10).map(literal),
  FLOAT: fc.float({noNaN: true}).map(x => sql`${x}`.text),
  DOUBLE: fc.double({noNaN: true}).map(x => sql`${x}`.text),
  VARCHAR: text.map(literal),
  BLOB: fc
    .uint8Array({maxLength: 20})
    .map(b => `'${[...b].map(x => `\\x${x.toString(16).padStart(2, '0')}`).join('')}'::blob`),
  DATE: fc
    .oneof(fc.integer({min: -2_000_000, max: 2_900_000}), fc.integer({min: -10, max: 10}))
    .map(n => `date '1970-01-01' + ${n}::integer`),
  TIME: fc
    .integer({min: 0, max: 86_399_999_999})
    .map(n => `time '00:00:00' + to_microseconds(${n})`),
  TIME_NS: fc
    .integer({min: 0, max: 999_999_999})
    .map(n => literal(`12:34:56.${String(n).padStart(9, '0')}`)),
  TIMESTAMP: micros(-(2n ** 56n), 2n ** 62n),
  TIMESTAMP_S: micros(-(2n ** 56n), 2n ** 57n),
  TIMESTAMP_MS: micros(-(2n ** 56n), 2n ** 57n),
  TIMESTAMP_NS: fc.bigInt({min: -(2n ** 62n), max: 2n ** 62n}).map(n => `make_timestamp_ns(${n})`),
  'TIMESTAMP WITH TIME ZONE': fc
    .bigInt({min: -(2n ** 56n), max: 2n ** 57n})
    .map(n => `to_timestamp(0) + to_microseconds(${n})`),
  'TIME WITH TIME ZONE': fc
    .integer({min: -12, max: 12})
    .map(n => literal(`10:20:30.5${n < 0 ? '-' : '+'}${String(Math.abs(n)).padStart(2, '0')}`)),
  INTERVAL: fc
    .tuple(fc.integer({min: -50, max: 50}), fc.integer(), fc.integer())
    .map(([m, d, s]) => `to_months(${m}) + to_days(${d}) + to_microseconds(${s})`),
  UUID: fc.uuid().map(literal),
  BIT: fc.array(fc.boolean(), {minLength: 1}).map(b => literal(b.map(Number).join(''))),
  "ENUM('small', 'é', 'large')": fc.constantFrom('small', 'é', 'large').map(literal),
}

test.each(Object.keys(values))('%s comes through Arrow as it is in DuckDB', async type => {
  const session = await open()
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.option(values[type]!, {nil: 'null'}), {minLength: 1, maxLength: 70}),
      async made => {
        const rows = join(made.map((v, i) => raw(`(${i}, (${v})::${type})`)))
        // The text of a moment is in the zone of the machine.
        const shown = raw(type === 'TIMESTAMP WITH TIME ZONE' ? utc : 'x::varchar')
        const query = sql`select x, ${shown} as shown from (values ${rows}) t(i, x) order by i`
        const {bytes, rows: count} = await toArrow(session, query)
        const got = rowsOfPage(bytes)
        expect(count).toBe(made.length)
        expect(got.filter(r => !same(type, r.x, r.shown as string | null))).toEqual([])
        // The other way round, so that a column of nulls would be noticed.
        expect(got.filter(r => r.x === null).length).toBe(made.filter(v => v === 'null').length)
      },
    ),
    {numRuns: 15},
  )
})

const utc = `(x at time zone 'UTC')::varchar || '+00'`

/** Whether a value is what DuckDB's own text says. */
function same(type: string, x: unknown, shown: string | null): boolean {
  if (x === null || shown === null) return x === shown
  if (type === 'FLOAT') return Math.fround(Number(fromDuckDB(shown))) === x
  if (type === 'DOUBLE') return Object.is(Number(fromDuckDB(shown)), x)
  if (type.startsWith('DECIMAL') && typeof x === 'number') return Number(shown) === x
  return String(x) === shown
}
const fromDuckDB = (shown: string) => shown.replace('inf', 'Infinity')

test('the ends and the odd values of each type keep what they mean', async () => {
  const session = await open()
  const query = raw(`select
    'infinity'::date as d1, '-infinity'::date as d2, 'infinity'::timestamp as t1, '-infinity'::timestamptz as t2,
    'nan'::double as nan, '-inf'::float as inf, -0.0::double as zero,
    9007199254740993 as big, '-170141183460469231731687303715884105728'::hugeint as huge, '340282366920938463463374607431768211455'::uhugeint as widest,
    0.1::decimal(20, 18) as small, 123456789012345678.9::decimal(19, 1) as exact,
    '' as empty, chr(0) as nul, ''::blob as no_bytes, null as nothing, 1 as "__proto__"`)
  const [row] = rowsOfPage((await toArrow(session, query)).bytes)
  expect(Object.entries(row!)).toEqual([
    ['d1', 'infinity'],
    ['d2', '-infinity'],
    ['t1', 'infinity'],
    ['t2', '-infinity'],
    ['nan', Number.NaN],
    ['inf', Number.NEGATIVE_INFINITY],
    ['zero', expect.any(Number)],
    ['big', '9007199254740993'],
    ['huge', String(-(2n ** 127n))],
    ['widest', String(2n ** 128n - 1n)],
    ['small', '0.100000000000000000'],
    ['exact', '123456789012345678.9'],
    ['empty', ''],
    ['nul', '\0'],
    ['no_bytes', ''],
    ['nothing', null],
    ['__proto__', 1],
  ])
})

test('lists, arrays, structs and maps nest, with nulls at every level', async () => {
  const session = await open()
  const query = raw(`select
    [[1, null], null, []] as lists, [1.5, 2.5]::double[2] as array,
    {'a': 9007199254740993, 'b': {'c': 'x', 'd': null}} as struct,
    map {date '2024-02-29': ['k', null]} as map, null::struct(a integer) as gone,
    ['small', null]::enum('small', 'large')[] as sizes, union_value(k := 7) as union_
    union all select null, null, null, null, {'a': 3}, null, null`)
  expect(rowsOfPage((await toArrow(session, query)).bytes)).toEqual([
    {
      lists: [[1, null], null, []],
      array: [1.5, 2.5],
      struct: {a: '9007199254740993', b: {c: 'x', d: null}},
      map: [{key: '2024-02-29', value: ['k', null]}],
      gone: null,
      sizes: ['small', null],
      union_: '7',
    },
    {lists: null, array: null, struct: null, map: null, gone: {a: 3}, sizes: null, union_: null},
  ])
})

test('a page of several chunks keeps order, nulls and its dictionary; an empty one keeps its columns', async () => {
  const session = await open()
  const query = (n: number) =>
    raw(`select range as n, if(range % 3 = 0, null, range) as third, (['x', 'y'])[(range % 2 + 1)::integer]::enum('x', 'y') as e,
      'text ' || range as t, range % 2 = 0 as even from range(${n})`)
  const {bytes, rows} = await toArrow(session, query(5000))
  expect(rows).toBe(5000)
  expect(bytes.byteOffset % 8).toBe(0)
  const got = rowsOfPage(bytes)
  expect(got).toHaveLength(5000)
  for (const [n, row] of got.entries())
    expect(row).toEqual({
      n,
      third: n % 3 ? n : null,
      e: n % 2 ? 'y' : 'x',
      t: `text ${n}`,
      even: n % 2 === 0,
    })
  const table = tableFromIPC(bytes)
  expect(table.schema.fields.map(f => String(f.type))).toEqual([
    'Int64',
    'Int64',
    'Dictionary<Uint8, Utf8>',
    'Utf8',
    'Bool',
  ])
  const empty = tableFromIPC((await toArrow(session, query(0))).bytes)
  expect(empty.numRows).toBe(0)
  expect(empty.schema.names).toEqual(['n', 'third', 'e', 't', 'even'])
})

test('a page that no wire would carry is refused before it is made', async () => {
  const session = await open()
  await expect(
    toArrow(session, raw(`select repeat('x', 1000000) as t from range(70)`)),
  ).rejects.toMatchObject({code: 'bad-request', hint: 'ask for fewer rows or columns at a time'})
})

test('text that begins with a byte order mark keeps it', async () => {
  const session = await open()
  const query = sql`select ${id('t')} from (select chr(65279)::varchar || 'a' as t)`
  const {bytes} = await toArrow(session, query)
  expect(rowsOfPage(bytes)[0]!.t).toBe('\uFEFFa')
})

test('a page without rows is none, whatever its columns hold', async () => {
  const session = await open()
  const {bytes} = await toArrow(
    session,
    sql`select [1, null] as list, {a: [1]} as struct, map {'k': [1]} as map, 'x'::enum('x') as word where false`,
  )
  expect(rowsOfPage(bytes)).toEqual([])
})
