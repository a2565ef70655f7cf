// Doing what an item of the checklist says is next.
import type {ItemId, Next} from '../../core/guide/checklist.ts'
import {placeFor} from '../../core/guide/place.ts'
import {useEditing} from '../notebook/editing.ts'
import {newCell} from '../notebook/insert.tsx'
import {store} from '../state/store.ts'
import type {Translate} from '../ui/i18n.ts'

/** All but filling in the problem, which the item's own form does. */
export async function doNext(
  id: ItemId,
  next: Exclude<Next, {do: 'problem'}>,
  t: Translate,
): Promise<void> {
  const {route, go, run, select} = store.getState()
  switch (next.do) {
    case 'data':
      if (route.at === 'project') go({...route, screen: 'data', item: undefined})
      return
    case 'run':
      return run([next.cell])
    case 'show':
      return select([next.cell])
    case 'write':
      return write(next.block, t)
    case 'insert':
      return insert(id, next)
  }
}

async function insert(
  id: ItemId,
  {kind: name, after, body}: Extract<Next, {do: 'insert'}>,
): Promise<void> {
  const {doc, kinds, edit, select} = store.getState()
  const kind = kinds[name]
  if (!doc || !kind) return
  const blocks = doc.order.flatMap(one => doc.blocks[one] ?? [])
  const place = placeFor(blocks, id, after)
  const cell = {...newCell(doc, kind, {after: place.after}), ...(body !== undefined && {body})}
  const free = freeName(cell.name, new Set(Object.keys(doc.blocks)))
  const made = place.divide
    ? await edit({
        do: 'all',
        edits: [
          {...cell, name: free},
          {do: 'insert-text', where: {after: free}, text: place.divide.rest},
          {do: 'text', id: place.after, text: place.divide.before},
        ],
      })
    : await edit(cell)
  if (made?.made === undefined) return
  select([made.made])
  if (kind.language === 'sql') useEditing.getState().ask(made.made)
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name
  for (let n = 2; taken.has(free); n++) free = `${name}_${n}`
  return free
}

/** Opens the text for writing; where there is none yet, it is added with its prompt. */
async function write(block: string | undefined, t: Translate): Promise<void> {
  const {doc, edit, select} = store.getState()
  if (!doc) return
  let id = block
  if (id === undefined) {
    const last = doc.order.at(-1)
    const before = last === undefined ? undefined : doc.blocks[last]
    const text = t('guide.reflectionText')
    // Two texts in a row are one.
    if (before?.type === 'text')
      await edit({do: 'text', id: before.id, text: `${before.text}\n\n${text}`})
    else await edit({do: 'insert-text', where: 'end', text})
    id = before?.type === 'text' ? before.id : `${last ?? ''}¶`
  }
  select([id])
  useEditing.getState().ask(id)
}
