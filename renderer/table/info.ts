// Which table a name means just now: its result, its columns and what lies beside it.
import {useMemo} from 'react'
import type {Fault} from '../../core/error.ts'
import type {CellStatus} from '../../core/schema/result.ts'
import type {Column, Table} from '../../core/schema/table.ts'
import {type CellNow, useCellNow} from './statuses.ts'

export type TableInfo =
  | {state: 'loading'}
  /** The cell has no result of what it says now, or none that is a table. */
  | {state: 'none'; cell: string}
  | {state: 'failed'; fault: Fault}
  | {
      state: 'ready'
      hash: string
      columns: Column[]
      rows: number
      /** The parts of its split, or the table and the rows that could not be read; itself alone otherwise. */
      tabs: string[]
    }

/** `adults`, or `parts.train`: the cell, and which part of its result. */
export function namedPart(name: string): {cell: string; part?: string} {
  const dot = name.indexOf('.')
  return dot < 0 ? {cell: name} : {cell: name.slice(0, dot), part: name.slice(dot + 1)}
}

/** Follows a table: of the open document as it changes, of another as it stood when it was looked at. */
export function useTableInfo(document: string, name: string): TableInfo {
  const now = useCellNow(document, namedPart(name).cell)
  return useMemo(() => infoOf(now, name), [now, name])
}

export function infoOf({status, loading, fault}: CellNow, name: string): TableInfo {
  const {cell, part} = namedPart(name)
  if (fault) return {state: 'failed', fault}
  if (loading) return {state: 'loading'}
  if (status?.state === 'failed') return {state: 'failed', fault: status.fault}
  const tables = status ? tablesOf(status) : []
  const found = part ? tables.find(t => t.name === name) : tables[0]
  if (!found || status?.state !== 'fresh') return {state: 'none', cell}
  const {columns, rows} = found.table
  return {
    state: 'ready',
    hash: status.result.hash,
    columns,
    rows,
    tabs: tables.map(t => t.name),
  }
}

/** The tables of a cell's fresh result, by the names that `table.page` takes. */
export function tablesOf(status: CellStatus): {name: string; table: Table}[] {
  if (status.state !== 'fresh') return []
  const {cell, result} = status
  const {value} = result
  if (value.type === 'table') {
    const {rejects} = value
    return [
      {name: cell, table: value.table},
      ...(rejects?.table ? [{name: `${cell}.rejects`, table: rejects.table}] : []),
    ]
  }
  if (value.type === 'split')
    return Object.entries(value.parts).flatMap(([part, table]) =>
      table ? [{name: `${cell}.${part}`, table}] : [],
    )
  return []
}
