// A document as blocks with lasting ids, and what differs from one text of it to the next.
import {AppError} from '../../error.ts'
import type {Block, CellBlock, TextBlock} from '../../schema/live.ts'
import type {Cell, Notebook} from '../../schema/notebook.ts'
import {says} from '../../words/says.ts'
import {readParams} from '../body.ts'

/** The blocks of a document in order, each with its place in `cells` or `text`. */
export type Blocks = {order: string[]; byId: Map<string, Block>; places: Map<string, number>}

/** The id of the text that stands after a cell, or at the start of the document. */
export const textAfter = (cell = '') => `${cell}¶`

/** The blocks; those that an earlier text had as well are taken from it, since to read a form takes time. */
export function blocksOf(notebook: Notebook, before?: Blocks): Blocks {
  const {cells, text, file} = notebook
  const order: string[] = []
  const byId = new Map<string, Block>()
  const places = new Map<string, number>()
  const add = (block: Block, place: number) => {
    order.push(block.id)
    byId.set(block.id, block)
    places.set(block.id, place)
  }
  const seen = new Map<string, number>()
  let id: string | undefined
  let next = 0
  const textsUpTo = (end: number) => {
    while (next < text.length && text[next]!.span.start < end) {
      const block: TextBlock = {type: 'text', id: textAfter(id), text: text[next]!.text}
      add(block, next++)
    }
  }
  for (const [place, cell] of cells.entries()) {
    textsUpTo(cell.span.start)
    const count = (seen.get(cell.name) ?? 0) + 1
    seen.set(cell.name, count)
    id = count === 1 ? cell.name : `${cell.name}#${count}`
    add(cellBlock(cell, id, file, before?.byId.get(id)), place)
  }
  textsUpTo(Number.POSITIVE_INFINITY)
  return {order, byId, places}
}

function cellBlock(cell: Cell, id: string, file: string, before?: Block): CellBlock {
  const {name, language, kind, from, body} = cell
  const block: CellBlock = {type: 'cell', id, name, language, kind, from, body}
  if (before?.type === 'cell' && same(before, block)) return before
  if (language !== 'yaml') return block
  const {params, problems} = readParams(cell, file)
  return problems.length === 0 ? {...block, params} : block
}

/** The place of a block of this type. @throws AppError `unknown-name` */
export function placeOf({byId, places}: Blocks, id: string, type: Block['type']): number {
  if (byId.get(id)?.type !== type)
    throw new AppError(
      'unknown-name',
      type === 'text'
        ? says`the document has no text "${id}"`
        : says`the document has no cell "${id}"`,
      {
        hint: says`it was changed meanwhile; look at it again`,
      },
    )
  return places.get(id)!
}

/** What a client that has `old` needs to have `now`. */
export function difference(old: Blocks | undefined, now: Blocks) {
  const changed = now.order
    .map(id => now.byId.get(id)!)
    .filter(block => !same(old?.byId.get(block.id), block))
  const moved =
    old?.order.length !== now.order.length || old.order.some((id, i) => id !== now.order[i])
  return {changed, ...(moved && {order: now.order})}
}

function same(a: Block | undefined, b: Block): boolean {
  if (a === b) return true
  if (a?.type !== b.type) return false
  if (a.type === 'text') return b.type === 'text' && a.text === b.text
  return (
    b.type === 'cell' &&
    a.body === b.body &&
    a.kind === b.kind &&
    a.name === b.name &&
    a.language === b.language &&
    a.from.length === b.from.length &&
    a.from.every((from, i) => from === b.from[i])
  )
}
