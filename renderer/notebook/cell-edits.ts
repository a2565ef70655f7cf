// Edits of cells that menus, keys and the canvas share.
import {cellsOf} from '../state/document.ts'
import {store} from '../state/store.ts'

/** Moves a cell past the one above or below it. */
export async function move(id: string, to: 'up' | 'down'): Promise<void> {
  const {doc, edit} = store.getState()
  if (!doc) return
  const cells = cellsOf(doc)
  const at = cells.findIndex(cell => cell.id === id)
  const other = cells[to === 'up' ? at - 1 : at + 1]
  if (at < 0 || !other) return
  await edit({
    do: 'move',
    cell: id,
    where: to === 'up' ? {before: other.id} : {after: other.id},
  })
}

export async function duplicate(id: string): Promise<void> {
  const {edit, select} = store.getState()
  const answer = await edit({do: 'duplicate', cell: id})
  if (answer?.made !== undefined) select([answer.made])
}

/** Deletes cells and texts; undo brings them back. */
export async function remove(ids: readonly string[]): Promise<void> {
  const {doc, edit, select} = store.getState()
  if (!doc || ids.length === 0) return
  const next = doc.order[doc.order.indexOf(ids[0]!) + 1]
  const texts = ids.filter(id => doc.blocks[id]?.type === 'text')
  const cells = ids.filter(id => doc.blocks[id]?.type === 'cell')
  for (const id of texts) await edit({do: 'text', id, text: ''})
  if (cells.length > 0) await edit({do: 'delete', cells})
  if (next !== undefined && !ids.includes(next)) select([next])
}
