// What a schema says of a value that breaks one of its own rules, in words and with the values apart.
import type {Phrase, Said} from './says.ts'

/** For zod's `refine`: `.refine(p => p.low < p.high, rule(says`must be below high`, 'low'))`. */
export const rule = (phrase: Phrase, ...path: string[]) => ({
  message: String(phrase),
  params: {said: phrase.said},
  path,
})

/** For zod's `superRefine`, where the sentence names the value. */
export const must =
  <T>(fits: (value: T) => boolean, phrase: (value: T) => Phrase) =>
  (value: T, {addIssue}: {addIssue: (issue: Broken) => void}) => {
    if (!fits(value)) addIssue({code: 'custom', ...rule(phrase(value))})
  }

type Broken = {code: 'custom'; message: string; params: {said: Said}; path: string[]}
