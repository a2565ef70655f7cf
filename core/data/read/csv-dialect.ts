// Which marks a CSV file uses, and whether its first line names the columns: told from its first part.
import {type Dialect, fieldsOf, Records} from './csv-records.ts'

export type Sniffed = {
  dialect: Dialect
  header: boolean
  /** Lines before the first record: those to leave out, and blank ones. */
  skip: number
  /** Fields of the first record, as text. */
  first: string[]
  /** Fields of the records after the header, as text; at most some thousand. */
  rows: string[][]
  /** How many columns the table has: as many as the header names, else as most rows have. */
  width: number
  /** A mark that would split the header of a table of one column, although it splits no row. */
  unused?: string | undefined
}

export type Asked = {
  delimiter?: string | undefined
  quote?: string | undefined
  escape?: string | undefined
  header?: boolean | undefined
  skip: number
}

const delimiters = [',', ';', '\t', '|']

/** `sample` is the first part of the file, as UTF-8; `whole` when it is all of it. */
export function sniffCsv(sample: Buffer, whole: boolean, asked: Asked): Sniffed {
  const text = withoutLines(sample.toString('latin1').replace(/^\xef\xbb\xbf/, ''), asked.skip)
  const blank = /^(?:[ \t]*\r?\n)*/.exec(text)![0].split('\n').length - 1
  const quotes = asked.quote !== undefined ? [asked.quote] : quotesIn(text)
  const marks = asked.delimiter !== undefined ? [markOf(asked.delimiter)] : delimiters
  const candidates = quotes.flatMap(quote =>
    marks.map(delimiter => {
      const dialect = {delimiter: bytes(delimiter), quote, escape: asked.escape ?? quote}
      const records = recordsOf(text, dialect, whole)
      return {dialect, records, score: score(records, dialect)}
    }),
  )
  // The first of equals wins, and a comma comes first.
  const best = candidates.reduce((a, b) => (b.score > a.score ? b : a))
  const fields = best.records.map(record =>
    fieldsOf(record, best.dialect).map(field => Buffer.from(field, 'latin1').toString('utf8')),
  )
  const [first = [], ...others] = fields
  const header = asked.header ?? looksLikeHeader(first, others)
  const rows = header ? others : fields
  const width = header ? first.length : mostFrequent(rows.map(row => row.length))
  const splits = ({dialect, records}: (typeof candidates)[number]) =>
    fieldsOf(records[0] ?? '', dialect).length > 1
  const unused =
    header && width === 1 && rows.length > 0
      ? candidates.find(splits)?.dialect.delimiter
      : undefined
  return {dialect: best.dialect, header, skip: asked.skip + blank, first, rows, width, unused}
}

/** `tab` and `\t` are how people write a tab. */
const markOf = (written: string) =>
  written === '\\t' || written.toLowerCase() === 'tab' ? '\t' : written

const bytes = (mark: string) => Buffer.from(mark, 'utf8').toString('latin1')

function withoutLines(text: string, lines: number): string {
  let at = 0
  for (let n = 0; n < lines; n++) {
    const end = text.indexOf('\n', at)
    if (end < 0) return ''
    at = end + 1
  }
  return text.slice(at)
}

// A single quote counts only where fields begin and end with it.
const quotesIn = (text: string) =>
  !text.includes('"') && /(^|[,;\t|])'[^'\n]*'([,;\t|]|\r?\n)/m.test(text) ? ["'"] : ['"']

const mostRecords = 5000

function recordsOf(text: string, dialect: Dialect, whole: boolean): string[] {
  const records: string[] = []
  const scanner = new Records(dialect)
  const take = (record: {text: string; problem?: string}) => {
    if (!record.problem) records.push(record.text)
    return records.length < mostRecords
  }
  for (const record of scanner.push(text)) if (!take(record)) return records
  // The last record of a sample is cut, so it counts only when there is nothing else.
  if (whole || records.length === 0) for (const record of scanner.end()) if (!take(record)) break
  return records
}

/** How well a delimiter explains the records: 1 when all have as many fields as the first, all of them clean. */
function score(records: string[], dialect: Dialect): number {
  const rows = records.map(record => fieldsOf(record, dialect))
  const width = mostFrequent(rows.map(row => row.length))
  if (width < 2) return rows.every(row => row.length === 1) ? oneColumn(records[0] ?? '') : 0
  const same = rows.filter(row => row.length === width)
  const fields = same.flat()
  const clean = fields.filter(field => !otherMark.test(field) || decimalComma.test(field)).length
  const first = rows[0]!.length === width ? 1 : 0.5
  return first * (same.length / rows.length) * (0.5 + clean / fields.length / 2)
}

/**
 * A delimiter that splits nothing still beats one that splits fewer than this share of lines alike, unless
 * the first line has marks in it.
 */
const oneColumn = (first: string) => (otherMark.test(first) ? 0.1 : 0.4)
const otherMark = /[,;\t|]/
const decimalComma = /^[+-]?[\d.]*,\d+$/

function mostFrequent(numbers: number[]): number {
  const counts = new Map<number, number>()
  for (const n of numbers) counts.set(n, (counts.get(n) ?? 0) + 1)
  return [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), [0, 0])[0]
}

const valueLike = /^\s*[+-]?[\d.,]*\d[\d.,]*([eE][+-]?\d+)?%?\s*$|^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}/

/**
 * A first line is a header unless it looks like data: one of its fields is a number or a date, no column
 * has numbers below a word, and its numbers are no years above other numbers.
 */
function looksLikeHeader(first: string[], rows: string[][]): boolean {
  const isValue = (field: string | undefined) => field !== undefined && valueLike.test(field)
  const below = (i: number) => rows.flatMap(row => (row[i] ? [row[i]] : []))
  if (!first.some(isValue)) return first.some(field => field.trim() !== '')
  const years = (fields: string[]) =>
    fields.every(field => /^(1[89]|2[01])\d\d$/.test(field.trim()))
  const numbers = first.flatMap((field, i) => (isValue(field) ? [i] : []))
  if (numbers.length > 1 && years(numbers.map(i => first[i]!)))
    return numbers.some(i => !years(below(i)))
  return first.some((field, i) => {
    const values = below(i)
    return !isValue(field) && field !== '' && values.length > 0 && values.every(isValue)
  })
}
