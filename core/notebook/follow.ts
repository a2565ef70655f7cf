// Names that follow a cell: what named one names another.
import type {Session} from '../data/session.ts'
import {AppError} from '../error.ts'
import type {Cell} from '../schema/notebook.ts'
import {says} from '../words/says.ts'
import {nameKey, splitReference} from './names.ts'
import {readSqlNames, type SqlNames} from './names-sql.ts'
import {readTsNames} from './names-ts.ts'
import {applySplices, type Splice} from './splice.ts'
import {fromList} from './uses.ts'

/**
 * The changes by which cells that name one cell name another: in `from=` lists, with the parts that they ask for, as
 * tables and qualified columns of queries, and as free names of TypeScript. A cell that cannot be read stays as it is.
 *
 * @throws AppError `refused` where the new name would mean something else in a cell that uses it
 */
export async function follow(
  cells: readonly Cell[],
  old: string,
  name: string,
  session: Session,
): Promise<Map<Cell, Splice[]>> {
  const of = (language: string) => cells.filter(cell => cell.language === language)
  const changes = new Map<Cell, Splice[]>()
  for (const cell of of('yaml')) {
    const named = fromList(cell).filter(({text}) => splitReference(text).name === old)
    if (named.length === 0) continue
    const at = ({at}: {at: number}) => cell.infoSpan.start + at
    changes.set(
      cell,
      named.map(item => ({start: at(item), end: at(item) + old.length, text: name})),
    )
  }
  const all = [
    ...(await inQueries(of('sql'), old, name, session)),
    ...(await inTypeScript(of('ts'), old, name)),
  ]
  for (const [cell, splices] of all)
    if (splices.length)
      changes.set(
        cell,
        splices.map(({start, end, text}) => ({
          start: start + cell.bodySpan.start,
          end: end + cell.bodySpan.start,
          text,
        })),
      )
  return changes
}

async function inQueries(cells: Cell[], old: string, name: string, session: Session) {
  const meant = (path: string[]) => path.length < 3 && nameKey(path[0]!) === nameKey(old)
  const before = await readSqlNames(
    cells.map(cell => cell.body),
    session,
  )
  const quote = await quoting(old, name, session)
  const made = cells.map((cell, i) => {
    const splices: Splice[] = []
    for (const {path, at, mentions, obscure, alias} of before[i]!.tables) {
      if (!meant(path)) continue
      if (!at || (obscure && path.length > 1)) throw unclear(cell, old)
      // Something goes by the table's name in a way that the parser does not place. With the old name as
      // an alias it still does.
      if (obscure && !alias) splices.push({...at, text: `${quote(at)} as ${original(cell, at)}`})
      else for (const token of [at, ...mentions]) splices.push({...token, text: quote(token)})
    }
    return [cell, unique(splices)] as const
  })
  const after = await readSqlNames(
    made.map(([cell, splices]) => applySplices(cell.body, splices)),
    session,
  )
  for (const [i, [cell, splices]] of made.entries()) {
    if (splices.length === 0) continue
    if (!sameTables(before[i]!, after[i]!, path => (meant(path) ? [name, ...path.slice(1)] : path)))
      throw taken(cell, name)
  }
  return made
}

async function inTypeScript(cells: Cell[], old: string, name: string) {
  const before = await readTsNames(cells.map(cell => cell.body))
  const made = cells.map((cell, i) => {
    const uses = before[i]!.names.filter(use => use.name === old)
    const splices = uses.map(({start, end, shorthand}) => ({
      start,
      end,
      text: shorthand ? `${old}: ${name}` : name,
    }))
    return [cell, splices] as const
  })
  const after = await readTsNames(made.map(([cell, splices]) => applySplices(cell.body, splices)))
  for (const [i, [cell, splices]] of made.entries()) {
    if (splices.length === 0) continue
    const wanted = before[i]!.names.map(use => (use.name === old ? name : use.name))
    const got = after[i]!.names.map(use => use.name)
    // The new name may be no identifier, or one that the cell declares for itself.
    if (String(got) !== String(wanted)) throw taken(cell, name)
  }
  return made
}

/** Whether a query reads and mentions what it did before, but for the one name. */
const sameTables = (before: SqlNames, after: SqlNames, now: (path: string[]) => string[]) =>
  !after.fault &&
  before.tables.length === after.tables.length &&
  before.tables.every(({path, mentions, obscure, clash}, i) => {
    const table = after.tables[i]!
    return (
      table.path.join('\0') === now(path).join('\0') &&
      table.clash === clash &&
      // With an alias in place of the name, nothing goes by the name any more.
      (table.mentions.length === mentions.length || obscure)
    )
  })

/**
 * How a query writes the new name in place of the old: with quotes where it needs them, and where the old
 * one had them without need.
 */
async function quoting(old: string, name: string, session: Session) {
  const rows = await session.borrow(async connection =>
    (
      await connection.runAndReadAll(
        `select keyword_name from duckdb_keywords() where keyword_category <> 'unreserved'`,
      )
    ).getRows(),
  )
  const words = new Set(rows.map(([word]) => String(word)))
  const needs = (text: string) =>
    !/^[\p{L}_][\p{L}\p{N}\p{M}_]*$/u.test(text) || words.has(text.toLowerCase())
  return ({quoted}: {quoted: boolean}) =>
    needs(name) || (quoted && !needs(old)) ? `"${name}"` : name
}

const original = (cell: Cell, {start, end}: {start: number; end: number}) =>
  cell.body.slice(start, end)

/** Two tables of one name share their mentions. */
const unique = (splices: Splice[]) =>
  splices.filter((one, i) => splices.findIndex(other => other.start === one.start) === i)

const taken = (cell: Cell, name: string) =>
  new AppError(
    'refused',
    says`in the cell "${cell.name}" the name "${name}" cannot stand for a table`,
    {
      hint: says`the cell uses that name for something else, or its language has no such name: take another`,
      where: cell.name,
    },
  )

const unclear = (cell: Cell, old: string) =>
  new AppError(
    'refused',
    says`the cell "${cell.name}" names "${old}" in a way that cannot be followed`,
    {
      hint: says`give the table an alias in that query first`,
      where: cell.name,
    },
  )
