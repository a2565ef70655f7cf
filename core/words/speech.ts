// What is said, in a language.
import {sentences} from '../../resources/locales/pt-BR/sentences.ts'
import type {Language} from '../schema/settings.ts'
import {spoken, type Told} from './says.ts'
import {writer} from './write.ts'

export type Speech = (told: Told) => string

/** The text of a sentence, its numbers as the language writes them; English where the language has no words for it. */
export function speech(language: Language): Speech {
  const write = writer(language)
  return told => {
    if (typeof told === 'string') return told
    const known = language === 'pt-BR' && sentences[told[0]] !== undefined
    return known ? spoken(told, sentences, write) : spoken(told)
  }
}
