// Adding, moving, copying and taking out cells and texts of a notebook. Each gives the document's new text.
import {AppError} from '../error.ts'
import type {Cell, Language, Notebook} from '../schema/notebook.ts'
import {says} from '../words/says.ts'
import {parseInfo} from './info.ts'
import {layoutSplices} from './layout.ts'
import {lineEnd} from './lines.ts'
import {checkNewName, freeName} from './new-name.ts'
import {change, findCell, type Splice, type Which} from './splice.ts'
import {ended, fenceFor, names, quoteValue, withLineEnd} from './write.ts'

/** Where something goes: after a cell, before one, or at the end of the document. */
export type Where = {after: Which} | {before: Which} | 'end'

export type NewCell = {
  name: string
  language: Language
  kind?: string
  from?: readonly string[]
  body?: string
}

/** Adds a cell. @throws AppError `bad-document`, `duplicate-name`, `unknown-name`, `refused` */
export function insertCell(notebook: Notebook, where: Where, cell: NewCell): string {
  checkNewName(notebook, cell.name)
  const eol = lineEnd(notebook.source)
  const body = withLineEnd(cell.body ?? '', eol)
  const marks = fenceFor('```', body)
  const attributes = [
    `cell=${cell.name}`,
    ...(cell.kind ? [`kind=${quoteValue(cell.kind)}`] : []),
    ...(cell.from?.length ? [`from=${quoteValue(cell.from.join(','))}`] : []),
  ]
  const block = `${marks}${cell.language} ${attributes.join(' ')}${eol}${ended(body, eol)}${marks}`
  return insertBlock(notebook, where, block, cell.name)
}

/** Moves a cell. What stands between cells stays where it is. */
export function moveCell(notebook: Notebook, which: Which, where: Where): string {
  const cell = findCell(notebook, which)
  const from = notebook.cells.indexOf(cell)
  const to = indexOf(notebook, where)
  if (where !== 'end' && findCell(notebook, 'after' in where ? where.after : where.before) === cell)
    return notebook.source
  const order = names(notebook).filter((_, i) => i !== from)
  order.splice(to > from ? to - 1 : to, 0, cell.name)
  const eol = lineEnd(notebook.source)
  const splices = [cut(notebook, cell), put(notebook, where, wholeCell(notebook, cell, eol), eol)]
  return change(notebook, splices, {names: order, touched: [cell.name]})
}

/** Adds a copy right after a cell, under a name of its own. */
export function duplicateCell(
  notebook: Notebook,
  which: Which,
  name = freeName(notebook, findCell(notebook, which).name),
): string {
  checkNewName(notebook, name)
  const cell = findCell(notebook, which)
  const whole = wholeCell(notebook, cell, lineEnd(notebook.source))
  const at = parseInfo(cell.info).attributes.find(({key}) => key === 'cell')!
  const offset = cell.infoSpan.start - cell.span.start
  const block = whole.slice(0, offset + at.valueStart) + name + whole.slice(offset + at.end)
  return insertBlock(notebook, {after: notebook.cells.indexOf(cell)}, block, name)
}

/** Takes a cell out, and its place on the canvas with it. */
export const deleteCell = (notebook: Notebook, which: Which): string =>
  deleteCells(notebook, [which])

/** The same for several at once. */
export function deleteCells(notebook: Notebook, which: readonly Which[]): string {
  const gone = new Set(which.map(one => findCell(notebook, one)))
  const rest = notebook.cells.filter(cell => !gone.has(cell)).map(({name}) => name)
  const names = [...gone].map(({name}) => name)
  // Another cell of the same name keeps the place.
  const lost = names.filter(name => !rest.includes(name))
  const layout = layoutSplices(notebook, Object.fromEntries(lost.map(name => [name, undefined])))
  const cuts = neighbours(notebook, gone).map(span => cut(notebook, {span}))
  return change(notebook, [...cuts, ...layout], {names: rest, touched: names})
}

/** Cells with nothing between them as one span each, so that the blank lines between go once. */
function neighbours({cells, source}: Notebook, which: ReadonlySet<Cell>) {
  const spans: {start: number; end: number}[] = []
  for (const {span} of cells.filter(cell => which.has(cell))) {
    const last = spans.at(-1)
    if (last && source.slice(last.end, span.start).trim() === '') last.end = span.end
    else spans.push({start: span.start, end: span.end})
  }
  return spans
}

/** Puts another text in place of a text cell, by its place in `text`; empty text takes it out. */
export function setText(notebook: Notebook, index: number, text: string): string {
  const old = notebook.text[index]
  if (!old) throw new AppError('unknown-name', says`the document has no text number ${index}`)
  const made = withLineEnd(text, lineEnd(notebook.source)).replace(/^([ \t]*[\r\n]+)+|\s+$/g, '')
  if (made === '') return change(notebook, [cut(notebook, old)])
  return change(notebook, [{...old.span, text: made}])
}

/** Adds a text cell. */
export function insertText(notebook: Notebook, where: Where, text: string): string {
  const eol = lineEnd(notebook.source)
  const made = withLineEnd(text, eol).replace(/^([ \t]*[\r\n]+)+|\s+$/g, '')
  return made === '' ? notebook.source : change(notebook, [put(notebook, where, made, eol)])
}

function insertBlock(notebook: Notebook, where: Where, block: string, name: string): string {
  const order = names(notebook)
  order.splice(indexOf(notebook, where), 0, name)
  const splice = put(notebook, where, block, lineEnd(notebook.source))
  return change(notebook, [splice], {names: order, touched: [name]})
}

/** How many cells stand before a place. */
function indexOf(notebook: Notebook, where: Where): number {
  const {cells} = notebook
  if (where === 'end') return cells.length
  if ('after' in where) return cells.indexOf(findCell(notebook, where.after)) + 1
  return cells.indexOf(findCell(notebook, where.before))
}

/** A block put at a place, with a blank line around it. */
function put(notebook: Notebook, where: Where, block: string, eol: string): Splice {
  const {source, cells} = notebook
  if (where !== 'end' && 'before' in where) {
    const {start} = findCell(notebook, where.before).span
    // Below text that has no blank line under it.
    const above = /(^|\n|\r)[ \t]*(\r\n|\n|\r)$/.test(source.slice(0, start)) || start === 0
    return {start, end: start, text: `${above ? '' : eol}${block}${eol}${eol}`}
  }
  const last = where === 'end' ? cells.at(-1) : findCell(notebook, where.after)
  if (last && !last.closed)
    throw new AppError('refused', says`the cell "${last.name}" goes on to the end of the file`, {
      hint: says`close it first: put ${last.fence} on a line of its own`,
      where: last.name,
    })
  if (where !== 'end') {
    const {end} = last!.span
    const below = /^(\r\n|\n|\r)?[ \t]*(\r\n|\n|\r|$)/.test(source.slice(end))
    return {start: end, end, text: `${eol}${eol}${block}${below ? '' : eol}`}
  }
  const start = source.search(/\s*$/)
  const text =
    start > 0 && source[start - 1] !== '\ufeff' ? `${eol}${eol}${block}${eol}` : block + eol
  return {start, end: source.length, text}
}

/** Takes a block out, with the blank lines on one side of it. */
function cut({source}: Notebook, {span}: {span: {start: number; end: number}}): Splice {
  const before = source.slice(0, span.start)
  const after = source.slice(span.end)
  const gapBelow = /^(?:(?:\r\n|\n|\r)[ \t]*)*(?:\r\n|\n|\r|$)/.exec(after)![0].length
  const end = span.end + gapBelow
  if (end < source.length) {
    const apart = before.trim() === '' || /(^|\n|\r)[ \t]*(\r\n|\n|\r)$/.test(before)
    return {start: span.start, end, text: apart ? '' : lineEnd(source)}
  }
  // The last block goes with the blank lines above it; the file's last line end stays.
  const start = before.replace(/[ \t\r\n]+$/, '').length
  const endsLine = /^(\r\n|\n|\r)/.exec(after)?.[0] ?? ''
  return {start, end, text: start > 0 ? endsLine : ''}
}

/** A cell's lines; one that was never closed gets its closing fence. */
const wholeCell = ({source}: Notebook, {span, body, fence, closed}: Cell, eol: string) =>
  closed
    ? source.slice(span.start, span.end)
    : ended(source.slice(span.start, span.end), body || span.end ? eol : eol) + fence
