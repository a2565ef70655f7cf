// What stands below the heading "Reflection" of a document, without its prompt.
import type {Block} from '../schema/live.ts'

/** Fewer words than this are no reflection yet. */
export const fewestWords = 40

export type Reflection = {
  /** The text block with the heading; absent where there is none. */
  block?: string
  words: number
}

const heading = /^(#{1,6})\s+(.*)$/
const named = /^(reflection|reflexão)/i

/** Prompts are quotes (`> …`), so whatever is no quote was written by the student. */
export function reflectionOf(blocks: readonly Block[]): Reflection {
  let block: string | undefined
  let level = 0
  let fenced = false
  const written: string[] = []
  for (const {id, text} of blocks.filter(b => b.type === 'text'))
    for (const line of text.split('\n')) {
      if (/^\s*(```|~~~)/.test(line)) fenced = !fenced
      const [, marks, title = ''] = (!fenced && heading.exec(line)) || []
      if (marks !== undefined) {
        if (block !== undefined && marks.length <= level) return {block, words: wordsIn(written)}
        if (block === undefined && named.test(title)) {
          block = id
          level = marks.length
        }
      } else if (block !== undefined && !/^\s*>/.test(line)) written.push(line)
    }
  return {...(block !== undefined && {block}), words: wordsIn(written)}
}

const wordsIn = (lines: readonly string[]) =>
  lines
    .join('\n')
    .replace(/<!--[\s\S]*?-->/g, '')
    .match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu)?.length ?? 0
