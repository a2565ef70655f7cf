// How the pieces of a document are written.
import {AppError} from '../error.ts'
import type {Notebook} from '../schema/notebook.ts'
import {says} from '../words/says.ts'

/** The names of the cells, in order. */
export const names = ({cells}: Notebook) => cells.map(({name}) => name)

/** A text with the line ends of its document. */
export const withLineEnd = (text: string, eol: string) => text.replace(/\r\n?|\n/g, eol)

/** A text whose last line ends. */
export const ended = (text: string, eol: string) =>
  text === '' || text.endsWith(eol) ? text : text + eol

/** Marks of the same letter, long enough that no line of the body closes them. */
export function fenceFor(marks: string, body: string): string {
  const letter = marks[0]!
  const runs =
    body.match(new RegExp(`^ {0,3}${letter === '`' ? '`' : '~'}{3,}(?=[ \\t]*$)`, 'gm')) ?? []
  const longest = Math.max(0, ...runs.map(run => run.trimStart().length))
  return letter.repeat(Math.max(marks.length, longest + 1))
}

/** A value as it stands in an info string. */
export function quoteValue(value: string): string {
  if (/[\r\n]/.test(value) || (value.includes('"') && value.includes("'")))
    throw new AppError('bad-request', says`an attribute cannot hold ${JSON.stringify(value)}`)
  if (/^[^\s"']*$/.test(value)) return value
  return value.includes('"') ? `'${value}'` : `"${value}"`
}
