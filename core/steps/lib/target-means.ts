// Means of the target by category, over all training rows and with each fold left out.
import {id, join, type Relation, type Sql, sql} from '../../data/sql.ts'
import type {Ask} from '../../plugin.ts'
import type {Column} from '../../schema/table.ts'
import {says} from '../../words/says.ts'
import {countCategories, refuseTooMany, textOf} from './categories.ts'

const mostCategories = 10_000
const mostClasses = 100

/** Null where the target has no value in any training row. */
type Mean = number | null

/** Means by code, as in `codesIn`: a row for each category, then one for missing, then one for unseen. */
export type Encoding = {
  categories: string[]
  serve: Mean[][]
  /** The same for each fold, from the rows of the other folds. */
  train: Mean[][][]
}

export type MeansSpec = {
  rows: Relation
  columns: readonly string[]
  target: Column
  smoothing: number
  folds: number
  /** A row's fold, from 0, by its place. */
  fold: (place: Sql) => Sql
  ask: Ask
}

/** Sums over some rows: how many there are, and the sum of each of the target's numbers. */
type Sums = {rows: number; sums: number[]}

export async function encode({rows, columns, target, smoothing, folds, fold, ask}: MeansSpec) {
  const {numbers, classes} = await targetNumbers(rows, target, ask)
  const texts = columns.map((name, i) => sql`${textOf(name)} as ${id(`c${i}`)}`)
  const ys = numbers.map((y, k) => sql`${y} as ${id(`y${k}`)}`)
  const sums = numbers.map((_, k) => sql`sum(${id(`y${k}`)})`)
  const group = (i: number, value: Sql) =>
    sql`select ${i} as i, ${value} as value, fold, count(*) as n, [${join(sums)}] as sums
      from known group by all`
  const found = await ask(sql`
    with known as materialized (
      select * from (
        select ${join([...texts, ...ys, sql`${fold(sql`row_number() over ()`)} as fold`])} from ${rows}
      ) where y0 is not null
    )
    ${join([group(-1, sql`null::varchar`), ...columns.map((_, i) => group(i, id(`c${i}`)))], ' union all ')}
    order by i, value, fold`)

  const by = columns.map(() => new Map<string | null, Sums[]>())
  const all = emptySums(folds, numbers.length)
  for (const {i, value, fold: f, n, sums: s} of found) {
    const key = value as string | null
    const into = Number(i) < 0 ? all : (by[Number(i)]!.get(key) ?? emptySums(folds, numbers.length))
    into[Number(f)] = {rows: Number(n), sums: s as number[]}
    if (Number(i) >= 0) by[Number(i)]!.set(key, into)
  }
  const made = columns.map((name, i): Encoding => {
    const known = by[i]!
    const categories = [...known.keys()].filter(key => key !== null)
    refuseTooMany(
      name,
      {distinct: categories.length},
      mostCategories,
      says`drop the column, or use hash-encode: it looks like an id`,
    )
    const groups = [...categories, null].map(
      key => known.get(key) ?? emptySums(folds, numbers.length),
    )
    groups.push(emptySums(folds, numbers.length))
    const table = (skip?: number) => {
      const prior = mean(total(all, skip), total(all))
      return groups.map(sums => smooth(total(sums, skip), prior, smoothing))
    }
    return {categories, serve: table(), train: Array.from({length: folds}, (_, f) => table(f))}
  })
  return classes ? {classes, columns: made} : {columns: made}
}

/** The target as one number a row, or as one for each class; null where it is missing. */
async function targetNumbers(rows: Relation, target: Column, ask: Ask) {
  const y = id(target.name)
  if (target.kind === 'number')
    return {numbers: [sql`case when isfinite(${y}::double) then ${y}::double end`]}
  if (target.kind === 'boolean') return {numbers: [sql`${y}::integer::double`]}
  const [counted] = await countCategories(rows, [target.name], ask, mostClasses)
  refuseTooMany(target.name, counted!, mostClasses, says`choose a target with fewer classes`)
  const classes = counted!.values.sort()
  const is = (c: string) => sql`(${textOf(target.name)} = ${c})::integer::double`
  if (classes.length < 3)
    return {numbers: [classes.length > 0 ? is(classes.at(-1)!) : sql`null::double`]}
  return {numbers: classes.map(is), classes}
}

const emptySums = (folds: number, width: number): Sums[] =>
  Array.from({length: folds}, () => ({rows: 0, sums: Array<number>(width).fill(0)}))

/** The sums over all folds but one. */
function total(folds: readonly Sums[], skip?: number): Sums {
  const kept = folds.filter((_, f) => f !== skip)
  const add = (k: number) => kept.reduce((sum, {sums}) => sum + sums[k]!, 0)
  return {
    rows: kept.reduce((n, {rows}) => n + rows, 0),
    sums: folds[0]!.sums.map((_, k) => add(k)),
  }
}

/** The mean of some rows, or of `otherwise` where there are none. */
function mean(some: Sums, otherwise: Sums): Mean[] {
  const {rows, sums} = some.rows > 0 ? some : otherwise
  return sums.map(sum => (rows > 0 ? sum / rows : null))
}

const smooth = ({rows, sums}: Sums, prior: readonly Mean[], smoothing: number): Mean[] =>
  prior.map((p, k) =>
    p === null || rows + smoothing === 0 ? p : (sums[k]! + smoothing * p) / (rows + smoothing),
  )
