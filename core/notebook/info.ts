// The info string of a fence: `sql cell=adults`, `yaml cell=filled kind=impute from=parts note="a b"`.
import {type Phrase, says} from '../words/says.ts'

/** One `key=value`. Offsets count from the start of the info string. */
export type Attribute = {
  key: string
  value: string
  start: number
  end: number
  /** Where the value stands, quotes included; empty at the end of a key that has none. */
  valueStart: number
}

export type Info = {
  language: string
  attributes: Attribute[]
  /** What cannot be read, with where it begins. */
  trouble?: {message: Phrase; at: number}
}

const word = /\s*(?:([^\s=]+)(=)?)/y
const quoted = /"([^"]*)"(?=\s|$)|'([^']*)'(?=\s|$)/y
const bare = /[^\s"']*(?=\s|$)/y

/** Reads an info string. A value with blanks in it stands in single or double quotes. */
export function parseInfo(info: string): Info {
  const language = /^\s*([^\s=]*)(?=\s|$)/.exec(info)
  const attributes: Attribute[] = []
  let at = language?.[0].length ?? 0
  while (info.slice(at).trim() !== '') {
    const key = match(word, info, at)
    if (!key) return {language: language?.[1] ?? '', attributes, trouble: unreadable(info, at)}
    const valueStart = at + key[0].length
    const start = valueStart - key[0].trimStart().length
    const value = key[2] ? (match(quoted, info, valueStart) ?? match(bare, info, valueStart)) : ['']
    if (!value) return {language: language?.[1] ?? '', attributes, trouble: unreadable(info, start)}
    at = valueStart + value[0]!.length
    attributes.push({
      key: key[1]!,
      value: value[1] ?? value[2] ?? value[0]!,
      start,
      end: at,
      valueStart,
    })
  }
  return {language: language?.[1] ?? '', attributes}
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

const unreadable = (info: string, at: number) => ({
  message: says`"${info.slice(at).trim()}" is not a list of name=value`,
  at: at + (info.slice(at).length - info.slice(at).trimStart().length),
})
