// CSV as a request carries it (RFC 4180): small, and strict about quotes.
import {AppError} from '../error.ts'
import {says} from '../words/says.ts'

/** A field: its text, or null where nothing stands between the commas. `""` is empty text. */
export type Field = string | null

/** The records of a CSV text. Blank lines are skipped, but for a text of one column, where they are null. */
export function parseCsv(text: string): Field[][] {
  const records: Field[][] = []
  let record: Field[] = []
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0
  while (at < text.length) {
    const {field, end} = text[at] === '"' ? quoted(text, at, records.length + 1) : plain(text, at)
    record.push(field)
    at = end
    if (text[at] === ',') {
      at++
      // A comma at the very end still opens a field.
      if (at < text.length) continue
      record.push(null)
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at++
    at++
    if (record.length > 1 || record[0] !== null) records.push(record)
    record = []
  }
  return records
}

function plain(text: string, start: number) {
  let end = start
  while (end < text.length && !',\r\n'.includes(text[end]!)) end++
  return {field: end === start ? null : text.slice(start, end), end}
}

function quoted(text: string, start: number, line: number) {
  let field = ''
  for (let at = start + 1; ; ) {
    const close = text.indexOf('"', at)
    if (close < 0)
      throw new AppError('bad-request', says`a quote is never closed`, {
        where: says`record ${line}`,
      })
    field += text.slice(at, close)
    if (text[close + 1] !== '"') {
      const end = close + 1
      if (end < text.length && !',\r\n'.includes(text[end]!))
        throw new AppError('bad-request', says`"${text[end]}" follows a closing quote`, {
          hint: says`write a quote inside a quoted field twice`,
          where: says`record ${line}`,
        })
      return {field, end}
    }
    field += '"'
    at = close + 2
  }
}

/** One record as a line of CSV, without the line end. Null is nothing, empty text is `""`. */
export const csvLine = (values: readonly unknown[]): string =>
  values
    .map(value => {
      if (value === null || value === undefined) return ''
      const text = String(value)
      return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
    })
    .join(',')
