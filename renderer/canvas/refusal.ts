// Why two cells are not connected, in words.
import type {Port} from '../../core/schema/value.ts'
import {type Language, type Translate, translator} from '../ui/i18n.ts'
import type {Refusal} from './connect.ts'
import {referenceOf} from './graph.ts'

type Ends = {
  from: string
  part?: string | undefined
  to: string
  /** The title of the receiving kind. */
  kind: string
}

export function refusalText(refusal: Refusal, ends: Ends, language: Language): string {
  const t = translator(language)
  const names = {from: referenceOf(ends), to: ends.to, kind: ends.kind}
  switch (refusal.why) {
    case 'text':
      return t(`canvas.refused.${refusal.language}`, names)
    case 'full':
      return t('canvas.refused.full', {...names, n: refusal.most})
    case 'type':
      return t('canvas.refused.type', {
        ...names,
        gives: t(`canvas.one.${refusal.gives}`),
        takes: either(refusal.takes, t, language),
      })
    default:
      return t(`canvas.refused.${refusal.why}`, names)
  }
}

const either = (ports: readonly Port[], t: Translate, language: Language) =>
  new Intl.ListFormat(language, {type: 'disjunction'}).format(
    ports.map(port => t(`canvas.one.${port}`)),
  )
