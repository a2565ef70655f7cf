// Categories of text columns: counting them in training rows, and finding a row's category again.
import {id, join, type Relation, type Sql, sql} from '../../data/sql.ts'
import {AppError} from '../../error.ts'
import {type Frame, missingText} from '../../onnx/frame.ts'
import type {Graph, Tensor} from '../../onnx/graph.ts'
import type {Ask} from '../../plugin.ts'
import {type Phrase, says} from '../../words/says.ts'

/** The categories of one column, most frequent first; of equally frequent ones, the lesser text first. */
export type Categories = {
  values: string[]
  /** Training rows of each. */
  counts: number[]
  /** How many categories there are, those left out by the limit included. */
  distinct: number
  /** Training rows where the column is missing. */
  missing: number
}

/** A category column as text: enums and UUIDs have no text functions of their own. */
export const textOf = (column: string) => sql`${id(column)}::varchar`

/**
 * Counts the categories of all columns by one query. Empty text is a category like any other; missing is
 * none. At most `limit` values of a column are given.
 */
export async function countCategories(
  rows: Relation,
  columns: readonly string[],
  ask: Ask,
  limit: number,
): Promise<Categories[]> {
  if (columns.length === 0) return []
  const c = (i: number) => id(`c${i}`)
  const every = [...columns.keys()]
  const texts = join(columns.map((column, i) => sql`${textOf(column)} as ${c(i)}`))
  const whose = join(
    every.map(i => sql`when grouping(${c(i)}) = 0 then ${i}`),
    ' ',
  )
  // Grouping sets count all columns in one pass over the rows.
  const found = await ask(sql`
    with counts as (
      select (case ${whose} end)::integer as i, coalesce(${join(every.map(c))}) as value, count(*) as n
      from (select ${texts} from ${rows}) group by grouping sets (${join(every.map(i => sql`(${c(i)})`))})),
      ranked as (
        select *, row_number() over (partition by i order by value is null, n desc, value) as place,
          count(value) over (partition by i) as "distinct"
        from counts
      )
    select * from ranked where value is null or place <= ${limit} order by i, place`)
  const given = columns.map((): Categories => ({values: [], counts: [], distinct: 0, missing: 0}))
  for (const {i, value, n, distinct} of found) {
    const of = given[Number(i)]!
    of.distinct = Number(distinct)
    if (value === null) of.missing = Number(n)
    else {
      of.values.push(String(value))
      of.counts.push(Number(n))
    }
  }
  return given
}

/** Refuses a column with more categories than a step can take. */
export function refuseTooMany(
  column: string,
  {distinct}: Pick<Categories, 'distinct'>,
  limit: number,
  hint: Phrase,
) {
  if (distinct > limit)
    throw new AppError(
      'bad-data',
      says`column "${column}" has ${distinct} categories, more than ${limit}`,
      {hint},
    )
}

/**
 * The place of a row's category in `values`, from 0; null where it is missing or not among them.
 * By an enum, so that a lookup costs the same however many there are.
 */
export function codeOf(text: Sql, values: readonly string[]): Sql {
  if (values.length === 0) return sql`null::integer`
  // A NUL cannot stand in the literals of an enum type.
  if (values.some(v => v.includes('\0'))) return sql`(list_position(${values}, ${text}) - 1)`
  const members = join(values.map(v => sql`${v}`))
  return sql`enum_code(try_cast(${text} as enum(${members})))::integer`
}

/**
 * The same in a graph, as int64 [rows, 1]: the place in `values`, `values.length` where the text is
 * missing, `values.length + 1` where it is none of them. Look up a table with two more entries by it.
 */
export function codesIn(frame: Frame, column: string, values: readonly string[]): Tensor {
  return frame.graph.op('LabelEncoder', [frame.get(column)], {
    domain: 'ai.onnx.ml',
    keys_strings: [...values, missingText],
    values_int64s: [...values.keys(), values.length],
    default_int64: values.length + 1,
    elem: 'int64',
  })
}

/** Values by code: `table` has one row of `width` numbers for each code. Gives float64 [rows, width]. */
export function lookUp(graph: Graph, codes: Tensor, table: readonly number[][], width = 1): Tensor {
  const flat = graph.constant('float64', table.flat(), [table.length, width])
  const rows = graph.op('Reshape', [codes, graph.constant('int64', [-1])])
  return graph.op('Gather', [flat, rows], {axis: 0})
}
