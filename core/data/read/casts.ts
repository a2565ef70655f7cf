// Text to values: one strict reading for each type, used both to test a column and to convert it.
import {
  escaped,
  integerPattern,
  markPattern,
  type NumberStyle,
  numberPattern,
} from '../../schema/written.ts'
import {raw, type Sql, sql} from '../sql.ts'
import {hasTime, strptime} from './dates.ts'

/** How numbers and dates are written in one file. */
export type Conventions = NumberStyle & {
  /** Texts that mean missing whatever the column's type; undefined when the user named none. */
  nulls?: readonly string[] | undefined
}

/**
 * What a text column is read as. `formats` are strptime's; without them, ISO 8601. `mark`: a currency or a
 * percent sign that may stand before or after each number, and is left out.
 */
export type Reading = {type: string; formats?: readonly string[]; mark?: string}

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

// A note on the SQL here: it is made of nested CASEs. DuckDB's search for common subexpressions takes
// quadratic time over AND, OR and IN, and over a NULLIF of every column: ten thousand columns are minutes.

/** A regular expression for text that says that nothing is there. */
function missingPattern(type: string, {nulls}: Conventions): string {
  const words = (nulls ?? []).map(escaped)
  if (type !== 'VARCHAR')
    words.push(`(?i:${(nulls ? nanWords : missingWords).map(escaped).join('|')})`)
  return `\\s*(?:${words.join('|')})?\\s*`
}

/**
 * SQL: the value that a text column holds, as `reading.type`; null where the text says that nothing is
 * there and where it is no such value. Whole numbers are never rounded from fractions, and dates never cut
 * from timestamps.
 */
export function textValue(column: Sql, reading: Reading, conventions: Conventions): Sql {
  if (reading.type === 'VARCHAR' && !conventions.nulls?.length) return sql`nullif(${column}, '')`
  const missing = missingPattern(reading.type, conventions)
  return sql`case when regexp_full_match(${column}, ${missing}) then null else ${cast(column, reading, conventions)} end`
}

/**
 * The same for a column in which every text is known to be missing or such a value: quicker. `words` tells
 * whether there are words for missing among them.
 */
export function provenValue(
  column: Sql,
  reading: Reading,
  conventions: Conventions,
  words: boolean,
): Sql {
  const {type} = reading
  if (conventions.nulls?.length || !/^(BIGINT|DOUBLE)$/.test(type))
    return textValue(column, reading, conventions)
  // A cast would take `NaN` for a number. The column is named once: see the note above.
  const bare = unmarked(column, reading.mark)
  const text = words && type === 'DOUBLE' ? sql`replace(lower(${bare}), 'nan', '')` : bare
  return sql`try_cast(${plainNumber(text, conventions)} as ${typeSql(type)})`
}

/** What `stateOf` tells of a text: nothing, a word for missing, a value, or something that is no such value. */
export const states = {empty: 0, word: 1, value: 2, misfit: 3} as const

/** SQL: one of `states` for the text in a column. */
export function stateOf(column: Sql, reading: Reading, conventions: Conventions): Sql {
  const {empty, word, value, misfit} = states
  const missing = missingPattern(reading.type, conventions)
  const fits = sql`case when ${cast(column, reading, conventions)} is null then ${misfit} else ${value} end`
  return sql`case when regexp_full_match(coalesce(${column}, ''), '\\s*') then ${empty} when regexp_full_match(${column}, ${missing}) then ${word} else ${reading.type === 'VARCHAR' ? value : fits} end`
}

/** SQL: the text as a value, null where it is none, with no regard to what is missing. */
function cast(column: Sql, {type, formats, mark}: Reading, conventions: Conventions): Sql {
  if (type === 'VARCHAR') return column
  const text = unmarked(sql`trim(${column})`, mark)
  const plain = plainNumber(text, conventions)
  const number = sql`regexp_full_match(${text}, ${`(?i)${numberPattern(conventions)}`})`
  if (isInteger(type)) {
    const exact = sql`regexp_full_match(${text}, ${integerPattern(conventions)})`
    const double = sql`try_cast(${plain} as double)`
    const whole = sql`case when ${double} = trunc(${double}) then try_cast(${double} as ${typeSql(type)}) end`
    return sql`case when ${exact} then try_cast(${plain} as ${typeSql(type)}) when ${number} then ${whole} end`
  }
  if (isNumber(type))
    return sql`case when ${number} then try_cast(${plain} as ${typeSql(type)}) end`
  if (type === 'BOOLEAN')
    return sql`case when regexp_full_match(${text}, '(?i)true|t|yes|y|1') then true when regexp_full_match(${text}, '(?i)false|f|no|n|0') then false end`
  if (type === 'DATE' && !formats?.length)
    return sql`case when length(${text}) <= 10 then try_cast(${text} as date) end`
  if (type === 'DATE') return sql`try_strptime(${text}, ${formats!})::date`
  if (type.startsWith('TIMESTAMP')) {
    // DuckDB's cast to TIMESTAMP ignores a zone; by way of TIMESTAMPTZ the result is UTC.
    const zoned = sql`regexp_full_match(${text}, '.{11,}(?:[zZ]|[+-][0-9]{2}(?::?[0-9]{2})?)')`
    const iso = sql`case when ${zoned} then timezone('UTC', try_cast(${text} as timestamptz)) else try_cast(${text} as timestamp) end`
    const value = formats?.length ? sql`coalesce(try_strptime(${text}, ${formats}), ${iso})` : iso
    return type === 'TIMESTAMP' ? value : sql`(${value})::${typeSql(type)}`
  }
  return sql`try_cast(${text} as ${typeSql(type)})`
}

/** A type of `typeOf` as SQL: made of known words and digits only, so it needs no quotes. */
export const typeSql = (type: string): Sql => raw(type)

const unmarked = (text: Sql, mark: string | undefined): Sql =>
  mark === undefined ? text : sql`regexp_replace(${text}, ${markPattern([mark])}, '\\1')`

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
