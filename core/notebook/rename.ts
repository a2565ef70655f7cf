// Renaming a cell: what names it follows, in lists, queries and TypeScript.
import type {Session} from '../data/session.ts'
import type {Notebook} from '../schema/notebook.ts'
import {follow} from './follow.ts'
import {parseInfo} from './info.ts'
import {nameKey} from './names.ts'
import {checkNewName} from './new-name.ts'
import {change, findCell, type Splice, type Which} from './splice.ts'
import {renameKey} from './yaml-edit.ts'

/**
 * Gives a cell another name, and everything that names it: `from=` lists, tables and qualified columns of
 * queries, free names of TypeScript, and its place on the canvas. Of two cells of one name only the one
 * meant changes, as nobody can tell which of them the others name. A cell that cannot be read stays as it is.
 *
 * @throws AppError `refused` where the new name would mean something else in a cell that uses it
 */
export async function rename(
  notebook: Notebook,
  which: Which,
  name: string,
  session: Session,
): Promise<string> {
  const cell = findCell(notebook, which)
  if (cell.name === name) return notebook.source
  checkNewName(notebook, name, cell)
  const old = cell.name
  const own = parseInfo(cell.info).attributes.find(({key}) => key === 'cell')!
  const {start} = cell.infoSpan
  const splices: Splice[] = [{start: start + own.valueStart, end: start + own.end, text: name}]
  const alone = notebook.cells.every(
    other => other === cell || nameKey(other.name) !== nameKey(old),
  )
  const touched = new Set([old])
  if (alone)
    for (const [other, changes] of await follow(notebook.cells, old, name, session)) {
      touched.add(other.name)
      splices.push(...changes)
    }
  const layout = layoutKey(notebook, old, name)
  if (layout) splices.push(layout)
  return change(notebook, splices, {
    names: notebook.cells.map(other => (other === cell ? name : other.name)),
    touched: [...touched, name],
  })
}

function layoutKey({source, frontMatterSpan: span}: Notebook, old: string, name: string) {
  if (!span) return undefined
  const text = source.slice(span.start, span.end)
  return {...span, text: renameKey(text, ['layout', old], name)}
}
