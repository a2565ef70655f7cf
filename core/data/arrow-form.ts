// How a DuckDB type travels as Arrow: which Arrow type, and how values fill its buffers. Nothing is rounded.
import {
  type DuckDBArrayType,
  type DuckDBArrayValue,
  DuckDBBlobValue,
  type DuckDBDateValue,
  type DuckDBDecimalType,
  type DuckDBDecimalValue,
  type DuckDBEnumType,
  type DuckDBListType,
  type DuckDBMapType,
  type DuckDBMapValue,
  type DuckDBStructType,
  type DuckDBStructValue,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
} from '@duckdb/node-api'
import {
  Binary,
  Bool,
  type Data,
  type DataType,
  DateDay,
  Decimal,
  Dictionary,
  Field,
  FixedSizeBinary,
  Float32,
  Float64,
  Int8,
  Int16,
  Int32,
  Int64,
  List,
  Map_,
  makeData,
  Null,
  Struct,
  TimeMicrosecond,
  TimeNanosecond,
  TimestampMicrosecond,
  TimestampMillisecond,
  TimestampNanosecond,
  TimestampSecond,
  Uint8,
  Uint16,
  Uint32,
  Uint64,
  Utf8,
  Vector,
} from 'apache-arrow'
import {AppError} from '../error.ts'
import {type ImageShape, imageShape, pixelsOf} from '../schema/image.ts'
import {largest} from '../wire/frame.ts'
import {says} from '../words/says.ts'

/** A column's Arrow type, and its buffers from values. */
export type Form = {
  type: DataType
  data: (values: readonly DuckDBValue[]) => Data
  /** The array that DuckDB's own vector has for this type, when Arrow's has the very same bytes. */
  same?: Numbers
  /** Of images: their shape. They travel as bytes, so that a page of them is no list of lists of lists. */
  image?: ImageShape
}

type Numbers = {
  new (length: number): ArrayLike<number> | ArrayLike<bigint>
}

/**
 * The form of a DuckDB type. Lists, arrays, structs and maps nest. A 128-bit integer is a decimal of 256 bits,
 * since 39 digits do not fit into 128. Times with a zone, intervals (Arrow's overflow where DuckDB's do not),
 * UUIDs, bit strings, unions and whatever is unknown here are text as DuckDB prints it. An image is its pixels,
 * as bytes of a fixed number.
 */
export function formOf(type: DuckDBType): Form {
  const image = type.typeId === DuckDBTypeId.ARRAY ? imageShape(String(type)) : undefined
  if (image) return picture(image)
  const make = forms[type.typeId]
  return make ? make(type as never) : text()
}

const forms: Partial<Record<DuckDBTypeId, (type: never) => Form>> = {
  [DuckDBTypeId.SQLNULL]: () => ({
    type: new Null(),
    data: values => makeData({type: new Null(), length: values.length}),
  }),
  [DuckDBTypeId.BOOLEAN]: () => bool(),
  [DuckDBTypeId.TINYINT]: () => fixed(new Int8(), Int8Array),
  [DuckDBTypeId.SMALLINT]: () => fixed(new Int16(), Int16Array),
  [DuckDBTypeId.INTEGER]: () => fixed(new Int32(), Int32Array),
  [DuckDBTypeId.BIGINT]: () => fixed(new Int64(), BigInt64Array),
  [DuckDBTypeId.UTINYINT]: () => fixed(new Uint8(), Uint8Array),
  [DuckDBTypeId.USMALLINT]: () => fixed(new Uint16(), Uint16Array),
  [DuckDBTypeId.UINTEGER]: () => fixed(new Uint32(), Uint32Array),
  [DuckDBTypeId.UBIGINT]: () => fixed(new Uint64(), BigUint64Array),
  [DuckDBTypeId.FLOAT]: () => fixed(new Float32(), Float32Array),
  [DuckDBTypeId.DOUBLE]: () => fixed(new Float64(), Float64Array),
  [DuckDBTypeId.HUGEINT]: () => decimal(39, 0, 256, value => value as bigint),
  [DuckDBTypeId.UHUGEINT]: () => decimal(39, 0, 256, value => value as bigint),
  [DuckDBTypeId.DECIMAL]: ({width, scale}: DuckDBDecimalType) =>
    decimal(width, scale, 128, value => (value as DuckDBDecimalValue).value),
  [DuckDBTypeId.DATE]: () =>
    fixed(new DateDay(), Int32Array, value => (value as DuckDBDateValue).days),
  [DuckDBTypeId.TIME]: () => fixed(new TimeMicrosecond(), BigInt64Array, part('micros')),
  [DuckDBTypeId.TIME_NS]: () => fixed(new TimeNanosecond(), BigInt64Array, part('nanos')),
  [DuckDBTypeId.TIMESTAMP_S]: () => fixed(new TimestampSecond(), BigInt64Array, part('seconds')),
  [DuckDBTypeId.TIMESTAMP_MS]: () =>
    fixed(new TimestampMillisecond(), BigInt64Array, part('millis')),
  [DuckDBTypeId.TIMESTAMP]: () => fixed(new TimestampMicrosecond(), BigInt64Array, part('micros')),
  [DuckDBTypeId.TIMESTAMP_NS]: () => fixed(new TimestampNanosecond(), BigInt64Array, part('nanos')),
  [DuckDBTypeId.TIMESTAMP_TZ]: () =>
    fixed(new TimestampMicrosecond('UTC'), BigInt64Array, part('micros')),
  [DuckDBTypeId.BLOB]: () => bytes(new Binary(), value => (value as DuckDBBlobValue).bytes),
  [DuckDBTypeId.ENUM]: enumeration,
  [DuckDBTypeId.LIST]: ({valueType}: DuckDBListType) => list(valueType),
  [DuckDBTypeId.ARRAY]: ({valueType}: DuckDBArrayType) => list(valueType),
  [DuckDBTypeId.STRUCT]: struct,
  [DuckDBTypeId.MAP]: map,
}

const part =
  (name: string) =>
  (value: DuckDBValue): bigint =>
    (value as unknown as Record<string, bigint>)[name]!

/** Which values are there, one bit each, the first lowest. Nothing when all are. */
function validity(values: readonly DuckDBValue[]): {nullCount: number; nullBitmap?: Uint8Array} {
  let nullCount = 0
  const nullBitmap = new Uint8Array(Math.ceil(values.length / 8))
  for (const [i, value] of values.entries())
    if (value === null) nullCount++
    else nullBitmap[i >> 3]! |= 1 << (i & 7)
  return nullCount === 0 ? {nullCount} : {nullCount, nullBitmap}
}

function fixed(
  type: DataType,
  same: Numbers,
  raw: (value: DuckDBValue) => number | bigint = value => value as number | bigint,
): Form {
  const data = (values: readonly DuckDBValue[]) => {
    const array = new same(values.length) as (number | bigint)[]
    for (const [i, value] of values.entries()) if (value !== null) array[i] = raw(value)
    return makeData({type, length: values.length, data: array, ...validity(values)} as never)
  }
  return {type, data, same}
}

function bool(): Form {
  const type = new Bool()
  const data = (values: readonly DuckDBValue[]) => {
    const bits = new Uint8Array(Math.ceil(values.length / 8))
    for (const [i, value] of values.entries()) if (value) bits[i >> 3]! |= 1 << (i & 7)
    return makeData({type, length: values.length, data: bits, ...validity(values)})
  }
  return {type, data}
}

/** Whole numbers with a decimal point `scale` digits from the right, in two's complement, low words first. */
function decimal(
  precision: number,
  scale: number,
  width: 128 | 256,
  raw: (value: DuckDBValue) => bigint,
): Form {
  const type = new Decimal(scale, precision, width)
  const words = width / 64
  const data = (values: readonly DuckDBValue[]) => {
    const array = new BigUint64Array(values.length * words)
    for (const [i, value] of values.entries()) {
      if (value === null) continue
      const whole = raw(value)
      for (let w = 0; w < words; w++)
        array[i * words + w] = BigInt.asUintN(64, whole >> BigInt(64 * w))
    }
    return makeData({
      type,
      length: values.length,
      data: new Uint32Array(array.buffer),
      ...validity(values),
    })
  }
  return {type, data}
}

function bytes(type: Binary | Utf8, raw: (value: DuckDBValue) => Uint8Array): Form {
  const data = (values: readonly DuckDBValue[]) => {
    const pieces = values.map(value => (value === null ? none : raw(value)))
    const valueOffsets = new Int32Array(values.length + 1)
    let end = 0
    for (const [i, piece] of pieces.entries()) {
      end += piece.byteLength
      if (end > largest) throw tooLarge()
      valueOffsets[i + 1] = end
    }
    const joined = new Uint8Array(end)
    for (const [i, piece] of pieces.entries()) joined.set(piece, valueOffsets[i])
    return makeData({
      type: type as Utf8,
      length: values.length,
      valueOffsets,
      data: joined,
      ...validity(values),
    })
  }
  return {type, data}
}
const none = new Uint8Array()

/** A page that no wire would carry. */
export const tooLarge = () =>
  new AppError('bad-request', says`these rows have more than ${largest} bytes`, {
    hint: says`ask for fewer rows or columns at a time`,
  })

const text = () =>
  bytes(new Utf8(), value =>
    value instanceof DuckDBBlobValue ? value.bytes : Buffer.from(String(value)),
  )
forms[DuckDBTypeId.VARCHAR] = text

/** A dictionary of its values; of many, text: the dictionary would outweigh the page. */
function enumeration({values: known}: DuckDBEnumType): Form {
  if (known.length > 256) return text()
  const dictionary = new Vector([text().data([...known])])
  const type = new Dictionary(new Utf8(), new Uint8())
  const places = new Map(known.map((value, i) => [value, i]))
  const data = (values: readonly DuckDBValue[]) => {
    const indices = Uint8Array.from(values, value => places.get(value as string) ?? 0)
    return makeData({
      type,
      length: values.length,
      data: indices,
      dictionary,
      ...validity(values),
    } as never)
  }
  return {type, data}
}

function picture(image: ImageShape): Form {
  const size = pixelsOf(image)
  const type = new FixedSizeBinary(size)
  const pixels = (value: DuckDBValue): number[] =>
    typeof value === 'number' ? [value] : (value as DuckDBArrayValue).items.flatMap(pixels)
  const data = (values: readonly DuckDBValue[]) => {
    const joined = new Uint8Array(values.length * size)
    for (const [i, value] of values.entries())
      if (value !== null) joined.set(pixels(value), i * size)
    return makeData({type, length: values.length, data: joined, ...validity(values)})
  }
  return {type, data, image}
}

function list(valueType: DuckDBType): Form {
  const inner = formOf(valueType)
  const type = new List(new Field('item', inner.type, true))
  const data = (values: readonly DuckDBValue[]) => {
    const items = values.map(value => (value === null ? [] : (value as DuckDBArrayValue).items))
    const child = inner.data(items.flat())
    return makeData({
      type,
      length: values.length,
      valueOffsets: offsets(items),
      child,
      ...validity(values),
    })
  }
  return {type, data}
}

function struct({entryNames, entryTypes}: DuckDBStructType): Form {
  const inner = entryTypes.map(formOf)
  const type = new Struct(entryNames.map((name, i) => new Field(name, inner[i]!.type, true)))
  const data = (values: readonly DuckDBValue[]) => {
    const children = inner.map((form, i) =>
      form.data(values.map(v => (v as DuckDBStructValue | null)?.entries[entryNames[i]!] ?? null)),
    )
    return makeData({type, length: values.length, children, ...validity(values)})
  }
  return {type, data}
}

function map({keyType, valueType}: DuckDBMapType): Form {
  const [key, value] = [formOf(keyType), formOf(valueType)]
  const entry = new Struct([
    new Field('key', key.type, false),
    new Field('value', value.type, true),
  ])
  const type = new Map_(new Field('entries', entry, false) as never)
  const data = (values: readonly DuckDBValue[]) => {
    const entries = values.map(v => (v === null ? [] : (v as DuckDBMapValue).entries))
    const all = entries.flat()
    const child = makeData({
      type: entry,
      length: all.length,
      nullCount: 0,
      children: [key.data(all.map(e => e.key)), value.data(all.map(e => e.value))],
    })
    return makeData({
      type,
      length: values.length,
      valueOffsets: offsets(entries),
      child,
      ...validity(values),
    })
  }
  return {type, data}
}

function offsets(lists: readonly (readonly unknown[])[]): Int32Array {
  const ends = new Int32Array(lists.length + 1)
  for (const [i, items] of lists.entries()) ends[i + 1] = ends[i]! + items.length
  return ends
}
