// Text as the signature wants it.
import {AppError} from '../../core/error.ts'
import type {Column} from '../../core/schema/table.ts'
import {says} from '../../core/words/says.ts'
import type {Row} from './csv.ts'

/** A form's or a file's text as a value of its column; empty text is missing. Throws `wrong-type`. */
export function typed({name, kind}: Column, value: unknown): unknown {
  if (value === undefined || value === null || typeof value !== 'string') return value ?? null
  const text = value.trim()
  if (text === '') return null
  if (kind === 'number') {
    const number = Number(text)
    if (Number.isFinite(number)) return number
    throw new AppError('wrong-type', says`"${text}" is no number`, {where: name})
  }
  if (kind === 'boolean') {
    if (/^(true|1|yes)$/i.test(text)) return true
    if (/^(false|0|no)$/i.test(text)) return false
    throw new AppError('wrong-type', says`"${text}" is neither true nor false`, {where: name})
  }
  return value
}

/** The columns that the signature names, typed; others go along as they are, for the bundle to judge. */
export function typedRow(inputs: readonly Column[], row: Row): Row {
  const known = Object.fromEntries(
    inputs.map(column => [column.name, typed(column, row[column.name])]),
  )
  return {...row, ...known}
}
