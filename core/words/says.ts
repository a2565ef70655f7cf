// A sentence and its values apart: in English as it stands in the code, and in a language that has its words.
import {writer} from './write.ts'

/** As it travels: the sentence with `{0}`, `{1}` … where its values belong, then these. */
export type Said = [words: string, ...values: (string | number | Said)[]]

/** A text in a record or a result: apart from its values, or plain where it was kept before sentences were. */
export type Told = string | Said

/** Where a text is wanted it is its English. */
export class Phrase {
  readonly said: Said

  constructor(said: Said) {
    this.said = said
  }

  toString(): string {
    return spoken(this.said)
  }
}

/**
 * The tag of a sentence that a person reads: says`no column named "${name}"`. Its words in other languages stand in
 * `resources/locales/pt-BR/sentences/`, under the English ones.
 */
export function says(parts: TemplateStringsArray, ...values: Value[]): Phrase {
  const words = parts.reduce((text, part, i) => `${text}{${i - 1}}${part}`)
  return new Phrase([words, ...values.map(saidOf)])
}

/** What another program said, a file holds or a name is: the same in every language. */
export const verbatim = (text: string): Phrase => says`${text}`

type Value = string | number | Phrase | Said | undefined

function saidOf(value: Value): string | number | Said {
  if (value instanceof Phrase) return value.said
  return typeof value === 'number' || Array.isArray(value) ? value : String(value)
}

/** A sentence that was kept as English, such as in a column of a table: as the first of `known` that it can be. */
export function heard(text: string, known: readonly Phrase[]): Phrase {
  for (const {said} of known) {
    const parts = said[0].split(/\{\d+\}/).map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    const found = new RegExp(`^${parts.join('([^]*?)')}$`).exec(text)
    if (found) return new Phrase([said[0], ...found.slice(1)])
  }
  return verbatim(text)
}

/** The English of a text. */
export const english = (told: Told): string => (typeof told === 'string' ? told : spoken(told))

const plain = writer('en')

/** The text of what is said: in English, or in the words of `sentences` where these have them, its values as well; numbers as `write` does. */
export function spoken(
  [words, ...values]: Said,
  sentences: Readonly<Record<string, string>> = {},
  write: (value: number) => string = plain,
): string {
  const known = sentences[words]
  return (known ?? words).replace(/\{(\d+)\}/g, (hole, i: string) => {
    const value = values[Number(i)]
    if (Array.isArray(value)) return spoken(value, known === undefined ? {} : sentences, write)
    return typeof value === 'number' ? write(value) : (value ?? hole)
  })
}

/** `a; b; c`. Throws for none. */
export const listed = (items: readonly Phrase[]): Phrase => items.reduce((a, b) => says`${a}; ${b}`)

type Items = readonly (string | Phrase)[]

/** `a`, `a or b`, `a, b or c`; each once. */
export const or = (items: Items) => joined(items, (some, last) => says`${some} or ${last}`)

/** `a`, `a and b`, `a, b and c`; each once. */
export const and = (items: Items) => joined(items, (some, last) => says`${some} and ${last}`)

function joined(items: Items, by: (some: Items[0], last: Items[0]) => Phrase): Items[0] {
  const unique = [...new Map(items.map(item => [String(item), item])).values()]
  const [last, ...before] = unique.reverse()
  if (last === undefined) return ''
  if (before.length === 0) return last
  return by(
    before.reverse().reduce((a, b) => says`${a}, ${b}`),
    last,
  )
}

/** A progress as data, with its sentence: tell(progressOf(says`counting rows`, {done: 0})). */
export const progressOf = <T extends object>(what: Phrase, more?: T) => ({
  message: String(what),
  said: what.said,
  ...(more as T),
})
