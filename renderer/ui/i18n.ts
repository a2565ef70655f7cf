// Words in the user's language.
import {useCallback, useMemo} from 'react'
import type {Fault} from '../../core/error.ts'
import type {LogLine} from '../../core/schema/log.ts'
import type {Progress} from '../../core/schema/result.ts'
import type {Language} from '../../core/schema/settings.ts'
import {formatsOf} from '../../core/words/format.ts'
import {type Said, spoken} from '../../core/words/says.ts'
import {type Translate, translator} from '../../core/words/translate.ts'
import {ptBR} from '../../resources/locales/pt-BR/index.ts'
import {sentences} from '../../resources/locales/pt-BR/sentences.ts'
import {useStore} from '../state/store.ts'

export {formatsOf} from '../../core/words/format.ts'
export {
  type Entry,
  type Key,
  type Translate,
  translator,
  type Values,
} from '../../core/words/translate.ts'
export type {Language}

/** The language that is set, or the browser's where it is one of ours. */
export function useLanguage(): Language {
  const set = useStore(state => state.settings.language)
  return set ?? (navigator.language.toLowerCase().startsWith('pt') ? 'pt-BR' : 'en')
}

export function useT(): Translate {
  const language = useLanguage()
  return useMemo(() => translator(language), [language])
}

/** What the host says of a fault or of a progress: its own English where the language has no words for it. */
export function useSaid() {
  const language = useLanguage()
  return useMemo(() => {
    const known = language === 'pt-BR' ? sentences : {}
    const {format} = new Intl.NumberFormat(language, {maximumFractionDigits: 20})
    const text = <T extends string | undefined>(own: T, said: Said | undefined): T | string =>
      said && (language === 'en' || known[said[0]]) ? spoken(said, known, format) : own
    return {
      fault: ({message, hint, said}: Fault) => ({
        message: text(message, said?.message),
        hint: text(hint, said?.hint),
      }),
      progress: ({message, said}: Progress = {}) => text(message, said),
      line: ({text: own, said}: LogLine) => text(own, said),
    }
  }, [language])
}

/** Numbers, dates, sizes and times as the language writes them. */
export function useFormat() {
  const language = useLanguage()
  const formats = useMemo(() => formatsOf(language), [language])
  return formats
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
