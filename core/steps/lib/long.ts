// The columns of a wide table as one long column, so that an expression over all of them stands in a query once.
import {id, join, type Relation, type Sql, sql} from '../../data/sql.ts'
import type {Ask} from '../../plugin.ts'

/** The lists that a row is taken apart by: DuckDB takes quadratic time over the length of one. */
const length = 100
// A wide file takes long to open for each query, and one over everything may take more memory than there is: a chunk of
// 2,048 rows, and what an aggregate such as a median keeps, which is every value.
const columnsAtOnce = {least: 500, most: 10_000}
const valuesAtOnce = 20_000_000

/**
 * Asks about columns of one type: `query` gets, as what stands after FROM, rows of a column's place `i` and a value
 * `x` in it, and gives rows with that `i`: none for a table without rows. The answers come with the columns' places among
 * all of `values`.
 */
export async function askOfMany<T extends {i: unknown}>(
  rows: Relation,
  values: readonly Sql[],
  ask: Ask,
  query: (from: Sql) => Promise<T[]>,
): Promise<(T & {i: number})[]> {
  if (values.length === 0) return []
  const [{n}] = (await ask(sql`select count(*) as n from ${rows}`)) as [{n: number}]
  const {least, most} = columnsAtOnce
  const atOnce = Math.min(most, Math.max(least, Math.floor(valuesAtOnce / Number(n))))
  const found: (T & {i: number})[] = []
  for (let from = 0; from < values.length; from += atOnce) {
    const some = values.slice(from, from + atOnce)
    const answers = await query(sql`(${long(rows, some)})`)
    for (const answer of answers) found.push({...answer, i: from + Number(answer.i)})
  }
  return found
}

function long(rows: Relation, values: readonly Sql[]): Sql {
  const lists = Array.from({length: Math.ceil(values.length / length)}, (_, j) =>
    values.slice(j * length, (j + 1) * length),
  )
  const names = lists.map((_, j) => id(`x${j}`))
  const columns = lists.map((list, j) => sql`unnest([${join(list)}]) as ${names[j]!}`)
  return sql`
    select j * ${length} + i as i, x from (
      select i, unnest(range(${lists.length})) as j, unnest([${join(names)}]) as x
      from (select unnest(range(${length})) as i, ${join(columns)} from ${rows}))
    where j * ${length} + i < ${values.length}`
}
