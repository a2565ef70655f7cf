// A user's own SQL expression: only an expression, and one that looks at nothing but the row it is in.

import {type Relation, raw, type Sql, sql} from '../../data/sql.ts'
import {AppError, didYouMean, hintOf, messageOf} from '../../error.ts'
import type {Ask} from '../../plugin.ts'
import {duckdbWords} from '../../words/duckdb.ts'
import {type Phrase, says} from '../../words/says.ts'

/** The text as a piece of SQL, once `checkExpression` has passed it. The line end closes a `--` comment. */
export const expressionOf = (text: string): Sql => raw(`(\n${text}\n)`)

/**
 * Makes sure, by DuckDB's own parser, that a text is one expression over the columns of `rows`: no second
 * statement, no subquery, no aggregate or window over other rows, nothing that changes from run to run.
 * Gives the DuckDB type of its result. `what` names the parameter in errors.
 *
 * @throws AppError `bad-sql`, or `refused` with a better place for it; `where` counts lines in the text
 */
export async function checkExpression(
  text: string,
  rows: Relation,
  ask: Ask,
  what: string,
): Promise<string> {
  const [alone] = await ask(sql`select json_serialize_sql('select (1)') as tree`)
  const [parsed] = await ask(
    sql`select json_serialize_sql(${`select ${expressionOf(text).text}`}) as tree`,
  )
  const tree = JSON.parse(String(parsed!.tree)) as Tree
  if (tree.error && tree.error_type === 'parser')
    throw new AppError('bad-sql', says`${what}: ${duckdbWords(tree.error_message ?? '')}`, {
      where: placeOf(text, Number(tree.position) - '(\n'.length - 'select '.length),
    })
  const expression = tree.error ? undefined : onlyExpression(tree, JSON.parse(String(alone!.tree)))
  if (!expression)
    throw new AppError('refused', says`${what}: this is more than one expression`, {
      hint: says`write one expression over the columns, or use an SQL cell`,
    })
  await refuseOtherRows(expression, rows, ask, what)
  try {
    const [result] = await ask(sql`describe select ${expressionOf(text)} as value from ${rows}`)
    return String(result!.column_type)
  } catch (error) {
    throw error instanceof AppError ? placed(error, rows, what) : error
  }
}

type Node = {[key: string]: unknown}
type Tree = {
  error: boolean
  error_type?: string
  error_message?: string
  position?: string
  statements?: {node: Node & {select_list: Node[]}}[]
}

/** The expression of `select (…)`, where everything else is as in `select (1)`. */
function onlyExpression(tree: Tree, alone: Tree): Node | undefined {
  const rest = ({statements}: Tree) =>
    JSON.stringify(statements?.map(s => ({...s, node: {...s.node, select_list: []}})))
  const list = tree.statements?.[0]?.node.select_list ?? []
  const [expression] = list
  return rest(tree) === rest(alone) && list.length === 1 && expression!.alias === ''
    ? expression
    : undefined
}

const refused: Record<string, Phrase> = {
  SUBQUERY: says`a subquery looks at other rows; use an SQL cell`,
  WINDOW: says`a window function looks at other rows; use a window step or an SQL cell`,
  STAR: says`* stands for several columns; name one`,
  PARAMETER: says`there is nothing to fill a parameter with; write the value`,
}

/** Refuses what makes a result depend on more than its own row. */
async function refuseOtherRows(expression: Node, rows: Relation, ask: Ask, what: string) {
  const names = new Set<string>()
  const columns = new Set(rows.columns.map(c => c.name.toLowerCase()))
  for (const node of nodesOf(expression)) {
    const hint = refused[String(node.class)]
    if (hint) throw new AppError('refused', says`${what}: only the row itself can be used`, {hint})
    if (node.class === 'FUNCTION') names.add(String(node.function_name).toLowerCase())
    // `current_date` has no parentheses, so it parses as a column.
    const path = (node.class === 'COLUMN_REF' ? node.column_names : []) as string[]
    if (path.length === 1 && !columns.has(path[0]!.toLowerCase())) names.add(path[0]!.toLowerCase())
  }
  const found = await ask(sql`
    select function_name as name, bool_or(function_type = 'aggregate') as many,
      bool_or(function_type in ('scalar', 'macro')) as one, bool_or(stability <> 'CONSISTENT') as changes
    from duckdb_functions() where function_name in ${[...names, 'unnest']} group by all order by all`)
  for (const {name, many, one, changes} of found) {
    if (!names.has(String(name))) continue
    if (changes)
      throw new AppError('refused', says`${what}: ${String(name)} gives something else each time`, {
        hint: says`a notebook must give the same again; write the value, or use a step with a seed`,
      })
    if (name === 'unnest')
      throw new AppError('refused', says`${what}: unnest makes several rows of one`, {
        hint: says`use an SQL cell`,
      })
    if (many && !one)
      throw new AppError('refused', says`${what}: ${String(name)} needs many rows`, {
        hint: says`use an aggregate or a window step, or an SQL cell`,
      })
  }
}

function* nodesOf(node: unknown): Generator<Node> {
  if (node === null || typeof node !== 'object') return
  if (!Array.isArray(node)) yield node as Node
  for (const child of Object.values(node)) yield* nodesOf(child)
}

/** An error of the query around the expression, with its place in the expression itself. */
function placed(error: AppError, rows: Relation, what: string): AppError {
  const [, line, column] = /^line (\d+)(?:, column (\d+))?$/.exec(error.where ?? '') ?? []
  const unknown = /Referenced column "(.*?)" not found/.exec(error.message)
  const near =
    unknown &&
    didYouMean(
      unknown[1]!,
      rows.columns.map(c => c.name),
    )
  return new AppError(unknown ? 'no-column' : error.code, says`${what}: ${messageOf(error)}`, {
    hint: near ?? hintOf(error),
    where:
      line === undefined
        ? undefined
        : placeAt(Number(line) - 1, column === undefined ? undefined : Number(column)),
    cause: error,
  })
}

function placeOf(text: string, offset: number): Phrase {
  const before = text.slice(0, Math.max(0, offset)).split('\n')
  return placeAt(before.length, before.at(-1)!.length + 1)
}

const placeAt = (line: number, column?: number) =>
  column === undefined
    ? says`line ${String(line)}`
    : says`line ${String(line)}, column ${String(column)}`
