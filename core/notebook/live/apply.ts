// An edit as it comes from a client, turned into the document's new text.
import {Session} from '../../data/session.ts'
import {AppError} from '../../error.ts'
import type {Project} from '../../project.ts'
import type {Edit} from '../../schema/live.ts'
import type {Notebook} from '../../schema/notebook.ts'
import {says} from '../../words/says.ts'
import {
  deleteCells,
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
import {weave} from '../weave.ts'
import {type Blocks, blocksOf, placeOf} from './blocks.ts'

export type Applied = {text: string; made?: string}

/** A document as it stands before an edit. */
export type Standing = {notebook: Notebook; blocks: Blocks}

/** The text after an edit, and the name of the cell that it added. Errors as those of the edits themselves. */
export async function applyEdit(now: Standing, edit: Edit, project: Project): Promise<Applied> {
  const {notebook} = now
  const cell = (id: string) => placeOf(now.blocks, id, 'cell')
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
    case 'rename':
      return text(
        await withSession(project, session =>
          rename(notebook, cell(edit.cell), edit.name, session),
        ),
      )
    case 'weave':
      return text(await withSession(project, session => weave(notebook, cell(edit.cell), session)))
    case 'text':
      return text(setTextBlock(now, edit.id, edit.text))
    case 'insert': {
      const {language, kind, from, body} = edit
      const name = freeName(notebook, edit.name)
      const where = place(now, edit.where)
      return {text: insertCell(notebook, where, {name, language, kind, from, body}), made: name}
    }
    case 'insert-text':
      return text(insertText(notebook, place(now, edit.where), edit.text))
    case 'move':
      return text(moveCell(notebook, cell(edit.cell), place(now, edit.where)))
    case 'duplicate': {
      const at = cell(edit.cell)
      const made = freeName(notebook, notebook.cells[at]!.name)
      return {text: duplicateCell(notebook, at, made), made}
    }
    case 'delete':
      return text(deleteCells(notebook, edit.cells.map(cell)))
    case 'layout': {
      const places = Object.entries(edit.places).map(([name, at]) => [name, at ?? undefined])
      return text(setLayout(notebook, Object.fromEntries(places)))
    }
    case 'all':
      return applyAll(now, edit.edits, project)
  }
}

async function applyAll(now: Standing, edits: readonly Edit[], project: Project): Promise<Applied> {
  let {notebook, blocks} = now
  let made: string | undefined
  for (const edit of edits) {
    const applied = await applyEdit({notebook, blocks}, edit, project)
    made = applied.made ?? made
    notebook = parseNotebook(applied.text, notebook.file).notebook
    blocks = blocksOf(notebook, blocks)
  }
  return {text: notebook.source, ...(made !== undefined && {made})}
}

async function withSession<T>(project: Project, work: (session: Session) => Promise<T>) {
  const session = await Session.open({folder: project.folder})
  try {
    return await work(session)
  } finally {
    session.close()
  }
}

/** A place among the cells; that of a text is right where the text stands. */
function place(
  {notebook, blocks}: Standing,
  where: {after: string} | {before: string} | 'end',
): Where {
  if (where === 'end') return 'end'
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

function setTextBlock({notebook, blocks}: Standing, id: string, text: string): string {
  if (blocks.byId.has(id)) return setText(notebook, placeOf(blocks, id, 'text'), text)
  if (!id.endsWith('¶')) throw new AppError('unknown-name', says`"${id}" is not a text`)
  const cell = id.slice(0, -1)
  if (cell !== '') return insertText(notebook, {after: placeOf(blocks, cell, 'cell')}, text)
  return insertText(notebook, notebook.cells.length > 0 ? {before: 0} : 'end', text)
}
