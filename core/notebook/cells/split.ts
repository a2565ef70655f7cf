// A `split` cell: rows into training, validation and test parts, and into folds.
import {join} from 'node:path'
import {z} from 'zod'
import {Mask, masked, writeMasks} from '../../data/mask.ts'
import {rowNumber, type Session, scan} from '../../data/session.ts'
import {shuffleCuts, shuffleKey, shuffler} from '../../data/shuffle.ts'
import {id, relationOf, type Sql, sql} from '../../data/sql.ts'
import {AppError, didYouMean} from '../../error.ts'
import {column} from '../../schema/params.ts'
import type {Table} from '../../schema/table.ts'
import type {SplitValue} from '../../schema/value.ts'
import {rule} from '../../words/rule.ts'
import {says} from '../../words/says.ts'
import {type CellContext, defineCell, objectName} from '../cell-kind.ts'

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
  .refine(
    p => p.test + p.validation < 1,
    rule(says`test and validation leave no rows to train on`, 'test'),
  )
  .refine(
    p => [p.stratify, p.group, p.time].filter(Boolean).length <= 1,
    rule(says`choose one of stratify, group and time`, 'stratify'),
  )
type SplitParams = z.infer<typeof params>

export const splitCell = defineCell<SplitParams>({
  kind: 'split',
  version: 1,
  title: 'Split',
  doc: 'Divides rows into training, validation and test parts: at random, stratified, by group or by time. What steps learn after it, they learn from the training rows alone.',
  params,
  ports: {in: {min: 1, max: 1, accepts: ['table']}, out: 'split'},
  async run({session, params, inputs, hash, folder, signal}) {
    const input = inputs[0]!.value
    if (input.type !== 'table') throw new AppError('wrong-port', says`a split needs a table`)
    for (const name of [params.stratify, params.group, params.time])
      if (name && !input.table.columns.some(c => c.name === name))
        throw new AppError('no-column', says`no column named "${name}"`, {
          hint: didYouMean(
            name,
            input.table.columns.map(c => c.name),
          ),
        })
    await session.mount(input.table.objects)
    const rows = await numberedRows(session, input.table, {hash, folder, signal})
    const random = !(params.stratify || params.group || params.time)
    if (rows.count === 0)
      throw new AppError('bad-data', says`there are no rows to split`, {
        hint: says`look at the cells above: the file may hold a header only, or a filter left none`,
      })
    const sets = random
      ? dealt(rows.count, params)
      : await assigned(session, rows, params, {signal})
    await writeMasks(session, join(folder, 'parts.parquet'), sets)
    const made = views(input.table, rows.name, objectName(hash, 'parts.parquet'), sets, params)
    const {recipe} = input
    // What came before the split saw every row, so then every row is what training saw.
    const seen = recipe.steps.length === 0 ? made.parts.train : recipe.rows
    const value: SplitValue = {type: 'split', ...made, recipe: {...recipe, rows: seen}}
    if (value.parts.train.rows === 0)
      throw new AppError(
        'bad-data',
        rows.count === 1
          ? says`1 row is too few to leave any to train on`
          : says`${rows.count} rows are too few to leave any to train on`,
        {
          hint: says`lower test and validation`,
        },
      )
    const empty = Object.entries(value.parts).flatMap(([label, t]) => (t.rows === 0 ? [label] : []))
    return {
      value,
      rows: rows.count,
      warnings: empty.map(label => says`the ${label} part is empty`.said),
    }
  },
})

/** Rows that can be named by number: of a stored object, and how to read them before it is in its place. */
type Numbered = {name: string; count: number; scan: Sql}

/** The input's own object where it is one as it stands; else its rows are stored here first. */
async function numberedRows(
  session: Session,
  table: Table,
  {hash, folder, signal}: Pick<CellContext, 'hash' | 'folder' | 'signal'>,
): Promise<Numbered> {
  const [name] = table.objects
  if (name !== undefined && table.sql === scan(name).text)
    return {name, count: table.rows, scan: scan(name)}
  const file = join(folder, 'rows.parquet')
  const count = await session.write(relationOf(table), file, {signal})
  return {name: objectName(hash, 'rows.parquet'), count, scan: await session.parquet(file)}
}

/** The rows of each part by its name, and of both sides of each fold. */
type Sets = Record<string, Mask>
const trains = (fold: number) => `fold-${fold}-train`
const validates = (fold: number) => `fold-${fold}-validation`
const parts = ['train', 'validation', 'test'] as const

/** Puts rows into sets. `fold` is that of a row that is not test. */
function dealer(rows: number, p: SplitParams) {
  // In time there is one block more than folds: the first is only learned from.
  const blocks = p.folds === undefined ? 0 : p.folds + (p.time ? 1 : 0)
  const {put, done} = Mask.fill(rows, parts.length + blocks)
  return {
    put(row: number, part: number, fold: number) {
      put(row, part)
      if (blocks > 0 && part !== test) put(row, parts.length + fold)
    },
    sets(): Sets {
      const [train, validation, test, ...folds] = done() as [Mask, Mask, Mask, ...Mask[]]
      const sets: Sets = {train}
      if (p.validation > 0) sets.validation = validation
      if (p.test > 0) sets.test = test
      const known = Mask.union([train, validation])
      for (let i = 0; i < (p.folds ?? 0); i++) {
        const mine = folds[p.time ? i + 1 : i]!
        sets[trains(i)] = p.time
          ? Mask.union(folds.slice(0, i + 1) as [Mask, ...Mask[]])
          : known.without(mine)
        sets[validates(i)] = mine
      }
      return sets
    },
  }
}
const test = parts.indexOf('test')

/** A random split: each row's part follows from its number alone. */
function dealt(n: number, p: SplitParams): Sets {
  // Multiplied before it is divided, so that a fifth of a hundred rows is twenty.
  const share = (of: number, part: number) => Math.floor((of * Math.round(part * 1e6)) / 1e6)
  const tests = share(n, p.test)
  const rest = n - tests
  const validations = share(rest, p.validation / (1 - p.test))
  const folds = p.folds ?? 1
  const starts = Array.from(
    {length: folds - 1},
    (_, i) => tests + Math.floor((rest * (i + 1)) / folds),
  )
  const {put, sets} = dealer(n, p)
  const [isTest, isValidation, ...foldStarts] = shuffleCuts(n, p.seed, [
    tests,
    tests + validations,
    ...starts,
  ]) as [number, number, ...number[]]
  const keyOf = shuffler(p.seed)
  for (let row = 0; row < n; row++) {
    const key = keyOf(row)
    let fold = 0
    while (fold < foldStarts.length && key >= foldStarts[fold]!) fold++
    put(row, key < isTest ? test : key < isValidation ? 1 : 0, fold)
  }
  return sets()
}

/**
 * A split that looks at the rows. `pos` is a row's place in the order that decides; `share`, from 0 to 1, is
 * the middle of its block: the rows of one group or time.
 */
async function assigned(
  session: Session,
  rows: Numbered,
  p: SplitParams,
  {signal}: {signal: AbortSignal},
): Promise<Sets> {
  const {put, sets} = dealer(rows.count, p)
  for await (const chunk of session.chunks(assignment(rows.scan, p), {signal})) {
    const [row, part, fold] = [0, 1, 2].map(i => integers(chunk.getColumnVector(i)))
    for (let i = 0; i < row!.length; i++) put(row![i]!, part![i]!, fold![i]!)
  }
  return sets()
}

/** The typed array of an INTEGER vector. The client keeps it to itself in its types only. */
const integers = (vector: unknown) => (vector as {items: Int32Array}).items

/** The number of each row, of its part in `parts`, and of its fold (0 for test rows). */
function assignment(rows: Sql, p: SplitParams): Sql {
  const blocks = p.group !== undefined || p.time !== undefined
  const isTest = blocks ? last(sql`share`, p.test) : every(sql`pos`, p.test)
  const rest = p.validation / (1 - p.test)
  const isValidation = blocks ? last(sql`rest_share`, rest) : every(sql`rest_pos`, rest)
  const column = id((p.stratify ?? p.group ?? p.time)!)
  return sql`
    with numbered as (
      select ${column}, row_number() over () - 1 as ${rowNumber} from (${rows})),
    ordered as (${order(p)}),
    tested as (
      select *, ${isTest} as is_test
      from (select *, avg(pos) over (partition by block) / count(*) over () as share from ordered)),
    rested as (
      select *, row_number() over (partition by is_test order by pos) - 1 as rest_pos from tested),
    shared as (
      select *, avg(rest_pos) over (partition by is_test, block)
        / count(*) over (partition by is_test) as rest_share
      from rested)
    select ${rowNumber}::integer,
      (case when is_test then ${test} when ${isValidation} then 1 else 0 end)::integer,
      (case when is_test then 0 else ${foldOf(p)} end)::integer
    from shared`
}

/** Each row's place and block. Random rows are blocks of their own. */
function order({stratify, group, time, seed}: SplitParams): Sql {
  const by = (sorted: Sql, block: Sql) =>
    sql`select ${rowNumber}, row_number() over (order by ${sorted}, ${rowNumber}) - 1 as pos, ${block} as block from numbered`
  if (time) return by(sql`${id(time)} nulls first`, id(time))
  if (group)
    return sql`
      select ${rowNumber}, row_number() over (order by ${shuffleKey(sql`block`, seed)}, ${rowNumber}) - 1 as pos, block
      from (select ${rowNumber}, min(${rowNumber}) over (partition by ${id(group)}) as block from numbered)`
  const shuffled = shuffleKey(rowNumber, seed)
  return by(stratify ? sql`${id(stratify)}, ${shuffled}` : shuffled, rowNumber)
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

function views(
  {columns}: Table,
  rows: string,
  masks: string,
  sets: Sets,
  p: SplitParams,
): Pick<SplitValue, 'parts' | 'folds'> {
  const only = (name: string): Table => ({
    sql: masked(rows, masks, name).text,
    objects: [rows, masks],
    columns,
    rows: sets[name]!.count,
  })
  const made = Object.fromEntries(
    parts.flatMap(name => (sets[name] ? [[name, only(name)]] : [])),
  ) as SplitValue['parts']
  const folds = Array.from({length: p.folds ?? 0}, (_, i) => ({
    train: only(trains(i)),
    validation: only(validates(i)),
  }))
  return {parts: made, folds}
}
