// A cell's value as text: short in the grid, whole in the viewer, exact in a copy.
import type {Column} from '../../core/schema/table.ts'

/** Characters of a value that a grid draws; the viewer has the rest. */
const longest = 300

/** Of an image its pixels, to be drawn in place of the text. */
export type CellText = {text: string; tone?: 'missing' | 'empty'; pixels?: Uint8Array}

export type CellWords = {missing: string; empty: string}

/** Numbers as the language (a BCP 47 tag) writes them; text, dates and nested values as DuckDB prints them. */
export function cellTexts(language: string, words: CellWords) {
  // Four digits are as often a year as a quantity: they are not grouped.
  const useGrouping = 'min2' as const
  const whole = new Intl.NumberFormat(language, {useGrouping, maximumFractionDigits: 0})
  const plain = new Intl.NumberFormat(language, {useGrouping, maximumSignificantDigits: 10})
  const point = new Intl.NumberFormat(language).formatToParts(0.5)[1]!.value
  const far = new Intl.NumberFormat(language, {
    notation: 'scientific',
    maximumSignificantDigits: 10,
  })

  function number(value: number): string {
    if (Number.isInteger(value) && Math.abs(value) < 1e15) return whole.format(value)
    const size = Math.abs(value)
    return size >= 1e15 || size < 1e-6 ? far.format(value) : plain.format(value)
  }

  /** Of `-12345678901234567890.125`, whose every digit counts. */
  function exact(digits: string): string {
    const [, sign, integer, fraction] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(digits) ?? []
    if (integer === undefined) return digits
    return `${sign}${whole.format(BigInt(integer))}${fraction ? point + fraction : ''}`
  }

  return (value: unknown, {kind}: Pick<Column, 'kind'>): CellText => {
    if (value === null) return {text: words.missing, tone: 'missing'}
    if (value === '') return {text: words.empty, tone: 'empty'}
    if (value instanceof Uint8Array) return {text: '', pixels: value}
    if (typeof value === 'number') return {text: number(value)}
    // Integers and decimals that no double says exactly come as text.
    if (kind === 'number' && typeof value === 'string') return {text: exact(value)}
    const text = exactText(value, longest)
    return {text: text.length > longest ? `${text.slice(0, longest)}…` : text}
  }
}

/** The value itself, for a copy. */
export function exactText(value: unknown, most = Number.POSITIVE_INFINITY): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value.length > most ? value.slice(0, most + 1) : value
  if (value instanceof Uint8Array) return `[${value.join(',')}]`
  if (typeof value === 'object') return JSON.stringify(value)
  return String(value)
}

/** The whole value, nested ones on several lines. */
export const wholeText = (value: unknown): string =>
  typeof value === 'object' && value !== null && !(value instanceof Uint8Array)
    ? JSON.stringify(value, null, 2)
    : exactText(value)

/** Line breaks as signs, since a row is one line. */
export const oneLine = (text: string) => text.replace(/\r\n|\r|\n/g, '↵').replaceAll('\t', '⇥')

/** Tab-separated rows as spreadsheets paste them: what holds a tab, a line break or a quote is quoted. */
export const toTsv = (rows: readonly (readonly unknown[])[]): string =>
  rows.map(row => row.map(tsvField).join('\t')).join('\n')

function tsvField(value: unknown): string {
  const text = exactText(value)
  return /[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
