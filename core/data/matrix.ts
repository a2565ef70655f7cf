// From a table to training arrays: DuckDB's column vectors, copied row-major into one Float32Array.
import {AppError} from '../error.ts'
import type {Matrix} from '../plugin.ts'
import type {TaskKind} from '../schema/model.ts'
import type {Column} from '../schema/table.ts'
import {says} from '../words/says.ts'
import {checkColumns, columnOf, complain} from './matrix-check.ts'
import type {Session} from './session.ts'
import {id, join, type Relation, type Sql, sql} from './sql.ts'

export type MatrixSpec = {
  /** Number or boolean columns, in the order of the matrix's columns. */
  features: readonly string[]
  /** Left out for clustering. */
  target?: string | undefined
  task: TaskKind
  /** Labels in the order of their index, from `learnClasses`; for classification. */
  classes?: readonly string[] | undefined
  /** A column of row weights, zero or more each. */
  weights?: string | undefined
}

/** Rows that were left out of a matrix, and why. The user is told; none goes silently. */
export type SetAside = {
  /** The target is missing. */
  noTarget: number
  /** The target is a class that the training rows do not have. */
  unknownClass: number
}

type Options = {signal?: AbortSignal | undefined}

/**
 * The rows of a relation as dense arrays, in the relation's order.
 * Throws `bad-data` for missing, infinite or (for float32) too large values, `wrong-type` for columns
 * that hold no numbers, `no-column` for a name that the relation does not have.
 */
export async function readMatrix(
  session: Session,
  rows: Relation,
  spec: MatrixSpec,
  {signal}: Options = {},
): Promise<{matrix: Matrix; setAside: SetAside}> {
  checkColumns(rows, spec)
  const {features, task, weights} = spec
  const target = task === 'clustering' ? undefined : spec.target
  // One number column each, NaN where there is no usable value: a scan over the values then finds trouble.
  const selected = [
    ...features.map(name => asNumber(columnOf(rows, name))),
    ...(weights === undefined ? [] : [asNumber(columnOf(rows, weights))]),
    ...(target === undefined ? [] : [targetValue(rows, spec)]),
  ]
  const width = features.length
  const weightAt = weights === undefined ? -1 : width
  const targetAt = target === undefined ? -1 : selected.length - 1
  const setAside: SetAside = {noTarget: 0, unknownClass: 0}
  // Growing the arrays by copying would halve the speed.
  const expected = rows.count ?? (await countOf(session, rows, {signal}))
  const x = new Float32Array(expected * width)
  const y = new Float32Array(targetAt < 0 ? 0 : expected)
  const w = new Float32Array(weightAt < 0 ? 0 : expected)
  let n = 0
  let sound = true

  for await (const chunk of session.chunks(sql`select ${join(selected)} from ${rows}`, {signal})) {
    const columns = selected.map((_, i) => numbers(chunk.getColumnVector(i)))
    const count = chunk.rowCount
    const kept = targetAt < 0 ? undefined : keepers(columns[targetAt]!, task, setAside)
    const added = kept ? kept.length : count
    if (n + added > expected)
      throw new AppError(
        'bad-data',
        says`the query gave more rows than the ${expected} that were counted`,
        {
          hint: says`a query that draws at random needs its result stored: put it in a cell of its own`,
        },
      )
    for (let j = 0; j < width; j++)
      sound = copy(columns[j]!, x, n * width + j, width, kept) && sound
    if (weightAt >= 0) sound = copy(columns[weightAt]!, w, n, 1, kept) && sound
    if (kept) sound = copy(columns[targetAt]!, y, n, 1, kept) && sound
    n += added
  }

  if (!sound) await complain(session, rows, spec, {signal})
  const matrix: Matrix = {rows: n, x: x.subarray(0, n * width)}
  if (targetAt >= 0) matrix.y = y.subarray(0, n)
  if (weightAt >= 0) {
    matrix.weights = w.subarray(0, n)
    if (matrix.weights.some(weight => weight < 0))
      throw new AppError('bad-data', says`a row weight in "${weights}" is negative`, {
        hint: says`weights are zero or more`,
      })
  }
  return {matrix, setAside}
}

/**
 * The distinct values of a target, as text, in the order of the values themselves: numbers by size,
 * text by its bytes, false before true. Missing values are no class.
 */
export async function learnClasses(
  session: Session,
  rows: Relation,
  target: string,
  options: Options = {},
): Promise<string[]> {
  const column = columnOf(rows, target)
  const value = present(id(target), column)
  const found = await session.rows(
    sql`select label from (
      select distinct ${value} as value, ${value}::varchar as label from ${rows} where ${value} is not null
    ) order by value limit ${mostClasses + 1}`,
    options,
  )
  if (found.length > mostClasses)
    throw new AppError('bad-data', says`"${target}" has more than ${mostClasses} distinct values`, {
      hint:
        column.kind === 'number'
          ? 'is it a quantity? then set the task to regression'
          : 'is it an identifier rather than a class?',
      where: target,
    })
  return found.map(row => String(row.label))
}
const mostClasses = 10_000

/** What a target of this kind asks for, unless the user says otherwise: a number is a quantity, anything else a class. */
export const taskOfTarget = (column: Column): TaskKind =>
  column.kind === 'number' ? 'regression' : 'classification'

// Missing, as far as a target or a weight is concerned: null and NaN.
const present = (value: Sql, {type}: Column) =>
  type === 'DOUBLE' || type === 'FLOAT' ? sql`nullif(${value}, 'nan'::double)` : value

async function countOf(session: Session, rows: Relation, options: Options): Promise<number> {
  const [counted] = await session.rows(sql`select count(*) as n from ${rows}`, options)
  return Number(counted!.n)
}

// Types whose vectors are arrays of numbers as they are: storing them in the matrix rounds them.
const plain = new Set(
  'TINYINT SMALLINT INTEGER UTINYINT USMALLINT UINTEGER FLOAT DOUBLE'.split(' '),
)

function asNumber({name, type}: Column): Sql {
  if (plain.has(type)) return id(name)
  return type === 'BOOLEAN' ? sql`${id(name)}::utinyint` : sql`try_cast(${id(name)} as float)`
}

// NaN where it is missing; for a class its index, or −1 when it is not known.
function targetValue(rows: Relation, {task, target, classes = []}: MatrixSpec): Sql {
  const value = present(id(target!), columnOf(rows, target!))
  if (task === 'regression')
    return sql`if(${value} is null, 'nan'::float, coalesce(try_cast(${value} as float), 'inf'::float))`
  const at = sql`coalesce(list_position(${[...classes]}::varchar[], ${value}::varchar) - 1, -1)`
  return sql`if(${value} is null, 'nan'::float, ${at}::float)`
}

/** The rows that a matrix keeps: those whose target is there, and of a known class. */
export function hasTarget(rows: Relation, spec: MatrixSpec): Sql {
  const value = targetValue(rows, spec)
  return spec.task === 'classification'
    ? sql`not isnan(${value}) and ${value} >= 0`
    : sql`not isnan(${value})`
}

type Numbers =
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | Float32Array
  | Float64Array

/** The typed array of a vector, NaN where it is null. The client keeps both to itself in its types only. */
function numbers(vector: unknown): Numbers {
  const {items, validity} = vector as {items: Numbers; validity: {data: BigUint64Array | null}}
  if (!validity.data) return items
  const {buffer, byteOffset, byteLength} = validity.data
  const valid = new Uint8Array(buffer, byteOffset, byteLength)
  return Float64Array.from(items, (value, i) =>
    valid[i >>> 3]! & (1 << (i & 7)) ? value : Number.NaN,
  )
}

// Which rows of a chunk have a target; the others are counted.
function keepers(target: Numbers, task: TaskKind, setAside: SetAside): Int32Array {
  const kept = new Int32Array(target.length)
  let n = 0
  for (let i = 0; i < target.length; i++) {
    const value = target[i]!
    if (Number.isNaN(value)) setAside.noTarget++
    else if (task === 'classification' && value < 0) setAside.unknownClass++
    else kept[n++] = i
  }
  return kept.subarray(0, n)
}

// Gives false when a value is not finite, or too large for float32; it is copied all the same.
function copy(
  from: Numbers,
  to: Float32Array,
  start: number,
  stride: number,
  kept: Int32Array | undefined,
): boolean {
  // Rounded in one go first, so that the loops know arrays of one type only.
  const floats = rounded.subarray(0, from.length)
  floats.set(from)
  // A difference with itself is 0 unless the value is NaN or infinite: no branch in the loops.
  let trouble = 0
  let at = start
  if (kept && kept.length < floats.length)
    for (let i = 0; i < kept.length; i++, at += stride) {
      const value = floats[kept[i]!]!
      trouble += value - value
      to[at] = value
    }
  else
    for (let i = 0; i < floats.length; i++, at += stride) {
      const value = floats[i]!
      trouble += value - value
      to[at] = value
    }
  return trouble === 0
}

// Room for one vector of DuckDB's.
const rounded = new Float32Array(2048)
