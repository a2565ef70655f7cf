// What stands below the heading "Reflection" of a document, without its prompt.
import type {Block} from '../schema/live.ts'
import {headingOf, readLines} from './headings.ts'

/** Fewer words than this are no reflection yet. */
export const fewestWords = 40

export type Reflection = {
  /** The text block with the heading; absent where there is none. */
  block?: string
  words: number
}

/** Prompts are quotes (`> …`), so whatever is no quote was written by the student. */
export function reflectionOf(blocks: readonly Block[]): Reflection {
  let block: string | undefined
  let own = 0
  const written: string[] = []
  for (const {id, text} of blocks.filter(b => b.type === 'text'))
    for (const {line, level, title} of readLines(text))
      if (level === undefined) {
        if (block !== undefined && !/^\s*>/.test(line)) written.push(line)
      } else if (block !== undefined) {
        if (level <= own) return {block, words: wordsIn(written)}
      } else if (headingOf.reflection.test(title ?? '')) {
        block = id
        own = level
      }
  return {...(block !== undefined && {block}), words: wordsIn(written)}
}

const wordsIn = (lines: readonly string[]) =>
  lines
    .join('\n')
    .replace(/<!--[\s\S]*?-->/g, '')
    .match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu)?.length ?? 0
