// Changing a few places of a document, with the promise that the rest of it stays what it was.
import {AppError, didYouMean} from '../error.ts'
import type {Cell, Notebook} from '../schema/notebook.ts'
import {says} from '../words/says.ts'
import {parseNotebook} from './document.ts'
import {place} from './lines.ts'

/** Text in place of what stands between two offsets. */
export type Splice = {start: number; end: number; text: string}

/** A cell by its name, or by its place in `cells` where two have one name. */
export type Which = string | number

/** @throws AppError `unknown-name`; `duplicate-name` where a name is not enough to tell which. */
export function findCell({cells}: Notebook, which: Which): Cell {
  if (typeof which === 'number') {
    const cell = cells[which]
    if (!cell) throw new AppError('unknown-name', says`the document has no cell number ${which}`)
    return cell
  }
  const [cell, another] = cells.filter(({name}) => name === which)
  if (!cell)
    throw new AppError('unknown-name', says`no cell is called "${which}"`, {
      hint: didYouMean(
        which,
        cells.map(({name}) => name),
      ),
    })
  if (another)
    throw new AppError('duplicate-name', says`two cells are called "${which}"`, {
      hint: says`rename one of them first`,
      where: which,
    })
  return cell
}

/** The text with its changes, which must not overlap. */
export function applySplices(text: string, splices: readonly Splice[]): string {
  let made = ''
  let from = 0
  for (const {start, end, text: put} of [...splices].sort(
    (a, b) => a.start - b.start || a.end - b.end,
  )) {
    made += text.slice(from, start) + put
    from = end
  }
  return made + text.slice(from)
}

type Guard = {
  /** The cells afterwards, by name, in order. Left out: the same as before, and perhaps more. */
  names?: string[]
  /** Cells that the change is about. All others must keep their every character. */
  touched?: readonly string[]
}

/**
 * The document's new text. Text can hide cells: a comment that is not closed, a fence in a fence. Such a
 * change is refused, so that no edit of one place undoes another.
 *
 * @throws AppError `read-only`, `refused`
 */
export function change(
  notebook: Notebook,
  splices: readonly Splice[],
  {names, touched = []}: Guard = {},
): string {
  const {source, file, cells, readOnly} = notebook
  if (readOnly)
    throw new AppError('read-only', says`the document was written by a newer Bancada`, {
      hint: says`update Bancada to edit or run it`,
      where: file,
    })
  const made = applySplices(source, splices)
  if (made === source) return source
  const after = parseNotebook(made, file).notebook
  const whole = (cell: Cell) => `${cell.info}\n${cell.body}`
  const about = new Set(touched)
  const others = (list: readonly Cell[]) => list.filter(cell => !about.has(cell.name))
  const kept = new Set(others(after.cells).map(whole))
  const lost = others(cells).find(cell => !kept.has(whole(cell)))
  const order = after.cells.map(cell => cell.name)
  const wanted = names ?? cells.map(cell => cell.name)
  const fits = names
    ? order.length === names.length && order.every((name, i) => name === names[i])
    : isSubsequence(wanted, order)
  if (lost || !fits)
    throw new AppError(
      'refused',
      lost
        ? says`the change would swallow the cell "${lost.name}"`
        : says`the change would not leave the cells that it should`,
      {
        hint: says`close every comment (-->), HTML tag and fence that the text opens`,
        where: place(file, (lost ?? cells[0])?.span ?? {start: 0, end: 0, line: 1, column: 1}),
      },
    )
  return made
}

function isSubsequence(part: readonly string[], whole: readonly string[]): boolean {
  let next = 0
  for (const name of whole) if (name === part[next]) next++
  return next === part.length
}
