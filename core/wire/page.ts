// A page of a table on the client's side: Arrow's bytes as rows of plain values.
import {type Data, DataType, RecordBatchReader, Vector} from 'apache-arrow'

/**
 * The rows of an Arrow IPC stream as JSON would have them, but for NaN and infinities, which stay numbers.
 * Integers and decimals are numbers where a number says exactly the same, and text where not. Dates and times
 * are text as DuckDB prints them (UTC), bytes too (`\x00`), but for those of a fixed number: the pixels of an image.
 * A map is a list of `{key, value}`.
 */
export function rowsOfPage(bytes: Uint8Array): Record<string, unknown>[] {
  const rows: Record<string, unknown>[] = []
  for (const batch of RecordBatchReader.from(bytes)) {
    // A list without rows has no buffers for its items either.
    if (batch.numRows === 0) continue
    const names = batch.schema.names as string[]
    const columns = batch.data.children.map(cells)
    for (let i = 0; i < batch.numRows; i++)
      // A column may have any name, `__proto__` too.
      rows.push(Object.fromEntries(columns.map((at, c) => [names[c]!, at(i)])))
  }
  return rows
}

type Cell = (row: number) => unknown

/** The plain value at a row of a column. */
export function cells(data: Data): Cell {
  const present = plain(data)
  return row => (data.getValid(row) ? present(row) : null)
}

function plain(data: Data): Cell {
  const {type, values} = data
  if (DataType.isInt(type)) return row => number(values[row])
  if (DataType.isDecimal(type)) {
    const words = type.bitWidth / 32
    return row => decimal(wide(values.subarray(row * words, (row + 1) * words)), type.scale)
  }
  if (DataType.isDate(type)) return row => date(values[row])
  if (DataType.isTime(type)) return row => clock(values[row], digits(type.unit))
  if (DataType.isTimestamp(type)) {
    const zone = type.timezone ? '+00' : ''
    return row => timestamp(values[row], digits(type.unit), zone)
  }
  if (DataType.isUtf8(type)) {
    const {valueOffsets: ends} = data
    return row => text.decode(values.subarray(ends[row], ends[row + 1]))
  }
  if (DataType.isBinary(type)) {
    const {valueOffsets: ends} = data
    return row => printed(values.subarray(ends[row], ends[row + 1]))
  }
  if (DataType.isFixedSizeBinary(type)) {
    const size = type.byteWidth
    return row => values.subarray(row * size, (row + 1) * size)
  }
  if (DataType.isList(type) || DataType.isMap(type)) {
    const {valueOffsets: ends} = data
    const at = cells(data.children[0]!)
    return row => Array.from({length: ends[row + 1]! - ends[row]!}, (_, i) => at(ends[row]! + i))
  }
  if (DataType.isStruct(type)) {
    const children = data.children.map(cells)
    return row => Object.fromEntries(children.map((at, c) => [type.children[c]!.name, at(row)]))
  }
  const vector = new Vector([data])
  return row => vector.get(row)
}

// A text may begin with a byte order mark, which is a character of it.
const text = new TextDecoder('utf-8', {ignoreBOM: true})

const number = (value: number | bigint) =>
  typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : keep(value)
const keep = (value: number | bigint) => (typeof value === 'bigint' ? String(value) : value)

/** Words of 32 bits, the lowest first, in two's complement. */
function wide(words: Uint32Array): bigint {
  let value = 0n
  for (let i = words.length - 1; i >= 0; i--) value = (value << 32n) | BigInt(words[i]!)
  return BigInt.asIntN(words.length * 32, value)
}

function decimal(whole: bigint, scale: number): number | string {
  const figures = String(whole < 0n ? -whole : whole).padStart(scale + 1, '0')
  const point = figures.length - scale
  const exact = `${whole < 0n ? '-' : ''}${figures.slice(0, point)}${scale > 0 ? `.${figures.slice(point)}` : ''}`
  if (scale === 0) return number(whole)
  // Fifteen significant figures come back from a double as they were.
  return figures.replace(/^0+/, '').length <= 15 ? Number(exact) : exact
}

/** Days since 1970; the ends of the range are infinite. */
function date(days: number): string {
  if (days === 2 ** 31 - 1) return 'infinity'
  if (days === -(2 ** 31) + 1) return '-infinity'
  // Civil from days, H. Hinnant, https://howardhinnant.github.io/date_algorithms.html
  const z = days + 719_468
  const era = Math.floor(z / 146_097)
  const doe = z - era * 146_097
  const yoe = Math.floor(
    (doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365,
  )
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100))
  const mp = Math.floor((5 * doy + 2) / 153)
  const month = mp < 10 ? mp + 3 : mp - 9
  const year = yoe + era * 400 + (month <= 2 ? 1 : 0)
  const day = doy - Math.floor((153 * mp + 2) / 5) + 1
  // There is no year zero.
  const shown = String(year > 0 ? year : 1 - year).padStart(4, '0')
  return `${shown}-${two(month)}-${two(day)}${year > 0 ? '' : ' (BC)'}`
}

const two = (n: number | bigint) => String(n).padStart(2, '0')

/** Decimal places of a unit: seconds, milliseconds, microseconds, nanoseconds. */
const digits = (unit: number) => unit * 3

function clock(time: bigint, places: number): string {
  const second = 10n ** BigInt(places)
  const [seconds, rest] = [time / second, time % second]
  const fraction = places > 0 ? String(rest).padStart(places, '0').replace(/0+$/, '') : ''
  const whole = `${two(seconds / 3600n)}:${two((seconds / 60n) % 60n)}:${two(seconds % 60n)}`
  return fraction ? `${whole}.${fraction}` : whole
}

function timestamp(time: bigint, places: number, zone: string): string {
  if (time === 2n ** 63n - 1n) return 'infinity'
  if (time === -(2n ** 63n) + 1n) return '-infinity'
  const day = 86_400n * 10n ** BigInt(places)
  const within = ((time % day) + day) % day
  return `${date(Number((time - within) / day))} ${clock(within, places)}${zone}`
}

/** Bytes as DuckDB prints a BLOB: printable ASCII as it is, the others as `\x00`. */
function printed(bytes: Uint8Array): string {
  let shown = ''
  for (const byte of bytes) {
    const plain = byte >= 32 && byte < 127 && byte !== 0x5c && byte !== 0x27 && byte !== 0x22
    shown += plain
      ? String.fromCharCode(byte)
      : `\\x${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }
  return shown
}
