// What a cell may be called.
import {type Fault, faultOf} from '../error.ts'
import {says} from '../words/says.ts'

// Letters of any script, so that people name things in their own words. No dot, for `parts.train` is a
// part of a split; no comma or blank, for `from=a,b` lists names; no leading `-`, which reads as a minus.
const allowed = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_-]*$/u
const longest = 100

/** What is wrong with a cell's name, or nothing. Every good name works as a quoted SQL table name. */
export function nameFault(name: string): Fault | undefined {
  if (allowed.test(name) && name.length <= longest) return undefined
  const problem =
    name === ''
      ? says`the cell has no name`
      : name.length > longest
        ? says`a cell's name has at most ${longest} characters, not ${name.length}`
        : says`"${name}" cannot be a cell's name`
  return faultOf('bad-document', problem, {
    hint: says`use letters, digits, _ and -, such as cell=adults`,
  })
}

/**
 * What makes two names one: SQL does not tell capitals from small letters, and Unicode writes `é` in two
 * ways that look alike.
 */
export const nameKey = (name: string) => name.normalize('NFC').toLowerCase()

/** `parts.train` as its cell and its part. */
export function splitReference(reference: string): {name: string; part?: string} {
  const dot = reference.indexOf('.')
  if (dot < 0) return {name: reference}
  return {name: reference.slice(0, dot), part: reference.slice(dot + 1)}
}
