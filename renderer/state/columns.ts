// What is known of the tables of a document: the columns that a cell gives and takes.
import type {Column} from '../../core/schema/table.ts'
import {type OpenDocument, resultOf} from './document.ts'

/** The columns of a cell's table, once it has run. */
export function columnsOf(doc: OpenDocument, cell: string): Column[] | undefined {
  const value = resultOf(doc, cell)?.value
  if (value?.type === 'table') return value.table.columns
  if (value?.type === 'split') return value.parts.train.columns
  return undefined
}

/** The columns that arrive at a cell, of all its inputs, each once. */
export function incomingColumns(doc: OpenDocument, cell: string): Column[] {
  const all = doc.edges
    .filter(({to}) => to === cell)
    .flatMap(({from}) => columnsOf(doc, from) ?? [])
  return all.filter((column, i) => all.findIndex(other => other.name === column.name) === i)
}
