// The report's voice: words, numbers and names of kinds in one language.
import {ptBR} from '../../resources/locales/pt-BR/index.ts'
import type {Language} from '../schema/settings.ts'
import {type Formats, formatsOf} from '../words/format.ts'
import {type Speech, speech} from '../words/speech.ts'
import {type Translate, translator} from '../words/translate.ts'

export type Speak = Formats & {
  language: Language
  t: Translate
  /** What a kind of cell is called. */
  kind: (kind: string, own: string) => string
  /** A sentence and its values. */
  said: Speech
  /** Any value of a table or a parameter, as short text. */
  value: (value: unknown) => string
}

/** Longer texts are cut: a report is read, not searched. */
const longest = 80

export function speaker(language: Language): Speak {
  const formats = formatsOf(language)
  const kinds: Record<string, {title?: string} | undefined> = language === 'pt-BR' ? ptBR.kinds : {}
  return {
    ...formats,
    language,
    t: translator(language),
    said: speech(language),
    kind: (kind, own) => kinds[kind]?.title ?? own,
    value: value => {
      if (value === null || value === undefined) return '—'
      if (typeof value === 'number')
        return Number.isFinite(value) ? formats.figure(value) : String(value)
      const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
      return text.length > longest ? `${text.slice(0, longest - 1)}…` : text
    },
  }
}
