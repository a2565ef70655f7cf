// Which table a name means just now: its result, its columns and what lies beside it.
import {useEffect, useMemo, useState} from 'react'
import {type Fault, toFault} from '../../core/error.ts'
import type {CellStatus} from '../../core/schema/result.ts'
import type {Column, Table} from '../../core/schema/table.ts'
import {useStore} from '../state/store.ts'

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
  const {cell} = namedPart(name)
  const open = useStore(state => state.doc?.path === document)
  const live = useStore(state => (open ? state.doc?.status[cell] : undefined))
  const waiting = useStore(state => open && Object.keys(state.doc!.status).length === 0)
  const [asked, setAsked] = useState<{cells?: CellStatus[]; fault?: Fault}>({})
  const call = useStore(state => state.call)
  const line = useStore(state => state.line)

  // biome-ignore lint/correctness/useExhaustiveDependencies: after a lost line, once more
  useEffect(() => {
    if (open) return
    const stop = new AbortController()
    setAsked({})
    call('notebook.status', {document}, {signal: stop.signal}).then(
      ({cells}) => setAsked({cells}),
      error => {
        if (!stop.signal.aborted) setAsked({fault: toFault(error)})
      },
    )
    return () => stop.abort()
  }, [open, document, call, line])

  return useMemo(() => {
    if (open) return waiting ? {state: 'loading'} : infoOf(live, name)
    if (asked.fault) return {state: 'failed', fault: asked.fault}
    if (!asked.cells) return {state: 'loading'}
    return infoOf(
      asked.cells.find(c => c.cell === cell),
      name,
    )
  }, [open, waiting, live, asked, cell, name])
}

export function infoOf(status: CellStatus | undefined, name: string): TableInfo {
  const {cell, part} = namedPart(name)
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
