// Everything a client may ask of the runs: list, filter, sort, compare, query, annotate, remove.
import {StatementType} from '@duckdb/node-api'
import {duckdbError} from '../data/duckdb-error.ts'
import {join, raw, type Sql, sql} from '../data/sql.ts'
import {AppError} from '../error.ts'
import type {Row, Task} from '../plugin.ts'
import type {Comparison, RunList, RunNames, RunProblem, RunRow} from '../schema/history.ts'
import type {Run} from '../schema/run.ts'
import type {Column} from '../schema/table.ts'
import {says} from '../words/says.ts'
import {compareRuns} from './compare.ts'
import {field} from './fields.ts'
import {mentions, parseFilter} from './filter.ts'
import {filterSql} from './filter-sql.ts'
import {RunIndex} from './run-index.ts'
import type {Runs} from './runs.ts'

/** `by` as in a filter: `created`, `metrics.f1`. Runs without it come last either way. */
export type Sort = {by: string; order?: 'asc' | 'desc'}

export type ListSpec = {
  filter?: string
  /** Default: the newest first. */
  sort?: readonly Sort[]
  /** Which parameters and metrics to give, such as `metrics.f1`; default all. */
  columns?: readonly string[]
  limit?: number
  offset?: number
  /** Archived runs too; default false. A filter that names `archived` decides for itself. */
  archived?: boolean
}

export type QueryResult = {columns: Column[]; rows: Row[] /** Cut at the limit. */; more: boolean}

export class History {
  readonly runs: Runs
  readonly #clock: () => number
  #index: Promise<RunIndex> | undefined

  /** `clock`: milliseconds, of which only differences count. */
  constructor(runs: Runs, {clock = () => performance.now()}: {clock?: () => number} = {}) {
    this.runs = runs
    this.#clock = clock
  }

  async close(): Promise<void> {
    await (await this.#index)?.close()
    this.#index = undefined
  }

  /** Lists runs. Throws `bad-params` or `unknown-name` for a filter or a sort, with the column. */
  async list(spec: ListSpec = {}, task?: Partial<Task>): Promise<RunList> {
    const {filter = '', sort = [], columns, limit = 100, offset = 0, archived = false} = spec
    const [index, problems] = await this.#fresh(task)
    const names = await this.#names(index)
    const tree = filter.trim() === '' ? undefined : parseFilter(filter)
    const all = archived || (tree !== undefined && mentions(tree, 'archived'))
    const where = sql`${all ? raw('true') : raw('not archived')} and ${tree ? filterSql(tree, names) : raw('true')}`
    const found = sql`select id, state from stored where ${where}
      order by ${order(sort, names)} limit ${limit} offset ${offset}`
    const [rows, total] = await Promise.all([index.rows(found, task?.signal), count(index, where)])
    return {rows: rows.map(row => only(row, columns)), total, names, problems}
  }

  get(id: string): Promise<Run> {
    return this.runs.get(id)
  }

  /** Two or more runs side by side, in the order given. */
  async compare(ids: readonly string[]): Promise<Comparison> {
    const found = await Promise.all(
      ids.map(async id => ({run: await this.runs.get(id), points: await this.runs.points(id)})),
    )
    return compareRuns(found)
  }

  /**
   * A query of the user's own over `runs`, `params` (run, name, value, number) and `metrics` (run, name,
   * value). One `select`; anything else is `refused`.
   */
  async sql(
    query: string,
    {limit = 10_000, ...task}: Partial<Task> & {limit?: number} = {},
  ): Promise<QueryResult> {
    const [index] = await this.#fresh(task)
    const {session} = index
    await checkSelect(index, raw(query))
    // DuckDB has read it as one statement, so what follows the last semicolon can only be a comment. The line
    // break keeps a comment without one from swallowing the bracket.
    const whole = raw(`(${query.replace(/;(\s|--[^\n]*(\n|$)|\/\*[\s\S]*?\*\/)*$/, '')}\n)`)
    const columns = await session.columns(sql`from ${whole}`, task)
    const rows = await session.rows(sql`from ${whole} limit ${limit + 1}`, task)
    return {columns, rows: rows.slice(0, limit), more: rows.length > limit}
  }

  // One index for the life of this object, opened when first needed: DuckDB takes a moment to load.
  async #fresh(task?: Partial<Task>): Promise<[RunIndex, RunProblem[]]> {
    this.#index ??= RunIndex.open(this.runs.folder, this.runs.processes, this.#clock)
    this.#index.catch(() => {
      this.#index = undefined
    })
    const index = await this.#index
    return [index, await index.refresh(task)]
  }

  async #names(index: RunIndex): Promise<RunNames> {
    const [row] = await index.session.rows(
      sql`select
        (select list(distinct k order by k) from (select unnest(map_keys(params)) as k from stored)) as params,
        (select list(distinct k order by k) from (select unnest(map_keys(metrics)) as k from stored)) as metrics`,
    )
    return {params: (row!.params ?? []) as string[], metrics: (row!.metrics ?? []) as string[]}
  }
}

async function count(index: RunIndex, where: Sql): Promise<number> {
  const [row] = await index.session.rows(sql`select count(*) as total from stored where ${where}`)
  return Number(row!.total)
}

function order(sort: readonly Sort[], names: RunNames): Sql {
  const keys = sort.map(({by, order: direction = 'asc'}) => {
    const {sql: key, type} = field({path: by.split('.'), at: 0}, names)
    const down = raw(direction === 'desc' ? 'desc' : 'asc')
    // A parameter sorts as a number where it is one.
    const number = sql`try_cast(${key} as double) ${down} nulls last, `
    return sql`${type === 'any' ? number : raw('')}${key} ${down} nulls last`
  })
  return join([...keys, sql`created desc`, sql`id desc`])
}

function only(row: RunRow, columns: readonly string[] | undefined): RunRow {
  if (!columns) return row
  const asked = (kind: string, record: object) =>
    Object.fromEntries(
      Object.entries(record).filter(([name]) => columns.includes(`${kind}.${name}`)),
    )
  return {...row, params: asked('params', row.params), metrics: asked('metrics', row.metrics)}
}

// DuckDB's own parser decides what a statement is; preparing it finds unknown names at their place.
async function checkSelect(index: RunIndex, query: Sql): Promise<void> {
  const fine = await index.session.borrow(async connection => {
    try {
      const statements = await connection.extractStatements(query.text)
      if (statements.count !== 1) return false
      return (await statements.prepare(0)).statementType === StatementType.SELECT
    } catch (error) {
      // All that it says of a text without any statement.
      if (error instanceof Error && error.message === 'Error in native callback') return false
      throw duckdbError(error, query)
    }
  })
  if (!fine)
    throw new AppError('refused', says`a query over the runs is one select`, {
      hint: says`such as: select cell, max(seconds) from runs group by cell`,
    })
}
