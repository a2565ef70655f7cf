// Names for new cells.
import {AppError, fromFault} from '../error.ts'
import type {Cell, Notebook} from '../schema/notebook.ts'
import {says} from '../words/says.ts'
import {nameFault, nameKey} from './names.ts'

/** A name that no cell has: `adults_2` where `adults` is taken. */
export function freeName({cells}: Notebook, base: string): string {
  const taken = new Set(cells.map(({name}) => nameKey(name)))
  if (!taken.has(nameKey(base))) return base
  const stem = base.replace(/_\d+$/, '')
  let n = 2
  while (taken.has(nameKey(`${stem}_${n}`))) n++
  return `${stem}_${n}`
}

/** @throws AppError `bad-document` for a name that no cell may have, `duplicate-name` for one that is taken */
export function checkNewName({cells}: Notebook, name: string, but?: Cell) {
  const fault = nameFault(name)
  if (fault) throw fromFault(fault)
  if (cells.some(cell => cell !== but && nameKey(cell.name) === nameKey(name)))
    throw new AppError('duplicate-name', says`a cell is called "${name}" already`, {
      hint: says`"${freeName({cells} as Notebook, name)}" is free`,
    })
}
