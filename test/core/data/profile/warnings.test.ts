// Each warning, the step that it proposes, and that the step really mends it.
import {expect, test} from 'vitest'
import {profile} from '../../../../core/data/profile/index.ts'
import type {Session} from '../../../../core/data/session.ts'
import {type Relation, raw, type Sql, sql} from '../../../../core/data/sql.ts'
import {applyStep, resolveParams} from '../../../../core/notebook/apply.ts'
import {type Warning, warningKinds} from '../../../../core/schema/profile.ts'
import {steps} from '../../../../core/steps/index.ts'
import {session} from '../../../support/step.ts'

const task = {signal: new AbortController().signal, tell: () => {}}

type Case = {
  kind: Warning['kind']
  /** Columns over `r`, which counts the rows, and `h`, which looks random. */
  columns: Sql
  rows?: number
  target?: string
  /** The columns that the warning is about. */
  about: string[]
  fix: Warning['fix']
}

const even = sql`h % 1000 / 8 as even`
const cases: Case[] = [
  {
    kind: 'constant',
    columns: sql`${even}, 'same' as c`,
    about: ['c'],
    fix: {kind: 'drop', params: {columns: ['c']}},
  },
  {
    kind: 'empty',
    columns: sql`${even}, null::date as c`,
    about: ['c'],
    fix: {kind: 'drop', params: {columns: ['c']}},
  },
  {
    kind: 'id-like',
    columns: sql`${even}, 'row-' || r as c`,
    about: ['c'],
    fix: {kind: 'drop', params: {columns: ['c']}},
  },
  {
    kind: 'id-like',
    columns: sql`${even}, 5000 + r as c`,
    about: ['c'],
    fix: {kind: 'drop', params: {columns: ['c']}},
  },
  {
    kind: 'high-cardinality',
    columns: sql`${even}, 'city ' || h % 120 as c`,
    about: ['c'],
    fix: {kind: 'frequency', params: {columns: ['c']}},
  },
  {
    kind: 'high-cardinality',
    columns: sql`${even}, 'city ' || r % 100001 as c`,
    rows: 120_000,
    about: ['c'],
    fix: {kind: 'hash-encode', params: {columns: ['c']}},
  },
  {
    kind: 'skewed',
    columns: sql`${even}, exp(h / 80000) as c`,
    about: ['c'],
    fix: {kind: 'transform', params: {columns: ['c'], with: 'quantile'}},
  },
  {
    // Two tails, one longer, and a third of the rows the same: no power mends that.
    kind: 'skewed',
    columns: sql`${even}, case when r % 3 = 0 then 0 when r % 50 = 1 then -1e4 when r % 150 = 2 then 1e6 else h % 100 - 50 end as c`,
    about: ['c'],
    fix: {kind: 'transform', params: {columns: ['c'], with: 'quantile'}},
  },
  {
    kind: 'outliers',
    columns: sql`${even}, case r % 20 when 0 then 500 + h % 7 when 1 then -500 - h % 7 else h % 100 / 7 end as c`,
    about: ['c'],
    fix: {kind: 'clip', params: {columns: ['c'], with: 'iqr'}},
  },
  {
    kind: 'infinite',
    columns: sql`${even}, case r % 40 when 3 then 'inf'::double when 5 then 1e6 else (h % 100)::double end as c`,
    about: ['c'],
    fix: {
      kind: 'clip',
      params: {columns: ['c'], with: 'percentile', low: 0, high: 1, to: 'missing'},
    },
  },
  {
    kind: 'imbalanced',
    columns: sql`${even}, if(r % 50 = 0, 'rare', 'common') as c`,
    target: 'c',
    about: ['c'],
    fix: {kind: 'balance', params: {column: 'c'}},
  },
  {
    kind: 'mixed-types',
    columns: sql`${even}, if(r % 9 = 0, 'unknown', (h % 60)::varchar) as c`,
    about: ['c'],
    fix: {kind: 'cast', params: {columns: ['c'], to: 'number', otherwise: 'missing'}},
  },
  {
    kind: 'numbers-as-text',
    columns: sql`${even}, (h % 60 / 4)::varchar as c`,
    about: ['c'],
    fix: {kind: 'cast', params: {columns: ['c'], to: 'number'}},
  },
  {
    kind: 'numbers-as-text',
    columns: sql`${even}, if(r % 9 = 0, '', (h % 60 / 4)::varchar) as c`,
    about: ['c'],
    fix: {kind: 'cast', params: {columns: ['c'], to: 'number', otherwise: 'missing'}},
  },
  {
    // All different, which makes amounts no ids.
    kind: 'mixed-types',
    columns: sql`${even}, if(r % 99 = 0, 'to be agreed', format('R$ {:d}.{:03d},{:02d}', r + 1, r, r % 100)) as c`,
    about: ['c'],
    fix: {
      kind: 'cast',
      params: {columns: ['c'], to: 'number', decimal: ',', otherwise: 'missing'},
    },
  },
  {
    // Also of a target, which could not be learned as text.
    kind: 'numbers-as-text',
    columns: sql`${even}, chr(36) || format('{:d},{:03d}', h % 60 + 1, r) as c`,
    target: 'c',
    about: ['c'],
    fix: {kind: 'cast', params: {columns: ['c'], to: 'number', decimal: '.'}},
  },
  {
    kind: 'spellings',
    columns: sql`${even}, case h % 4 when 0 then 'Sim' when 1 then ' SIM' when 2 then 'não' else 'talvez' end as c`,
    about: ['c'],
    fix: {kind: 'derive', params: {columns: {c: 'lower(trim("c"))'}}},
  },
  {
    kind: 'missing',
    columns: sql`${even}, if(r % 4 = 0, null, h % 60 / 4) as c`,
    about: ['c'],
    fix: {kind: 'impute', params: {columns: ['c'], with: 'median'}},
  },
  ...[
    'h % 3 = 0',
    `'v' || h % 3`,
    `date '2024-01-01' + (h % 9)::int`,
    `time '10:00' + to_minutes(h % 9)`,
  ].map(
    (value): Case => ({
      kind: 'missing',
      columns: sql`${even}, if(r % 4 = 0, null, ${raw(value)}) as c`,
      about: ['c'],
      fix: {kind: 'impute', params: {columns: ['c'], with: 'mode'}},
    }),
  ),
  {
    kind: 'missing',
    columns: sql`${even}, if(r % 4 > 0, null, h % 60 / 4) as c`,
    about: ['c'],
    fix: {kind: 'drop', params: {columns: ['c']}},
  },
  {
    kind: 'missing-target',
    columns: sql`${even}, if(r % 4 = 0, null, h % 2 = 0) as "the ""c"""`,
    target: 'the "c"',
    about: ['the "c"'],
    fix: {kind: 'filter', params: {where: '"the ""c""" is not null'}},
  },
  {
    kind: 'duplicates',
    columns: sql`r % 250 / 8 as c, [r % 250] as list`,
    about: [],
    fix: {kind: 'dedupe', params: {}},
  },
  {
    kind: 'leakage',
    columns: sql`${even}, h % 2 = 0 as y, if(h % 2 = 0, 'A', 'B') as c`,
    target: 'y',
    about: ['c'],
    fix: {kind: 'drop', params: {columns: ['c']}},
  },
  {
    kind: 'correlated',
    columns: sql`${even}, h % 1000 / 4 + r % 2 as c`,
    about: ['even', 'c'],
    fix: {kind: 'drop', params: {columns: ['c']}},
  },
]

test('there is a case for every kind of warning', () => {
  expect([...new Set(cases.map(c => c.kind))].sort()).toEqual([...warningKinds].sort())
})

test.each(cases.map(c => [c.kind, c.fix!.kind, c] as const))(
  '%s is mended by %s',
  async (kind, _, given) => {
    const {columns, rows = 500, target, about, fix} = given
    const db = await session()
    await db.run(
      sql`create table t as select ${columns} from (select r, (hash(r) % 1000003)::bigint as h from (select unnest(range(${rows})) as r)) order by r`,
    )
    const before = await db.relation(sql`from t`)
    const warned = await profile(db, before, {...task, target})
    const same = (w: Warning) => w.kind === kind && String(w.columns) === String(about)
    expect(warned.warnings.filter(same).map(w => w.fix)).toEqual([fix])
    const after = await mended(db, before, fix!)
    const {warnings} = await profile(db, after, {...task, target})
    expect(warnings.filter(w => w.kind === kind && w.columns.some(c => about.includes(c)))).toEqual(
      [],
    )
    if (kind === 'duplicates') expect(warnings.map(w => w.kind)).not.toContain(kind)
  },
)

async function mended(db: Session, rows: Relation, {kind, params}: NonNullable<Warning['fix']>) {
  const step = steps[kind]!
  const resolved = resolveParams(step, params, rows.columns, {protect: [], where: kind})
  return (await applyStep(db, step, resolved, {main: rows})).main
}

test('infinite values go, and finite ones stay however far off they are', async () => {
  const db = await session()
  const rows = await db.relation(
    sql`select unnest([1e0, 2e0, 3e0, 1e9, ${Number.POSITIVE_INFINITY}]) as x`,
  )
  const {warnings} = await profile(db, rows, task)
  const {fix} = warnings.find(w => w.kind === 'infinite')!
  const left = await db.rows(sql`select x from ${await mended(db, rows, fix!)}`)
  expect(left.map(row => row.x)).toEqual([1, 2, 3, 1e9, null])
})

test.each([
  ['a flag that is seldom set', sql`if(r % 50 = 0, 1, 0) as c`],
  ['a count that is mostly 0', sql`if(r % 5 = 0, h % 40, 0) as c`],
  ['codes with leading zeros', sql`'00' || h % 40 as c`],
  ['unique measurements', sql`r * 1.25 as c`],
  ['unique moments', sql`timestamp '2024-01-01' + to_minutes(r) as c`],
  ['a few gaps', sql`if(r % 50 = 0, null, h % 90) as c`],
  ['an even spread', sql`h % 1000 as c`],
])('%s is nothing to warn of', async (_, column) => {
  const db = await session()
  await db.run(
    sql`create table t as select ${column}, 'x' || hash(r) % 7 as d from (select r, (hash(r) % 1000003)::bigint as h from (select unnest(range(500)) as r))`,
  )
  const {warnings} = await profile(db, await db.relation(sql`from t`), task)
  expect(warnings.filter(w => w.columns.includes('c')).map(w => w.message)).toEqual([])
})

test('warnings of the target propose no change of it but to leave rows out or to balance them', async () => {
  const db = await session()
  const rows = await db.relation(
    sql`select exp(r / 20) as y, r % 7 as x from (select unnest(range(200)) as r)`,
  )
  const {warnings} = await profile(db, rows, {...task, target: 'y'})
  expect(warnings).toMatchObject([{kind: 'skewed', columns: ['y']}])
  expect(warnings[0]!.fix).toBeUndefined()
})

test('a file with numbers and words in one column is warned of', async () => {
  const db = await session()
  const rows = await db.relation(sql`select unnest(['1', '2', 'three', '4', '5', '', null]) as n`)
  const {warnings} = await profile(db, rows, task)
  expect(warnings.find(w => w.kind === 'mixed-types')!.message).toBe(
    'n holds 4 numbers and 1 other texts',
  )
})
