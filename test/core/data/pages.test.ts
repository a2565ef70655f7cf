import {mkdir} from 'node:fs/promises'
import {join} from 'node:path'
import fc from 'fast-check'
import {expect, onTestFinished, test} from 'vitest'
import {Mask, writeMasks} from '../../../core/data/mask.ts'
import {Pages} from '../../../core/data/pages.ts'
import {Session} from '../../../core/data/session.ts'
import {raw, sql} from '../../../core/data/sql.ts'
import {toFault} from '../../../core/error.ts'
import type {Table} from '../../../core/schema/table.ts'
import type {View} from '../../../core/schema/view.ts'
import {rowsOfPage} from '../../../core/wire/page.ts'
import {temporaryFolder} from '../../support/folder.ts'

const all: View = {filter: [], search: '', sort: []}
const rows = 130_000

/** A stored table of two row groups, and pages over what `query` makes of it. */
async function open(
  query = (table: string) => `from ${table}`,
  made = `select range as n, range % 7 as week, hash(range) % 1000 as chance, 'row ' || range as name from range(${rows})`,
) {
  const folder = await temporaryFolder()
  const objects = join(folder, '.bancada', 'objects')
  await mkdir(join(objects, 'a'), {recursive: true})
  const session = await Session.open({folder})
  const pages = new Pages(folder)
  onTestFinished(async () => {
    session.close()
    await pages.close()
  })
  await session.write(raw(made), join(objects, 'a', 'table.parquet'))
  const {put, done} = Mask.fill(rows, 1)
  for (let row = 0; row < rows; row++) if ((row * 7919) % 1009 < 200) put(row, 0)
  await writeMasks(session, join(objects, 'a', 'masks.parquet'), {some: done()[0]!})
  const named = ['a/table.parquet', 'a/masks.parquet']
  await session.mount(named)
  const text = query('objects."a/table.parquet"')
  const [counted] = await session.rows(sql`select count(*) as n from (${raw(text)})`)
  const table: Table = {
    sql: text,
    objects: named.filter(name => text.includes(name)),
    columns: await session.columns(raw(text)),
    rows: Number(counted!.n),
  }
  const page = async (view: Partial<View>, offset: number, limit = 5) => {
    const {arrow, ...rest} = await pages.page(table, {...all, ...view}, {offset, limit})
    return {...rest, rows: rowsOfPage(arrow)}
  }
  const count = (view: Partial<View>) => pages.count(table, {...all, ...view})
  return {session, table, pages, page, count}
}

/** A fifth of the rows or so, as a split keeps them: a mask beside the table. */
const masked = (table: string) =>
  `select * exclude ("__bancada_row") from ${table.replace('objects.', 'numbered.')}
    where get_bit((select "some"::bit from objects."a/masks.parquet"), "__bancada_row"::integer) = 1`

/** Tables whose rows come from one file: plainly, with its numbers, without them, fewer, and not row by row. */
const shapes: [string, (table: string) => string][] = [
  ['a stored table', t => `from ${t}`],
  ['a step that passes columns on', t => `select * replace (n * 2 as n), n + 1 as next from ${t}`],
  [
    'a step that lists its columns',
    t => `select n, week, chance, name, upper(name) as loud from ${t}`,
  ],
  ['a part of a split', t => `select * from ${t} where chance < 300`],
  ['a part of a split, by its mask', t => masked(t)],
  ['a step over such a part', t => `select *, n + 1 as next from (${masked(t)})`],
  [
    'a step that lists its columns, over such a part',
    t => `select n, week, chance, name, n + 1 as next from (${masked(t)})`,
  ],
  [
    'a query with a figure of all rows',
    t => `select *, n - (select max(n) from ${t}) as below from ${t}`,
  ],
  [
    'a step over a part',
    t => `select n, week, chance, name from (select * from ${t} where chance < 300)`,
  ],
  [
    'a query that is not row by row',
    t => `select n, week, chance, name, lag(n) over (order by n) as before from ${t}`,
  ],
]

test.each(shapes)(
  'every page of %s is what DuckDB itself gives',
  async (_, query) => {
    const {session, table, page, count} = await open(query)
    const views: [Partial<View>, string, string][] = [
      [{}, 'true', 'position'],
      [{filter: [{column: 'week', is: '=', value: 3}]}, 'week = 3', 'position'],
      [{search: 'W 12999'}, `name like '%w 12999%'`, 'position'],
      [
        {
          sort: [
            {by: 'chance', order: 'desc'},
            {by: 'week', order: 'asc'},
          ],
        },
        'true',
        'chance desc, week, position',
      ],
      [
        {filter: [{column: 'chance', is: '<', value: 50}], sort: [{by: 'week', order: 'asc'}]},
        'chance < 50',
        'week, position',
      ],
    ]
    await session.run(
      raw(
        `create table reference as select *, row_number() over () as position from (${table.sql})`,
      ),
    )
    for (const [view, where, order] of views) {
      const [counted] = await session.rows(
        raw(`select count(*) as n from reference where ${where}`),
      )
      const total = Number(counted!.n)
      for (const offset of [0, 9_998, Math.floor(total / 1.1), total + 10]) {
        const expected = await session.rows(
          raw(`select * exclude (position) from reference
          where ${where} order by ${order} limit 5 offset ${offset}`),
        )
        const got = await page(view, offset)
        expect(got.rows).toEqual(expected)
        expect(got.total ?? total).toBe(total)
      }
      expect(await count(view)).toBe(total)
      expect((await page(view, 0)).total).toBe(total)
    }
  },
  60_000,
)

test('the first page of a filter comes before its rows are counted, and tells the total once they are', async () => {
  const {page, count} = await open()
  const view: Partial<View> = {filter: [{column: 'week', is: '=', value: 3}]}
  expect(await page(view, 0)).not.toHaveProperty('total')
  const total = await count(view)
  expect(total).toBe(Math.ceil((rows - 3) / 7))
  expect(await page(view, 0)).toMatchObject({total})
})

test('conditions mean what they say, for each kind of column', async () => {
  const {page, count} = await open(
    undefined,
    `select * from (values
      (1, 'Ann', date '2024-01-01', true, 9007199254740993, 1.50::decimal(9, 2)),
      (2, 'bob', date '2024-06-01', false, 2, 2.25),
      (3, null, null, null, null, null),
      (4, 'it''s 100%', date '2024-12-31', true, 4, 0)) t(id, name, day, yes, big, price)`,
  )
  const ids = async (...filter: View['filter']) =>
    (await page({filter}, 0)).rows.map(r => r.id as number)
  expect(await ids({column: 'name', is: '=', value: 'bob'})).toEqual([2])
  expect(await ids({column: 'name', is: 'contains', value: 'B'})).toEqual([2])
  expect(await ids({column: 'name', is: 'contains', value: '%'})).toEqual([4])
  expect(await ids({column: 'name', is: 'contains', value: `'s`})).toEqual([4])
  expect(await ids({column: 'name', is: 'missing'})).toEqual([3])
  expect(await ids({column: 'name', is: 'present'})).toEqual([1, 2, 4])
  expect(await ids({column: 'day', is: '>=', value: '2024-06-01'})).toEqual([2, 4])
  expect(await ids({column: 'yes', is: '=', value: true})).toEqual([1, 4])
  expect(await ids({column: 'big', is: '=', value: '9007199254740993'})).toEqual([1])
  expect(await ids({column: 'price', is: 'one-of', values: [1.5, '2.25']})).toEqual([1, 2])
  expect(
    await ids({column: 'id', is: '>', value: 1}, {column: 'yes', is: '=', value: true}),
  ).toEqual([4])
  // Search looks at the shown columns alone.
  expect(await count({search: '2024-06'})).toBe(1)
  expect(await count({search: '2024-06', columns: ['name']})).toBe(0)
  await expect(page({columns: ['nam']}, 0)).rejects.toMatchObject({
    code: 'no-column',
    hint: 'did you mean "name"?',
  })
  await expect(page({sort: [{by: 'x', order: 'asc'}]}, 0)).rejects.toMatchObject({
    code: 'no-column',
  })
  await expect(ids({column: 'day', is: '=', value: 'soon'})).rejects.toMatchObject({
    code: 'bad-sql',
  })
})

test('columns come in the order that was asked for, and missing values last in either order', async () => {
  const {page} = await open(
    undefined,
    `select * from (values (1, 'b'), (null, 'a'), (2, null)) t(n, t)`,
  )
  const {rows, columns} = await page({columns: ['t', 'n'], sort: [{by: 'n', order: 'desc'}]}, 0)
  expect(columns.map(c => [c.name, c.kind])).toEqual([
    ['t', 'category'],
    ['n', 'number'],
  ])
  expect(rows.map(Object.values)).toEqual([
    [null, 2],
    ['b', 1],
    ['a', null],
  ])
  const {rows: up} = await page({sort: [{by: 't', order: 'asc'}]}, 0)
  expect(up.map(r => r.t)).toEqual(['a', 'b', null])
})

test('a table with a column named like DuckDB’s own row number is paged all the same', async () => {
  const {page} = await open(undefined, `select 7 - range as file_row_number from range(8)`)
  expect((await page({}, 2, 3)).rows.map(r => r.file_row_number)).toEqual([5, 4, 3])
})

test('views that are looked at side by side do not disturb each other', async () => {
  const {page} = await open()
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({week: fc.nat(6), desc: fc.boolean(), at: fc.nat(18_000)}), {
        minLength: 4,
        maxLength: 8,
      }),
      async asked => {
        const got = await Promise.all(
          asked.map(({week, desc, at}) =>
            page(
              {
                filter: [{column: 'week', is: '=', value: week}],
                sort: desc ? [{by: 'n', order: 'desc'}] : [],
              },
              at,
              2,
            ),
          ),
        )
        for (const [i, {week, desc, at}] of asked.entries()) {
          const total = Math.ceil((rows - week) / 7)
          const nth = (k: number) => (desc ? total - 1 - k : k) * 7 + week
          expect(got[i]!.rows.map(r => r.n)).toEqual([nth(at), nth(at + 1)])
        }
      },
    ),
    {numRuns: 5},
  )
}, 30_000)

test('whoever stays in one sort sees the same rows, wherever they are read from', async () => {
  const {session, table, page, pages} = await open(
    undefined,
    `select (range * 7919) % ${rows} as n, range % 7 as week, 'row ' || range as rowid,
      if(range % 11 = 0, null, hash(range) % 1000) as chance from range(${rows})`,
  )
  const views: Partial<View>[] = [
    {sort: [{by: 'chance', order: 'desc'}], columns: ['n', 'chance']},
    {sort: [{by: 'chance', order: 'asc'}], columns: ['week']},
    {sort: [{by: 'week', order: 'asc'}]},
    {
      filter: [{column: 'week', is: '=', value: 3}],
      sort: [{by: 'n', order: 'desc'}],
      columns: ['n'],
    },
  ]
  for (const view of views) {
    const shown = (view.columns ?? table.columns.map(c => c.name)).map(name => `"${name}"`).join()
    const [{by, order}] = view.sort as [View['sort'][number]]
    const expected = await session.rows(
      raw(`select ${shown} from (select *, row_number() over () as place from (${table.sql}))
        where ${view.filter ? 'week = 3' : 'true'} order by ${by} ${order} nulls last, place`),
    )
    // In two stretches, and across both.
    for (const at of [
      0,
      50,
      9_995,
      12_000,
      100,
      12_050,
      ...Array.from({length: 60}, (_, i) => i * 250),
    ]) {
      const got = await page(view, at, 10)
      expect(got.rows).toEqual(expected.slice(at, at + 10))
    }
    // More sorts than are kept.
    for (const by of ['n', 'week', 'chance'])
      for (const column of ['n', 'week', 'chance'])
        for (const offset of [0, 10])
          await pages.page(
            table,
            {...all, sort: [{by, order: 'desc'}], columns: [column]},
            {offset, limit: 5},
          )
  }
}, 60_000)

test('a sort that is cancelled stops, and who asks again gets it', async () => {
  const {pages, table, page} = await open(
    undefined,
    `select range as n, hash(range) as h from range(1000000)`,
  )
  const stop = new AbortController()
  const view: View = {...all, sort: [{by: 'h', order: 'asc'}]}
  const tell = () => stop.abort()
  const first = pages.page(table, view, {offset: 900_000, limit: 5}, {signal: stop.signal, tell})
  const second = page(view, 900_000)
  await expect(first).rejects.toSatisfy(error => toFault(error).code === 'cancelled')
  expect((await second).rows).toHaveLength(5)
}, 30_000)
