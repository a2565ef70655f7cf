// From a table to training arrays: DuckDB's column vectors, copied row-major into one Float32Array.
import type {DuckDBVector} from '@duckdb/node-api'
import {breathe} from '../breathe.ts'
import {AppError} from '../error.ts'
import type {Matrix} from '../plugin.ts'
import {type ImageShape, imageShape, pixelsOf} from '../schema/image.ts'
import type {TaskKind} from '../schema/model.ts'
import type {Column} from '../schema/table.ts'
import {says} from '../words/says.ts'
import {missingIn, pixelsIn} from './image-vector.ts'
import {checkColumns, columnOf, complain} from './matrix-check.ts'
import type {Session} from './session.ts'
import {id, join, type Relation, type Sql, sql} from './sql.ts'

export type MatrixSpec = {
  /** Number or boolean columns, in the order of the matrix's columns; or one column of images. */
  features: readonly string[]
  /** Left out for clustering. */
  target?: string | undefined
  task: TaskKind
  /** Labels in the order of their index, from `learnClasses`; for classification. */
  classes?: readonly string[] | undefined
  /** A column of row weights, zero or more each. */
  weights?: string | undefined
}

/** Values of no more bytes are read at one go, beside the arrays that they become. */
const roomy = 256 * 2 ** 20

/** Rows that were left out of a matrix, and why. The user is told; none goes silently. */
export type SetAside = {
  /** The target is missing. */
  noTarget: number
  /** The target is a class that the training rows do not have. */
  unknownClass: number
}

/** The shape of the images that the features are, if they are. Their values go from 0 to 1. */
export function imageOf(rows: Relation, {features}: MatrixSpec): ImageShape | undefined {
  const [first] = features
  return first === undefined ? undefined : imageShape(columnOf(rows, first).type)
}

/** How many numbers a row has: its columns, or the pixels of its image. */
export function widthOf(rows: Relation, spec: MatrixSpec): number {
  const image = imageOf(rows, spec)
  return image ? pixelsOf(image) : spec.features.length
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
  const setAside: SetAside = {noTarget: 0, unknownClass: 0}
  const expected = await countOf(session, rows, {signal})
  // Growing the arrays by copying would halve the speed.
  const width = widthOf(rows, spec)
  const arrays = arraysFor(spec, width, expected)
  let n = 0
  const gathered = expected * bytesOfRow(spec, width) <= roomy
  for await (const {count, copy} of chunksOf(session, rows, spec, {signal, setAside, gathered})) {
    checkCount(n + count, expected)
    copy(arrays, n)
    n += count
  }
  return {matrix: firstRows(arrays, n, width), setAside}
}

/**
 * The same rows in pieces of about `size` rows, for whoever cannot hold them all. The arrays of a piece are good
 * until the next one is asked for. Throws as `readMatrix` does; `setAside` counts along.
 */
export async function* readPieces(
  session: Session,
  rows: Relation,
  spec: MatrixSpec,
  {
    size,
    signal,
    setAside = {noTarget: 0, unknownClass: 0},
  }: Options & {size: number; setAside?: SetAside},
): AsyncGenerator<Matrix> {
  checkColumns(rows, spec)
  const width = widthOf(rows, spec)
  const arrays = arraysFor(spec, width, size + chunkRows(rows, spec))
  let n = 0
  for await (const {count, copy} of chunksOf(session, rows, spec, {signal, setAside})) {
    copy(arrays, n)
    n += count
    if (n < size) continue
    yield firstRows(arrays, n, width)
    n = 0
  }
  if (n > 0) yield firstRows(arrays, n, width)
}

/** The targets of a relation's rows alone, those that `readMatrix` gives. */
export async function readTargets(
  session: Session,
  rows: Relation,
  spec: MatrixSpec,
  options: Options = {},
): Promise<Float32Array> {
  checkColumns(rows, spec)
  const only = {...spec, features: [], weights: undefined}
  const x = new Float32Array(0)
  const y = new Float32Array(await countOf(session, rows, options))
  const setAside = {noTarget: 0, unknownClass: 0}
  let n = 0
  for await (const {count, copy} of chunksOf(session, rows, only, {...options, setAside})) {
    checkCount(n + count, y.length)
    copy({x, y}, n)
    n += count
  }
  return y.subarray(0, n)
}

/** How many rows a relation has. */
export async function countOf(
  session: Session,
  rows: Relation,
  options: Options = {},
): Promise<number> {
  if (rows.count !== undefined) return rows.count
  const [counted] = await session.rows(sql`select count(*) as n from ${rows}`, options)
  return Number(counted!.n)
}

/** The bytes that a row of so many numbers takes in arrays. */
export const bytesOfRow = (spec: MatrixSpec, width: number) =>
  4 * (width + Number(targetOf(spec) !== undefined) + Number(hasWeights(spec)))

export function checkCount(rows: number, expected: number) {
  if (rows <= expected) return
  throw new AppError(
    'bad-data',
    says`the query gave more rows than the ${expected} that were counted`,
    {
      hint: says`a query that draws at random needs its result stored: put it in a cell of its own`,
    },
  )
}

type Arrays = {x: Float32Array; y?: Float32Array; weights?: Float32Array}

/** Arrays for so many rows of `width` numbers. */
export const arraysFor = (spec: MatrixSpec, width: number, rows: number): Arrays => ({
  x: new Float32Array(rows * width),
  ...(targetOf(spec) === undefined ? {} : {y: new Float32Array(rows)}),
  ...(hasWeights(spec) ? {weights: new Float32Array(rows)} : {}),
})

const firstRows = ({x, y, weights}: Arrays, rows: number, width: number): Matrix => ({
  rows,
  x: x.subarray(0, rows * width),
  ...(y ? {y: y.subarray(0, rows)} : {}),
  ...(weights ? {weights: weights.subarray(0, rows)} : {}),
})

const targetOf = ({task, target}: MatrixSpec) => (task === 'clustering' ? undefined : target)
const hasWeights = ({weights}: MatrixSpec) => weights !== undefined

/** How many rows a chunk has at most: as many as a vector, of large images about eight million numbers. */
export function chunkRows(rows: Relation, spec: MatrixSpec): number {
  const image = imageOf(rows, spec)
  return image
    ? Math.max(1, Math.min(vectorSize, Math.floor(2 ** 23 / pixelsOf(image))))
    : vectorSize
}

/** Rows as DuckDB gave them, and how to put them into arrays. */
type Chunk = {count: number; copy: (to: Arrays, at: number) => void}

/**
 * The rows of a relation, chunk after chunk, without those that have no target; `gathered` as in `Session.chunks`.
 * Throws when a chunk that was copied has values that nothing can be learned from.
 */
export async function* chunksOf(
  session: Session,
  rows: Relation,
  spec: MatrixSpec,
  {signal, setAside, gathered}: Options & {setAside: SetAside; gathered?: boolean},
): AsyncGenerator<Chunk> {
  const {features, task, weights} = spec
  const target = targetOf(spec)
  const image = imageOf(rows, spec)
  // One number column each, NaN where there is no usable value: a scan over the values then finds trouble.
  const selected = [
    ...features.map(name => (image ? id(name) : asNumber(columnOf(rows, name)))),
    ...(weights === undefined ? [] : [asNumber(columnOf(rows, weights))]),
    ...(target === undefined ? [] : [targetValue(rows, spec)]),
  ]
  const width = widthOf(rows, spec)
  const most = chunkRows(rows, spec)
  const targetAt = target === undefined ? -1 : selected.length - 1
  let sound = true
  const turn = breathe(signal ?? new AbortController().signal)
  const query = sql`select ${join(selected)} from ${rows}`
  for await (const chunk of session.chunks(query, {signal, gathered})) {
    await turn()
    const vectors = selected.map((_, i) => chunk.getColumnVector(i))
    const columns = vectors.map((vector, i) =>
      image && i === 0 ? new Uint8Array() : numbers(vector),
    )
    const all = targetAt < 0 ? undefined : keepers(columns[targetAt]!, task, setAside)
    for (const kept of image ? parts(all ?? everyRow(chunk.rowCount), most) : [all]) {
      const count = kept ? kept.length : chunk.rowCount
      yield {
        count,
        copy(to, at) {
          if (image) sound = copyImages(vectors[0]!, image, to.x, at, kept!) && sound
          else
            for (let j = 0; j < width; j++)
              sound = copy(columns[j]!, to.x, at * width + j, width, kept) && sound
          if (to.weights) {
            sound = copy(columns[features.length]!, to.weights, at, 1, kept) && sound
            if (sound) checkWeights(to.weights.subarray(at, at + count), weights!)
          }
          if (to.y) sound = copy(columns[targetAt]!, to.y, at, 1, kept) && sound
        },
      }
    }
    if (!sound) break
  }
  if (!sound) await complain(session, rows, spec, {signal})
}

const everyRow = (rows: number) => Int32Array.from({length: rows}, (_, i) => i)

const parts = (rows: Int32Array, most: number): Int32Array[] =>
  Array.from({length: Math.ceil(rows.length / most)}, (_, i) =>
    rows.subarray(i * most, (i + 1) * most),
  )

function checkWeights(weights: Float32Array, column: string) {
  if (weights.some(weight => weight < 0))
    throw new AppError('bad-data', says`a row weight in "${column}" is negative`, {
      hint: says`weights are zero or more`,
    })
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
          ? says`is it a quantity? then set the task to regression`
          : says`is it an identifier rather than a class?`,
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

// Types whose vectors are arrays of numbers as they are: storing them in the matrix rounds them, as a cast does.
const plain = new Set('TINYINT SMALLINT INTEGER UTINYINT USMALLINT UINTEGER FLOAT'.split(' '))

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

/** Pixels from 0 to 1. Gives false when an image is missing; it is NaN then. */
function copyImages(
  vector: DuckDBVector,
  shape: ImageShape,
  to: Float32Array,
  at: number,
  kept: Int32Array,
): boolean {
  const size = pixelsOf(shape)
  const rows = (kept.at(-1) ?? -1) + 1
  const pixels = pixelsIn(vector, shape, rows)
  const missing = missingIn(vector, shape, rows)
  let sound = true
  for (let i = 0; i < kept.length; i++) {
    const start = (at + i) * size
    const from = kept[i]! * size
    if (missing?.[kept[i]!]) {
      to.fill(Number.NaN, start, start + size)
      sound = false
    } else for (let j = 0; j < size; j++) to[start + j] = shares[pixels[from + j]!]!
  }
  return sound
}

/** n / 255 in the precision of a graph. */
const shares = Float32Array.from({length: 256}, (_, n) => n / 255)

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

/** The most rows of one of DuckDB's chunks. */
const vectorSize = 2048

const rounded = new Float32Array(vectorSize)
