// Where the records of a CSV text begin and end, and which are broken. RFC 4180, with a way to go on after damage.

/** How a CSV text is written. Multi-byte characters stand as the bytes of their UTF-8, see `Records`. */
export type Dialect = {delimiter: string; quote: string; escape: string}

/** One record as it stands in the file. */
export type CsvRecord = {
  /** Its first physical line, from 1. */
  line: number
  /** Its text without the line end. */
  text: string
  /** How many fields it has. */
  fields: number
  /** Why it cannot be read. Its `text` is then its first physical line alone, and reading goes on after that. */
  problem?: string
}

/** The most that one record may hold, in bytes. */
export const longestRecord = 128 * 1024 * 1024

/**
 * Splits text into records, piece by piece. The text is the file's bytes as Latin-1, one character a byte:
 * every mark of a CSV file is ASCII, so this is exact for UTF-8 and quicker than decoding. Blank lines are
 * no records, unless a record has one field only, when they are a missing value.
 */
export class Records {
  readonly #dialect: Dialect
  readonly #keepBlank: boolean
  #rest: string[] = []
  #length = 0
  #wanted = 0
  #line: number

  constructor(dialect: Dialect, {line = 1, keepBlank = false} = {}) {
    this.#dialect = dialect
    this.#line = line
    this.#keepBlank = keepBlank
  }

  *push(piece: string): Generator<CsvRecord> {
    this.#rest.push(piece)
    this.#length += piece.length
    if (this.#length > this.#wanted) yield* this.#split(false)
  }

  *end(): Generator<CsvRecord> {
    yield* this.#split(true)
  }

  *#split(last: boolean): Generator<CsvRecord> {
    const lines = new Lines(this.#rest.join(''), last)
    const {text} = lines
    let at = 0
    while (at < text.length) {
      const found = this.#next(lines, at)
      if (!found) break
      this.#line += found.lines
      at = found.after
      if (found.record.text !== '' || this.#keepBlank) yield found.record
    }
    this.#rest = [text.slice(at)]
    this.#length = text.length - at
    // A long record is looked at again only when there is twice as much of it: once for each doubling.
    this.#wanted = Math.min(2 * this.#length, longestRecord)
  }

  /** The record at `start`, or undefined where more text is needed to tell its end. */
  #next(lines: Lines, start: number) {
    const {delimiter, quote} = this.#dialect
    const {text} = lines
    const more = !lines.last && text.length - start < longestRecord
    const end = lines.end(start)
    if (!end && more) return undefined
    const {stop, after} = end ?? {stop: text.length, after: text.length}
    const first = text.slice(start, stop)
    const one = (fields: number, problem?: string) => ({
      record: {line: this.#line, text: first, fields, ...(problem ? {problem} : {})},
      after,
      lines: 1,
    })
    if (stop - start > longestRecord) return one(0, tooLong)
    if (quote === '' || !first.includes(quote)) return one(count(first, delimiter) + 1)
    const whole = this.#quoted(lines, start)
    if (whole === 'more') return more ? undefined : one(0, neverClosed)
    if (typeof whole === 'string') return one(0, whole)
    const record = {line: this.#line, text: text.slice(start, whole.stop), fields: whole.fields}
    return {record, after: whole.after, lines: whole.lines}
  }

  /** Walks a record that has quotes. Gives its end, or what is wrong with it, or `more` where text is missing. */
  #quoted(lines: Lines, start: number) {
    const {delimiter, quote, escape: mark} = this.#dialect
    const {text, last} = lines
    let at = start
    let fields = 1
    let height = 1
    for (;;) {
      if (text[at] === quote) {
        const close = closing(text, at + 1, quote, mark)
        if (close < 0) return last ? neverClosed : 'more'
        if (close - start > longestRecord) return tooLong
        height += lines.count(at, close)
        at = close + 1
        // The next character tells whether that quote closes, so there must be one.
        if (at >= text.length && !last) return 'more'
      } else {
        const next = text.indexOf(delimiter, at)
        const end = lines.end(at)
        if (next < 0 && !end && !last) return 'more'
        const stop = end?.stop ?? text.length
        at = next >= 0 && next < stop ? next : stop
      }
      if (text.startsWith(delimiter, at)) {
        at += delimiter.length
        fields++
        if (at >= text.length && !last) return 'more'
        continue
      }
      if (at >= text.length) return {stop: at, after: at, fields, lines: height}
      const end = lines.end(at)
      if (end?.stop === at) return {stop: at, after: end.after, fields, lines: height}
      if (!end && !last) return 'more'
      return 'text follows a closing quote'
    }
  }
}

const neverClosed = 'a quote is opened and never closed'
const tooLong = `the line is longer than ${longestRecord / 1024 / 1024} MB`

/** The fields of a record's text, unquoted. */
export function fieldsOf(text: string, {delimiter, quote, escape: mark}: Dialect): string[] {
  const fields: string[] = []
  let at = 0
  for (;;) {
    if (quote !== '' && text[at] === quote) {
      const found = closing(text, at + 1, quote, mark)
      const close = found < 0 ? text.length : found
      const inner = text.slice(at + 1, close)
      fields.push(inner.replaceAll(mark + quote, quote))
      at = text.indexOf(delimiter, close + 1)
    } else {
      const next = text.indexOf(delimiter, at)
      fields.push(next < 0 ? text.slice(at) : text.slice(at, next))
      at = next
    }
    if (at < 0) return fields
    at += delimiter.length
  }
}

/** Index of the quote that closes a field whose text begins at `from`, or -1. */
function closing(text: string, from: number, quote: string, mark: string): number {
  for (let at = from; ; at++) {
    at = text.indexOf(quote, at)
    if (at < 0) return -1
    if (mark === quote) {
      if (text[at + 1] !== quote) return at
      at++
    } else {
      let escapes = 0
      while (text[at - 1 - escapes] === mark && at - 1 - escapes >= from) escapes++
      if (escapes % 2 === 0) return at
    }
  }
}

/** Line ends of a text: `\n`, `\r\n`, or a `\r` alone, as on old Macs. */
class Lines {
  readonly text: string
  /** Nothing follows this text. */
  readonly last: boolean
  // Searching from every line anew would read the text over and over where one of the marks is rare.
  readonly #feed = {from: 0, at: -1}
  readonly #back = {from: 0, at: -1}

  constructor(text: string, last: boolean) {
    this.text = text
    this.last = last
  }

  /** The end of the line that `from` is in, and where the next begins; undefined when it is not there yet. */
  end(from: number): {stop: number; after: number} | undefined {
    const {text} = this
    const feed = this.#find('\n', this.#feed, from)
    const back = this.#find('\r', this.#back, from)
    if (back < feed) {
      if (back + 1 === text.length && !this.last) return undefined
      return {stop: back, after: back + (text[back + 1] === '\n' ? 2 : 1)}
    }
    return feed === text.length ? undefined : {stop: feed, after: feed + 1}
  }

  /** Line ends between two places. */
  count(from: number, to: number): number {
    let n = 0
    for (let end = this.end(from); end && end.stop < to; end = this.end(end.after)) n++
    return n
  }

  #find(mark: string, known: {from: number; at: number}, from: number): number {
    if (from < known.from || from > known.at) {
      const found = this.text.indexOf(mark, from)
      known.from = from
      known.at = found < 0 ? this.text.length : found
    }
    return known.at
  }
}

function count(text: string, mark: string): number {
  let n = 0
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + mark.length)) n++
  return n
}
