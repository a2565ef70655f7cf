// Edits inside one cell, as functions from a document to its new text. Each changes that cell's lines only.
import {AppError} from '../error.ts'
import type {Cell, Notebook} from '../schema/notebook.ts'
import {says} from '../words/says.ts'
import {parseInfo} from './info.ts'
import {lineEnd} from './lines.ts'
import {change, findCell, type Splice, type Which} from './splice.ts'
import {ended, fenceFor, names, quoteValue, withLineEnd} from './write.ts'
import {setYaml} from './yaml-edit.ts'

export type {Which} from './splice.ts'

/** Puts another text between a cell's fences. The fences grow where the text holds one of their kind. */
export function setBody(notebook: Notebook, which: Which, body: string): string {
  const cell = findCell(notebook, which)
  const eol = lineEnd(notebook.source)
  const same = withLineEnd(body, '\n') === withLineEnd(cell.body, '\n')
  return change(notebook, same ? [] : bodySplices(cell, withLineEnd(body, eol), notebook, eol), {
    names: names(notebook),
    touched: [cell.name],
  })
}

/**
 * Sets one parameter of a cell with a form, by its path; `undefined` takes it out. Comments, the order of
 * keys and every other line stay.
 *
 * @throws AppError `bad-params` where the YAML as it stands cannot be read
 */
export function setParam(
  notebook: Notebook,
  which: Which,
  path: readonly (string | number)[],
  value: unknown,
): string {
  const cell = findCell(notebook, which)
  if (cell.language !== 'yaml')
    throw new AppError('bad-request', says`a ${cell.language} cell has no parameters`, {
      where: cell.name,
    })
  const eol = lineEnd(notebook.source)
  const body = setYaml(cell.body, path, value, {eol, where: cell.name})
  const splices = body === cell.body ? [] : bodySplices(cell, body, notebook, eol)
  return change(notebook, splices, {names: names(notebook), touched: [cell.name]})
}

/** Sets an attribute of the fence: `kind`, `from` (a list) or one of the user's own; `undefined` takes it out. */
export function setAttribute(
  notebook: Notebook,
  which: Which,
  key: string,
  value: string | readonly string[] | undefined,
): string {
  const cell = findCell(notebook, which)
  if (key === 'cell')
    throw new AppError('bad-request', says`a cell is renamed, so that what names it follows`)
  if (!/^[^\s="'`]+$/.test(key))
    throw new AppError('bad-request', says`"${key}" cannot be an attribute`)
  const text = typeof value === 'object' ? value.join(',') : value
  const splice = attributeSplice(cell, key, text === '' && key === 'from' ? undefined : text)
  return change(notebook, [splice], {names: names(notebook), touched: [cell.name]})
}

function bodySplices(cell: Cell, body: string, {source}: Notebook, eol: string): Splice[] {
  const {start, end} = cell.bodySpan
  // The opening fence may be all there is of a file, without a line end.
  const head = /[\r\n]/.test(source[start - 1] ?? '') ? '' : eol
  const splices = [{start, end, text: head + (cell.closed ? ended(body, eol) : body)}]
  const marks = fenceFor(cell.fence, body)
  if (marks === cell.fence) return splices
  splices.push({
    start: cell.infoSpan.start - cell.fence.length,
    end: cell.infoSpan.start,
    text: marks,
  })
  if (cell.closed) splices.push({start: end, end: cell.span.end, text: marks})
  return splices
}

function attributeSplice(cell: Cell, key: string, value: string | undefined): Splice {
  const {info, infoSpan} = cell
  const old = parseInfo(info).attributes.find(attribute => attribute.key === key)
  if (value === undefined) {
    if (!old) return {start: infoSpan.end, end: infoSpan.end, text: ''}
    const before = info.slice(0, old.start).trimEnd().length
    return {start: infoSpan.start + before, end: infoSpan.start + old.end, text: ''}
  }
  if (cell.fence.startsWith('`') && value.includes('`'))
    throw new AppError('bad-request', says`an attribute cannot hold a backtick: ${value}`)
  const text = `${key}=${quoteValue(value)}`
  if (old) return {start: infoSpan.start + old.start, end: infoSpan.start + old.end, text}
  const at = infoSpan.start + info.trimEnd().length
  return {start: at, end: at, text: ` ${text}`}
}
