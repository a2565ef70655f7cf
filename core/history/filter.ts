// Filter expressions: `metrics.f1 > 0.9 and (params.lr < 0.01 or tags has 'paper')`, as a tree.
import {AppError} from '../error.ts'
import {type Phrase, says, verbatim} from '../words/says.ts'

export type Literal =
  | {type: 'number'; value: number}
  | {type: 'text'; value: string}
  | {type: 'flag'; value: boolean}
/** `metrics.f1` is `['metrics', 'f1']`. `at` counts characters from 0. */
export type Name = {path: string[]; at: number}
export const operators = ['=', '!=', '<', '<=', '>', '>='] as const
export type Operator = (typeof operators)[number]

export type Filter =
  | {is: 'and' | 'or'; sides: [Filter, Filter]}
  | {is: 'not'; side: Filter}
  | {is: 'compare'; name: Name; operator: Operator; with: Literal | Name}
  | {is: 'like'; name: Name; pattern: string}
  | {is: 'in'; name: Name; values: Literal[]}
  | {is: 'has'; name: Name; value: string}
  | {is: 'missing'; name: Name}
  | {is: 'flag'; name: Name}

type Token = {
  kind: 'word' | 'number' | 'text' | 'sign' | 'end'
  text: string
  at: number
}

// In this order: a date is not a subtraction, and `>=` not a `>`.
const pattern =
  /\s*(?:(?<date>\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?)?)|(?<number>[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?(?![\w.]))|(?<text>'(?:[^']|'')*'|"(?:[^"]|"")*")|(?<word>[\p{L}_][\p{L}\p{N}_]*)|(?<sign><=|>=|!=|<>|==|[=<>().,]))/iuy

function tokens(text: string): Token[] {
  const found: Token[] = []
  for (let at = 0; at < text.trimEnd().length; at = pattern.lastIndex) {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    const start = at + /^\s*/.exec(text.slice(at))![0].length
    if (!match)
      throw wrong(start, says`cannot read "${text.slice(start, start + 12)}"`, unread(text, start))
    const {date, number, text: quoted, word, sign} = match.groups!
    if (date !== undefined) found.push({kind: 'text', text: date, at: start})
    else if (number !== undefined) found.push({kind: 'number', text: number, at: start})
    else if (quoted !== undefined) found.push({kind: 'text', text: unquoted(quoted), at: start})
    else if (word !== undefined) found.push({kind: 'word', text: word, at: start})
    else found.push({kind: 'sign', text: sign!, at: start})
  }
  return [...found, {kind: 'end', text: '', at: text.trimEnd().length}]
}

const unquoted = (s: string) => s.slice(1, -1).replaceAll(s[0]! + s[0]!, s[0]!)
const unread = (text: string, at: number) =>
  `'"`.includes(text[at]!)
    ? says`a quotation mark is not closed`
    : says`put a name or text with odd characters in quotes`

/** An error with the place in the expression, counted from 1. */
export const wrong = (at: number, message: Phrase, hint?: Phrase) =>
  new AppError('bad-params', message, {hint, where: says`filter, column ${String(at + 1)}`})

/**
 * Reads an expression. Words: `and`, `or`, `not`, `like`, `in`, `has`, `is missing`, `true`, `false`. A name
 * with odd characters is quoted after its dot: `metrics."top-5"`. Throws `bad-params` with the column.
 */
export function parseFilter(text: string): Filter {
  const list = tokens(text)
  let next = 0
  const token = () => list[next]!
  const word = (...words: string[]) =>
    token().kind === 'word' && words.includes(token().text.toLowerCase()) ? list[next++] : undefined
  const sign = (...signs: string[]) =>
    token().kind === 'sign' && signs.includes(token().text) ? list[next++] : undefined
  const expected = (what: Phrase, hint?: Phrase) => {
    const {kind, text: got, at} = token()
    return wrong(
      at,
      kind === 'end'
        ? says`expected ${what}, but it ends here`
        : says`expected ${what}, not "${got}"`,
      hint,
    )
  }

  const either = (): Filter => {
    let left = both()
    while (word('or')) left = {is: 'or', sides: [left, both()]}
    return left
  }
  const both = (): Filter => {
    let left = one()
    while (word('and')) left = {is: 'and', sides: [left, one()]}
    return left
  }
  const one = (): Filter => {
    if (word('not')) return {is: 'not', side: one()}
    if (!sign('(')) return predicate()
    const inside = either()
    if (!sign(')')) throw expected(verbatim('")"'))
    return inside
  }
  const predicate = (): Filter => {
    const subject = name()
    const negated = word('not')
    const made = test(subject)
    if (negated && made.is === 'flag') throw expected(says`like, in or has after not`)
    return negated ? {is: 'not', side: made} : made
  }
  const test = (subject: Name): Filter => {
    if (word('like')) return {is: 'like', name: subject, pattern: quoted()}
    if (word('has')) return {is: 'has', name: subject, value: quoted()}
    if (word('in')) return {is: 'in', name: subject, values: values()}
    if (word('is')) {
      const negated = word('not')
      if (!word('missing', 'null')) throw expected(verbatim('missing'))
      const made: Filter = {is: 'missing', name: subject}
      return negated ? {is: 'not', side: made} : made
    }
    const compared = sign('=', '==', '!=', '<>', '<', '<=', '>', '>=')
    if (!compared) return {is: 'flag', name: subject}
    const operator = ({'==': '=', '<>': '!='}[compared.text] ?? compared.text) as Operator
    return {is: 'compare', name: subject, operator, with: literal() ?? name()}
  }
  const name = (): Name => {
    const {kind, text: first, at} = token()
    if (kind !== 'word' || reserved.has(first.toLowerCase()))
      throw expected(says`a name`, says`such as state, metrics.f1 or params.lr`)
    next++
    const path = [first]
    while (sign('.')) {
      // Any word may follow a dot, and numbers and quoted text too.
      if (token().kind === 'sign' || token().kind === 'end')
        throw expected(says`a name after the dot`)
      path.push(list[next++]!.text)
    }
    return {path, at}
  }
  const literal = (): Literal | undefined => {
    const {kind, text: got} = token()
    if (kind === 'number') return list[next++] && {type: 'number', value: Number(got)}
    if (kind === 'text') return list[next++] && {type: 'text', value: got}
    const flag = word('true', 'false')
    return flag && {type: 'flag', value: flag.text.toLowerCase() === 'true'}
  }
  const quoted = () => {
    if (token().kind !== 'text') throw expected(says`text in quotes`)
    return list[next++]!.text
  }
  const values = (): Literal[] => {
    if (!sign('(')) throw expected(says`"(" and a list`)
    const found: Literal[] = []
    do {
      const value = literal()
      if (!value) throw expected(says`a value`, says`put text in quotes`)
      found.push(value)
    } while (sign(','))
    if (!sign(')')) throw expected(verbatim('")"'))
    return found
  }

  const made = either()
  if (token().kind !== 'end') throw expected(says`and, or, or the end`, says`put text in quotes`)
  return made
}

const reserved = new Set(['and', 'or', 'not', 'like', 'in', 'has', 'is', 'true', 'false'])

/** Whether a filter names a field anywhere. */
export function mentions(filter: Filter, field: string): boolean {
  switch (filter.is) {
    case 'and':
    case 'or':
      return filter.sides.some(side => mentions(side, field))
    case 'not':
      return mentions(filter.side, field)
    default:
      return filter.name.path.join('.') === field
  }
}
