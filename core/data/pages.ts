/**
 * Pages of computed tables, for a grid that scrolls through any number of rows.
 *
 * A stored object is a Parquet file in row groups. Where a table's rows come one by one from the rows of one
 * object (a scan, projections, filters), a page reads only the part of the file that it lies in:
 * - without a filter, that is a range of row numbers;
 * - with one, the rows that meet it are counted once for each block of the file, which tells where a page begins;
 * - with a sort, the row numbers are kept in order: first the head alone, and all of them when somebody jumps
 *   further. That is a table of the session, so DuckDB spills it when its memory is used up. The rows of a page lie
 *   all over the file, so for whoever asks for a second page nearby, the rows of some thousand places are kept too:
 *   to read them all takes as long as a few pages.
 * Any other table is paged by DuckDB's own LIMIT and OFFSET: right, and slow for what is far down in a filter.
 */
import {totalmem} from 'node:os'
import type {Progress} from '../schema/result.ts'
import type {Column, Table} from '../schema/table.ts'
import type {View} from '../schema/view.ts'
import {progressOf, says} from '../words/says.ts'
import {Memo} from './memo.ts'
import {rowNumber, Session, type Views} from './session.ts'
import {id, join, raw, type Sql, sql} from './sql.ts'
import {type ViewSql, viewSql} from './view.ts'

export type Task = {
  signal?: AbortSignal | undefined
  tell?: ((progress: Progress) => void) | undefined
}

export type Page = {
  columns: Column[]
  /** Rows in the view; absent until they are counted. */
  total?: number
  /** How many came: fewer than asked for at the end alone. */
  rows: number
  /** An Arrow IPC stream. */
  arrow: Uint8Array
}

type Source = {
  /** Gives the table's columns, and `rowColumn` when `numbered`. */
  rows: Sql
  /** Rows in the one file that the rows come from one by one; absent where they do not. */
  file?: number
  /** Each row passes on its number in the file. */
  numbered: boolean
}
/** For each `size` rows of a file, how many of them are in a view. */
type Blocks = {size: number; counts: number[]}
type Order = {table: Sql; rows: number; dropped?: true}
/** The shown columns of the rows at `near` places of an order, in that order. */
type Stretch = {table: Sql; dropped?: true}
type Asked = {
  query: Sql
  /** The part of the file that it has to look at. */
  part?: {first: number; end: number}
  /** What it reads instead of the file. */
  kept?: Stretch
}

// Not the name in a session's `numbered` views: what reads those, such as a part of a split, leaves that out.
const rowColumn = '__bancada_page_row'
const row = id(rowColumn)
/** Rows in a row group as DuckDB writes it. */
const rowGroup = 122_880
/** Where the blocks are counted one by one, more of them would cost more than they save. */
const mostBlocks = 64
/** How far down a page is read from the top rather than looked up. */
const near = 10_000
/** A session that nobody looks at gives its memory back. */
const idleAfter = 5 * 60_000

export class Pages {
  readonly #folder: string
  #session: Promise<Session> | undefined
  #idle: NodeJS.Timeout | undefined
  #busy = 0
  #orders = 0
  readonly #sources = new Memo<Source>(100)
  readonly #blocks = new Memo<Blocks>(32)
  readonly #counts = new Memo<number>(100)
  readonly #heads = new Memo<Order>(16, order => void this.#drop(order))
  readonly #whole = new Memo<Order>(1, order => void this.#drop(order))
  readonly #stretches = new Memo<Stretch>(8, stretch => void this.#drop(stretch))
  /** Where a page of a sort was asked for. */
  readonly #visited = new Set<string>()
  /** Stops what is read ahead. */
  #ahead = new AbortController()
  readonly #reading = new Set<Promise<unknown>>()

  /** `folder` is the project's. */
  constructor(folder: string) {
    this.#folder = folder
  }

  /** Some rows of a view. Throws `no-column`; `bad-sql` for a value that the column's type does not know. */
  page(
    table: Table,
    view: View,
    {offset, limit}: {offset: number; limit: number},
    task: Task = {},
  ): Promise<Page> {
    return this.#use(async session => {
      const shape = viewSql(table.columns, view)
      const source = await this.#source(session, table, task)
      const {columns} = shape
      const {toArrow} = await import('./to-arrow.ts')
      for (;;) {
        const asked = await this.#query(session, table, source, shape, {offset, limit}, task)
        const {query, part, kept} = asked
        try {
          const {bytes, rows} = await toArrow(session, query, {
            signal: task.signal,
            variables: part && {first: part.first, end: part.end},
          })
          const total = this.#known(table, source, shape)
          return {columns, ...(total === undefined ? {} : {total}), rows, arrow: bytes}
        } catch (error) {
          // Other rows took their place since it was asked.
          if (!kept?.dropped) throw error
        }
      }
    })
  }

  /** How many rows a view has. */
  count(table: Table, view: View, task: Task = {}): Promise<number> {
    return this.#use(async session => {
      const shape = viewSql(table.columns, view)
      if (!shape.where) return table.rows
      const source = await this.#source(session, table, task)
      if (source.file !== undefined)
        return sum((await this.#blocksOf(session, source, shape, task)).counts)
      return this.#counts.get(
        keyOf(source, shape),
        async () => {
          const [counted] = await session.rows(
            sql`select count(*) as n from (${source.rows})${where(shape)}`,
            task,
          )
          return Number(counted!.n)
        },
        task,
      )
    })
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle)
    const session = this.#session
    this.#session = undefined
    this.#ahead.abort()
    await Promise.allSettled(this.#reading)
    this.#ahead = new AbortController()
    for (const memo of [this.#sources, this.#blocks, this.#counts, this.#heads, this.#whole])
      memo.clear()
    this.#stretches.clear()
    this.#visited.clear()
    ;(await session)?.close()
  }

  async #use<T>(work: (session: Session) => Promise<T>): Promise<T> {
    clearTimeout(this.#idle)
    this.#busy++
    try {
      this.#session ??= Session.open({
        folder: this.#folder,
        memory: `${Math.round(totalmem() / 4 / 2 ** 20)}MB`,
      })
      return await work(await this.#session)
    } finally {
      this.#busy--
      if (this.#busy === 0) {
        this.#idle = setTimeout(() => void this.close(), idleAfter)
        this.#idle.unref()
      }
    }
  }

  #source(session: Session, table: Table, task: Task): Promise<Source> {
    const make = async (): Promise<Source> => {
      const rows = raw(table.sql)
      await session.mount(table.objects, file => numberedRows(session, file))
      const has = async (query: Sql) =>
        (await session.columns(query, task)).some(c => c.name === rowColumn)
      const files: Sql[] = []
      for (const object of table.objects) {
        const file = sql`from objects.${id(object)}`
        if (await has(file)) files.push(file)
      }
      const [file, ...others] = files
      if (!file || others.length > 0 || !(await streams(session, rows, task)))
        return {rows, numbered: false}
      const [counted] = await session.rows(sql`select count(*) as n ${file}`, task)
      return {rows, file: Number(counted!.n), numbered: await has(rows)}
    }
    return this.#sources.get(`${table.sql}\0${table.objects.join('\0')}`, make, task)
  }

  /** The query of a page. */
  async #query(
    session: Session,
    table: Table,
    source: Source,
    shape: ViewSql,
    range: {offset: number; limit: number},
    task: Task,
  ): Promise<Asked> {
    const shown = join(shape.columns.map(c => id(c.name)))
    const {rows, file, numbered} = source
    const {offset, limit} = range
    if (shape.order.length > 0) {
      const by = join([...shape.order, row])
      if (!numbered)
        return {
          query: sql`select ${shown} from (select *, row_number() over () as ${row} from (${rows}))${where(shape)} order by ${by} limit ${limit} offset ${offset}`,
        }
      const stretch = stretchOf(source, shape, range)
      const kept = stretch && this.#stretches.peek(stretch.key)
      if (stretch && kept) {
        const from = offset - stretch.first
        return {
          query: sql`select * from ${kept.table} where rowid >= ${from} and rowid < ${from + limit} order by rowid`,
          kept,
        }
      }
      const {chosen, order} = await this.#ordered(session, table, source, shape, range, task)
      if (stretch) this.#visit(source, shape, order, stretch)
      const meets =
        chosen.length > 0 ? sql`${row} in (${join(chosen.map(n => sql`${n}`))})` : sql`false`
      return {query: sql`select ${shown} from (${rows}) where ${meets} order by ${by}`}
    }
    const page = (limit: number, skip: number) =>
      sql`select ${shown} from (${rows})${where(shape)} limit ${limit} offset ${skip}`
    if (!shape.where && file === table.rows)
      return {query: page(limit, 0), part: {first: offset, end: offset + limit}}
    if (file === undefined || offset + limit <= near) return {query: page(limit, offset)}
    const blocks = await this.#blocksOf(session, source, shape, task)
    const {first, end, skip} = blocksFrom(blocks.counts, offset, limit)
    const part = {first: first * blocks.size, end: end * blocks.size}
    return {query: page(limit, skip), part}
  }

  #blocksOf(session: Session, source: Source, shape: ViewSql, task: Task): Promise<Blocks> {
    const count = source.numbered ? countBlocks : countEachBlock
    const make = () => count(session, source, shape, task)
    return this.#blocks.get(keyOf(source, {...shape, order: []}), make, task)
  }

  /** Notes that somebody looks at a stretch of an order, and at the second visit begins to read all its rows. */
  #visit(source: Source, shape: ViewSql, order: Order, {key, first}: {key: string; first: number}) {
    if (!this.#visited.has(key)) {
      if (this.#visited.size >= 1000) this.#visited.clear()
      this.#visited.add(key)
      return
    }
    const {signal} = this.#ahead
    const make = (session: Session) => this.#stretch(session, source, shape, order, {first, signal})
    const reading = this.#use(session => this.#stretches.get(key, () => make(session), {signal}))
      // A page is there without it.
      .catch(() => {})
      .finally(() => this.#reading.delete(reading))
    this.#reading.add(reading)
  }

  async #stretch(
    session: Session,
    {rows}: Source,
    shape: ViewSql,
    order: Order,
    {first, signal}: {first: number; signal: AbortSignal},
  ): Promise<Stretch> {
    const made = id('objects', `stretch ${this.#orders++}`)
    const shown = join(shape.columns.map(c => id('file', c.name)))
    await session.run(
      sql`create table ${made} as select ${shown} from (${rows}) as file
        join (select ${row}, rowid as place from ${order.table}
          where rowid >= ${first} and rowid < ${first + near}) as chosen
        on file.${row} = chosen.${row} order by chosen.place`,
      {signal},
    )
    return {table: made}
  }

  /** The row numbers of a page of a sorted view. */
  async #ordered(
    session: Session,
    table: Table,
    source: Source,
    shape: ViewSql,
    {offset, limit}: {offset: number; limit: number},
    task: Task,
  ): Promise<{chosen: number[]; order: Order}> {
    const key = keyOf(source, shape)
    for (;;) {
      const head = offset + limit <= near && !this.#whole.peek(key)
      const order = await (head ? this.#heads : this.#whole).get(
        key,
        () => this.#sort(session, table, source, shape, head, task),
        task,
      )
      try {
        const found = await session.rows(
          sql`select ${row} as n from ${order.table} where rowid >= ${offset} and rowid < ${offset + limit} order by rowid`,
          task,
        )
        return {chosen: found.map(({n}) => Number(n)), order}
      } catch (error) {
        // Another view took its place between the two queries.
        if (!order.dropped) throw error
      }
    }
  }

  async #sort(
    session: Session,
    table: Table,
    {rows}: Source,
    shape: ViewSql,
    head: boolean,
    task: Task,
  ): Promise<Order> {
    task.tell?.(progressOf(says`sorting ${table.rows} rows`))
    const made = id('objects', `order ${this.#orders++}`)
    const top = head ? sql` limit ${near}` : sql``
    await session.run(
      sql`create table ${made} as select ${row} from (${rows})${where(shape)} order by ${join([...shape.order, row])}${top}`,
      task,
    )
    const [counted] = await session.rows(sql`select count(*) as n from ${made}`)
    return {table: made, rows: Number(counted!.n)}
  }

  async #drop(made: Order | Stretch): Promise<void> {
    made.dropped = true
    const session = await this.#session
    // One that cannot be dropped goes with the session.
    await session?.run(sql`drop table if exists ${made.table}`).catch(() => {})
  }

  #known(table: Table, source: Source, shape: ViewSql): number | undefined {
    if (!shape.where) return table.rows
    const blocks = this.#blocks.peek(keyOf(source, {...shape, order: []}))
    if (blocks) return sum(blocks.counts)
    return this.#whole.peek(keyOf(source, shape))?.rows ?? this.#counts.peek(keyOf(source, shape))
  }
}

const where = (shape: ViewSql) => (shape.where ? sql` where ${shape.where}` : sql``)
const sum = (counts: readonly number[]) => counts.reduce((total, n) => total + n, 0)
const keyOf = ({rows}: Source, {where, order}: ViewSql) =>
  [rows.text, where?.text ?? '', join(order).text].join('\0')

/**
 * The stretch of `near` places that a page of a sort lies in; none for one across two of them, nor where a value may
 * be as large as a picture, or a column has DuckDB's name for a place.
 */
function stretchOf(
  source: Source,
  shape: ViewSql,
  {offset, limit}: {offset: number; limit: number},
): {key: string; first: number} | undefined {
  const first = Math.floor(offset / near) * near
  const unfit = ({name, type}: Column) => type.includes('BLOB') || name.toLowerCase() === 'rowid'
  if (offset + limit > first + near || shape.columns.some(unfit)) return undefined
  const shown = shape.columns.map(c => c.name)
  return {key: `${keyOf(source, shape)}\0${JSON.stringify(shown)}\0${first}`, first}
}

/** In one pass, by the number that each row passes on. */
async function countBlocks(
  session: Session,
  {rows}: Source,
  shape: ViewSql,
  task: Task,
): Promise<Blocks> {
  task.tell?.(progressOf(says`counting the rows`))
  const found = await session.rows(
    sql`select ${row} // ${rowGroup} as block, count(*) as n from (${rows})${where(shape)} group by block order by block`,
    task,
  )
  const counts: number[] = []
  for (const {block, n} of found) {
    while (counts.length < Number(block)) counts.push(0)
    counts.push(Number(n))
  }
  return {size: rowGroup, counts}
}

/** One after the other, where a query does not pass its rows' numbers on. */
async function countEachBlock(
  session: Session,
  {rows, file = 0}: Source,
  shape: ViewSql,
  {signal, tell}: Task,
): Promise<Blocks> {
  const size = Math.ceil(file / mostBlocks / rowGroup) * rowGroup
  const counts: number[] = []
  for (let first = 0; first < file; first += size) {
    tell?.(progressOf(says`counting the rows`, {done: first / file}))
    const [counted] = await session.rows(sql`select count(*) as n from (${rows})${where(shape)}`, {
      signal,
      variables: {first, end: first + size},
    })
    counts.push(Number(counted!.n))
  }
  return {size, counts}
}

/** The blocks that a page lies in, from `first` to before `end`, and how many rows of them come before it. */
function blocksFrom(counts: readonly number[], offset: number, limit: number) {
  let [first, before] = [0, 0]
  while (first < counts.length && before + counts[first]! <= offset) before += counts[first++]!
  let [end, until] = [first, before]
  while (end < counts.length && until < offset + limit) until += counts[end++]!
  return {first, end, skip: offset - before}
}

/**
 * The rows of a file with a last column of their numbers, from 0; the variables `first` and `end` cut a part
 * out, whose row groups alone are read.
 */
async function numberedRows(session: Session, file: string): Promise<Partial<Views>> {
  const number = id('file_row_number')
  const plain = sql`from read_parquet(${file})`
  // There is no part of a single row; and it may be the masks of a split, which every part of its table needs.
  const [counted] = await session.rows(sql`select count(*) as n ${plain}`)
  if (Number(counted!.n) <= 1) return {}
  const columns = await session.columns(plain)
  // DuckDB does not number the rows of a file that has a column of that name.
  if (columns.some(c => [rowColumn, 'file_row_number'].includes(c.name.toLowerCase()))) return {}
  const rows = sql`select * exclude (${number}), ${number} as ${row}
    from read_parquet(${file}, file_row_number = true)
    where ${number} >= coalesce(getvariable('first'), 0)
      and ${number} < coalesce(getvariable('end'), ${Number.MAX_SAFE_INTEGER})`
  return {rows, numbered: sql`select *, ${row} as ${rowNumber} from (${rows})`}
}

/**
 * Whether each row of a query is made of one row of one numbered file, and of nothing else that `first` and
 * `end` would change.
 */
async function streams(session: Session, rows: Sql, {signal}: Task): Promise<boolean> {
  // With a part to read, the scan of a numbered file shows its number.
  const variables = {first: 1, end: 2}
  const [explained] = await session.rows(sql`explain (format json) ${rows}`, {signal, variables})
  const [plan] = JSON.parse(String(explained!.explain_value)) as Step[]
  return plan !== undefined && rowByRow(plan)
}

/** A step of DuckDB's plan. */
type Step = {name: string; children: Step[]; extra_info: Record<string, unknown>}

function rowByRow(step: Step): boolean {
  const [first, second] = step.children
  switch (step.name.trim()) {
    case 'READ_PARQUET':
      return numberedScan(step)
    case 'PROJECTION':
    case 'FILTER':
      return rowByRow(first!)
    // A row with the one row of a scalar subquery, such as the mask of a split's part.
    case 'BLOCKWISE_NL_JOIN':
      return (
        step.extra_info['Join Type'] === 'INNER' &&
        rowByRow(first!) &&
        oneRow(second!) &&
        !some(second!, numberedScan)
      )
    default:
      return false
  }
}

const numberedScan = ({name, extra_info}: Step) =>
  name.trim() === 'READ_PARQUET' && JSON.stringify(extra_info).includes('file_row_number')
const oneRow = ({name, children}: Step): boolean =>
  name.trim() === 'UNGROUPED_AGGREGATE' || (name.trim() === 'PROJECTION' && oneRow(children[0]!))
const some = (step: Step, is: (step: Step) => boolean): boolean =>
  is(step) || step.children.some(child => some(child, is))
