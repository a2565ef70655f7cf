// Words in a language. English is the catalogue's type; Portuguese must have every key.
import {en} from '../../resources/locales/en/index.ts'
import {ptBR} from '../../resources/locales/pt-BR/index.ts'
import type {Language} from '../schema/settings.ts'

/** A text, or one for each plural form; `{name}` is filled in. */
export type Entry = string | {one: string; other: string}
type Tree = {readonly [key: string]: Entry | Tree}

/** `runs.empty.title` for each text of the catalogue. */
type Path<T, P extends string = ''> = {
  [K in keyof T & string]: T[K] extends Entry ? `${P}${K}` : Path<T[K], `${P}${K}.`>
}[keyof T & string]
export type Key = Path<typeof en>

export type Values = Record<string, string | number>
/** `{n}` chooses the plural form; numbers are written as the language writes them. */
export type Translate = (key: Key, values?: Values) => string

const catalogues: Record<Language, Tree> = {en, 'pt-BR': ptBR}

export function translator(language: Language): Translate {
  const plural = new Intl.PluralRules(language)
  const number = new Intl.NumberFormat(language, {maximumFractionDigits: 4})
  return (key, values = {}) => {
    const entry = lookUp(catalogues[language], key)
    const form =
      typeof entry === 'string'
        ? entry
        : entry[plural.select(Number(values.n ?? 0)) === 'one' ? 'one' : 'other']
    return form.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name]
      return typeof value === 'number' ? number.format(value) : (value ?? whole)
    })
  }
}

function lookUp(tree: Tree, key: string): Entry {
  let at: Entry | Tree = tree
  for (const part of key.split('.')) at = (at as Tree)[part] ?? key
  return at as Entry
}
