// The words of menus and dialogs, which are not drawn by the page.
import {app} from 'electron'
import {en} from '../resources/locales/en/index.ts'
import {ptBR} from '../resources/locales/pt-BR/index.ts'

export type Language = 'en' | 'pt-BR'

export const isLanguage = (value: unknown): value is Language => value === 'en' || value === 'pt-BR'

let now: Language | undefined

/** The language that the page has told, or until then the system's. */
export const language = (): Language =>
  now ?? (app.getLocale().toLowerCase().startsWith('pt') ? 'pt-BR' : 'en')

export function speak(next: Language): void {
  now = next
}

type Catalogue = Pick<typeof en, 'desktop' | 'home' | 'window'>

export const words = (): Catalogue => (language() === 'en' ? en : ptBR)
