// An edit as it comes from a client, turned into the document's new text.
import {Session} from '../../data/session.ts'
import {AppError} from '../../error.ts'
import type {Project} from '../../project.ts'
import type {Edit} from '../../schema/live.ts'
import type {Notebook} from '../../schema/notebook.ts'
import {
  deleteCell,
  duplicateCell,
  insertCell,
  insertText,
  moveCell,
  setText,
  type Where,
} from '../blocks.ts'
import {parseNotebook} from '../document.ts'
import {setAttribute, setBody, setParam} from '../edit.ts'
import {setLayout} from '../layout.ts'
import {freeName} from '../new-name.ts'
import {rename} from '../rename.ts'
import {blocksOf, placeOf} from './blocks.ts'

export type Applied = {text: string; made?: string}

/** The text after an edit, and the name of the cell that it added. Errors as those of the edits themselves. */
export async function applyEdit(
  notebook: Notebook,
  edit: Edit,
  project: Project,
): Promise<Applied> {
  const blocks = blocksOf(notebook)
  const cell = (id: string) => placeOf(blocks, id, 'cell')
  const text = (made: string): Applied => ({text: made})
  switch (edit.do) {
    case 'body':
      return text(setBody(notebook, cell(edit.cell), edit.body))
    case 'param':
      return text(setParam(notebook, cell(edit.cell), edit.path, edit.value))
    case 'from':
      return text(setAttribute(notebook, cell(edit.cell), 'from', edit.from))
    case 'kind':
      return text(setAttribute(notebook, cell(edit.cell), 'kind', edit.kind))
    case 'rename': {
      const session = await Session.open({folder: project.folder})
      try {
        return text(await rename(notebook, cell(edit.cell), edit.name, session))
      } finally {
        session.close()
      }
    }
    case 'text':
      return text(setTextBlock(notebook, edit.id, edit.text))
    case 'insert': {
      const {language, kind, from, body} = edit
      const name = freeName(notebook, edit.name)
      const where = place(notebook, edit.where)
      return {text: insertCell(notebook, where, {name, language, kind, from, body}), made: name}
    }
    case 'insert-text':
      return text(insertText(notebook, place(notebook, edit.where), edit.text))
    case 'move':
      return text(moveCell(notebook, cell(edit.cell), place(notebook, edit.where)))
    case 'duplicate': {
      const at = cell(edit.cell)
      const made = freeName(notebook, notebook.cells[at]!.name)
      return {text: duplicateCell(notebook, at, made), made}
    }
    case 'delete':
      return allOf(edit.cells, notebook, (now, id) => {
        const which = placeOf(blocksOf(now), id, 'cell')
        return Promise.resolve({text: deleteCell(now, which)})
      })
    case 'layout': {
      const places = Object.entries(edit.places).map(([name, at]) => [name, at ?? undefined])
      return text(setLayout(notebook, Object.fromEntries(places)))
    }
    case 'all':
      return allOf(edit.edits, notebook, (now, one) => applyEdit(now, one, project))
  }
}

async function allOf<T>(
  items: readonly T[],
  notebook: Notebook,
  apply: (notebook: Notebook, item: T) => Promise<Applied>,
): Promise<Applied> {
  let now = notebook
  let made: string | undefined
  for (const item of items) {
    const applied = await apply(now, item)
    made = applied.made ?? made
    now = parseNotebook(applied.text, notebook.file).notebook
  }
  return {text: now.source, ...(made !== undefined && {made})}
}

/** A place among the cells; that of a text is right where the text stands. */
function place(notebook: Notebook, where: {after: string} | {before: string} | 'end'): Where {
  if (where === 'end') return 'end'
  const blocks = blocksOf(notebook)
  const id = 'after' in where ? where.after : where.before
  if (!id.endsWith('¶')) {
    const at = placeOf(blocks, id, 'cell')
    return 'after' in where ? {after: at} : {before: at}
  }
  const at = blocks.order.indexOf(id)
  const near = ('after' in where ? blocks.order.slice(at + 1) : blocks.order.slice(0, at)).find(
    other => !other.endsWith('¶'),
  )
  if ('after' in where) return near === undefined ? 'end' : {before: placeOf(blocks, near, 'cell')}
  if (near !== undefined) return {after: placeOf(blocks, near, 'cell')}
  return notebook.cells.length > 0 ? {before: 0} : 'end'
}

function setTextBlock(notebook: Notebook, id: string, text: string): string {
  const blocks = blocksOf(notebook)
  if (blocks.byId.has(id)) return setText(notebook, placeOf(blocks, id, 'text'), text)
  if (!id.endsWith('¶')) throw new AppError('unknown-name', `"${id}" is not a text`)
  const cell = id.slice(0, -1)
  if (cell !== '') return insertText(notebook, {after: placeOf(blocks, cell, 'cell')}, text)
  return insertText(notebook, notebook.cells.length > 0 ? {before: 0} : 'end', text)
}
