// One value of a request as a graph holds it: a number (NaN: missing), text, or the numbers of an image.
import {AppError} from '../error.ts'
import {missingText} from '../onnx/frame.ts'
import {imageShape, pixelsOf} from '../schema/image.ts'
import type {Column, ColumnKind} from '../schema/table.ts'
import {type Phrase, says} from '../words/says.ts'
import {readImage} from './encode-image.ts'

/** A whole column, as a graph takes it: of images as many numbers a row as each has, 0 to 255. */
export type Encoded = Float64Array | string[] | Float32Array

/** Whether `value` was JSON, or text between commas that has yet to be read. */
export type Source = 'json' | 'csv'

type Encode = (value: unknown, column: Column, source: Source) => number | string | undefined

/**
 * The values of one column, one for each row. Null is missing.
 * Errors: `bad-request` naming the row (from 1) and the column, where a value is not of its type.
 */
export function encodeColumn(
  column: Column,
  values: readonly unknown[],
  source: Source = 'json',
): Encoded {
  if (column.kind === 'image') return encodeImages(column, values)
  const encode = encoders[column.kind]
  const made =
    column.kind === 'category' ? new Array<string>(values.length) : new Float64Array(values.length)
  for (const [row, value] of values.entries()) {
    const encoded = encode(value, column, source)
    if (encoded === undefined) throw wrongType(column, value, row)
    made[row] = encoded
  }
  return made
}

function encodeImages(column: Column, values: readonly unknown[]): Float32Array {
  const shape = imageShape(column.type)!
  const size = pixelsOf(shape)
  const made = new Float32Array(values.length * size)
  for (const [row, value] of values.entries()) {
    const at = row * size
    if (value === null) made.fill(Number.NaN, at, at + size)
    else {
      const pixels = readImage(value, shape, `row ${row + 1}, column "${column.name}"`)
      if (!pixels) throw wrongType(column, value, row)
      made.set(pixels, at)
    }
  }
  return made
}

const encoders: Record<Exclude<ColumnKind, 'image'>, Encode> = {
  number: (value, {type}, source) => {
    const x = toNumber(value, source)
    // A FLOAT column was trained on values of that precision.
    return x !== undefined && type === 'FLOAT' ? Math.fround(x) : x
  },
  boolean: (value, _, source) => {
    if (value === null) return Number.NaN
    if (typeof value === 'boolean') return Number(value)
    if (source === 'csv') return truth[String(value).trim().toLowerCase()]
    return undefined
  },
  date: (value, {type}) => {
    if (value === null) return Number.NaN
    return typeof value === 'string' ? microseconds(value, type) : undefined
  },
  category: value => {
    if (value === null) return missingText
    return typeof value === 'string' ? value : undefined
  },
  other: () => undefined,
}

const truth: Record<string, number> = {true: 1, t: 1, '1': 1, false: 0, f: 0, '0': 0}
const numeral = /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i
/** JSON has no way to write these as numbers. */
const special: Record<string, number> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
}

function toNumber(value: unknown, source: Source): number | undefined {
  if (value === null) return Number.NaN
  if (typeof value === 'number') return value
  if (typeof value !== 'string') return undefined
  if (Object.hasOwn(special, value)) return special[value]
  return source === 'csv' && numeral.test(value) ? Number(value) : undefined
}

const dateTime =
  /^(\d{4,6})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?\s*(Z|[-+]\d\d(?::?\d\d)?)?)?$/i
const timeOnly = /^(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?$/
const day = 86_400_000_000

/**
 * Microseconds since 1970 (UTC) of an ISO 8601 date or time stamp, or since midnight for a time of day.
 * A time stamp without a zone is UTC, as in DuckDB.
 */
export function microseconds(text: string, type: string): number | undefined {
  if (type.startsWith('TIME') && !type.startsWith('TIMESTAMP')) {
    const found = timeOnly.exec(text.trim())
    return found ? ofClock(found.slice(1)) : undefined
  }
  const found = dateTime.exec(text.trim())
  if (!found) return undefined
  const [, year, month, date, hour, minute, second, fraction, zone] = found
  const days = new Date(0)
  days.setUTCFullYear(Number(year), Number(month) - 1, Number(date))
  // `2025-02-30` would silently become March.
  if (days.getUTCMonth() !== Number(month) - 1 || days.getUTCDate() !== Number(date))
    return undefined
  const start = days.getTime() * 1000
  if (type === 'DATE' || hour === undefined) return start
  const clock = ofClock([hour, minute, second, fraction])
  return clock === undefined ? undefined : start + clock - offset(zone)
}

function ofClock([hour, minute, second = '0', fraction = '']: (string | undefined)[]) {
  const [h, m, s] = [Number(hour), Number(minute), Number(second)]
  if (h > 23 || m > 59 || s > 59) return undefined
  return ((h * 60 + m) * 60 + s) * 1_000_000 + Number(fraction.padEnd(6, '0').slice(0, 6))
}

function offset(zone: string | undefined): number {
  if (!zone || zone.toUpperCase() === 'Z') return 0
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0')
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))
  return (zone[0] === '-' ? -1 : 1) * minutes * (day / 1440)
}

const wants: Record<ColumnKind, Phrase> = {
  number: says`a number`,
  boolean: says`true or false`,
  category: says`text`,
  date: says`a date such as "2025-01-31" or "2025-01-31T12:00:00Z"`,
  image: says`a PNG or JPEG file as base64 text, nor an image as lists of its pixels`,
  other: says`something that a request can carry`,
}

function wrongType({name, kind}: Column, value: unknown, row: number) {
  const shown = JSON.stringify(value) ?? String(value)
  return new AppError('bad-request', says`${shown.slice(0, 60)} is not ${wants[kind]}`, {
    hint:
      typeof value === 'string' && kind === 'number' && numeral.test(value)
        ? says`write ${value.trim()} without quotes`
        : kind === 'image'
          ? says`such as "data:image/png;base64,…"`
          : kind === 'category'
            ? says`write it as text: ${JSON.stringify(String(value)).slice(0, 60)}`
            : says`null stands for an unknown value`,
    where: says`row ${row + 1}, column "${name}"`,
  })
}
