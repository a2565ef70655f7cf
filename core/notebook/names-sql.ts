// Which tables a query reads, and where it names them, as DuckDB's own parser sees it.

import {listValue} from '@duckdb/node-api'
import type {Session} from '../data/session.ts'
import {type Code, didYouMean, faultOf} from '../error.ts'
import {duckdbWords} from '../words/duckdb.ts'
import {says} from '../words/says.ts'
import {byteOffsets, hasPivot, listPivots, plainSpaces} from './sql-text.ts'
import {type Ast, readTree, type TableRef} from './sql-tree.ts'

export type {SqlToken, TableRef} from './sql-tree.ts'

export type SqlNames = {
  /** Every table that is no CTE of the query itself, in the order of the text. */
  tables: TableRef[]
  /**
   * What else it reads, such as `read_csv` or `duckdb_settings`: table functions whose result does not
   * follow from the query and its tables alone.
   */
  outside: string[]
  /** Why it cannot be a cell. `at` is an offset into the query. */
  fault?: {code: Code; message: string; hint?: string; at: number}
}

/** The tables of one query. */
export const tablesOf = async (query: string, session: Session): Promise<SqlNames> =>
  (await readSqlNames([query], session))[0]!

/**
 * The tables of many queries in one call of DuckDB (2,000 take about 0.2 s). A query must be one `select`
 * or what DuckDB turns into one: `from …`, `values`, `pivot`, `unpivot`, `summarize`, `describe`.
 */
export async function readSqlNames(
  queries: readonly string[],
  session: Session,
): Promise<SqlNames[]> {
  const texts = queries.map(plainSpaces)
  const answers = await serialize(texts, session)
  // DuckDB runs a PIVOT without listed values as two statements, which it cannot describe. With any list
  // in its place the tables that it names are the same.
  const listed = texts.map((text, i) =>
    answers[i]!.error && hasPivot(text) ? listPivots(text) : undefined,
  )
  const again = listed.flatMap(pivot => (pivot ? [pivot.text] : []))
  const second = again.length ? await serialize(again, session) : []
  let next = 0
  return texts.map((text, i) => {
    const pivot = listed[i]
    const answer = pivot ? second[next++]! : answers[i]!
    if (pivot && !answer.error) return names(answer, pivot.text, pivot.toOriginal)
    return names(answers[i]!, text, at => at)
  })
}

type Answer =
  | {error: false; statements: {node: Ast}[]}
  | {error: true; error_type: string; error_message: string; position?: string}

async function serialize(queries: readonly string[], session: Session): Promise<Answer[]> {
  if (queries.length === 0) return []
  const rows = await session.borrow(async connection => {
    const result = await connection.runAndReadAll(
      'select json_serialize_sql(query)::varchar from (select unnest($1::varchar[]) as query)',
      [listValue([...queries])],
    )
    return result.getRows()
  })
  return rows.map(([json]) => JSON.parse(String(json)) as Answer)
}

function names(answer: Answer, text: string, toOriginal: (at: number) => number): SqlNames {
  const none = {tables: [], outside: []}
  if (answer.error) {
    if (answer.error_type !== 'parser') return {...none, fault: {...onlySelect(text), at: 0}}
    // A syntax error is placed in code points, where the tree has bytes.
    const before = [...text].slice(0, Number(answer.position ?? 0)).join('')
    const at = toOriginal(before.length)
    return {...none, fault: {...faultOf('bad-sql', duckdbWords(answer.error_message)), at}}
  }
  const [first, ...more] = answer.statements
  if (!first)
    return {
      ...none,
      fault: {
        ...faultOf('bad-sql', says`the cell has no query`, {
          hint: says`write one, such as select * from penguins`,
        }),
        at: 0,
      },
    }
  if (more.length)
    return {
      ...none,
      fault: {
        ...faultOf('refused', says`a cell holds one query, not ${more.length + 1}`, {
          hint: says`put each in a cell of its own`,
        }),
        at: 0,
      },
    }
  const read = readTree(first.node, text, byteOffsets(text))
  for (const table of read.tables) {
    if (table.at) table.at = moved(table.at, toOriginal)
    table.mentions = table.mentions.map(token => moved(token, toOriginal))
  }
  const hidden = read.outside.find(name => name === 'query' || name === 'query_table')
  if (hidden)
    return {
      ...read,
      fault: {
        ...faultOf('refused', says`${hidden}() hides which tables the cell reads`, {
          hint: says`name the tables in the query itself`,
        }),
        at: 0,
      },
    }
  return read
}

const moved = <T extends {start: number; end: number}>(
  token: T,
  to: (at: number) => number,
): T => ({
  ...token,
  start: to(token.start),
  end: to(token.start) + token.end - token.start,
})

function onlySelect(text: string) {
  const word = /^\s*(\w+)/.exec(text)?.[1]?.toLowerCase() ?? says`this statement`
  const hint = hasPivot(text)
    ? says`list the values of the pivot, such as: on year in (2023, 2024)`
    : (didYouMean(String(word), ['select', 'from', 'with', 'pivot']) ??
      says`a SQL cell only reads tables: write one select`)
  return faultOf('refused', says`a cell cannot ${word}: it must be one query that gives a table`, {
    hint,
  })
}
