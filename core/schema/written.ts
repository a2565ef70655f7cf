// Numbers as people write them: regular expressions that JavaScript and DuckDB's RE2 read alike.

/** How numbers are written. `thousands` stands between thousands; empty for nothing. */
export type NumberStyle = {decimal: '.' | ','; thousands: string}

/** Numbers in this style. */
export function numberPattern({decimal, thousands}: NumberStyle): string {
  const d = escaped(decimal)
  return `[+-]?(?:(?:${grouped(thousands)}0|[1-9][0-9]*)(?:${d}[0-9]*)?|${d}[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?(?:inf|infinity)`
}

/** The same for whole numbers. A leading zero makes a code, not a number. */
export const integerPattern = ({thousands}: NumberStyle): string =>
  `[+-]?(?:${grouped(thousands)}0|[1-9][0-9]*)`

const grouped = (thousands: string) =>
  thousands === '' ? '' : `[1-9][0-9]{0,2}(?:${escaped(thousands)}[0-9]{3})+|`

/** What people write beside numbers: currencies, and percent. */
export const marks = ['R$', 'US$', '$', '€', '£', '¥', '%'] as const

/**
 * One of the marks at either end of a number, with the spaces between. Its group is the number's sign where that
 * stands before the mark, so that what is replaced by the group leaves a plain number.
 */
export function markPattern(some: readonly string[]): string {
  // The spaces of typesetters stand between many a currency and its amount; RE2's \s leaves them out.
  const space = '[\\s\u00a0\u202f]*'
  const mark = `(?:${some.map(escaped).join('|')})`
  return `^([+-]?)${space}${mark}${space}|${space}${mark}$`
}

export const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
