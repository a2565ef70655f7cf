// The words of SQL as DuckDB itself knows them, for completion.
import type {SqlWords} from '../schema/sql-words.ts'
import type {Session} from './session.ts'
import {sql} from './sql.ts'

/** Functions that a query may call, keywords and types. */
export async function sqlWords(session: Session): Promise<SqlWords> {
  // Operators are functions too, and names with `__` are DuckDB's own business.
  const functions = await session.rows(sql`
    select function_name as name,
      any_value(function_type) as kind,
      any_value(description) as description,
      list_sort(list(distinct function_name || '(' || array_to_string(list_transform(
        list_zip(parameters, parameter_types),
        p -> if(p[2] is null, p[1], p[1] || ' ' || p[2])), ', ') || ')'
        || coalesce(' → ' || return_type, '')))[:4] as signatures
    from duckdb_functions()
    where regexp_full_match(function_name, '[a-z][a-z0-9_]*')
      and not contains(function_name, '__')
      and function_type in ('scalar', 'aggregate', 'macro', 'table', 'table_macro')
    group by function_name
    order by function_name`)
  const keywords = await session.rows(
    sql`select keyword_name as name from duckdb_keywords() order by keyword_name`,
  )
  const types = await session.rows(
    sql`select distinct lower(type_name) as name from duckdb_types() where type_name not like '%"%' order by 1`,
  )
  const names = (rows: readonly Record<string, unknown>[]) => rows.map(({name}) => String(name))
  return {
    functions: functions.map(({name, kind, description, signatures}) => ({
      name: String(name),
      kind: String(kind),
      signatures: ((signatures as string[] | null) ?? []).map(brief),
      ...(typeof description === 'string' && description !== '' && {description}),
    })),
    keywords: names(keywords),
    types: names(types),
  }
}

/** Readers of files take dozens of options; their documentation lists them better. */
const brief = (signature: string) =>
  signature.length > 200 ? `${signature.slice(0, signature.lastIndexOf(', ', 200))}, …)` : signature
