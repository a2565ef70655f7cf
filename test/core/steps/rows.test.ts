import {expect, onTestFinished, test} from 'vitest'
import {Session} from '../../../core/data/session.ts'
import {raw, sql} from '../../../core/data/sql.ts'
import {applyStep, resolveParams} from '../../../core/notebook/apply.ts'
import type {Transform} from '../../../core/plugin.ts'
import {steps} from '../../../core/steps/index.ts'
import {temporaryFolder} from '../../support/folder.ts'

async function open(threads = 2) {
  const session = await Session.open({folder: await temporaryFolder(), threads})
  onTestFinished(() => session.close())
  const apply = async (kind: string, given: unknown, query: string) => {
    const step: Transform = steps[kind]!
    const main = await session.relation(raw(query))
    const params = resolveParams(step, given, main.columns, {protect: [], where: 'cell'})
    return applyStep(session, step, params, {main})
  }
  const first = async (kind: string, given: unknown, query: string) => {
    const {main} = await apply(kind, given, query)
    return (await session.rows(main.query)).map(row => Object.values(row)[0])
  }
  return {session, apply, first}
}

test('a sample is the same for a seed whatever the number of threads, and another for another seed', async () => {
  const numbers = 'select x from range(300000) t(x)'
  const drawn = async (threads: number, seed: number) =>
    (await open(threads)).first('sample', {rows: 1000, seed}, numbers)
  const [one, four, other] = [await drawn(1, 1), await drawn(4, 1), await drawn(1, 2)]
  expect(one).toHaveLength(1000)
  expect(four).toEqual(one)
  expect(one).toEqual([...one].sort((a, b) => Number(a) - Number(b)))
  // Two samples of a 300th share some 3 rows by chance.
  expect(one.filter(x => other.includes(x)).length).toBeLessThan(20)
})

test('sorting keeps equal rows in their order', async () => {
  const {first} = await open()
  const table = 'select x, x % 3 as k from range(200000) t(x)'
  const sorted = (await first('sort', {columns: ['k']}, table)) as number[]
  for (let i = 1; i < sorted.length; i++)
    if (sorted[i]! % 3 === sorted[i - 1]! % 3) expect(sorted[i]).toBeGreaterThan(sorted[i - 1]!)
})

test('duplicates are removed in place, over many row groups', async () => {
  const {first} = await open()
  const table = 'select x % 150000 as x from range(300000) t(x)'
  expect(await first('dedupe', {}, table)).toEqual(Array.from({length: 150000}, (_, i) => i))
})

test('a value that cannot be read as the type stops the cast, with the value, its column and a choice', async () => {
  const {session, apply, first} = await open()
  const table = `select unnest(['1', 'two', null]) as n`
  const {main} = await apply('cast', {columns: ['n'], to: 'number'}, table)
  await expect(session.rows(main.query)).rejects.toThrow(
    `cannot read 'two' in column "n" as number`,
  )
  expect(await first('cast', {columns: ['n'], to: 'number', otherwise: 'missing'}, table)).toEqual([
    1,
    null,
    null,
  ])
  await expect(
    apply('cast', {columns: ['d'], to: 'number'}, `select date '2024-01-01' as d`),
  ).rejects.toMatchObject({
    code: 'wrong-type',
    hint: 'a date-parts step makes numbers of a date',
  })
})

test('a step that adds a column does not take the name of another', async () => {
  const {apply} = await open()
  await expect(
    apply('impute', {columns: ['a'], flag: true}, 'select 1 as a, 2 as a_was_missing'),
  ).rejects.toMatchObject({code: 'duplicate-name'})
})

test('parameters that do not go together are refused', async () => {
  const {apply} = await open()
  const table = 'select 1.5 as a'
  const wrong: [string, unknown][] = [
    ['impute', {with: 'constant'}],
    ['impute', {with: 'mean', value: 1}],
    ['clip', {with: 'percentile', factor: 2}],
    ['clip', {with: 'percentile', low: 0.9, high: 0.1}],
    ['bin', {with: 'edges'}],
    ['bin', {with: 'edges', edges: [2, 1]}],
    ['bin', {edges: [1]}],
    ['sample', {}],
    ['sample', {rows: 1, share: 0.5}],
    ['cast', {columns: ['a'], to: 'text', format: '%Y'}],
    ['derive', {columns: {}}],
    ['sort', {columns: ['a'], descending: ['b']}],
    ['drop', {columns: ['a']}],
  ]
  for (const [kind, params] of wrong)
    await expect(
      apply(kind, params, table),
      `${kind} ${JSON.stringify(params)}`,
    ).rejects.toMatchObject({
      code: expect.stringMatching(/^(bad-params|no-column)$/),
    })
})

test('a constant must be of the kind of the column', async () => {
  const {apply} = await open()
  await expect(
    apply('impute', {with: 'constant', value: 'unknown'}, `select 1 as n, 'a' as t`),
  ).rejects.toMatchObject({
    code: 'wrong-type',
    message: '"unknown" cannot fill column "n" (INTEGER)',
  })
})

test('learned means have the same bits for any number of threads', async () => {
  const table = `select sin(x) * exp(x % 50) as x from range(500000) t(x)`
  const learned = async (threads: number, kind: string, params: unknown) =>
    (await (await open(threads)).apply(kind, params, table)).learned
  for (const [kind, params] of [
    ['scale', {}],
    ['impute', {with: 'mean'}],
    ['clip', {with: 'z-score'}],
  ] as const)
    expect(await learned(4, kind, params)).toEqual(await learned(1, kind, params))
})

test('of a column with few different values the same is learned as of one with many', async () => {
  const {session, apply} = await open()
  const few = '(x * 7919) % 100'
  const table = `select if(x % 9 = 0, null, if(x % 11 = 0, 'inf'::double, ${few})) as few,
    if(x % 9 = 0, null, if(x % 11 = 0, 'inf'::double, ${few} + x * 1e-12)) as many from range(30000) t(x)`
  const [row] = await session.rows(
    raw(`
    select avg(few) as mean, stddev_pop(few) as sd, quantile_cont(few, [.25, .5, .75]) as q
    from (${table}) where not isinf(few)`),
  )
  const {mean, sd, q} = row as {mean: number; sd: number; q: number[]}
  const learned = async (kind: string, params: unknown) =>
    (await apply(kind, params, table)).learned
  const both = (x: number) => [expect.closeTo(x, 6), expect.closeTo(x, 6)]
  expect(await learned('scale', {})).toEqual({center: both(mean), spread: both(sd)})
  expect(await learned('scale', {with: 'robust'})).toEqual({
    center: both(q[1]!),
    spread: both(q[2]! - q[0]!),
  })
  expect(await learned('impute', {with: 'median'})).toEqual({fill: both(q[1]!)})
})

test('a column whose many values come late is not mistaken for one of few', async () => {
  const {session, apply} = await open()
  const table = 'select if(x < 30000, x % 10, x / 7) as x from range(60000) t(x)'
  const {learned} = await apply('scale', {with: 'robust'}, table)
  const [row] = await session.rows(
    raw(`select quantile_cont(x, [.25, .5, .75]) as q from (${table})`),
  )
  const [low, middle, high] = row!.q as [number, number, number]
  expect(learned).toEqual({center: [middle], spread: [high - low]})
})

test('columns without a value, or with one, are learned by count as well', async () => {
  const {apply} = await open()
  const table = `select null::double as none, if(x = 3, 5, null)::double as one, 'nan'::double as nan from range(9) t(x)`
  const {learned} = await apply('scale', {}, table)
  expect(learned).toEqual({center: [0, 5, 0], spread: [1, 1, 1]})
})

test('mean and deviation are those of the definition', async () => {
  const {apply} = await open()
  const values = Array.from({length: 1000}, (_, i) => 1e6 + Math.sin(i) * (i % 7))
  const mean = values.reduce((a, b) => a + b) / values.length
  const sd = Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length)
  const {learned} = await apply('scale', {}, sql`select unnest(${values}) as x`.text)
  const {center, spread} = learned as {center: number[]; spread: number[]}
  expect(center[0]! / mean).toBeCloseTo(1, 13)
  expect(spread[0]! / sd).toBeCloseTo(1, 9)
})

test('many quantiles are the same as few', async () => {
  const {session, apply} = await open()
  const table = 'select hash(x) % 1000 / 7 as x from range(5000) t(x)'
  const {learned} = await apply('bin', {with: 'equal-count', bins: 10}, table)
  const [row] = await session.rows(
    sql`select quantile_cont(x, [.1, .2, .3, .4, .5, .6, .7, .8, .9]) as q from (${raw(table)})`,
  )
  const {edges} = learned as {edges: number[][]}
  expect(edges[0]).toHaveLength(9)
  for (const [i, edge] of edges[0]!.entries()) expect(edge).toBeCloseTo((row!.q as number[])[i]!, 9)
})

test('of a table of many columns the same is learned as of each column alone', async () => {
  const {session, apply} = await open()
  const names = Array.from({length: 900}, (_, i) => `c${i}`)
  // Numbers, words and flags, some missing, some columns of nothing else.
  const of = (i: number) => {
    const chance = `(hash(x, ${i}) % 1000)::integer`
    if (i % 5 === 4) return `if(${chance} % 7 = 0, null, 'w' || ${chance} % 5)`
    if (i % 5 === 3) return `${chance} % 3 = 0`
    return `if(${chance} % 7 = 0 or ${i % 90 === 0}, null, ${chance}::double / 7)`
  }
  const columns = names.map((name, i) => `${of(i)} as ${name}`).join()
  for (const [table, rows] of [
    ['many', 50],
    ['none', 0],
  ] as const)
    await session.run(
      raw(`create table objects.${table} as select ${columns} from range(${rows}) t(x)`),
    )
  const learned = async (kind: string, params: object, query: string) =>
    (await apply(kind, params, query)).learned as Record<string, unknown[]>
  for (const [kind, params] of [
    ['impute', {with: 'median'}],
    ['impute', {with: 'mode'}],
    ['impute', {with: 'mean'}],
    ['scale', {with: 'min-max'}],
  ] as const) {
    const together = await learned(kind, params, 'from objects.many')
    const chosen = names.filter((_, i) => kind === 'impute' || i % 5 < 3)
    for (const [at, name] of chosen.entries())
      if (at % 31 === 0 || at === chosen.length - 1)
        for (const [what, values] of Object.entries(
          await learned(kind, params, `select ${name} from objects.many`),
        ))
          expect([name, together[what]![at]]).toEqual([name, values[0]])
  }
  expect(await learned('impute', {with: 'median'}, 'from objects.none')).toEqual({
    fill: names.map((_, i) => [0, 0, 0, 0, 'missing'][i % 5]),
  })
}, 60_000)
