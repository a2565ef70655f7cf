// Where a new cell of an item belongs: below the item's own heading, where the document has one.
import type {Block} from '../schema/live.ts'
import type {ItemId} from './checklist.ts'
import {headingOf, readLines} from './headings.ts'

export type Place = {
  after: string
  /** A text that the cell goes into the middle of: what stands before it, and what after. */
  divide?: {before: string; rest: string}
}

/**
 * The place of a new cell that needs the block `after`. A heading above it changes nothing; of one below it, the
 * cell goes to the end of the section's first text.
 */
export function placeFor(blocks: readonly Block[], id: ItemId, after: string): Place {
  const from = blocks.findIndex(block => block.id === after)
  for (const block of blocks.slice(from + 1)) {
    if (block.type !== 'text') continue
    const lines = readLines(block.text)
    const start = lines.findIndex(({title}) => title !== undefined && headingOf[id].test(title))
    if (start < 0) continue
    const next = lines.findIndex(({title}, i) => i > start && title !== undefined)
    if (next < 0) return {after: block.id}
    const text = (some: typeof lines) =>
      some
        .map(({line}) => line)
        .join('\n')
        .trim()
    return {
      after: block.id,
      divide: {before: text(lines.slice(0, next)), rest: text(lines.slice(next))},
    }
  }
  return {after}
}
