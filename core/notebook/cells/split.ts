// A `split` cell: rows into training, validation and test parts, and into folds.
import {join} from 'node:path'
import {z} from 'zod'
import type {Session} from '../../data/session.ts'
import {shuffleCuts, shuffleKey} from '../../data/shuffle.ts'
import {id, join as joinSql, raw, type Sql, sql} from '../../data/sql.ts'
import {AppError, didYouMean} from '../../error.ts'
import {column} from '../../schema/params.ts'
import type {Table} from '../../schema/table.ts'
import type {SplitValue} from '../../schema/value.ts'
import {defineCell, objectName} from '../cell-kind.ts'
import {stored} from './sql.ts'

const fraction = z.number().min(0).max(0.9)

const params = z
  .strictObject({
    test: fraction.default(0.2).describe('Share of the rows kept for the last evaluation'),
    validation: fraction.default(0).describe('Share of the rows for early stopping and choosing'),
    folds: z
      .number()
      .int()
      .min(2)
      .max(100)
      .optional()
      .describe('Folds for cross-validation, made of the rows that are not test'),
    stratify: column()
      .optional()
      .describe('Keeps the shares of this column’s values the same in every part'),
    group: column().optional().describe('Rows of one group never stand in two parts'),
    time: column()
      .optional()
      .describe('The latest rows become the test part, those before them validation'),
    seed: z.number().int().min(0).max(4294967295).default(1),
  })
  .refine(p => p.test + p.validation < 1, {
    error: 'test and validation leave no rows to train on',
    path: ['test'],
  })
  .refine(p => [p.stratify, p.group, p.time].filter(Boolean).length <= 1, {
    error: 'choose one of stratify, group and time',
    path: ['stratify'],
  })
type SplitParams = z.infer<typeof params>

// Columns of the stored table that the parts do not show.
const part = '__bancada_part'
const fold = '__bancada_fold'
const row = '__bancada_row'
const key = '__bancada_key'

export const splitCell = defineCell<SplitParams>({
  kind: 'split',
  version: 1,
  title: 'Split',
  doc: 'Divides rows into training, validation and test parts: at random, stratified, by group or by time. What steps learn after it, they learn from the training rows alone.',
  params,
  ports: {in: {min: 1, max: 1, accepts: ['table']}, out: 'split'},
  async run({session, params, inputs, hash, folder, signal}) {
    const input = inputs[0]!.value
    if (input.type !== 'table') throw new AppError('wrong-port', 'a split needs a table')
    for (const name of [params.stratify, params.group, params.time])
      if (name && !input.table.columns.some(c => c.name === name))
        throw new AppError('no-column', `no column named "${name}"`, {
          hint: didYouMean(
            name,
            input.table.columns.map(c => c.name),
          ),
        })
    await session.mount(input.table.objects)
    const file = join(folder, 'split.parquet')
    const random = !(params.stratify || params.group || params.time)
    const query = random ? await dealt(session, input.table, params) : assigned(input.table, params)
    const rows = await session.write(query, file, {signal})
    if (rows === 0)
      throw new AppError('bad-data', 'there are no rows to split', {
        hint: 'look at the cells above: the file may hold a header only, or a filter left none',
      })
    const all = await stored(session, folder, objectName(hash, 'split.parquet'), rows)
    const counts = await session.rows(
      sql`select ${id(part)} as part, ${id(fold)} as fold, count(*)::double as n
          from read_parquet(${file}) group by all order by all`,
      {signal},
    )
    const made = views(all, counts as Count[], params)
    const {recipe} = input
    // What came before the split saw every row, so then every row is what training saw.
    const seen = recipe.steps.length === 0 ? made.parts.train : recipe.rows
    const value: SplitValue = {type: 'split', ...made, recipe: {...recipe, rows: seen}}
    if (value.parts.train.rows === 0)
      throw new AppError(
        'bad-data',
        `${rows === 1 ? '1 row is' : `${rows} rows are`} too few to leave any to train on`,
        {
          hint: 'lower test and validation',
        },
      )
    const empty = Object.entries(value.parts).flatMap(([label, t]) => (t.rows === 0 ? [label] : []))
    return {value, rows, warnings: empty.map(label => `the ${label} part is empty`)}
  },
})

/** A random split: each row's part follows from its number alone, so rows only stream through. */
async function dealt(session: Session, table: Table, p: SplitParams): Promise<Sql> {
  const [counted] = await session.rows(sql`select count(*) as n from (${raw(table.sql)})`)
  const n = Number(counted!.n)
  // Multiplied before it is divided, so that a fifth of a hundred rows is twenty.
  const share = (of: number, part: number) => Math.floor((of * Math.round(part * 1e6)) / 1e6)
  const test = share(n, p.test)
  const rest = n - test
  const validation = share(rest, p.validation / (1 - p.test))
  const folds = p.folds ?? 1
  const starts = Array.from(
    {length: folds - 1},
    (_, i) => test + Math.floor((rest * (i + 1)) / folds),
  )
  const [isTest, isValidation, ...foldCuts] = shuffleCuts(n, p.seed, [
    test,
    test + validation,
    ...starts,
  ])
  const foldOf = foldCuts.map((cut, i) => sql`when ${id(key)} < ${cut} then ${i}`)
  return sql`
    select * exclude (${id(row)}, ${id(key)}),
      case when ${id(key)} < ${isTest!} then 'test' when ${id(key)} < ${isValidation!} then 'validation' else 'train' end
        as ${id(part)},
      (case when ${id(key)} < ${isTest!} then null ${joinSql(foldOf, ' ')} else ${folds - 1} end)::integer as ${id(fold)}
    from (
      select *, ${shuffleKey(id(row), p.seed)} as ${id(key)}
      from (select *, row_number() over () - 1 as ${id(row)} from (${raw(table.sql)})))`
}

/**
 * The whole table with the part and fold of each row, in the order in which it came. `pos` is a row's place
 * in the order that decides; `share`, from 0 to 1, is the middle of its block: the rows of one group or time.
 */
function assigned(table: Table, p: SplitParams): Sql {
  const blocks = p.group !== undefined || p.time !== undefined
  const isTest = blocks ? last(sql`share`, p.test) : every(sql`pos`, p.test)
  const rest = p.validation / (1 - p.test)
  const isValidation = blocks ? last(sql`rest_share`, rest) : every(sql`rest_pos`, rest)
  return sql`
    with numbered as (select *, row_number() over () - 1 as ${id(row)} from (${raw(table.sql)})),
    ordered as (${order(p)}),
    tested as (
      select *, ${isTest} as is_test
      from (select *, avg(pos) over (partition by block) / count(*) over () as share from ordered)),
    rested as (
      select *, row_number() over (partition by is_test order by pos) - 1 as rest_pos from tested),
    shared as (
      select *, avg(rest_pos) over (partition by is_test, block)
        / count(*) over (partition by is_test) as rest_share
      from rested),
    placed as (
      select ${id(row)},
        case when is_test then 'test' when ${isValidation} then 'validation' else 'train' end as ${id(part)},
        case when is_test then null else (${foldOf(p)})::integer end as ${id(fold)}
      from shared)
    select numbered.* exclude (${id(row)}), placed.${id(part)}, placed.${id(fold)}
    from numbered join placed using (${id(row)}) order by ${id(row)}`
}

/** Each row's place and block. Random rows are blocks of their own. */
function order({stratify, group, time, seed}: SplitParams): Sql {
  const by = (sorted: Sql, block: Sql) =>
    sql`select ${id(row)}, row_number() over (order by ${sorted}, ${id(row)}) - 1 as pos, ${block} as block from numbered`
  if (time) return by(sql`${id(time)} nulls first`, id(time))
  if (group)
    return sql`
      select ${id(row)}, row_number() over (order by ${shuffleKey(sql`block`, seed)}, ${id(row)}) - 1 as pos, block
      from (select ${id(row)}, min(${id(row)}) over (partition by ${id(group)}) as block from numbered)`
  const shuffled = shuffleKey(id(row), seed)
  return by(stratify ? sql`${id(stratify)}, ${shuffled}` : shuffled, id(row))
}

/**
 * True for a share of the places, evenly spread: in the order of a stratum that gives each stratum its share
 * to within one row. In whole numbers, so that no rounding piles up.
 */
function every(place: Sql, share: number): Sql {
  const millionths = Math.round(share * 1e6)
  return sql`((${place} + 1) * ${millionths}) // 1000000 > (${place} * ${millionths}) // 1000000`
}

/** True for the blocks in the last share of the rows. */
const last = (place: Sql, share: number) =>
  share === 0 ? sql`false` : sql`${place} >= ${1 - share}`

function foldOf({folds, time, group}: SplitParams): Sql {
  if (folds === undefined) return sql`0`
  // One block more than folds in time: the first is only learned from.
  if (time) return sql`least(floor(rest_share * ${folds + 1}), ${folds})`
  if (group) return sql`least(floor(rest_share * ${folds}), ${folds - 1})`
  return sql`rest_pos % ${folds}`
}

type Count = {part: string; fold: number | null; n: number}

function views(all: Table, counts: Count[], p: SplitParams): Pick<SplitValue, 'parts' | 'folds'> {
  const columns = all.columns.filter(c => c.name !== part && c.name !== fold)
  const only = (condition: Sql, keep: (c: Count) => boolean): Table => ({
    sql: sql`select * exclude (${joinSql([id(part), id(fold)])}) from (${raw(all.sql)}) where ${condition}`
      .text,
    objects: all.objects,
    columns,
    rows: counts.filter(keep).reduce((sum, c) => sum + c.n, 0),
  })
  const named = (label: string) => only(sql`${id(part)} = ${label}`, c => c.part === label)
  const parts = {
    train: named('train'),
    ...(p.validation > 0 ? {validation: named('validation')} : {}),
    ...(p.test > 0 ? {test: named('test')} : {}),
  }
  const folds = Array.from({length: p.folds ?? 0}, (_, i) => {
    // In time, a fold trains on everything before its block; else on every other fold.
    const [mine, trains] = p.time ? [i + 1, (f: number) => f <= i] : [i, (f: number) => f !== i]
    const compare = p.time ? sql`${id(fold)} < ${mine}` : sql`${id(fold)} <> ${mine}`
    return {
      train: only(
        sql`${id(part)} <> 'test' and ${compare}`,
        c => c.fold !== null && trains(c.fold),
      ),
      validation: only(sql`${id(part)} <> 'test' and ${id(fold)} = ${mine}`, c => c.fold === mine),
    }
  })
  return {parts, folds}
}
