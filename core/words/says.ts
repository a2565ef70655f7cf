// A sentence and its values apart: in English as it stands in the code, and in a language that has its words.

/** As it travels: the sentence with `{0}`, `{1}` … where its values belong, then these. */
export type Said = [words: string, ...values: (string | number | Said)[]]

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
 * `resources/locales/pt-BR/sentences.ts`, under the English ones.
 */
export function says(parts: TemplateStringsArray, ...values: Value[]): Phrase {
  const words = parts.reduce((text, part, i) => `${text}{${i - 1}}${part}`)
  return new Phrase([words, ...values.map(saidOf)])
}

type Value = string | number | Phrase | undefined

const saidOf = (value: Value) =>
  value instanceof Phrase ? value.said : typeof value === 'number' ? value : String(value)

/** The text of what is said: in English, or in the words of `sentences` where these have them, its values as well; numbers as `write` does. */
export function spoken(
  [words, ...values]: Said,
  sentences: Readonly<Record<string, string>> = {},
  write: (value: number) => string = String,
): string {
  const known = sentences[words]
  return (known ?? words).replace(/\{(\d+)\}/g, (hole, i: string) => {
    const value = values[Number(i)]
    if (Array.isArray(value)) return spoken(value, known === undefined ? {} : sentences, write)
    return typeof value === 'number' ? write(value) : (value ?? hole)
  })
}

/** `a`, `a or b`, `a, b or c`; each once. */
export function or(items: readonly (string | Phrase)[]): Phrase | string {
  const unique = [...new Map(items.map(item => [String(item), item])).values()]
  const [last, ...before] = unique.reverse()
  if (last === undefined) return ''
  if (before.length === 0) return last
  return says`${before.reverse().reduce((a, b) => says`${a}, ${b}`)} or ${last}`
}

/** A progress as data, with its sentence: tell(progressOf(says`counting rows`, {done: 0})). */
export const progressOf = <T extends object>(what: Phrase, more?: T) => ({
  message: String(what),
  said: what.said,
  ...(more as T),
})
