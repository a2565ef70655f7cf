// Words in the user's language. English is the catalogue's type; Portuguese must have every key.
import {useCallback, useMemo} from 'react'
import {en} from '../../resources/locales/en/index.ts'
import {ptBR} from '../../resources/locales/pt-BR/index.ts'
import {useStore} from '../state/store.ts'

export type Language = 'en' | 'pt-BR'

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

/** The language that is set, or the browser's where it is one of ours. */
export function useLanguage(): Language {
  const set = useStore(state => state.settings.language)
  return set ?? (navigator.language.toLowerCase().startsWith('pt') ? 'pt-BR' : 'en')
}

export function useT(): Translate {
  const language = useLanguage()
  return useMemo(() => translator(language), [language])
}

/** Numbers, dates, sizes and times as the language writes them. */
export function useFormat() {
  const language = useLanguage()
  const formats = useMemo(() => formatsOf(language), [language])
  return formats
}

export function formatsOf(language: Language) {
  const whole = new Intl.NumberFormat(language, {maximumFractionDigits: 0})
  const some = new Intl.NumberFormat(language, {maximumSignificantDigits: 4})
  const tiny = new Intl.NumberFormat(language, {
    notation: 'scientific',
    maximumSignificantDigits: 4,
  })
  const percent = new Intl.NumberFormat(language, {style: 'percent', maximumFractionDigits: 1})
  const date = new Intl.DateTimeFormat(language, {dateStyle: 'medium', timeStyle: 'short'})
  const day = new Intl.DateTimeFormat(language, {dateStyle: 'medium'})
  const unit = (name: string, digits = 1) =>
    new Intl.NumberFormat(language, {
      style: 'unit',
      unit: name,
      unitDisplay: 'short',
      maximumFractionDigits: digits,
    })
  const sizes = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'].map(name => unit(name))
  const [ms, second, minute, hour] = [
    unit('millisecond', 0),
    unit('second'),
    unit('minute', 0),
    unit('hour', 0),
  ] as const
  return {
    /** 1,234 */
    whole: (n: number) => whole.format(n),
    /** Four significant digits; scientific where it is very large or small. */
    figure: (n: number) => {
      // JSON has no NaN and no infinities: on the wire they become null.
      if (typeof n !== 'number') return 'NaN/∞'
      const size = Math.abs(n)
      if (Number.isInteger(n) && size < 1e9) return whole.format(n)
      return n !== 0 && (size < 1e-4 || size >= 1e9) ? tiny.format(n) : some.format(n)
    },
    percent: (n: number) => percent.format(n),
    date: (iso: string) => date.format(new Date(iso)),
    day: (iso: string) => day.format(new Date(iso)),
    bytes: (n: number) => {
      const step = n < 1 ? 0 : Math.min(4, Math.floor(Math.log10(n) / 3))
      return sizes[step]!.format(n / 1000 ** step)
    },
    /** Of milliseconds. */
    duration: (n: number) => {
      if (n < 1000) return ms.format(n)
      if (n < 60_000) return second.format(n / 1000)
      const minutes = Math.floor(n / 60_000)
      if (minutes < 60)
        return `${minute.format(minutes)} ${second.format(Math.round((n % 60_000) / 1000))}`
      return `${hour.format(Math.floor(minutes / 60))} ${minute.format(minutes % 60)}`
    },
  }
}

type KindWords = {
  title: string
  doc?: string
  /** By parameter: its label and what it says. */
  params?: Record<string, {label?: string; description?: string}>
}
const translated = ptBR.kinds as Record<string, KindWords | undefined>

/** The words of a kind: translated where the catalogue has them, the kind's own else. */
export function useKindWords() {
  const language = useLanguage()
  return useCallback(
    (kind: string, own: {title: string; doc: string}) => {
      if (language === 'en') return own
      const words = translated[kind]
      return {title: words?.title ?? own.title, doc: words?.doc ?? own.doc}
    },
    [language],
  )
}

/** The words of a parameter: `batchNorm` is called "Batch norm". */
export function useParamWords(kind: string, name: string, description: string | undefined) {
  const language = useLanguage()
  const words = language === 'en' ? undefined : (translated[kind]?.params?.[name] ?? common[name])
  return {
    label: words?.label ?? labelOf(name),
    description: words?.description ?? description,
  }
}

const common = (translated['*']?.params ?? {}) as NonNullable<KindWords['params']>

function labelOf(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase()
}
