// Text to values: one strict reading for each type, used both to test a column and to convert it.
import {join, raw, type Sql, sql} from '../sql.ts'
import {hasTime, strptime} from './dates.ts'

/** How numbers and dates are written in one file. */
export type Conventions = {
  decimal: '.' | ','
  /** Between thousands; empty for none. */
  thousands: string
  /** Texts that mean missing whatever the column's type; undefined when the user named none. */
  nulls?: readonly string[] | undefined
}

/** What a text column is read as. `formats` are strptime's; without them, ISO 8601. */
export type Reading = {type: string; formats?: readonly string[]}

const simple: Record<string, string> = {
  text: 'VARCHAR',
  string: 'VARCHAR',
  category: 'VARCHAR',
  integer: 'BIGINT',
  int: 'BIGINT',
  whole: 'BIGINT',
  number: 'DOUBLE',
  float: 'DOUBLE',
  decimal: 'DOUBLE',
  boolean: 'BOOLEAN',
  bool: 'BOOLEAN',
  date: 'DATE',
  time: 'TIME',
  timestamp: 'TIMESTAMP',
  datetime: 'TIMESTAMP',
}
const named =
  /^(VARCHAR|BOOLEAN|U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|REAL|DOUBLE|DATE|TIME|TIMESTAMP(_S|_MS|_NS)?|TIMESTAMPTZ|UUID|DECIMAL\(\s*\d{1,2}\s*,\s*\d{1,2}\s*\))$/

/** DuckDB's type for what a user wrote: `number` → `DOUBLE`. Undefined when there is no such type. */
export function typeOf(written: string): string | undefined {
  const plain = simple[written.trim().toLowerCase()]
  if (plain) return plain
  const type = written.trim().toUpperCase()
  if (!named.test(type)) return undefined
  return type === 'REAL' ? 'FLOAT' : type.replaceAll(' ', '')
}

export const isInteger = (type: string) =>
  /^U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)$/.test(type)
export const isNumber = (type: string) => isInteger(type) || /^(FLOAT|DOUBLE|DECIMAL)/.test(type)

/**
 * Words that stand for a missing value in a column that otherwise holds numbers, dates or booleans.
 * In a text column they stay text: `NA` may be Namibia.
 */
export const missingWords = [
  'na',
  'n/a',
  '#n/a',
  'nan',
  '-nan',
  'null',
  'none',
  'nil',
  '-',
  '?',
  '.',
]

/** Words for not-a-number: missing in a column of numbers, whatever the user names as missing. */
export const nanWords = ['nan', '-nan']

/** A regular expression (JavaScript's and RE2's alike) for numbers as the conventions write them. */
export function numberPattern({decimal, thousands}: Conventions): string {
  const [d, t] = [escaped(decimal), escaped(thousands)]
  const grouped = thousands === '' ? '' : `[1-9][0-9]{0,2}(?:${t}[0-9]{3})+|`
  return `[+-]?(?:(?:${grouped}0|[1-9][0-9]*)(?:${d}[0-9]*)?|${d}[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?(?:inf|infinity)`
}

/** The same for whole numbers. A leading zero makes a code, not a number. */
export function integerPattern({thousands}: Conventions): string {
  const grouped = thousands === '' ? '' : `[1-9][0-9]{0,2}(?:${escaped(thousands)}[0-9]{3})+|`
  return `[+-]?(?:${grouped}0|[1-9][0-9]*)`
}

const escaped = (mark: string) => mark.replace(/[.]/, '\\.')

/** SQL: a condition, whether the text in a column says that nothing is there. */
export function isMissing(column: Sql, type: string, {nulls}: Conventions): Sql {
  const words = nulls ?? []
  const named = words.length > 0 ? sql` or trim(${column}) in (${list(words)})` : sql``
  const soft =
    type === 'VARCHAR'
      ? sql``
      : sql` or lower(trim(${column})) in (${list(nulls ? nanWords : missingWords)})`
  const blank = type === 'VARCHAR' ? sql`${column} = ''` : sql`trim(${column}) = ''`
  return sql`(${column} is null or ${blank}${named}${soft})`
}

const list = (texts: readonly string[]) => join(texts.map(t => sql`${t}`))

/**
 * SQL: the value that a text column holds, as `reading.type`; null where the text is no such value.
 * Whole numbers are never rounded from fractions, and dates never cut from timestamps.
 */
export function cast(column: Sql, reading: Reading, conventions: Conventions): Sql {
  const {type, formats} = reading
  const text = sql`trim(${column})`
  if (type === 'VARCHAR') return column
  if (isInteger(type)) {
    const whole = plainNumber(text, conventions)
    const exact = sql`regexp_full_match(${text}, ${integerPattern(conventions)})`
    const double = sql`try_cast(${whole} as double)`
    const number = sql`regexp_full_match(${text}, ${`(?i)${numberPattern(conventions)}`})`
    return sql`case when ${exact} then try_cast(${whole} as ${typeSql(type)}) when ${number} and ${double} = trunc(${double}) then try_cast(${double} as ${typeSql(type)}) end`
  }
  if (isNumber(type)) {
    const number = sql`regexp_full_match(${text}, ${`(?i)${numberPattern(conventions)}`})`
    return sql`case when ${number} then try_cast(${plainNumber(text, conventions)} as ${typeSql(type)}) end`
  }
  if (type === 'BOOLEAN') return boolean(text)
  if (type === 'DATE' && !formats?.length)
    return sql`case when length(${text}) <= 10 then try_cast(${text} as date) end`
  if (type === 'DATE') return sql`try_strptime(${text}, ${formats!})::date`
  if (type.startsWith('TIMESTAMP')) {
    // DuckDB's cast to TIMESTAMP ignores a zone; by way of TIMESTAMPTZ the result is UTC.
    const zoned = sql`regexp_matches(${text}, '[0-9 ]([zZ]|[+-][0-9]{2}(:?[0-9]{2})?)$') and length(${text}) > 10`
    const iso = sql`case when ${zoned} then timezone('UTC', try_cast(${text} as timestamptz)) else try_cast(${text} as timestamp) end`
    const value = formats?.length ? sql`coalesce(try_strptime(${text}, ${formats}), ${iso})` : iso
    return type === 'TIMESTAMP' ? value : sql`(${value})::${typeSql(type)}`
  }
  return sql`try_cast(${text} as ${typeSql(type)})`
}

/** A type of `typeOf` as SQL: made of known words and digits only, so it needs no quotes. */
export const typeSql = (type: string): Sql => raw(type)

const boolean = (text: Sql) =>
  sql`case lower(${text}) when 'true' then true when 'false' then false when 't' then true when 'f' then false when 'yes' then true when 'no' then false when 'y' then true when 'n' then false when '1' then true when '0' then false end`

function plainNumber(text: Sql, {decimal, thousands}: Conventions): Sql {
  const joined = thousands === '' ? text : sql`replace(${text}, ${thousands}, '')`
  return decimal === '.' ? joined : sql`replace(${joined}, ${decimal}, '.')`
}

/** How a column that the user gave a type is read, with the date formats that they gave. */
export function readingOf(written: string, dates: readonly string[]): Reading {
  const type = typeOf(written)!
  const formats = dates.map(f => strptime(f)!)
  if (type === 'DATE') return {type, formats: formats.filter(f => !hasTime(f))}
  return type.startsWith('TIMESTAMP') ? {type, formats} : {type}
}
