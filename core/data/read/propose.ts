// What type some texts could have. A proposal from a sample; the whole column has the last word (see infer.ts).
import {integerPattern, markPattern, marks, numberPattern} from '../../schema/written.ts'
import {type Phrase, says} from '../../words/says.ts'
import {type Conventions, missingWords, nanWords, type Reading} from './casts.ts'
import {
  type DateForm,
  dateForm,
  dateForms,
  isoTimestamp,
  otherOrder,
  timestampForms,
} from './dates.ts'

const most = {max: 9223372036854775807n, min: -9223372036854775808n}

export type Proposal = Reading & {
  /** Why it is text although it looks like something else. */
  because?: Phrase
}

/**
 * Proposes types for columns. Conventions and the order of day and month hold for a whole file, so they
 * are told once, from a sample of its rows.
 */
export class Proposer {
  readonly conventions: Conventions
  readonly #userForms: DateForm[]
  readonly #integer: RegExp
  readonly #number: RegExp
  readonly #missing: Set<string>
  #forms: {dates: DateForm[]; timestamps: DateForm[]}

  /** `formats` are strptime formats that the user gave. */
  constructor(conventions: Conventions, formats: readonly string[]) {
    this.conventions = conventions
    this.#userForms = formats.map(dateForm)
    this.#integer = new RegExp(`^(?:${integerPattern(conventions)})$`)
    this.#number = new RegExp(`^(?:${numberPattern(conventions)})$`, 'i')
    this.#missing = new Set(conventions.nulls ? nanWords : missingWords)
    this.#forms = {dates: dateForms, timestamps: timestampForms}
  }

  /** Prefers month before day where one column of the file can only be read so. */
  learnOrder(columns: readonly (readonly string[])[]) {
    const monthFirst = columns.some(texts => this.#date(texts)?.formats?.[0]?.startsWith('%m'))
    if (!monthFirst) return
    const put = (forms: DateForm[]) => [
      ...forms.filter(f => f.format.startsWith('%m')),
      ...forms.filter(f => !f.format.startsWith('%m')),
    ]
    this.#forms = {dates: put(dateForms), timestamps: put(timestampForms)}
  }

  /** The texts of a column that say something, trimmed. */
  values(texts: readonly string[]): string[] {
    const nulls = new Set(this.conventions.nulls ?? [])
    return texts.map(t => t.trim()).filter(t => t !== '' && !nulls.has(t))
  }

  /** Whether a type can be told from these texts: some are more than words for missing. */
  tells(texts: readonly string[]): boolean {
    return texts.some(t => !this.#missing.has(t.toLowerCase()))
  }

  /** The narrowest type that all texts have; `texts` as `values` gives them. */
  propose(texts: readonly string[]): Proposal {
    const values = texts.filter(t => !this.#missing.has(t.toLowerCase()))
    if (values.length === 0) return {type: 'VARCHAR'}
    if (values.every(t => /^(true|false)$/i.test(t))) return {type: 'BOOLEAN'}
    const number = this.#numbers(values)
    if (number) return number
    const mark = this.mark(values)
    const marked = mark && this.#numbers(values.map(t => withoutMark(t, mark)))
    if (marked) return {...marked, ...(marked.type === 'VARCHAR' ? {} : {mark})}
    const date = this.#date(values)
    if (date) return date
    if (values.every(t => /^\d+$/.test(t)))
      return {type: 'VARCHAR', because: says`has numbers with leading zeros, which stay text`}
    return {type: 'VARCHAR'}
  }

  /** The type that texts have but for words without a digit, where those are few: `to be agreed` among prices. */
  proposeForMost(texts: readonly string[]): Proposal {
    const telling = texts.filter(t => /\d/.test(t))
    return telling.length >= texts.length * mostOf ? this.propose(telling) : {type: 'VARCHAR'}
  }

  /** The currency or percent sign that stands beside most numbers, if any does. */
  mark(texts: readonly string[]): string | undefined {
    const counted = marks.map(mark => ({
      mark,
      n: texts.filter(t => this.#number.test(withoutMark(t, mark)) && !this.#number.test(t)).length,
    }))
    const {mark, n} = counted.reduce((a, b) => (b.n > a.n ? b : a))
    return n > 0 ? mark : undefined
  }

  #numbers(values: readonly string[]): Proposal | undefined {
    if (values.every(t => this.#integer.test(t))) {
      if (values.every(t => this.#fits(t))) return {type: 'BIGINT'}
      return {
        type: 'VARCHAR',
        because: says`has whole numbers too long for a number, which stay text`,
      }
    }
    return values.every(t => this.#number.test(t)) ? {type: 'DOUBLE'} : undefined
  }

  /** The date format that fits most of the texts: for a column that the user calls a date. */
  nearestDate(type: 'DATE' | 'TIMESTAMP', texts: readonly string[]): Reading {
    const {dates, timestamps} = this.#forms
    const scored = (type === 'DATE' ? dates : [...timestamps, ...dates])
      .map(form => ({format: form.format, hits: texts.filter(t => form.fits.test(t)).length}))
      .reduce((a, b) => (b.hits > a.hits ? b : a))
    return scored.hits > 0 ? {type, formats: [scored.format]} : {type}
  }

  #fits(text: string): boolean {
    const digits = text.replace(/[^\d-]/g, '')
    if (digits.length <= 18) return true
    const value = BigInt(digits)
    return value >= most.min && value <= most.max
  }

  #date(values: readonly string[]): Reading | undefined {
    if (values.length === 0 || !values.every(t => t.length >= 6 && t.length <= 40)) return undefined
    const user = this.#userForms
    if (user.length && values.every(t => user.some(f => f.fits.test(t)))) {
      const used = user.filter(f => values.some(t => f.fits.test(t))).map(f => f.format)
      const type = used.some(f => /%-?[HI]/.test(f)) ? 'TIMESTAMP' : 'DATE'
      return {type, formats: user.map(f => f.format)}
    }
    const fitting = (forms: DateForm[]) => forms.find(f => values.every(t => f.fits.test(t)))
    const date = fitting(this.#forms.dates)
    if (date) return {type: 'DATE', formats: [date.format]}
    const timestamp = fitting(this.#forms.timestamps)
    if (timestamp) return {type: 'TIMESTAMP', formats: [timestamp.format]}
    if (values.every(t => isoTimestamp.test(t))) return {type: 'TIMESTAMP'}
    return undefined
  }
}

const mostOf = 0.8

const withoutMark = (text: string, mark: string) => text.replace(patterns.get(mark)!, '$1')
const patterns = new Map<string, RegExp>(marks.map(mark => [mark, new RegExp(markPattern([mark]))]))

/** The other way to read a date column, when day and month can be exchanged. */
export function exchanged({type, formats}: Reading): Reading | undefined {
  const other = formats?.length === 1 ? otherOrder(formats[0]!) : undefined
  return other ? {type, formats: [other]} : undefined
}

/**
 * How a file writes its numbers, from a sample of its columns. A decimal comma is taken where a number can
 * only be read with one (`1.234,56`, `0,5`, `12,5`) and none can only be read with a decimal dot; in a file
 * with semicolons, numbers such as `12,500` that could be either count as decimals too.
 */
export function conventionsOf(
  columns: readonly (readonly string[])[],
  delimiter: string,
  asked: {
    decimal?: '.' | ',' | undefined
    thousands?: string | undefined
    nulls?: readonly string[] | undefined
  },
): Conventions {
  const numeric = columns
    .map(texts => texts.filter(t => /\d/.test(t)).map(anyUnmarked))
    .filter(
      (numbers, i) =>
        numbers.length > 0 &&
        numbers.length >= columns[i]!.filter(t => !looksMissing.test(t)).length * mostOf &&
        numbers.every(t => looksNumeric.test(t)),
    )
  const with_ = (pattern: RegExp) => numeric.some(texts => texts.some(t => pattern.test(t)))
  const comma = with_(onlyComma) || (delimiter === ';' && with_(eitherComma))
  const decimal = asked.decimal ?? (comma && !with_(onlyDot) ? ',' : '.')
  const thousands = asked.thousands ?? (decimal === ',' ? '.' : ',')
  return {decimal, thousands: thousands === decimal ? '' : thousands, nulls: asked.nulls}
}

const anyUnmarked = (text: string) => marks.reduce<string>(withoutMark, text)
const looksMissing = /^(na|n\/a|nan|null|-|\?)$/i
const looksNumeric = /^[+-]?\d[\d.,]*(?:[eE][+-]?\d+)?$/
const onlyComma = /^[+-]?(\d+,(\d{1,2}|\d{4,})|0,\d+|\d{4,},\d+|\d{1,3}(\.\d{3})+,\d+)$/
const eitherComma = /^[+-]?\d{1,3},\d{3}$/
const onlyDot =
  /^[+-]?(\d+\.(\d{1,2}|\d{4,})|0\.\d+|\d{4,}\.\d+|\d{1,3}(,\d{3})+\.\d+)([eE][+-]?\d+)?$/
