// The columns of a wide table as one long column, so that an expression over all of them stands in a query once.
import {id, join, type Relation, type Sql, sql} from '../../data/sql.ts'

/** The lists that a row is taken apart by: DuckDB takes quadratic time over the length of one. */
const length = 100
/** So many columns by one query; a chunk of 2,048 rows then takes 160 MB. A wide file takes long to open for each. */
const atOnce = 10_000

/**
 * Asks about columns of one type: `query` gets, as what stands after FROM, rows of a column's place `i` and a value
 * `x` in it, and gives rows with that `i`: none for a table without rows. The answers come with the columns' places among
 * all of `values`.
 */
export async function askOfMany<T extends {i: unknown}>(
  rows: Relation,
  values: readonly Sql[],
  query: (from: Sql) => Promise<T[]>,
): Promise<(T & {i: number})[]> {
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
