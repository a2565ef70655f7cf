// Date formats: the ones people write, as DuckDB's strptime knows them.

/**
 * A format as strptime takes it. `dd/mm/yyyy hh:mm:ss` becomes `%d/%m/%Y %H:%M:%S`; one with `%` stays
 * as it is. Undefined when it names no part of a date.
 */
export function strptime(format: string): string | undefined {
  if (format.includes('%')) return patternOf(format) ? format : undefined
  let hours = false
  const made = format.replace(/y+|m+|d+|h+|s+|f+|[a-z]+/gi, part => {
    const token = part.toLowerCase()
    // After the hours, `mm` means minutes.
    const spec = token === 'mm' && hours ? '%M' : tokens[token]
    if (token === 'hh' || token === 'h') hours = true
    return spec ?? (/^[TZ]$/.test(part) ? part : '%?')
  })
  return made.includes('%') && patternOf(made) ? made : undefined
}

const tokens: Record<string, string> = {
  yyyy: '%Y',
  yy: '%y',
  mmmm: '%B',
  mmm: '%b',
  mm: '%m',
  m: '%m',
  dd: '%d',
  d: '%d',
  hh: '%H',
  h: '%H',
  ss: '%S',
  s: '%S',
  fff: '%g',
  ffffff: '%f',
}

/** What each part of a strptime format looks like. */
const parts: Record<string, string> = {
  Y: '\\d{4}',
  y: '\\d{2}',
  m: '(?:0?[1-9]|1[0-2])',
  d: '(?:0?[1-9]|[12]\\d|3[01])',
  b: '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)',
  B: '(?:january|february|march|april|may|june|july|august|september|october|november|december)',
  a: '(?:mon|tue|wed|thu|fri|sat|sun)',
  A: '(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)',
  H: '(?:[01]?\\d|2[0-3])',
  I: '(?:0?[1-9]|1[0-2])',
  M: '[0-5]?\\d',
  S: '[0-5]?\\d',
  f: '\\d{1,6}',
  g: '\\d{1,3}',
  n: '\\d{1,9}',
  p: '[ap]m',
  j: '\\d{1,3}',
  z: '(?:Z|[+-]\\d{2}:?(?:\\d{2})?)',
  Z: '[A-Za-z_/]+',
  '%': '%',
}

/** Text that a strptime format may read; undefined for a format with a part that there is not. */
function patternOf(format: string): RegExp | undefined {
  let known = true
  const source = format.replace(/%-?(.?)|[^%]/g, (piece, spec?: string) => {
    if (spec === undefined) return piece.replace(/[.*+?^${}()|[\]\\]/, '\\$&')
    const part = parts[spec]
    known &&= part !== undefined
    return part ?? ''
  })
  return known ? new RegExp(`^${source}$`, 'i') : undefined
}

/** True when the format has hours: it gives a timestamp, not a date. */
export const hasTime = (format: string) => /%-?[HI]/.test(format)

export type DateForm = {format: string; fits: RegExp}

/** A strptime format with a test for text that may fit it. */
export const dateForm = (format: string): DateForm => ({format, fits: patternOf(format)!})

const days = [
  '%Y-%m-%d',
  '%Y/%m/%d',
  '%Y.%m.%d',
  '%d/%m/%Y',
  '%m/%d/%Y',
  '%d-%m-%Y',
  '%m-%d-%Y',
  '%d.%m.%Y',
  '%d/%m/%y',
  '%m/%d/%y',
  '%b %d %Y',
  '%b %d, %Y',
  '%B %d, %Y',
  '%d %b %Y',
  '%d-%b-%Y',
  '%d-%b-%y',
]
const times = ['%H:%M', '%H:%M:%S', '%H:%M:%S.%f', '%I:%M %p', '%I:%M:%S %p']

/** Days alone, as they are looked for without being told. */
export const dateForms: DateForm[] = days.map(dateForm)
/** Days with a time. */
export const timestampForms: DateForm[] = days.flatMap(day =>
  times.map(time => dateForm(`${day} ${time}`)),
)
/** ISO 8601 with `T` or a zone, which DuckDB's own cast reads: `2020-01-02T10:00:00.5Z`. */
export const isoTimestamp =
  /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?( ?(Z|[+-]\d{2}(:?\d{2})?))?)?$/i

/** The same format with day and month exchanged, where both orders are usual; else undefined. */
export function otherOrder(format: string): string | undefined {
  const swapped = format.replace(/^%([dm])([/-])%([dm])/, '%$3$2%$1')
  return swapped === format ? undefined : swapped
}
