import {expect, onTestFinished, test} from 'vitest'
import {z} from 'zod'
import {Session} from '../../../core/data/session.ts'
import {raw, sql} from '../../../core/data/sql.ts'
import {applyStep} from '../../../core/notebook/apply.ts'
import {defineTransform} from '../../../core/plugin.ts'
import {temporaryFolder} from '../../support/folder.ts'

const base = {
  version: 1,
  title: '',
  doc: '',
  group: 'numbers',
  params: z.strictObject({}),
  serves: 'sql',
  rows: 'map',
  examples: [{params: {}, rows: [], gives: []}],
} as const

async function open() {
  const session = await Session.open({folder: await temporaryFolder(), threads: 1})
  onTestFinished(() => session.close())
  const numbers = (from: number, to: number) =>
    session.relation(sql`select x::double as x from range(${from}, ${to}) t(x)`)
  const values = async (query: Parameters<Session['rows']>[0]) =>
    (await session.rows(query)).map(row => Object.values(row)[0])
  return {session, numbers, values}
}

const center = defineTransform({
  ...base,
  kind: 'center',
  learn: async (_, rows, ask) => (await ask(sql`select avg(x) as mean from ${rows}`))[0]!,
  plan: (_, rows, learned, {part}) =>
    sql`select x - ${learned.mean as number} as x, ${part} as part from ${rows}`,
})

test('a step learns from the training rows and is applied to every part, by its name', async () => {
  const {session, numbers} = await open()
  const main = {train: await numbers(0, 3), test: await numbers(10, 12)}
  const result = await applyStep(session, center, {}, {main})
  expect(result.learned).toEqual({mean: 1})
  expect(Object.keys(result.main)).toEqual(['train', 'test'])
  expect(await session.rows(result.main.test.query)).toEqual([
    {x: 9, part: 'test'},
    {x: 10, part: 'test'},
  ])
  expect(result.main.train.columns).toEqual([
    {name: 'x', type: 'DOUBLE', kind: 'number'},
    {name: 'part', type: 'VARCHAR', kind: 'category'},
  ])
})

test('a table that was never split is learned from as a whole', async () => {
  const {session, numbers} = await open()
  const {main, learned} = await applyStep(session, center, {}, {main: await numbers(0, 3)})
  expect(learned).toEqual({mean: 1})
  expect((await session.rows(main.query))[0]).toEqual({x: -1, part: 'all'})
})

test('a step that touches training rows leaves the other parts as they are', async () => {
  const {session, numbers, values} = await open()
  const twice = defineTransform({
    ...base,
    kind: 'twice',
    rows: 'rewrite',
    touches: 'train',
    plan: (_, rows) => sql`from ${rows} union all from ${rows}`,
  })
  const main = {train: await numbers(0, 2), validation: await numbers(5, 6)}
  const result = await applyStep(session, twice, {}, {main})
  expect(await values(result.main.train.query)).toHaveLength(4)
  expect(result.main.validation).toBe(main.validation)
})

test('two columns of one name are an error, and capitals make no difference', async () => {
  const {session, numbers} = await open()
  const add = (name: string) =>
    defineTransform({
      ...base,
      kind: 'add',
      plan: (_, rows) => sql`select *, 1 as ${raw(name)} from ${rows}`,
    })
  const main = await numbers(0, 1)
  await expect(applyStep(session, add('X'), {}, {main})).rejects.toMatchObject({
    code: 'duplicate-name',
    message: 'the table already has a column named "x"',
  })
  await expect(applyStep(session, add('y, 2 as Y'), {}, {main})).rejects.toMatchObject({
    message: 'two new columns would both be named "Y"',
  })
})

test.each([
  ['an infinite number', Number.POSITIVE_INFINITY],
  ['a date', new Date(0)],
  ['a bigint', 1n],
])('what a step learned must survive a JSON file: %s does not', async (_, odd) => {
  const {session, numbers} = await open()
  const step = defineTransform({
    ...base,
    kind: 'odd',
    learn: async () => ({odd}) as Record<string, unknown>,
    plan: (_, rows) => sql`from ${rows}`,
  })
  await expect(applyStep(session, step, {}, {main: await numbers(0, 1)})).rejects.toMatchObject({
    code: 'internal',
  })
})

test('a step can be cancelled while it learns', async () => {
  const {session, numbers} = await open()
  const stop = new AbortController()
  const slow = defineTransform({
    ...base,
    kind: 'slow',
    learn: async (_, rows, ask) =>
      (
        await ask(sql`select count(*) as n from ${rows}, range(1e9::bigint), range(1e9::bigint)`)
      )[0]!,
    plan: (_, rows) => sql`from ${rows}`,
  })
  setTimeout(() => stop.abort(), 50)
  await expect(
    applyStep(session, slow, {}, {main: await numbers(0, 1)}, {signal: stop.signal}),
  ).rejects.toMatchObject({code: 'cancelled'})
})
